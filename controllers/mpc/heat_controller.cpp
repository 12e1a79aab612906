#include "controllers/mpc/heat_controller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

namespace saggar::mpc {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kScale_K = 5.0, kScale_m = 1.0;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kDrySigma_m = 0.2;
constexpr double kApart_s = 3600;  ///< over which thermocouples of a zone are learnt to be apart

std::vector<ZoneTags> tags_of(const plugin::Setup& setup) {
  std::vector<ZoneTags> zones(setup.zone_count());
  const plugin::PortSetup pv = setup.port(HeatController::kPv),
                          setpoint = setup.port(HeatController::kSetpoint);
  for (std::uint32_t i = 0; i < pv.size(); ++i) {
    if (pv.zone(i) < zones.size()) zones[pv.zone(i)].temperatures.emplace_back(pv.tag(i));
  }
  for (std::uint32_t i = 0; i < setpoint.size(); ++i) {
    const std::string_view tag = setpoint.tag(i);
    if (setpoint.zone(i) < zones.size()) {
      zones[setpoint.zone(i)].loops.emplace_back(tag.substr(0, tag.rfind('.')));
    }
  }
  return zones;
}

}  // namespace

void HeatController::wire(const plugin::Setup& setup) {
  zones_.assign(setup.zone_count(), {});
  const auto into = [&](std::uint32_t port, std::vector<std::uint32_t>& zone_of, auto put) {
    const plugin::PortSetup tags = setup.port(port);
    zone_of.assign(tags.size(), plugin::kNone);
    for (std::uint32_t i = 0; i < tags.size(); ++i) {
      zone_of[i] = tags.zone(i);
      if (tags.zone(i) < zones_.size()) put(zones_[tags.zone(i)], i);
    }
  };
  std::vector<std::uint32_t> unused;
  into(kPv, zone_of_pv_, [](Zone& z, std::uint32_t i) { z.pv.push_back(i); });
  into(kCore, zone_of_core_, [](Zone& z, std::uint32_t i) { z.core = i; });
  into(kHottest, unused, [](Zone& z, std::uint32_t i) { z.hottest = i; });
  into(kSetpoint, unused, [](Zone& z, std::uint32_t i) { z.loops.push_back({0, i}); });
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    if (zones_[k].pv.empty() || zones_[k].loops.empty()) {
      throw std::invalid_argument("zone " + std::to_string(k + 1) +
                                  " has no thermocouple or no setpoint; every zone needs both");
    }
  }
}

LineFigures HeatController::figures(const plugin::Setup& setup) const {
  LineFigures f;
  const auto mean = [&](Param p, const Zone& zone) {
    double sum = 0;
    for (const Wire& loop : zone.loops) sum += value(p, loop.element);
    return sum / static_cast<double>(zone.loops.size());
  };
  for (const Zone& zone : zones_) {
    f.lag_s.push_back(mean(p_lag_s, zone));
    f.core_lag_s.push_back(mean(p_core_lag_s, zone));
    f.dry_m_per_K.push_back(mean(p_dry_m_per_K, zone));
  }
  if (given_) {
    const saggar_param& lag = kParams[p_lag_s];
    f.lag_s.clear();
    for (const ZoneAnswer& zone : zone_answers(*given_, tags_of(setup), lag.min, lag.max)) {
      f.lag_s.push_back(zone.lag_s);
      f.gain.push_back(zone.gain);
    }
  }
  f.dry_lag_s = value(p_dry_lag_s);
  f.zone_length_m = value(p_zone_length_m);
  f.first_core = std::min(zones_.size(), static_cast<std::size_t>(value(p_first_core_zone)) - 1);
  return f;
}

void HeatController::configure(const plugin::Setup& setup) {
  values_.clear();
  for (std::uint32_t p = 0; p < kParamCount; ++p) {
    const auto all = setup.values(p);
    values_.emplace_back(all.begin(), all.end());
  }
  wire(setup);
  model_ = std::make_unique<LineModel>(figures(setup));
  const std::size_t nz = zones_.size(), n = model_->cvs();
  std::vector<double> scale(n, kScale_K);
  scale[model_->dry()] = kScale_m;
  const Shape shape{n, nz, model_->cores() + 1, static_cast<std::size_t>(value(p_horizon))};
  auto regulator = std::make_unique<Regulator>(shape, scale, std::vector<double>(nz, kScale_K));
  const double core = value(p_core_sigma_K), zone = value(p_zone_sigma_K);
  for (std::size_t i = 0; i < model_->cores(); ++i) {
    regulator->tune(i, {core, 0.2 * core, 0.02 * core});
  }
  regulator->tune(model_->dry(), {kDrySigma_m, 0.2 * kDrySigma_m, 0.02 * kDrySigma_m});
  for (std::size_t k = 0; k < nz; ++k) {
    regulator->tune(model_->zone(k), {zone, 0.5 * zone, 0.1 * zone});
  }
  std::vector<std::vector<Wire>> wires;
  for (const Zone& z : zones_) wires.push_back(z.loops);
  const double shed = value(p_core_wait_s) / value(p_period_s);
  for (std::size_t i = 0; i < n; ++i) regulator->shed_after(i, shed);
  apart_K_.assign(zone_of_pv_.size(), 0.0);
  arrange(setup, std::move(wires), 1, std::move(regulator),
          {value(p_period_s), std::vector<double>(nz, value(p_rate_K_per_min) / 60),
           value(p_shift_K), value(p_shift_s)});
  for (auto* v : {&zone_degC_, &core_degC_, &hottest_K_, &core_age_s_, &sum_K_, &samples_}) {
    v->assign(nz, 0.0);
  }
}

void HeatController::begin() noexcept {
  for (auto* v : {&sum_K_, &samples_, &core_age_s_, &apart_K_, &hottest_K_}) {
    std::fill(v->begin(), v->end(), 0.0);
  }
  speed_m_per_s_ = blind_s_ = 0;
  model_->restart();
}

/// Each thermocouple against the reference of its own loop; one that is lost is stood for by the
/// others and what it was apart from them before.
void HeatController::sense_zone(plugin::Step& io, std::size_t k) noexcept {
  const Zone& zone = zones_[k];
  const plugin::InputView pv = io.input(kPv);
  const plugin::OutputView out = io.output(0);
  const bool paired = zone.pv.size() == zone.loops.size();
  const auto off_K = [&](std::size_t j) {
    const double own = paired ? out.reference(zone.loops[j].element) : reference(k);
    return pv.value(zone.pv[j]) - own;
  };
  double sum = 0, count = 0;
  for (std::size_t j = 0; j < zone.pv.size(); ++j) {
    const std::uint32_t i = zone.pv[j];
    if (!pv.usable(i) || !std::isfinite(pv.value(i))) continue;
    sum += off_K(j) - apart_K_[i];
    count += 1;
  }
  zone_degC_[k] = count > 0 ? reference(k) + sum / count : kNaN;
  unseen_ += count > 0 ? 0 : 1;
  if (count == 0) return;
  sum_K_[k] += sum / count;
  samples_[k] += 1;
  if (count < static_cast<double>(zone.pv.size())) {
    ++partly_;
    return;
  }
  const double share = io.dt_s() / (io.dt_s() + kApart_s);
  for (std::size_t j = 0; j < zone.pv.size(); ++j) {
    double& apart = apart_K_[zone.pv[j]];
    apart += share * (off_K(j) - sum / count - apart);
  }
}

/// Estimates are taken while they are vouched for: uncertain is not seen.
void HeatController::sense_core(plugin::Step& io, std::size_t k) noexcept {
  const Zone& zone = zones_[k];
  const plugin::InputView core = io.input(kCore), hot = io.input(kHottest);
  const auto good = [](const plugin::InputView& in, std::uint32_t i) {
    return i != plugin::kNone && in.good(i) && std::isfinite(in.value(i));
  };
  const bool has_hot = zone.hottest != plugin::kNone;
  const bool known = good(core, zone.core) && (!has_hot || good(hot, zone.hottest));
  core_age_s_[k] = known ? 0 : core_age_s_[k] + io.dt_s();
  core_degC_[k] = known ? core.value(zone.core) : kNaN;
  if (known && has_hot) hottest_K_[k] = std::max(0.0, hot.value(zone.hottest) - core_degC_[k]);
}

void HeatController::sense(plugin::Step& io) noexcept {
  const plugin::InputView speed = io.input(kSpeed);
  unseen_ = partly_ = 0;
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    sense_zone(io, k);
    sense_core(io, k);
  }
  blind_s_ = unseen_ > static_cast<std::uint32_t>(value(p_most_unseen)) ? blind_s_ + io.dt_s() : 0;
  if (speed.size() > 0 && speed.usable(0) && std::isfinite(speed.value(0))) {
    speed_m_per_s_ = 1e-3 * std::max(0.0, speed.value(0));
  }
}

void HeatController::close_period(plugin::Step& io) noexcept {
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    if (samples_[k] > 0) y()[model_->zone(k)] = sum_K_[k] / samples_[k];
    if (model_->has_core(k)) y()[model_->core(k)] = core_degC_[k] - reference(k);
    sum_K_[k] = samples_[k] = 0;
  }
  const plugin::InputView dry = io.input(kDry);
  if (dry.size() > 0 && dry.usable(0)) y()[model_->dry()] = dry.value(0);
  model_->follow(period_s(), speed_m_per_s_, zone_degC_.data(), core_degC_.data());
  model_->discretise(period_s(), speed_m_per_s_, regulator_->a().data(), regulator_->b().data());
}

HeatController::Soak HeatController::soak() const noexcept {
  Soak soak{reference(0), 0};
  for (std::size_t k = 1; k < zones_.size(); ++k) {
    soak.highest_degC = std::max(soak.highest_degC, reference(k));
  }
  for (std::size_t k = 0; k < zones_.size(); ++k) soak.zones += in_soak(k, soak) ? 1 : 0;
  return soak;
}

bool HeatController::in_soak(std::size_t zone, const Soak& soak) const noexcept {
  return reference(zone) >= soak.highest_degC - value(p_soak_within_K);
}

/// Of the core of one soak zone, the `into_soak`-th of them.
void HeatController::wish_core(std::size_t k, std::size_t into_soak) noexcept {
  Cv& core = regulator_->cvs()[model_->core(k)];
  const auto settle = static_cast<std::size_t>(value(p_settle_zones));
  const bool settled = into_soak >= settle;
  const double margin =
      settled ? 0.0 : value(p_settle_margin_K) * (into_soak + 1 == settle ? 0.5 : 1.0);
  const double hottest = value(p_hottest_over_K) - margin - hottest_K_[k];
  if (settled) {
    core.weight = value(p_core_weight);
    core.target = value(p_core_over_K);
    core.low = core.target - value(p_core_band_K);
    core.high = core.target + value(p_core_band_K);
    core.rank_low = core.rank_high = 2;
  }
  if (hottest < core.high) {
    core.high = hottest;
    core.rank_high = 1;
  }
}

/// Of the temperature of one zone: the recipe, unless the powder in it says where to go; where
/// powder comes up, the zone goes along with the first zone after it that knows.
void HeatController::wish_zone(std::size_t k, std::size_t into_soak, const Soak& soak) noexcept {
  Cv& zone = regulator_->cvs()[model_->zone(k)];
  zone = {};
  zone.weight = value(p_zone_weight);
  if (!model_->has_core(k)) return;
  Cv& core = regulator_->cvs()[model_->core(k)];
  core = {};
  if (!in_soak(k, soak)) return;
  if (core_age_s_[k] <= value(p_core_wait_s) && regulator_->known(model_->core(k))) {
    wish_core(k, into_soak);
    if (core.weight > 0) zone.weight = 0;
  }
  const auto settle = static_cast<std::size_t>(value(p_settle_zones));
  if (into_soak < settle && soak.zones > settle && planned()) {
    zone.target = regulator_->target_state(model_->zone(k + settle - into_soak));
  }
}

void HeatController::wish(plugin::Step&) noexcept {
  const Soak about = soak();
  std::size_t into_soak = 0;
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    wish_zone(k, into_soak, about);
    const bool soaks = in_soak(k, about);
    into_soak += soaks ? 1 : 0;
    Mv& mv = regulator_->mvs()[k];
    mv.high = value(soaks ? p_trim_K : p_ramp_trim_K);
    mv.low = -mv.high;
    mv.rest_weight = 0;
    mv.move_weight = value(p_move_weight);
  }
  Cv& dry = regulator_->cvs()[model_->dry()];
  dry = {};
  if (value(p_dry_limit_m) > 0) {
    dry.high = value(p_dry_limit_m);
    dry.rank_high = 3;
  }
}

Status HeatController::verdict(plugin::Step& io) noexcept {
  if (blind_s_ > value(p_unseen_wait_s)) {
    return io.no_proposal(Why::inputs_missing,
                          "more zones than most_unseen have no usable thermocouple");
  }
  bool core = true;
  for (std::size_t k = model_->first_core(); k < zones_.size(); ++k) {
    core = core && core_age_s_[k] <= value(p_core_wait_s);
  }
  if (unseen_ > 0) {
    return io.degraded(Why::inputs_missing, "zones without a usable thermocouple follow the model");
  }
  if (!zone_of_core_.empty() && !core) {
    return io.degraded(Why::inputs_missing, "zones whose powder is not seen follow the recipe");
  }
  if (partly_ > 0) {
    return io.degraded(Why::inputs_missing, "a zone lacks a thermocouple: the others stand for it");
  }
  return about_plan(io);
}

void HeatController::state(plugin::State& s) {
  serialize(s);
  model_->serialize(s);
  s(zone_degC_, core_degC_, hottest_K_, core_age_s_, apart_K_, sum_K_, samples_, speed_m_per_s_,
    blind_s_, unseen_, partly_);
}

std::uint32_t HeatController::explain(std::uint32_t output, std::uint32_t element,
                                      plugin::Span<saggar_cause> causes) {
  const std::size_t k = mv_of(output, element);
  if (k >= zones_.size()) return 0;
  const double rest = regulator_->target_input(k);
  const Zone& zone = zones_[k];
  const bool powder = zone.core != plugin::kNone && model_->has_core(k);
  return causes_of(k,
                   powder ? plugin::cause("powder", rest, kCore, zone.core)
                          : plugin::cause("zone offset", rest, kPv, zone.pv.front()),
                   causes);
}

std::uint32_t HeatController::horizon(std::uint32_t input, std::uint32_t element,
                                      plugin::Span<double> time_s, plugin::Span<double> value_out,
                                      plugin::Span<double> sigma) {
  const std::vector<std::uint32_t>& zone_of = input == kCore ? zone_of_core_ : zone_of_pv_;
  if ((input != kPv && input != kCore) || element >= zone_of.size()) return 0;
  const std::size_t k = zone_of[element];
  if (k >= zones_.size() || (input == kCore && !model_->has_core(k))) return 0;
  const std::size_t cv = input == kCore ? model_->core(k) : model_->zone(k);
  const double one = input == kCore ? value(p_core_sigma_K) : value(p_zone_sigma_K);
  return path_of(cv, reference(k), one, time_s, value_out, sigma);
}

}  // namespace saggar::mpc
