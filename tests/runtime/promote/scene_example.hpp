// A kiln of three loops and records of it, for the tests of promotion: two loops in the soak, one
// before it, under a governed controller `ai` (groups `canary`, loop 0, and `rest`) above `pid`.
#pragma once

#include <string>

#include "runtime/promote/scene.hpp"

namespace saggar::promote::example {

inline constexpr domain::ControllerId kAi = 0, kPid = 1, kOther = 2;
inline constexpr std::int64_t kSecond = 1'000'000'000;

inline domain::Plant plant() {
  domain::Plant plant;
  plant.name = "example";
  plant.zones = 2;
  plant.soak_zone = {true, false};
  const auto tag = [&](const std::string& name, domain::Unit unit) {
    domain::Tag t;
    t.name = name;
    t.unit = unit;
    t.high = 2000;
    return plant.tags.add(t).value();
  };
  for (std::uint16_t i = 0; i < 3; ++i) {
    const std::string loop = "loop" + std::to_string(i);
    domain::Mv mv;
    mv.tag = tag(loop + ".setpoint", domain::Unit::degC);
    mv.working = tag(loop + ".working_setpoint", domain::Unit::degC);
    mv.pv = tag(loop + ".temperature", domain::Unit::degC);
    mv.output = tag(loop + ".output", domain::Unit::percent);
    mv.zone = i < 2 ? 0 : 1;
    mv.resolution = 0.1;
    mv.rated_kW = 10;
    mv.pv_low = 700;
    mv.pv_high = 800;
    plant.mvs.push_back(mv);
  }
  tag("feed.lot", domain::Unit::count);
  plant.trips.push_back(tag("trip", domain::Unit::boolean));
  return plant;
}

inline Scene scene() {
  return make_scene(plant(), {"ai", "pid", "other"},
                    {{{"ai", "other", "pid", "hold", "recipe"}, {"recipe"}, {"recipe"}}},
                    {{kAi, "canary", {0}}, {kAi, "rest", {1, 2}}});
}

/// All is well: recipe 750, in force 750, thermocouples on it, outputs at 50 %; pid drives and both
/// groups of `ai` are in shadow.
class Story {
 public:
  Story() : scene(example::scene()) {
    const std::size_t tags = scene.plant.tags.size();
    record = domain::Record(scene.plant, 0, {3, 3, 3}, 0, 2, 1);
    for (std::size_t i = 0; i < tags; ++i) put(static_cast<domain::TagId>(i), 0);
    for (const domain::Mv& mv : scene.plant.mvs) {
      put(mv.working, 750);
      put(mv.pv, 750);
      put(mv.output, 50);
    }
    for (std::size_t i = 0; i < 3; ++i) {
      record.recipe[i] = 750;
      record.proposals[i].controller = static_cast<domain::ControllerId>(i);
      record.proposals[i].status = domain::ProposalStatus::ok;
      record.proposals[i].value.assign(3, 750.0);
      record.request.asks[i].source = domain::Source::controller;
    }
    record.trust[0].controller = record.trust[1].controller = kAi;
    record.trust[1].group = 1;
    record.monitors[0].controller = kAi;
    seat(2);
    step(1);
  }
  void put(domain::TagId tag, double value, domain::Quality quality = domain::Quality::good) {
    record.screened.samples[tag].value = value;
    record.screened.samples[tag].quality = quality;
  }
  void put(const std::string& tag, double value) { put(*scene.plant.tags.find(tag), value); }
  void seat(std::uint8_t rung) {
    record.decisions[0].rung = rung;
    record.decisions[0].controller = scene.rungs[0][rung];
  }
  void levels(domain::Level canary, domain::Level rest) {
    record.trust[0].level = canary;
    record.trust[1].level = rest;
  }
  /// The next cycle, `seconds` later: a new frame, nothing asked, nothing happened.
  void step(double seconds) {
    ++record.cycle;
    record.time_ns += static_cast<std::int64_t>(seconds * 1e9);
    record.frame.sequence = record.cycle;
    for (domain::Proposal& p : record.proposals) p.inputs_sequence = record.cycle;
    record.events.clear();
    record.intents.clear();
    record.answers.clear();
    record.guard_actions.clear();
  }
  void answered(std::size_t row, domain::MoveAnswer how, double card = 1) {
    record.events.push({domain::EventCode::move_answered, kAi, static_cast<std::uint16_t>(how),
                        static_cast<double>(row), card});
  }
  domain::Intent& intent(domain::IntentKind kind) {
    domain::Intent asked;
    asked.id = 100 + record.intents.size();
    asked.kind = kind;
    asked.who.assign("kim");
    asked.controller = kAi;
    record.intents.push(asked);
    return record.intents[record.intents.size() - 1];
  }
  void refuse_last() {
    const domain::Intent& last = record.intents[record.intents.size() - 1];
    domain::IntentAnswer answer;
    answer.id = last.id;
    answer.kind = domain::AnswerKind::error;
    record.answers.push(answer);
  }

  Scene scene;
  domain::Record record;
};

}  // namespace saggar::promote::example
