// A cycle of a small plant with two controllers of the zoo, and a field that does as it is told.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/loop/cycle.hpp"
#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::loop {

inline constexpr double kRecipe_degC = 750;

/// Two zones, four MVs; rates wide enough for tests of minutes.
inline const domain::Plant& loop_plant() {
  static const domain::Plant plant = [] {
    domain::Plant p = testing::small_plant(2);
    for (domain::Mv& mv : p.mvs) mv.limits = {0, 1000, -15, 15, 5, 30, 100};
    return p;
  }();
  return plant;
}

/// The same, and every MV may return after a shed (SC-05).
inline const domain::Plant& returning_plant() {
  static const domain::Plant plant = [] {
    domain::Plant p = loop_plant();
    for (domain::Mv& mv : p.mvs) mv.shed_return = true;
    return p;
  }();
  return plant;
}

inline CycleSettings loop_settings() {
  CycleSettings s;
  s.period_s = 1;
  s.supervisory_period_s = 10;
  s.recipe.assign(loop_plant().mvs.size(), kRecipe_degC);
  s.bleed_per_min.assign(loop_plant().mvs.size(), 0.5);
  s.guard.period_s = s.supervisory_period_s;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    s.ladders[d].duty = static_cast<domain::Duty>(d);
    if (d == 0) {
      s.ladders[d].rungs = {{"first", control::RungKind::controller, 0, 0, 1},
                            {"second", control::RungKind::controller, 1, 0, 1, false}};
    }
    s.ladders[d].rungs.push_back({"hold", control::RungKind::hold});
    s.ladders[d].rungs.push_back({"recipe", control::RungKind::local});
  }
  return s;
}
inline constexpr std::uint8_t kFirst = 0, kSecond = 1, kHold = 2, kLocal = 3;

/// The animal in both seats; the second with parameters of its own where there are any.
inline control::Roster loop_roster(const std::string& animal,
                                   const std::vector<host::ParamSpec>& params = {},
                                   const std::vector<host::ParamSpec>& second = {}) {
  std::vector<control::Seat> seats;
  for (const char* name : {"first", "second"}) {
    const bool own = !seats.empty() && !second.empty();
    seats.push_back({name, domain::Duty::heat,
                     host::active_animal(animal, own ? second : params, loop_plant()), 1, 0});
  }
  control::RosterSettings settings;
  settings.threads = false;
  return {loop_plant(), std::move(seats), settings};
}

/// What the furnace controllers do: follow a written setpoint, go back to their own on release.
struct Field {
  explicit Field(double temperature_degC = kRecipe_degC)
      : working(loop_plant().mvs.size(), kRecipe_degC),
        remote(working.size(), 0),
        pv(temperature_degC) {}
  void obey(const domain::Command& command) {
    for (std::size_t i = 0; i < working.size(); ++i) {
      if (command.action[i] == domain::Action::write) working[i] = command.value[i], remote[i] = 1;
      if (command.action[i] == domain::Action::release) working[i] = kRecipe_degC, remote[i] = 0;
    }
  }
  void show(domain::Frame& frame) {
    ++sequence;
    frame.sequence = sequence;
    frame.time_ns = static_cast<std::int64_t>(sequence) * 1'000'000'000;
    frame.missed = 0;
    frame.link_up = true;
    const auto set = [&](domain::TagId tag, double value) {
      frame.samples[tag] = {value, frame.time_ns, domain::Quality::good, domain::SubStatus::none};
    };
    for (std::size_t i = 0; i < working.size(); ++i) {
      const domain::Mv& mv = loop_plant().mvs[i];
      set(mv.pv, pv);
      set(mv.working, working[i]);
      set(mv.output, 40);
      set(mv.remote, remote[i]);
      set(mv.tag, working[i]);
    }
  }
  std::uint64_t sequence = 0;
  std::vector<double> working, remote;
  double pv;
};

class LoopRig {
 public:
  /// @param plant of the shape of loop_plant()
  explicit LoopRig(const std::string& animal = "well_behaved", double pv = kRecipe_degC,
                   const domain::Plant& plant = loop_plant(),
                   const CycleSettings& settings = loop_settings(),
                   const std::vector<host::ParamSpec>& params = {},
                   const std::vector<host::ParamSpec>& second = {})
      : LoopRig(loop_roster(animal, params, second), settings, plant, pv) {}
  explicit LoopRig(control::Roster roster, const CycleSettings& settings = loop_settings(),
                   const domain::Plant& plant = loop_plant(), double pv = kRecipe_degC)
      : cycle(plant, settings, std::move(roster)), record(cycle.prototype()), field(pv) {}

  /// One cycle on the next frame; `spoil` may change the frame before.
  template <class Spoil>
  const domain::Record& step(Spoil&& spoil) {
    field.show(record.frame);
    spoil(record.frame);
    return run();
  }
  const domain::Record& step() {
    return step([](domain::Frame&) {});
  }
  /// One cycle without a new frame.
  const domain::Record& run() {
    record.cycle = ++count;
    record.time_ns = static_cast<std::int64_t>(count) * 1'000'000'000;
    cycle.run(record);
    field.obey(record.command);
    for (const domain::IntentAnswer& answer : record.answers) ++answers[answer.id], last = answer;
    return record;
  }
  void steps(int n) {
    for (int i = 0; i < n; ++i) step();
  }
  std::uint64_t offer(domain::IntentKind kind, domain::MvId mv = domain::kNoMv,
                      domain::Mode mode = domain::Mode::cas, double value = 0) {
    domain::Intent intent;
    intent.id = ++intents;
    intent.kind = kind;
    intent.mv = mv;
    intent.mode = mode;
    intent.value = value;
    intent.controller = 0;
    intent.key.assign("relay");
    intent.who.assign("shift");
    intent.station.assign("panel");
    intent.reason.assign("test");
    EXPECT_TRUE(cycle.offer(intent));
    return intent.id;
  }
  /// Switches heat on and runs until it is ON.
  void switch_on() {
    offer(domain::IntentKind::switch_on);
    for (int i = 0; i < 120 && record.applications[0] != domain::AppState::on; ++i) step();
    ASSERT_EQ(record.applications[0], domain::AppState::on);
  }
  int events_of(domain::EventCode code) const {
    int n = 0;
    for (const domain::Event& event : record.events) n += event.code == code ? 1 : 0;
    return n;
  }
  std::vector<std::uint8_t> saved() {
    std::vector<std::uint8_t> bytes;
    auto archive = domain::Archive::saving(bytes);
    cycle.serialize(archive);
    return bytes;
  }

  Cycle cycle;
  domain::Record record;
  Field field;
  std::map<std::uint64_t, int> answers;  // per intent id
  domain::IntentAnswer last;
  std::uint64_t count = 0, intents = 0;
};

}  // namespace saggar::loop
