#include "controllers/mpc/atmosphere_controller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>

namespace saggar::mpc {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kPressureScale_Pa = 5, kGasScale = 1, kLithiumScale = 0.01;
constexpr double kBalanceScale_Nm3_per_h = 50;
constexpr double kFlowScale = 5, kDamperScale = 5;
constexpr Noise kPressureNoise{1.0, 0.5, 0.1}, kGasNoise{0.5, 0.1, 0.02},
    kLithiumNoise{2e-3, 2e-4, 2e-5};
constexpr double kRestWeight = 1e-3;

}  // namespace

double AtmosphereController::Mean::take() noexcept {
  const double mean = count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
  *this = {};
  return mean;
}

void AtmosphereController::configure(const plugin::Setup& setup) {
  values_.clear();
  for (std::uint32_t p = 0; p < kParamCount; ++p) values_.push_back(setup.value(p));
  inlets_ = setup.port(kInlet).size();
  dampers_ = setup.port(kDamper).size();
  first_ = static_cast<std::size_t>(value(p_first_soak_point)) - 1;
  const auto in_soak = [&](std::size_t points) { return points > first_ ? points - first_ : 0; };
  oxygen_.assign(in_soak(setup.port(kOxygen).size()), {});
  steam_.assign(in_soak(setup.port(kSteam).size()), {});
  oxygen_age_s_.assign(oxygen_.size(), 0.0);
  if (oxygen_.empty() && value(p_flow_price) > 0) {
    throw std::invalid_argument(
        "flow_price is above 0, but no gas point from first_soak_point on measures oxygen: with "
        "nothing to say when it is too little, the price must be 0");
  }
  if (value(p_balance_Nm3_per_h) > 0 && (dampers_ == 0 || value(p_damper_draws) <= 0)) {
    throw std::invalid_argument(
        "balance_Nm3_per_h is above 0: then damper_draws must be what one damper draws per percent "
        "(capacity of the exhaust / 100), and the kiln must have dampers");
  }
  has_lithium_ = setup.port(kLithium).size() > 0;
  const std::size_t n = balance_cv() + 1, m = inlets_ + dampers_;
  std::vector<double> cv_scale(n, kGasScale), mv_scale(m, kFlowScale);
  cv_scale[0] = kPressureScale_Pa;
  cv_scale[lithium_cv()] = kLithiumScale;
  cv_scale[balance_cv()] = kBalanceScale_Nm3_per_h;
  std::fill(mv_scale.begin() + static_cast<std::ptrdiff_t>(inlets_), mv_scale.end(), kDamperScale);
  auto regulator = std::make_unique<Regulator>(
      Shape{n, m, n, static_cast<std::size_t>(value(p_horizon))}, cv_scale, mv_scale);
  for (std::size_t i = 0; i < n; ++i) {
    regulator->tune(i, kGasNoise);
    regulator->shed_after(i, value(p_unseen_wait_s) / value(p_period_s));
  }
  regulator->tune(0, kPressureNoise);
  regulator->tune(lithium_cv(), kLithiumNoise);
  std::vector<std::vector<Wire>> wires;
  std::vector<double> rate;
  for (std::uint32_t i = 0; i < inlets_; ++i) {
    wires.push_back({{0, i}});
    rate.push_back(value(p_flow_per_min) / 60);
  }
  for (std::uint32_t i = 0; i < dampers_; ++i) {
    wires.push_back({{1, i}});
    rate.push_back(value(p_damper_per_min) / 60);
  }
  arrange(setup, std::move(wires), 2, std::move(regulator),
          {value(p_period_s), std::move(rate), 1e6, 28800});
}

/// No soak point has been without oxygen for too long.
bool AtmosphereController::oxygen_seen() const noexcept {
  for (std::size_t p = 0; p < oxygen_.size(); ++p) {
    if (oxygen_age_s_[p] > value(p_unseen_wait_s) || !regulator_->known(oxygen_cv(p))) return false;
  }
  return true;
}

void AtmosphereController::model() noexcept {
  Regulator& r = *regulator_;
  const std::size_t n = r.shape().cvs;
  std::fill(r.a().begin(), r.a().end(), 0.0);
  std::fill(r.b().begin(), r.b().end(), 0.0);
  const auto row = [&](std::size_t cv, double lag_s, double per_flow, double per_damper) {
    const double stays = std::exp(-period_s() / lag_s);
    r.a()[cv + cv * n] = stays;
    for (std::size_t j = 0; j < inlets_ + dampers_; ++j) {
      r.b()[cv + j * n] = (1 - stays) * (j < inlets_ ? per_flow : per_damper);
    }
  };
  row(0, value(p_pressure_lag_s), value(p_pressure_per_flow), value(p_pressure_per_damper));
  for (std::size_t p = 0; p < oxygen_.size(); ++p) {
    row(oxygen_cv(p), value(p_gas_lag_s), value(p_o2_per_flow), 0);
  }
  for (std::size_t p = 0; p < steam_.size(); ++p) {
    row(steam_cv(p), value(p_gas_lag_s), value(p_h2o_per_flow), 0);
  }
  row(lithium_cv(), value(p_lithium_lag_s), value(p_lithium_per_flow), 0);
  for (std::size_t j = 0; j < inlets_ + dampers_; ++j) r.b()[balance_cv() + j * n] = gas(j);
}

void AtmosphereController::begin() noexcept {
  pressure_ = lithium_ = {};
  for (auto* v : {&oxygen_, &steam_}) std::fill(v->begin(), v->end(), Mean{});
  std::fill(oxygen_age_s_.begin(), oxygen_age_s_.end(), 0.0);
  unseen_s_ = 0;
}

/// What is measured is taken while it is usable, estimates only while they are vouched for.
void AtmosphereController::sense(plugin::Step& io) noexcept {
  const plugin::InputView pressure = io.input(kPressure), oxygen = io.input(kOxygen),
                          steam = io.input(kSteam), lithium = io.input(kLithium);
  const auto seen = [](const plugin::InputView& in, std::size_t i) {
    return in.usable(i) && std::isfinite(in.value(i));
  };
  unseen_s_ = seen(pressure, 0) ? 0 : unseen_s_ + io.dt_s();
  if (unseen_s_ == 0) pressure_.add(pressure.value(0));
  for (std::size_t p = 0; p < oxygen_.size(); ++p) {
    const bool now = seen(oxygen, first_ + p);
    oxygen_age_s_[p] = now ? 0 : oxygen_age_s_[p] + io.dt_s();
    if (now) oxygen_[p].add(oxygen.value(first_ + p));
  }
  for (std::size_t p = 0; p < steam_.size(); ++p) {
    if (seen(steam, first_ + p)) steam_[p].add(steam.value(first_ + p));
  }
  for (std::size_t j = 0; j < lithium.size(); ++j) {
    if (lithium.good(j) && std::isfinite(lithium.value(j))) lithium_.add(lithium.value(j));
  }
}

void AtmosphereController::close_period(plugin::Step&) noexcept {
  model();
  y()[0] = pressure_.take();
  for (std::size_t p = 0; p < oxygen_.size(); ++p) y()[oxygen_cv(p)] = oxygen_[p].take();
  for (std::size_t p = 0; p < steam_.size(); ++p) y()[steam_cv(p)] = steam_[p].take();
  y()[lithium_cv()] = lithium_.take();
  y()[balance_cv()] = 0;  // of the trims: known, not measured
  for (std::size_t j = 0; j < inlets_ + dampers_; ++j) y()[balance_cv()] += gas(j) * mean(j);
}

/// The guard counts setpoints, not what flows; so does this: the balance of the trims within what
/// that of the references leaves; the references themselves are never what is wrong.
void AtmosphereController::wish_balance() noexcept {
  const double most = value(p_balance_Nm3_per_h);
  if (most <= 0 || dampers_ == 0) return;
  double still = value(p_load_gas_Nm3_per_h);
  for (std::size_t j = 0; j < inlets_ + dampers_; ++j) still += gas(j) * reference(j);
  Cv& balance = regulator_->cvs()[balance_cv()];
  balance.low = std::min(-most - still, 0.0);
  balance.high = std::max(most - still, 0.0);
}

void AtmosphereController::wish(plugin::Step&) noexcept {
  Regulator& r = *regulator_;
  for (Cv& cv : r.cvs()) cv = {};
  wish_balance();
  Cv& pressure = r.cvs()[0];
  pressure.target = value(p_pressure_Pa);
  pressure.weight = 1;
  pressure.low = value(p_pressure_Pa) - value(p_pressure_band_Pa);
  pressure.high = value(p_pressure_Pa) + value(p_pressure_band_Pa);
  pressure.rank_low = pressure.rank_high = 2;
  for (std::size_t p = 0; p < oxygen_.size(); ++p) {
    r.cvs()[oxygen_cv(p)].low = value(p_o2_least_percent);
    r.cvs()[oxygen_cv(p)].rank_low = 3;
  }
  for (std::size_t p = 0; p < steam_.size(); ++p) {
    r.cvs()[steam_cv(p)].high = value(p_h2o_most_percent);
    r.cvs()[steam_cv(p)].rank_high = 3;
  }
  if (has_lithium_ && value(p_lithium_most) > 0) {
    r.cvs()[lithium_cv()].high = value(p_lithium_most);
    r.cvs()[lithium_cv()].rank_high = 4;
  }
  for (std::size_t j = 0; j < inlets_ + dampers_; ++j) {
    Mv& mv = r.mvs()[j];
    const bool flow = j < inlets_;
    const double most = flow ? 0.01 * value(p_flow_trim_percent) * std::abs(reference(j))
                             : value(p_damper_trim_percent);
    mv.low = -most;
    mv.high = most;
    // Oxygen is saved only while every point of the soak says that there is enough of it.
    mv.price = flow && oxygen_seen() ? value(p_flow_price) / static_cast<double>(inlets_) : 0.0;
    mv.rest_weight = kRestWeight;
    mv.move_weight = value(p_move_weight);
  }
}

Status AtmosphereController::verdict(plugin::Step& io) noexcept {
  if (unseen_s_ > value(p_unseen_wait_s)) {
    return io.no_proposal(Why::inputs_missing, "pressure is not seen for unseen_wait_s");
  }
  if (!oxygen_seen()) {
    return io.degraded(Why::inputs_missing,
                       "oxygen is not seen at a point of the soak: flows go back to the recipe");
  }
  if (unseen_s_ > 0) {
    return io.degraded(Why::inputs_missing, "pressure is not seen: follows the model");
  }
  return about_plan(io);
}

void AtmosphereController::state(plugin::State& s) {
  serialize(s);
  s(pressure_, lithium_, oxygen_, steam_, oxygen_age_s_, unseen_s_);
}

std::uint32_t AtmosphereController::explain(std::uint32_t output, std::uint32_t element,
                                            plugin::Span<saggar_cause> causes) {
  const std::size_t j = mv_of(output, element);
  if (j >= inlets_ + dampers_) return 0;
  const double rest = regulator_->target_input(j);
  return causes_of(j,
                   j < inlets_ ? plugin::cause("price of oxygen", rest)
                               : plugin::cause("pressure", rest, kPressure, 0),
                   causes);
}

std::uint32_t AtmosphereController::horizon(std::uint32_t input, std::uint32_t element,
                                            plugin::Span<double> time_s,
                                            plugin::Span<double> value_out,
                                            plugin::Span<double> sigma) {
  std::size_t cv = 0;
  double one = kPressureNoise.measured;
  if (input == kOxygen || input == kSteam) {
    const std::size_t points = input == kOxygen ? oxygen_.size() : steam_.size();
    if (element < first_ || element >= first_ + points) return 0;
    cv = input == kOxygen ? oxygen_cv(element - first_) : steam_cv(element - first_);
    one = kGasNoise.measured;
  } else if (input != kPressure) {
    return 0;
  }
  return path_of(cv, 0, one, time_s, value_out, sigma);
}

}  // namespace saggar::mpc
