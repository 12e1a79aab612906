#include "controllers/pid/autotune.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "controllers/pid/simc.hpp"

namespace saggar::pid {
namespace {

constexpr std::uint64_t kMostBadSteps = 5;

bool positive(double x) noexcept { return x > 0 && x <= 1e9; }

}  // namespace

std::optional<std::string_view> problem(const TuneSettings& s) noexcept {
  if (!positive(s.amplitude)) return "amplitude: must be above 0";
  if (!(s.down_share > 0 && s.down_share <= 1)) return "down_share: must be above 0, at most 1";
  if (!positive(s.baseline_s) || !positive(s.most_s)) return "baseline_s, most_s: must be above 0";
  if (!(s.hysteresis >= 0)) return "hysteresis: must be at least 0; 0 = from the noise";
  if (s.cycles < 1 || s.cycles > 20) return "cycles: must be 1 to 20";
  if (!positive(s.most_deviation)) return "most_deviation: must be above 0";
  if (!positive(s.steady_band) || !positive(s.follow_s))
    return "steady_band, follow_s: must be above 0";
  if (!(s.least_fit >= 0 && s.least_fit < 1)) return "least_fit: must be 0 to 1";
  if (!(s.closed_loop_s >= 0)) return "closed_loop_s: must be at least 0; 0 = the dead time";
  return std::nullopt;
}

std::string_view text(TuneEnd end) noexcept {
  switch (end) {
    case TuneEnd::none:
      return "";
    case TuneEnd::aborted:
      return "aborted";
    case TuneEnd::bad_pv:
      return "the PV was lost";
    case TuneEnd::not_steady:
      return "the PV was not steady before the test";
    case TuneEnd::too_far:
      return "the PV went further than allowed";
    case TuneEnd::not_followed:
      return "the field did not take the output";
    case TuneEnd::timed_out:
      return "the test took too long";
    case TuneEnd::no_response:
      return "the PV hardly moved against its noise";
    case TuneEnd::poor_fit:
      return "a first-order model explains too little of the response";
    case TuneEnd::not_carried:
      return "the record does not determine the time constant";
  }
  return "";
}

bool Autotuner::begin(const TuneSettings& settings, double start, double pv) noexcept {
  if (problem(settings) || !(std::fabs(start) <= 1e9) || !(std::fabs(pv) <= 1e9)) return false;
  *this = Autotuner{};
  settings_ = settings;
  phase_ = TunePhase::baseline;
  start_ = output_ = start;
  first_pv_ = last_pv_ = pv;
  return true;
}

void Autotuner::abort() noexcept {
  if (running()) fail(TuneEnd::aborted);
}

void Autotuner::fail(TuneEnd end) noexcept {
  phase_ = TunePhase::failed;
  end_ = end;
  output_ = start_;
  returning_ = 1;
  return_s_ = 0;
}

double Autotuner::step(double dt_s, double pv, bool pv_good, double working) noexcept {
  if (!(dt_s > 0 && dt_s <= 1e6)) return output_;
  if (returning_ != 0) {
    return_s_ += dt_s;
    const double near = 1e-6 + 0.01 * settings_.amplitude;
    if (std::fabs(working - start_) <= near || return_s_ > settings_.follow_s) returning_ = 0;
  }
  if (!running()) return start_;
  if (phase_ == TunePhase::evaluating) {
    evaluate();
    return start_;
  }
  if (!pv_good || !(std::fabs(pv) <= 1e9)) {
    if (++bad_steps_ > kMostBadSteps) fail(TuneEnd::bad_pv);
    return output_;
  }
  // A PV missed for a few steps: the next good one stands for that time too.
  dt_s *= static_cast<double>(1 + bad_steps_);
  bad_steps_ = 0;
  if (!followed(dt_s, working)) {
    fail(TuneEnd::not_followed);
    return output_;
  }
  elapsed_s_ += dt_s;
  if (phase_ == TunePhase::baseline) {
    watch(dt_s, pv);
  } else {
    record_.add(dt_s, working - start_, pv - pv0_);
    excite(pv);
  }
  return output_;
}

bool Autotuner::followed(double dt_s, double working) noexcept {
  if (!std::isfinite(working)) return false;
  strayed_s_ = std::fabs(working - output_) > 0.1 * settings_.amplitude ? strayed_s_ + dt_s : 0;
  return strayed_s_ <= settings_.follow_s;
}

// Noise from differences of neighbours, blind to drift, which is judged by the means of the two
// halves. Slow noise hides from neighbours: what the test needs is the larger of that and the
// spread.
void Autotuner::watch(double dt_s, double pv) noexcept {
  if (count_ > 0) sum_square_ += (pv - last_pv_) * (pv - last_pv_);
  last_pv_ = pv;
  sum_spread_ += (pv - first_pv_) * (pv - first_pv_);
  sum_ += pv;
  ++count_;
  if (elapsed_s_ <= 0.5 * settings_.baseline_s) {
    sum_first_ += pv;
    ++count_first_;
  }
  if (elapsed_s_ + 0.5 * dt_s < settings_.baseline_s) return;
  const auto n = static_cast<double>(count_);
  pv0_ = sum_ / n;
  result_.noise = count_ > 1 ? std::sqrt(0.5 * sum_square_ / (n - 1)) : 0;
  const double shift = pv0_ - first_pv_;
  const double spread = std::sqrt(std::max(0.0, sum_spread_ / n - shift * shift));
  if (count_first_ > 0 && count_ > count_first_) {
    const double first = sum_first_ / static_cast<double>(count_first_);
    const double second = (sum_ - sum_first_) / static_cast<double>(count_ - count_first_);
    const double drift = 2 * std::fabs(second - first);
    const double by_chance = 12 * result_.noise / std::sqrt(n);
    if (drift > settings_.steady_band && drift > by_chance) {
      fail(TuneEnd::not_steady);
      return;
    }
  }
  result_.noise = std::max(result_.noise, spread);
  phase_ = TunePhase::exciting;
  elapsed_s_ = 0;
  record_.clear();
  up_ = 1;
  output_ = start_ + settings_.amplitude;
  cycle_low_ = cycle_high_ = pv0_;
}

void Autotuner::excite(double pv) noexcept {
  if (std::fabs(pv - pv0_) > settings_.most_deviation) {
    fail(TuneEnd::too_far);
    return;
  }
  if (settings_.method == TuneMethod::relay) {
    relay(pv);
  } else if (settled()) {
    begin_fit();
  }
  if (phase_ == TunePhase::exciting && elapsed_s_ > settings_.most_s) {
    // A step test may simply have been given all its time; a relay that did not cycle has nothing.
    if (settings_.method == TuneMethod::step) {
      begin_fit();
    } else {
      fail(TuneEnd::timed_out);
    }
  }
}

void Autotuner::relay(double pv) noexcept {
  cycle_low_ = std::min(cycle_low_, pv);
  cycle_high_ = std::max(cycle_high_, pv);
  const double width =
      settings_.hysteresis > 0 ? settings_.hysteresis : std::max(4 * result_.noise, 1e-9);
  const double above = settings_.gain_positive ? pv - pv0_ : pv0_ - pv;
  const bool toggles = up_ != 0 ? above > width : above < -width;
  if (!toggles) return;
  up_ = up_ != 0 ? 0 : 1;
  output_ = start_ + (up_ != 0 ? settings_.amplitude : -settings_.down_share * settings_.amplitude);
  ++switches_;
  if (up_ == 0) cycle_done();  // switched down: one whole cycle since the last time
}

void Autotuner::cycle_done() noexcept {
  if (switches_ > 3) {  // the first cycle still holds the way from the start
    sum_period_s_ += elapsed_s_ - period_start_s_;
    sum_half_height_ += 0.5 * (cycle_high_ - cycle_low_);
    ++counted_;
  }
  period_start_s_ = elapsed_s_;
  cycle_low_ = cycle_high_ = pv0_;
  if (counted_ < settings_.cycles) return;
  const auto n = static_cast<double>(counted_);
  const double width = settings_.hysteresis > 0 ? settings_.hysteresis : 4 * result_.noise;
  const double height = sum_half_height_ / n;
  const double half_swing = 0.5 * settings_.amplitude * (1 + settings_.down_share);
  result_.ultimate_period_s = sum_period_s_ / n;
  // Describing function of a relay with hysteresis.
  const double square = height * height - width * width;
  if (square > 0) result_.ultimate_gain = 4 * half_swing / (std::numbers::pi * std::sqrt(square));
  begin_fit();
}

// Looked at each time the test has grown by a tenth: is the last 15 % of it where the 15 % before
// was, against the whole change?
bool Autotuner::settled() noexcept {
  const std::uint64_t n = record_.size();
  if (n < 40 || elapsed_s_ < next_look_s_) return false;
  next_look_s_ = 1.1 * elapsed_s_;
  const std::uint64_t part = n * 3 / 20;
  double late = 0, before = 0;
  for (std::uint64_t i = 0; i < part; ++i) {
    late += record_.y(n - 1 - i);
    before += record_.y(n - 1 - part - i);
  }
  const auto count = static_cast<double>(part);
  late /= count;
  before /= count;
  const double noise = result_.noise * std::sqrt(2 / count);
  if (std::fabs(late) < 6 * result_.noise + 1e-9) return false;
  return std::fabs(late - before) < 0.03 * std::fabs(late) + noise;
}

void Autotuner::begin_fit() noexcept {
  phase_ = TunePhase::evaluating;
  elapsed_s_ = 0;
  output_ = start_;
  returning_ = 1;
  return_s_ = 0;
  const double h = record_.spacing_s();
  if (settings_.method == TuneMethod::relay) {
    const double period = result_.ultimate_period_s;
    // A first-order lag leaves less than half a period for the dead time.
    fit_.begin(std::max(0.02 * period, 0.1 * h), 100 * period, 0.52 * period);
  } else {
    const double all = record_.duration_s();
    fit_.begin(std::max(0.002 * all, 0.1 * h), 10 * all, 0.6 * all);
  }
}

void Autotuner::evaluate() noexcept {
  if (fit_.advance(record_)) judge();
}

void Autotuner::judge() noexcept {
  result_.model = fit_.model();
  result_.fit = fit_.share();
  const Fopdt& m = result_.model;
  double low = record_.y(0), high = record_.y(0);
  for (std::uint64_t i = 0; i < record_.size(); ++i) {
    low = std::min(low, record_.y(i));
    high = std::max(high, record_.y(i));
  }
  if (record_.size() < 20 || high - low < 6 * result_.noise || high - low < 1e-9) {
    fail(TuneEnd::no_response);
  } else if (!(result_.fit >= settings_.least_fit) || (m.gain > 0) != settings_.gain_positive) {
    fail(TuneEnd::poor_fit);
  } else {
    // Would half as much again, or as little, explain the record nearly as well? Then it says
    // nothing about T. The limit is an F ratio: 10 standard errors squared.
    const auto n = static_cast<double>(record_.size());
    const double best = explain(record_, m.time_constant_s, m.dead_time_s).residual;
    const double longer = explain(record_, m.time_constant_s * 1.5, m.dead_time_s).residual;
    const double shorter = explain(record_, m.time_constant_s / 1.5, m.dead_time_s).residual;
    const double rise = std::min(longer, shorter) - best;
    if (fit_.at_edge() || rise * (n - 4) < 10 * best) {
      fail(TuneEnd::not_carried);
    } else {
      // The dead time cannot be known better than the sampling shows it.
      Fopdt cautious = m;
      cautious.dead_time_s = std::max(m.dead_time_s, 0.5 * record_.spacing_s());
      result_.gains = simc_pi(cautious, settings_.closed_loop_s);
      phase_ = TunePhase::finished;
    }
  }
}

}  // namespace saggar::pid
