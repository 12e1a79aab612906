// A queue of intents with modes and applications of a kiln of two zones around it.
#pragma once

#include <gtest/gtest.h>

#include "runtime/operate/intents.hpp"
#include "tests/support/plants.hpp"

namespace saggar::testing {

using domain::AnswerKind;
using domain::AppState;
using domain::Duty;
using domain::Intent;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;
using operate::Force;

/// Heat has a ladder of four rungs and two controllers; the other duties have none.
struct Desk {
  Desk()
      : plant(small_plant(2)),
        modes(plant),
        applications(plant),
        intents(plant, {64, 2, {4, 0, 0}, {true, false, false}}),
        frame(plant.tags.size()) {
    for (const domain::Mv& mv : plant.mvs) {
      frame.samples[mv.working] = {750, 0, domain::Quality::good, {}};
      frame.samples[mv.remote] = {1, 0, domain::Quality::good, {}};
    }
  }
  Intent make(IntentKind kind, domain::MvId mv = domain::kNoMv) {
    Intent intent;
    intent.id = ++last_id;
    intent.kind = kind;
    intent.mv = mv;
    intent.who.assign("kim"), intent.station.assign("panel1"), intent.reason.assign("test");
    return intent;
  }
  Intent mode(domain::MvId mv, Mode wanted) {
    Intent intent = make(IntentKind::set_mode, mv);
    intent.mode = wanted;
    return intent;
  }
  void step() {
    ++cycle;
    applied.clear(), answers.clear(), events.clear();
    intents.apply(cycle, modes, applications, applied, answers, events);
    time_ns += 1'000'000'000;
    applications.update({cycle, time_ns, 30, {}, {}, {}, frame, modes.blocks()}, events);
    modes.update({cycle, time_ns, 30, frame, true, true, applications.states()}, events);
  }
  /// Offers, runs one cycle, returns the answer.
  domain::IntentAnswer ask(const Intent& intent) {
    EXPECT_TRUE(intents.offer(intent));
    step();
    for (const domain::IntentAnswer& answer : answers) {
      if (answer.id == intent.id) return answer;
    }
    ADD_FAILURE() << "no answer";
    return {};
  }
  const domain::IntentAnswer& answer(std::uint64_t id) const {
    for (const domain::IntentAnswer& a : answers) {
      if (a.id == id) return a;
    }
    static const domain::IntentAnswer kNone{};
    ADD_FAILURE() << "no answer to " << id;
    return kNone;
  }

  domain::Plant plant;
  operate::ModeEngine modes;
  operate::Applications applications;
  operate::Intents intents;
  domain::Frame frame;
  domain::Bounded<Intent> applied{8};
  domain::Bounded<domain::IntentAnswer> answers{8};
  domain::Bounded<domain::Event> events{64};
  std::uint64_t cycle = 0, last_id = 0;
  std::int64_t time_ns = 0;
};

}  // namespace saggar::testing
