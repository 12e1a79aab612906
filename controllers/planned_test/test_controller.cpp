#include "controllers/planned_test/test_controller.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace saggar::planned_test {
namespace {

using plugin::Status;
using plugin::Why;

constexpr std::uint32_t kPv = 0, kSetpoint = 1;
constexpr double kAtRest = 1e-9;

std::string_view stem(std::string_view tag) { return tag.substr(0, tag.rfind('.')); }
/// zone07.top -> zone07
std::string_view zone_name(std::string_view tag) { return tag.substr(0, tag.find('.')); }

}  // namespace

void TestController::wire(const plugin::Setup& setup) {
  const plugin::PortSetup out = setup.port(kSetpoint), pv = setup.port(kPv);
  loops_.assign(out.size(), {});
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    std::uint32_t found = plugin::kNone;
    for (std::uint32_t k = 0; k < pv.size(); ++k) {
      if (stem(pv.tag(k)) == stem(out.tag(i))) found = k;
    }
    if (found == plugin::kNone) {
      throw std::runtime_error("output " + std::string(out.tag(i)) +
                               " has no PV: the kiln needs a tag " + std::string(stem(out.tag(i))) +
                               ".temperature");
    }
    loops_[i].pv = found;
  }
}

// One input of the plan per zone, or per loop; loops that must not be moved have none.
identify::Plan TestController::plan_of(const plugin::Setup& setup) {
  const plugin::PortSetup out = setup.port(kSetpoint);
  const auto groups = static_cast<std::uint32_t>(std::lround(setup.value(kGroups)));
  const bool together = setup.value(kTogether) >= 0.5;
  identify::Plan plan;
  plan.shape = setup.value(kMethod) >= 0.5 ? identify::Shape::step : identify::Shape::prbs;
  plan.seed = static_cast<std::uint64_t>(setup.value(kSeed));
  plan.switching_s = setup.value(kSwitching);
  plan.group_s = setup.value(kGroupTime);
  plan.rest_s = setup.value(kRest);
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    if (!(setup.value(kAmplitude, i) > 0)) continue;
    const std::string name(together ? zone_name(out.tag(i)) : stem(out.tag(i)));
    const auto same = [&](const identify::TestInput& in) { return in.name == name; };
    const auto at = std::find_if(plan.inputs.begin(), plan.inputs.end(), same);
    loops_[i].input = static_cast<std::uint32_t>(at - plan.inputs.begin());
    if (at != plan.inputs.end()) continue;
    identify::TestInput in;
    in.name = name;
    const std::uint32_t zone = out.zone(i) == plugin::kNone ? i : out.zone(i);
    const bool top = out.tag(i).find(".top.") != std::string_view::npos;
    in.group = static_cast<int>(zone % groups + (together || top ? 0 : groups));
    in.amplitude = setup.value(kAmplitude, i);
    in.low = -50;  // the limits in force are the runtime's; each proposal is held within them
    in.high = 50;
    in.rate_per_s = setup.value(kRate) / 60;
    plan.inputs.push_back(in);
  }
  // Groups that lost all their zones close ranks.
  std::vector<int> used;
  for (const identify::TestInput& in : plan.inputs) used.push_back(in.group);
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (identify::TestInput& in : plan.inputs)
    in.group =
        static_cast<int>(std::lower_bound(used.begin(), used.end(), in.group) - used.begin());
  return plan;
}

void TestController::configure(const plugin::Setup& setup) {
  wire(setup);
  plan_ = plan_of(setup);
  const std::string wrong = identify::Excitation::problem(plan_);
  if (!wrong.empty()) throw std::runtime_error(wrong);
  rate_per_s_ = setup.value(kRate) / 60;
  hold_s_ = setup.value(kHold);
  settings_.hold_s = hold_s_;
  watched_.clear();
  for (std::uint32_t i = 0; i < loops_.size(); ++i) watched_.push_back({setup.value(kBand, i)});
  run_ = setup.value(kRun) >= 0.5 ? 1 : 0;
  activate();  // from here on the state has its length
}

void TestController::activate() {
  test_ = identify::PlannedTest(plan_, watched_, settings_);
  moved_.assign(loops_.size(), {});
  taken_s_ = 0;
}

void TestController::set_parameter(std::uint32_t param, std::uint32_t /*element*/, double value) {
  if (param != kRun) throw std::invalid_argument("only run may be changed while it runs");
  run_ = value >= 0.5 ? 1 : 0;
  if (run_ == 0) test_.abort();
}

void TestController::begin(plugin::Step& io) noexcept {
  const plugin::OutputView out = io.output(0);
  for (std::size_t i = 0; i < moved_.size(); ++i) {
    const double base = out.working(i) - out.reference(i);
    moved_[i] = {std::isfinite(base) ? base : 0, 0};
  }
}

void TestController::watch(plugin::Step& io) noexcept {
  const plugin::InputView pv = io.input(0);
  const plugin::OutputView out = io.output(0);
  bool taken = !io.driving();
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    const bool seen = pv.usable(loops_[i].pv) && std::isfinite(out.reference(i));
    test_.see(i, seen ? pv.value(loops_[i].pv) - out.reference(i) : std::nan(""));
    if (loops_[i].input != plugin::kNone && !out.is_free(i)) taken = true;
  }
  taken_s_ = taken ? taken_s_ + io.dt_s() : 0;
  if (taken_s_ > hold_s_ || !io.driving()) test_.abort(identify::TestEnd::lost);
}

/// Each setpoint towards where the test wants it, no faster than the rate. True: all are back.
bool TestController::move(plugin::Step& io) noexcept {
  const plugin::OutputView out = io.output(0);
  bool back = true;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    Moved& m = moved_[i];
    const double goal = loops_[i].input == plugin::kNone ? 0 : test_.level(loops_[i].input);
    const double most = rate_per_s_ * io.dt_s();
    m.now += std::clamp(goal - m.now, -most, most);
    if (std::fabs(m.now) > kAtRest) back = false;
    double value = out.reference(i) + m.base + m.now;
    if (!out.is_free(i)) value = out.working(i);
    if (out.low(i) <= out.high(i)) value = std::clamp(value, out.low(i), out.high(i));
    out.set(i, value);
  }
  return back;
}

Status TestController::step(plugin::Step& io) {
  if (io.first()) test_.abort(identify::TestEnd::lost);
  if (!test_.active() && run_ == 0)
    return io.no_proposal(Why::not_ready, "no test is asked for: set run to 1");
  if (!test_.active()) {  // asked for: follow until the ladder lets this rung drive
    begin(io);
    if (io.driving()) test_.begin();
  }
  if (test_.active()) {
    watch(io);
    test_.advance(io.dt_s());
  }
  const bool back = move(io);
  if (test_.phase() != identify::TestPhase::returning) return Status::ok;
  run_ = 0;
  if (back || !io.driving()) test_.is_back();
  return Status::ok;
}

void TestController::state(plugin::State& s) {
  s(run_, taken_s_);
  for (Moved& m : moved_) s(m.base, m.now);
  test_.state(s);
}

}  // namespace saggar::planned_test
