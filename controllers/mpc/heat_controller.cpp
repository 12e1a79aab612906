#include "controllers/mpc/heat_controller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace saggar::mpc {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kScale_K = 5.0, kScale_m = 1.0;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kDrySigma_m = 0.2;
constexpr double kRestWeight = 1e-3;  ///< of setpoints toward the recipe where nothing is asked for

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
  into(setup.port_count() - 1, zone_of_loop_,
       [](Zone& z, std::uint32_t i) { z.loops.push_back(i); });
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    if (zones_[k].pv.empty() || zones_[k].loops.empty()) {
      throw std::invalid_argument("zone " + std::to_string(k + 1) +
                                  " has no thermocouple or no setpoint; every zone needs both");
    }
  }
}

LineFigures HeatController::figures() const {
  LineFigures f;
  const auto mean = [&](Param p, const Zone& zone) {
    double sum = 0;
    for (const std::uint32_t i : zone.loops) sum += value(p, i);
    return sum / static_cast<double>(zone.loops.size());
  };
  for (const Zone& zone : zones_) {
    f.lag_s.push_back(mean(p_lag_s, zone));
    f.core_lag_s.push_back(mean(p_core_lag_s, zone));
    f.dry_m_per_K.push_back(mean(p_dry_m_per_K, zone));
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
  period_s_ = value(p_period_s);
  const double own = setup.period_s(), ratio = period_s_ / own;
  if (!(ratio > 0.999) || std::abs(ratio - std::round(ratio)) > 1e-6) {
    throw std::invalid_argument("period_s is " + std::to_string(period_s_) +
                                " s; it must be a multiple of the controller's own period of " +
                                std::to_string(own) + " s");
  }
  wire(setup);
  model_ = std::make_unique<LineModel>(figures());
  const std::size_t nz = zones_.size(), n = model_->cvs();
  std::vector<double> scale(n, kScale_K);
  scale[model_->dry()] = kScale_m;
  const Shape shape{n, nz, model_->cores() + 1, static_cast<std::size_t>(value(p_horizon))};
  regulator_ = std::make_unique<Regulator>(shape, scale, std::vector<double>(nz, kScale_K));
  shift_ = std::make_unique<ShiftLimit>(nz, value(p_shift_K), value(p_shift_s));
  const double core = value(p_core_sigma_K), zone = value(p_zone_sigma_K);
  for (std::size_t i = 0; i < model_->cores(); ++i) {
    regulator_->tune(i, {core, 0.2 * core, 0.02 * core});
  }
  regulator_->tune(model_->dry(), {kDrySigma_m, 0.2 * kDrySigma_m, 0.02 * kDrySigma_m});
  for (std::size_t k = 0; k < nz; ++k) {
    regulator_->tune(model_->zone(k), {zone, 0.5 * zone, 0.1 * zone});
  }
  for (auto* v : {&reference_degC_, &trim_K_, &zone_degC_, &core_degC_, &hottest_K_, &sum_K_,
                  &samples_, &trim_sum_K_, &u_mean_, &moved_K_, &core_age_s_}) {
    v->assign(nz, 0.0);
  }
  y_.assign(n, kNaN);
  free_.assign(nz, 1);
}

/// The first solve is the slowest: it is done here, on a plant at rest.
void HeatController::activate() {
  begun_ = planned_ = 0;
  since_plan_s_ = watched_s_ = 0;
  std::fill(core_age_s_.begin(), core_age_s_.end(), 0.0);
  Regulator& r = *regulator_;
  model_->discretise(period_s_, 1e-3, r.a().data(), r.b().data());
  r.restart(moved_K_.data());
  std::fill(y_.begin(), y_.end(), 0.0);
  r.observe(moved_K_.data(), y_.data());
  for (Mv& mv : r.mvs()) mv = {-1, 1, 1, 0, 0, kRestWeight, 1, true};
  (void)r.solve(moved_K_.data());
  r.restart(moved_K_.data());
}

void HeatController::begin() noexcept {
  begun_ = 1;
  planned_ = 0;
  since_plan_s_ = watched_s_ = 0;
  for (auto* v : {&sum_K_, &samples_, &trim_sum_K_, &core_age_s_}) {
    std::fill(v->begin(), v->end(), 0.0);
  }
  regulator_->restart(trim_K_.data());
  shift_->restart(trim_K_.data());
  moved_K_ = trim_K_;
}

/// What stands at the field now, zone by zone.
void HeatController::gather(plugin::Step& io) noexcept {
  const plugin::InputView pv = io.input(kPv), core = io.input(kCore), hot = io.input(kHottest),
                          speed = io.input(kSpeed);
  const plugin::OutputView out = io.output(0);
  unseen_ = 0;
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    const Zone& zone = zones_[k];
    double reference = 0, trim = 0, seen = 0, count = 0;
    free_[k] = 0;
    for (const std::uint32_t i : zone.loops) {
      reference += out.reference(i) / static_cast<double>(zone.loops.size());
      trim += (out.working(i) - out.reference(i)) / static_cast<double>(zone.loops.size());
      if (out.is_free(i)) free_[k] = 1;
    }
    for (const std::uint32_t i : zone.pv) {
      if (!pv.usable(i)) continue;
      seen += pv.value(i);
      count += 1;
    }
    reference_degC_[k] = reference;
    trim_K_[k] = trim;
    zone_degC_[k] = count > 0 ? seen / count : kNaN;
    unseen_ += count > 0 ? 0 : 1;
    const bool known = zone.core != plugin::kNone && core.usable(zone.core);
    core_degC_[k] = known ? core.value(zone.core) : kNaN;
    core_age_s_[k] = known ? 0 : core_age_s_[k] + io.dt_s();
    const bool hot_known = known && zone.hottest != plugin::kNone && hot.usable(zone.hottest);
    hottest_K_[k] = hot_known ? std::max(0.0, hot.value(zone.hottest) - core_degC_[k]) : 0.0;
    trim_sum_K_[k] += trim;
    if (count > 0) {
      sum_K_[k] += zone_degC_[k] - reference;
      samples_[k] += 1;
    }
  }
  if (speed.size() > 0 && speed.usable(0)) speed_m_per_s_ = 1e-3 * speed.value(0);
  watched_s_ += 1;
}

/// One period is over: what was measured in it, and the model that it is measured against.
void HeatController::measure(plugin::Step& io) noexcept {
  Regulator& r = *regulator_;
  std::fill(y_.begin(), y_.end(), kNaN);
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    u_mean_[k] = watched_s_ > 0 ? trim_sum_K_[k] / watched_s_ : trim_K_[k];
    if (samples_[k] > 0) y_[model_->zone(k)] = sum_K_[k] / samples_[k];
    if (model_->has_core(k)) y_[model_->core(k)] = core_degC_[k] - reference_degC_[k];
    sum_K_[k] = samples_[k] = trim_sum_K_[k] = 0;
  }
  watched_s_ = 0;
  const plugin::InputView dry = io.input(kDry);
  if (dry.size() > 0 && dry.usable(0)) y_[model_->dry()] = dry.value(0);
  model_->follow(period_s_, speed_m_per_s_, zone_degC_.data(), core_degC_.data());
  model_->discretise(period_s_, speed_m_per_s_, r.a().data(), r.b().data());
  r.observe(u_mean_.data(), y_.data());
}

/// Of the core of one soak zone.
void HeatController::wish_soak(std::size_t k, std::size_t into_soak) noexcept {
  Cv& core = regulator_->cvs()[model_->core(k)];
  const bool settled = into_soak >= static_cast<std::size_t>(value(p_settle_zones));
  const double margin = settled ? 0.0 : value(p_settle_margin_K);
  const double hottest = value(p_hottest_over_K) - margin - hottest_K_[k];
  if (settled) {
    core.weight = value(p_core_weight);
    core.low = -value(p_core_band_K);
    core.high = value(p_core_band_K);
    core.rank_low = core.rank_high = 2;
  }
  if (hottest < core.high) {
    core.high = hottest;
    core.rank_high = 1;
  }
}

void HeatController::wish(plugin::Step& io) noexcept {
  Regulator& r = *regulator_;
  const plugin::OutputView out = io.output(0);
  double highest = -1e9;
  for (const double reference : reference_degC_) highest = std::max(highest, reference);
  std::size_t into_soak = 0;
  for (std::size_t k = zones_.size(); k-- > 0;) {
    const bool soak = reference_degC_[k] >= highest - value(p_soak_within_K);
    into_soak += soak ? 1 : 0;
  }
  const std::size_t soaks = into_soak;
  into_soak = 0;
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    Cv& zone = r.cvs()[model_->zone(k)];
    zone = {};
    zone.weight = value(p_zone_weight);
    if (model_->has_core(k)) {
      Cv& core = r.cvs()[model_->core(k)];
      core = {};
      const bool soak = reference_degC_[k] >= highest - value(p_soak_within_K);
      const bool fresh = core_age_s_[k] <= value(p_core_wait_s);
      if (soak && fresh && r.known(model_->core(k))) {
        wish_soak(k, into_soak);
        if (core.weight > 0) zone.weight = 0;
      }
      // Where the powder comes up its zone goes along with the zones after it.
      const std::size_t settle = static_cast<std::size_t>(value(p_settle_zones));
      if (soak && into_soak < settle && soaks > settle && planned_ != 0) {
        zone.target = r.target_state(model_->zone(k + settle - into_soak));
      }
      into_soak += soak ? 1 : 0;
    }
    Mv& mv = r.mvs()[k];
    mv = {-value(p_trim_K),
          value(p_trim_K),
          value(p_rate_K_per_min) * period_s_ / 60,
          0,
          0,
          kRestWeight,
          value(p_move_weight),
          free_[k] != 0};
    for (const std::uint32_t i : zones_[k].loops) {
      mv.low = std::max(mv.low, std::min(0.0, out.low(i) - out.reference(i)));
      mv.high = std::min(mv.high, std::max(0.0, out.high(i) - out.reference(i)));
    }
  }
  Cv& dry = r.cvs()[model_->dry()];
  dry = {};
  if (value(p_dry_limit_m) > 0) {
    dry.high = value(p_dry_limit_m);
    dry.rank_high = 3;
  }
}

void HeatController::plan(plugin::Step& io) noexcept {
  measure(io);
  wish(io);
  const ocp::Answer& answer = regulator_->solve(moved_K_.data());
  planned_ = ocp::usable(answer) ? 1 : 0;
  if (answer.status == ocp::Status::refused) {  // a state that is no number: begin anew
    regulator_->restart(trim_K_.data());
  }
  since_plan_s_ = 0;
}

/// Along the plan, never faster than the rate.
void HeatController::follow_plan(plugin::Step& io) noexcept {
  const plugin::OutputView out = io.output(0);
  const double most = value(p_rate_K_per_min) * std::min(io.dt_s(), period_s_) / 60;
  const auto stage = std::min(static_cast<std::size_t>(since_plan_s_ / period_s_),
                              regulator_->shape().horizon - 1);
  for (std::size_t k = 0; k < zones_.size(); ++k) {
    if (!io.driving() || free_[k] == 0) moved_K_[k] = trim_K_[k];
    const double goal = planned_ != 0 ? regulator_->input(stage, k) : moved_K_[k];
    moved_K_[k] += std::clamp(goal - moved_K_[k], -most, most);
    for (const std::uint32_t i : zones_[k].loops) {
      out.set(i, out.is_free(i) ? out.reference(i) + moved_K_[k] : out.working(i));
    }
  }
}

Status HeatController::step(plugin::Step& io) {
  gather(io);
  if (io.first() || begun_ == 0) begin();
  since_plan_s_ += io.dt_s();
  shift_->watch(io.dt_s(), trim_K_.data());
  if (planned_ == 0 || since_plan_s_ >= period_s_ - 1e-6) plan(io);
  follow_plan(io);
  return verdict(io);
}

Status HeatController::verdict(plugin::Step& io) noexcept {
  if (unseen_ > static_cast<std::uint32_t>(value(p_most_unseen))) {
    return io.no_proposal(Why::inputs_missing,
                          "more zones than most_unseen have no usable thermocouple");
  }
  if (planned_ == 0) return io.no_proposal(Why::infeasible, regulator_->answer().why);
  bool core = true;
  for (std::size_t k = model_->first_core(); k < zones_.size(); ++k) {
    core = core && core_age_s_[k] <= value(p_core_wait_s);
  }
  io.set_confidence(regulator_->answer().source == ocp::Source::solver ? 1.0 : 0.7);
  if (!zone_of_core_.empty() && !core) {
    return io.degraded(Why::inputs_missing, "zones whose powder is not seen follow the recipe");
  }
  if (unseen_ > 0) {
    return io.degraded(Why::inputs_missing, "zones without a usable thermocouple follow the model");
  }
  return Status::ok;
}

void HeatController::state(plugin::State& s) {
  regulator_->serialize(s);
  model_->serialize(s);
  shift_->serialize(s);
  s(reference_degC_, trim_K_, zone_degC_, core_degC_, hottest_K_, sum_K_, samples_, trim_sum_K_,
    moved_K_, core_age_s_, free_, speed_m_per_s_, since_plan_s_, watched_s_, begun_, planned_,
    unseen_);
}

std::uint32_t HeatController::explain(std::uint32_t output, std::uint32_t element,
                                      plugin::Span<saggar_cause> causes) {
  if (output != 0 || element >= zone_of_loop_.size() || planned_ == 0 || causes.size() < 2)
    return 0;
  const std::size_t k = zone_of_loop_[element];
  const double rest = regulator_->target_input(k), way = moved_K_[k] - rest;
  const Zone& zone = zones_[k];
  const bool powder = zone.core != plugin::kNone && model_->has_core(k);
  const saggar_cause to = powder ? plugin::cause("powder", rest, kCore, zone.core)
                                 : plugin::cause("zone offset", rest, kPv, zone.pv.front());
  const saggar_cause on = plugin::cause("on the way there", way);
  const bool first = std::abs(rest) >= std::abs(way);
  causes[0] = first ? to : on;
  causes[1] = first ? on : to;
  return 2;
}

std::uint32_t HeatController::horizon_points() {
  return static_cast<std::uint32_t>(regulator_->shape().horizon);
}

std::uint32_t HeatController::horizon(std::uint32_t input, std::uint32_t element,
                                      plugin::Span<double> time_s, plugin::Span<double> value_out,
                                      plugin::Span<double> sigma) {
  const std::vector<std::uint32_t>& zone_of = input == kCore ? zone_of_core_ : zone_of_pv_;
  if ((input != kPv && input != kCore) || element >= zone_of.size() || planned_ == 0) return 0;
  const std::size_t k = zone_of[element];
  if (k >= zones_.size() || (input == kCore && !model_->has_core(k))) return 0;
  const std::size_t cv = input == kCore ? model_->core(k) : model_->zone(k);
  const double one = input == kCore ? value(p_core_sigma_K) : value(p_zone_sigma_K);
  const std::size_t n = std::min(time_s.size(), regulator_->shape().horizon);
  for (std::size_t i = 0; i < n; ++i) {
    const double ahead = static_cast<double>(i + 1);
    time_s[i] = ahead * period_s_ - since_plan_s_;
    value_out[i] = reference_degC_[k] + regulator_->state(i, cv);
    sigma[i] = one * std::sqrt(1 + 0.25 * ahead);  // what drifts by itself adds up
  }
  return static_cast<std::uint32_t>(n);
}

}  // namespace saggar::mpc
