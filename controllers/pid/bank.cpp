#include "controllers/pid/bank.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

namespace saggar::pid {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kNoTrim = 1e-9;  // a smaller trim is none: the reference itself is proposed

bool finite(double x) noexcept { return std::fabs(x) <= 1e12; }

std::string_view stem(std::string_view tag) { return tag.substr(0, tag.rfind('.')); }

std::uint32_t find_stem(const plugin::PortSetup& port, std::string_view wanted) {
  for (std::uint32_t i = 0; i < port.size(); ++i) {
    if (stem(port.tag(i)) == wanted) return i;
  }
  return plugin::kNone;
}

}  // namespace

void Bank::wire(const plugin::Setup& setup) {
  const plugin::PortSetup out = setup.port(kOutput), pv = setup.port(kPv),
                          companion = setup.port(kCompanion), load = setup.port(kLoad);
  wiring_.assign(out.size(), {});
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    Wiring& w = wiring_[i];
    w.pv = find_stem(pv, stem(out.tag(i)));
    if (w.pv == plugin::kNone) {
      throw std::runtime_error("output " + std::string(out.tag(i)) +
                               " has no PV: the kiln needs a tag " + std::string(stem(out.tag(i))) +
                               ".temperature");
    }
    w.load = find_stem(load, stem(stem(out.tag(i))));
    w.companion = find_stem(companion, stem(out.tag(i)));
    if (w.companion == plugin::kNone) continue;
    const double span = companion.high(w.companion) - companion.low(w.companion);
    w.companion_low = companion.low(w.companion) + 0.005 * span;
    w.companion_high = companion.high(w.companion) - 0.005 * span;
  }
}

void Bank::configure(const plugin::Setup& setup) {
  wire(setup);
  count_ = setup.port(kOutput).size();
  pv_count_ = setup.port(kPv).size();
  values_.load(duty_, setup, count_, param_count_);
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (const auto wrong = values_.problem(i)) {
      throw std::runtime_error(std::string(*wrong) + " (" +
                               std::string(setup.port(kOutput).tag(i)) + ")");
    }
  }
  if (values_.get(Param::schedule_on) > 1.5 && setup.port(kScheduleTag).size() == 0) {
    throw std::runtime_error("schedule_on: is 2, but this kiln has no schedule tag; 0 or 1");
  }
  spare_ = values_;
  schedule_ = values_.schedule();
  loops_.assign(count_, Loop());
  loads_.assign(setup.port(kLoad).size(), {});
  seen_.assign(count_, Seen{});
  reference_before_.assign(count_, 0);
  shift_ = plugin::TrimShift(count_, values_.get(Param::shift));
}

void Bank::activate() {
  for (std::uint32_t i = 0; i < count_; ++i) loops_[i] = Loop(values_.tuning(i));
  loads_.assign(loads_.size(), {});
  seen_.assign(count_, Seen{});
  reference_before_.assign(count_, std::nan(""));
  tuner_ = Autotuner();
  tuned_ = plugin::kNone;
  tag_scale_ = {};
  stepped_ = interrupted_ = 0;
  programmer_ = Programmer();
  if (duty_ == Duty::power) programmer_.load(values_.program());
}

Scale Bank::scale_for(double pv) const noexcept {
  const double on = values_.get(Param::schedule_on);
  if (schedule_.count == 0 || on < 0.5) return {};
  if (on > 1.5) return tag_scale_;
  return finite(pv) ? schedule_.look_up(pv) : Scale{};
}

// Setpoint in the order of who has the last word: program, setpoint tag, parameter.
double Bank::setpoint_of(plugin::Step& io, std::uint32_t i, bool& usable) const noexcept {
  usable = true;
  if (duty_ == Duty::trim) return io.output(0).reference(i);
  if (programmer_.state().phase != Phase::idle)
    return programmer_.state().setpoint + values_.get(Param::program_offset, i);
  const Wiring& w = wiring_[i];
  if (w.companion == plugin::kNone) return values_.get(Param::setpoint, i);
  usable = io.input(kCompanion).usable(w.companion);
  return io.input(kCompanion).value(w.companion);
}

std::uint32_t Bank::limits_below(plugin::Step& io, std::uint32_t i) const noexcept {
  std::uint32_t bits = (io.output(0).limited_low(i) ? kLimitedLow : 0) |
                       (io.output(0).limited_high(i) ? kLimitedHigh : 0);
  const Wiring& w = wiring_[i];
  if (duty_ == Duty::trim && w.companion != plugin::kNone) {
    const plugin::InputView heater = io.input(kCompanion);
    if (heater.usable(w.companion)) {
      if (heater.value(w.companion) <= w.companion_low) bits |= kLimitedLow;
      if (heater.value(w.companion) >= w.companion_high) bits |= kLimitedHigh;
    }
  }
  return bits;
}

// What the law of one loop gets. The trim's law works around the reference, its `zero`.
Inputs Bank::gather(plugin::Step& io, std::uint32_t i, double zero, bool tracks) const noexcept {
  const plugin::OutputView out = io.output(0);
  const plugin::InputView pv = io.input(kPv);
  const plugin::InputView ff = io.input(kFeedForward);
  bool setpoint_usable = true;
  Inputs in;
  in.dt_s = io.dt_s();
  in.setpoint = setpoint_of(io, i, setpoint_usable);
  in.pv = pv.value(wiring_[i].pv);
  in.pv_good = setpoint_usable && pv.usable(wiring_[i].pv);
  in.driving = !tracks;
  in.feed_forward_good = ff.size() > 0 && ff.usable(0);
  if (ff.size() > 0) in.feed_forward = ff.value(0);
  if (wiring_[i].load != plugin::kNone) in.load = loads_[wiring_[i].load].value;
  // The value in force answers the last proposal, which stood on the last reference.
  in.working = out.working(i) - (tracks ? zero : reference_before_[i]);
  in.low = out.low(i) - zero;
  in.high = out.high(i) - zero;
  if (duty_ == Duty::trim && values_.get(Param::shift) > 0 && in.low <= in.high) {
    // Where it stands outside already (it was moved there before PID drove) it walks in at its
    // rate.
    const double now = std::clamp(in.working, in.low, in.high);
    in.low = std::min(shift_.within(i, in.low), now);
    in.high = std::max(shift_.within(i, in.high), now);
  }
  in.limited = limits_below(io, i);
  in.scale = scale_for(in.pv);
  return in;
}

// One loop; returns its proposal, absolute.
double Bank::control(plugin::Step& io, std::uint32_t i, bool tracks) noexcept {
  const plugin::OutputView out = io.output(0);
  Seen& seen = seen_[i];
  const double reference = out.reference(i), working = out.working(i);
  const bool trims = duty_ == Duty::trim;
  seen.pv = io.input(kPv).value(wiring_[i].pv);
  seen.working = working;
  seen.low = out.low(i);
  seen.high = out.high(i);
  seen.is_free = out.is_free(i) ? 1 : 0;
  if (trims && !finite(reference)) {  // nothing to trim around: leave the output where it is
    seen.usable = 0;
    if (finite(working)) seen.value = working;
    return seen.value;
  }
  const double zero = trims ? reference : 0;
  const double law = loops_[i].step(gather(io, i, zero, tracks));
  reference_before_[i] = zero;
  double value = law;
  if (trims) value = std::fabs(law) < kNoTrim ? reference : reference + law;
  if (seen.low <= seen.high) value = std::clamp(value, seen.low, seen.high);
  seen.usable = loops_[i].state().status != Condition::held_bad_pv ? 1 : 0;
  seen.value = value;
  return value;
}

Status Bank::step(plugin::Step& io) {
  const plugin::OutputView out = io.output(0);
  const plugin::InputView tag = io.input(kScheduleTag);
  if (tag.size() > 0 && tag.usable(0) && finite(tag.value(0)))
    tag_scale_ = schedule_.look_up(tag.value(0));
  follow_time(io);
  follow_loads(io);
  if (duty_ == Duty::power) run_program(io);
  if (duty_ == Duty::trim) follow_trims(io);
  std::uint32_t held = 0;
  const bool standing_by = !io.driving() || io.first();
  for (std::uint32_t i = 0; i < count_; ++i) {
    const bool tracks = standing_by || !out.is_free(i) || tuning(i);
    double value = control(io, i, tracks);
    if (tuning(i)) {
      const Seen& seen = seen_[i];
      if (seen.is_free != 0) tuner_.abort();  // the mode left MAN and AUTO
      value = tuner_.step(io.dt_s(), seen.pv, seen.usable != 0, seen.working);
      if (seen.low <= seen.high) value = std::clamp(value, seen.low, seen.high);
      seen_[i].value = value;
    }
    if (seen_[i].usable == 0) ++held;
    out.set(i, value);
  }
  stepped_ = 1;
  return verdict(io, held);
}

Status Bank::verdict(plugin::Step& io, std::uint32_t held) noexcept {
  io.set_confidence(count_ == 0 ? 0 : 1 - static_cast<double>(held) / count_);
  if (held == 0) return Status::ok;
  if (held > values_.get(Param::most_bad) || held == count_) {
    return io.no_proposal(Why::inputs_missing,
                          "more loops than max_bad_loops have no usable PV or setpoint");
  }
  return io.degraded(Why::inputs_missing,
                     "loops without a usable PV or setpoint hold their output");
}

// A gap in the field's time, either way, is an interruption.
void Bank::follow_time(plugin::Step& io) noexcept {
  const double gap_s = 1e-9 * static_cast<double>(io.time_ns() - last_time_ns_);
  const double most_s = 10 * values_.period_s();
  if (stepped_ != 0 && !(gap_s >= 0 && gap_s <= most_s)) interrupted_ = 1;
  last_time_ns_ = io.time_ns();
}

void Bank::follow_loads(plugin::Step& io) noexcept {
  const plugin::InputView load = io.input(kLoad);
  const LoadSettings settings = values_.load_settings();
  for (std::uint32_t z = 0; z < loads_.size(); ++z) {
    loads_[z].step(io.dt_s(), load.value(z), load.usable(z), settings);
  }
}

void Bank::follow_trims(plugin::Step& io) noexcept {
  const plugin::OutputView out = io.output(0);
  if (stepped_ == 0) shift_.restart();
  for (std::uint32_t i = 0; i < count_; ++i) {
    shift_.see(i, out.working(i), out.reference(i), out.low(i), out.high(i));
  }
  shift_.pass(io.dt_s());
}

void Bank::run_program(plugin::Step& io) noexcept {
  const plugin::InputView pv = io.input(kPv);
  double low = 1e300, high = -1e300, sum = 0;
  std::uint32_t good = 0;
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint32_t k = wiring_[i].pv;
    if (!pv.usable(k) || !finite(pv.value(k))) continue;
    const double level = pv.value(k) - values_.get(Param::program_offset, i);
    low = std::min(low, level);
    high = std::max(high, level);
    sum += level;
    ++good;
  }
  if (!io.driving()) interrupted_ = 1;  // nobody heats for the program: it waits
  if (good == 0) low = high = sum = std::nan("");
  const double middle = good == 0 ? sum : sum / good;
  const double wanted = values_.get(Param::program_run);
  const Phase phase = programmer_.state().phase;
  if (wanted < 0.5) {
    if (phase != Phase::idle) programmer_.stop();
    return;
  }
  if (!io.driving()) return;
  if (phase == Phase::idle) {
    programmer_.start(middle);
  } else if (interrupted_ != 0) {
    programmer_.resume(middle);
  }
  if (good > 0) interrupted_ = 0;
  if (wanted > 1.5) {
    programmer_.hold();
  } else {
    programmer_.release();
  }
  // Never more credit than was watched: a late step counts as at most five.
  programmer_.step(std::min(io.dt_s(), 5 * values_.period_s()), low, high);
}

std::uint32_t Bank::explain(std::uint32_t output, std::uint32_t element,
                            plugin::Span<saggar_cause> causes) {
  if (output != 0 || element >= count_) return 0;
  const pid::State& s = loops_[element].state();
  std::array<saggar_cause, 7> all{};
  std::uint32_t n = 0;
  if (tuning(element)) {
    all[n++] = plugin::cause("tuning", seen_[element].value - tuner_.start());
  } else {
    const std::uint32_t pv = wiring_[element].pv;
    all[n++] = plugin::cause("proportional", s.p, kPv, pv);
    all[n++] = plugin::cause("integral", s.i);
    all[n++] = plugin::cause("derivative", s.d, kPv, pv);
    all[n++] = plugin::cause("feed-forward", s.f, kFeedForward, 0);
    const std::uint32_t load = wiring_[element].load;
    if (load != plugin::kNone) all[n++] = plugin::cause("load", s.l, kLoad, load);
    all[n++] = plugin::cause("limit", s.output - s.raw);
  }
  for (std::uint32_t k = 1; k < n; ++k) {  // largest first; equal ones stay in order; no heap
    for (std::uint32_t j = k; j > 0 && std::fabs(all[j].share) > std::fabs(all[j - 1].share); --j)
      std::swap(all[j], all[j - 1]);
  }
  n = std::min(n, static_cast<std::uint32_t>(causes.size()));
  std::copy(all.begin(), all.begin() + n, causes.begin());
  return n;
}

std::uint32_t Bank::trained_range(std::uint32_t input, plugin::Span<double> low,
                                  plugin::Span<double> high) {
  if (input != kPv) return 0;
  const auto n = std::min(static_cast<std::uint32_t>(low.size()), pv_count_);
  std::fill(low.begin(), low.begin() + n, -273.0);  // a PV without an output: no range of its own
  std::fill(high.begin(), high.begin() + n, 2000.0);
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (wiring_[i].pv >= n) continue;
    low[wiring_[i].pv] = values_.get(Param::valid_low, i);
    high[wiring_[i].pv] = values_.get(Param::valid_high, i);
  }
  return n;
}

double Bank::confidence_limit() { return values_.get(Param::min_confidence); }

}  // namespace saggar::pid
