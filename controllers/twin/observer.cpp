#include "controllers/twin/observer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace saggar::twin {
namespace {

constexpr double kDay_s = 86400.0;
constexpr double kGate = 6.0;  ///< sigmas: beyond, a balance tells of a fault, not of a factor

/// What a stream that takes up `exchange` W/K on its way through a zone carries out of it, per
/// kelvin of the zone.
double carried(double exchange, double stream) noexcept {
  return stream > 1e-6 ? stream * (1.0 - std::exp(-exchange / stream)) : 0.0;
}

}  // namespace

Observer::Observer(const Settings& settings, const Places& places)
    : s_(settings),
      zones_(places.zones),
      points_(places.gas_point_zone.size()),
      point_zone_(places.gas_point_zone),
      kalman_(kFactors + 2 * places.zones + places.gas_point_zone.size()),
      offset_K_(places.zones, 0.0),
      h_(kalman_.size(), 0.0),
      innovations_(zones_ + points_) {
  begin_again();
  for (auto* v : {&residual_, &loss_W_, &load_W_, &to_next_, &to_last_, &own_, &power_s_}) {
    v->assign(zones_, 0.0);
  }
  for (auto* v : {&steam_, &steam_s_}) v->assign(points_, 0.0);
  slope_.assign(zones_ * kFactors, 0.0);
  steam_slope_.assign(points_ * kFactors, 0.0);
}

void Observer::begin_again() noexcept {
  kalman_.clear();
  const double sigma[kFactors] = {s_.sigma_conduction, s_.sigma_exchange, s_.sigma_capacity,
                                  s_.sigma_heat,       s_.sigma_kinetics, s_.sigma_film,
                                  s_.sigma_breath,     s_.sigma_wall,     s_.sigma_lithiation,
                                  s_.sigma_pores,      s_.sigma_binding};
  for (std::size_t i = 0; i < kFactors; ++i) kalman_.prior(i, sigma[i]);
  for (std::size_t k = 0; k < zones_; ++k) {
    kalman_.prior(loss(k), 1.0);  // of its own size, which the row of the balance carries
    kalman_.prior(offset(k), s_.sigma_offset_K);
  }
  for (std::size_t p = 0; p < points_; ++p) kalman_.prior(analyser(p), s_.sigma_analyser);
}

void Observer::reset() noexcept {
  begin_again();
  restart();
  factors_ = Factors{};
  std::fill(std::begin(in_force_), std::end(in_force_), 0.0);
  std::fill(offset_K_.begin(), offset_K_.end(), 0.0);
}

void Observer::restart() noexcept {
  watched_s_ = 0;
  for (auto* v : {&residual_, &loss_W_, &load_W_, &to_next_, &to_last_, &own_, &steam_, &power_s_,
                  &steam_s_, &slope_, &steam_slope_}) {
    std::fill(v->begin(), v->end(), 0.0);
  }
}

void Observer::watch(double dt_s, const std::vector<Model>& models,
                     const std::vector<double>& power_W, const std::vector<double>& steam,
                     double load_W_per_K) noexcept {
  const Model& base = models[0];
  watched_s_ += dt_s;
  for (std::size_t k = 0; k < zones_; ++k) {
    if (!std::isfinite(power_W[k])) continue;
    power_s_[k] += dt_s;
    residual_[k] += dt_s * (power_W[k] - base.chamber.expected_W()[k]);
    loss_W_[k] += dt_s * base.chamber.loss_W()[k];
    load_W_[k] += dt_s * base.chamber.load_W()[k];
    const double rows = base.exchange.heat_W_per_K(k), gas = base.chamber.gas_W_per_K(k);
    to_next_[k] += dt_s * carried(rows, load_W_per_K);
    to_last_[k] += dt_s * carried(gas, base.chamber.flow_W_per_K(k));
    own_[k] += dt_s * base.chamber.loss_W_per_K(k);
    for (std::size_t i = 0; i < kFactors; ++i) {
      slope_[k * kFactors + i] +=
          dt_s * (models[1 + i].chamber.expected_W()[k] - base.chamber.expected_W()[k]) / moved(i);
    }
  }
  for (std::size_t p = 0; p < points_; ++p) {
    if (!std::isfinite(steam[p])) continue;
    const std::size_t k = point_zone_[p];
    const double expected = base.chamber.surroundings().steam[k];
    steam_s_[p] += dt_s;
    steam_[p] += dt_s * (steam[p] - expected);
    for (std::size_t i = 0; i < kFactors; ++i) {
      steam_slope_[p * kFactors + i] +=
          dt_s * (models[1 + i].chamber.surroundings().steam[k] - expected) / moved(i);
    }
  }
}

double Observer::residual_W(std::size_t k) const noexcept {
  return power_s_[k] > 0 ? residual_[k] / power_s_[k] : 0.0;
}

/// h of the balance of one zone.
void Observer::zone_row(std::size_t k) noexcept {
  std::fill(h_.begin(), h_.end(), 0.0);
  const double per_s = 1.0 / power_s_[k];
  for (std::size_t i = 0; i < kFactors; ++i) h_[i] = slope_[k * kFactors + i] * per_s;
  h_[loss(k)] = std::hypot(
      std::hypot(s_.sigma_loss * loss_W_[k], s_.sigma_load * load_W_[k]) * per_s, s_.sigma_zone_W);
}

/// And of the offsets: a thermocouple that reads 1 K too high leaves its zone 1 K colder, which
/// saves power there and costs it where rows and gas go next.
void Observer::offset_row(std::size_t k) noexcept {
  const double per_s = 1.0 / power_s_[k];
  h_[offset(k)] = -(to_next_[k] + to_last_[k] + own_[k]) * per_s;
  if (k > 0) h_[offset(k - 1)] = to_next_[k - 1] * per_s;
  if (k + 1 < zones_) h_[offset(k + 1)] = to_last_[k + 1] * per_s;
}

void Observer::correct() noexcept {
  const double days = watched_s_ / kDay_s;
  for (std::size_t i = 0; i < kFactors; ++i) {
    kalman_.walk(i, s_.drift_factor * s_.drift_factor * days);
  }
  const double keep = std::exp(-watched_s_ / (3600.0 * s_.memory_h));
  for (std::size_t k = 0; k < zones_; ++k) kalman_.forget(loss(k), keep, 1.0);
  for (std::size_t p = 0; p < points_; ++p) {
    kalman_.forget(analyser(p), keep, s_.sigma_analyser * s_.sigma_analyser);
  }
  for (std::size_t k = 0; k < zones_; ++k) {
    kalman_.walk(offset(k), s_.drift_offset_K * s_.drift_offset_K * days);
  }
  for (std::size_t k = 0; k < zones_; ++k) {
    if (power_s_[k] < 0.5 * watched_s_) continue;
    zone_row(k);
    double known = 0;
    for (std::size_t i = 0; i < kFactors; ++i) known += h_[i] * ahead(i);
    known += h_[loss(k)] * kalman_.mean(loss(k));
    offset_row(k);
    for (std::size_t o = k > 0 ? k - 1 : 0; o < std::min(k + 2, zones_); ++o) {
      known += h_[offset(o)] * (kalman_.mean(offset(o)) - offset_K_[o]);
    }
    innovations_[k] =
        kalman_.correct(h_.data(), residual_W(k) - known, s_.noise_W * s_.noise_W, kGate);
  }
  for (std::size_t p = 0; p < points_; ++p) {
    if (steam_s_[p] < 0.5 * watched_s_) continue;
    std::fill(h_.begin(), h_.end(), 0.0);
    const double per_s = 1.0 / steam_s_[p];
    double known = kalman_.mean(analyser(p));
    for (std::size_t i = 0; i < kFactors; ++i) {
      h_[i] = steam_slope_[p * kFactors + i] * per_s;
      known += h_[i] * ahead(i);
    }
    h_[analyser(p)] = 1.0;
    innovations_[zones_ + p] = kalman_.correct(h_.data(), steam_[p] * per_s - known,
                                               s_.noise_analyser * s_.noise_analyser, kGate);
  }
  restart();
}

Factors Observer::of_model(std::size_t m) const noexcept {
  Factors f = factors_;
  if (m > 0) factor(f, m - 1) *= std::exp(moved(m - 1));
  return f;
}

void Observer::move(std::vector<Model>& models, double most) noexcept {
  for (std::size_t i = 0; i < kFactors; ++i) {
    in_force_[i] += std::clamp(ahead(i), -most, most);
    factor(factors_, i) = std::exp(in_force_[i]);
  }
  for (std::size_t k = 0; k < zones_; ++k) offset_K_[k] = kalman_.mean(offset(k));
  for (std::size_t m = 0; m < models.size(); ++m) models[m].use(of_model(m));
}

}  // namespace saggar::twin
