#include "runtime/record/compare.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/runtime/record/example.hpp"

namespace saggar::record {
namespace {

class Compare : public ::testing::Test {
 protected:
  Compare() : plant_(example::make_plant(1)), a_(example::make_record(plant_, 2, 2)) {
    a_.cycle = 17;
    b_ = a_;
  }
  std::string all() const {
    const auto d = compare(a_, b_, plant_, Depth::everything);
    return d ? d->text() : "";
  }
  using Changes = std::vector<std::function<void(domain::Record&)>>;
  /// Each change alone must be found.
  void expect_found(const Changes& changes) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      b_ = a_;
      changes[i](b_);
      EXPECT_NE(all(), "") << "change " << i;
    }
  }
  domain::Plant plant_;
  domain::Record a_, b_;
};

TEST_F(Compare, FindsWhatMonitorsFoundOtherwise) {
  a_.monitors.resize(1);
  expect_found({[](auto& r) { r.monitors[0].distance = 0.5; },
                [](auto& r) { r.monitors[0].over = 3; },
                [](auto& r) { r.monitors[0].drift = domain::Drift::act; },
                [](auto& r) { r.monitors[0].coverage_off = true; },
                [](auto& r) { r.monitors[0].reason = domain::Reason::not_believed; },
                [](auto& r) { r.monitors.clear(); }});
}

TEST_F(Compare, FindsAChangeOfTrust) {
  a_.trust.resize(1);
  expect_found({[](auto& r) { r.trust[0].level = domain::Level::full; },
                [](auto& r) { r.trust[0].reason = domain::Reason::severe; },
                [](auto& r) { r.trust[0].card = 4; }, [](auto& r) { r.trust[0].rejected = 1; },
                [](auto& r) { r.trust.clear(); }});
}

TEST_F(Compare, EqualRecordsHaveNoDifference) {
  a_.command.value[0] = b_.command.value[0] = std::nan("");
  EXPECT_FALSE(compare(a_, b_, plant_));
  EXPECT_EQ(all(), "");
}

TEST_F(Compare, NamesCycleAndTagOfACommand) {
  a_.command.value[1] = 765.2;
  b_.command.value[1] = 765.3;
  const auto d = compare(a_, b_, plant_);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->cycle, 17U);
  EXPECT_EQ(d->tag, "zone01.bottom.setpoint");
  EXPECT_EQ(d->text(),
            "cycle 17: command value of zone01.bottom.setpoint: recorded 765.20000000000005, "
            "replayed 765.29999999999995");
}

TEST_F(Compare, ComparesBitsNotValues) {
  b_.command.value[0] = -0.0;
  EXPECT_EQ(compare(a_, b_, plant_)->replayed, "-0");
  a_.command.value[0] = std::nan("");
  b_.command.value[0] = -std::nan("");
  EXPECT_EQ(compare(a_, b_, plant_)->recorded, "nan (bits 7ff8000000000000)");
}

TEST_F(Compare, CommandsAloneAreNotDisturbedByTheRest) {
  b_.recipe[0] = 1;
  EXPECT_FALSE(compare(a_, b_, plant_));
  EXPECT_NE(all(), "");
}

TEST_F(Compare, TimingAndReceiveTimesMayDiffer) {
  b_.timing.duration_ns = 1;
  b_.frame.received_ns = b_.screened.received_ns = 7;
  EXPECT_EQ(all(), "");
}

TEST_F(Compare, FindsADifferenceInEveryPartBeforeTheProposals) {
  using domain::Record;
  const Changes changes = {
      [](Record& r) { r.cycle++; },
      [](Record& r) { r.time_ns++; },
      [](Record& r) { r.frame.sequence++; },
      [](Record& r) { r.frame.time_ns++; },
      [](Record& r) { r.frame.missed++; },
      [](Record& r) { r.frame.link_up = true; },
      [](Record& r) { r.frame.samples[3].value = 1; },
      [](Record& r) { r.frame.samples[3].time_ns = 1; },
      [](Record& r) { r.frame.samples[3].quality = domain::Quality::uncertain; },
      [](Record& r) { r.frame.samples[3].sub_status = domain::SubStatus::stale; },
      [](Record& r) { r.screened.samples[3].value = 1; },
      [](Record& r) { r.estimate.samples[1].value = 1; },
      [](Record& r) { r.estimate.sigma[1] = 1; },
      [](Record& r) { r.intents.push({}); },
      [](Record& r) { r.answers.push({}); },
      [](Record& r) { r.modes[0].target = domain::Mode::man; },
      [](Record& r) { r.modes[0].actual = domain::Mode::man; },
      [](Record& r) { r.modes[0].normal = domain::Mode::man; },
      [](Record& r) { r.modes[0].permitted = 1; },
      [](Record& r) { r.modes[0].limited = domain::Limited::low; },
      [](Record& r) { r.applications[1] = domain::AppState::on; },
  };
  expect_found(changes);
}

TEST_F(Compare, FindsADifferenceInEveryPartAfterTheProposals) {
  using domain::Record;
  const Changes changes = {
      [](Record& r) { r.proposals[1].controller = 3; },
      [](Record& r) { r.proposals[1].duty = domain::Duty::transport; },
      [](Record& r) { r.proposals[1].status = domain::ProposalStatus::ok; },
      [](Record& r) { r.proposals[1].reason = domain::Reason::late; },
      [](Record& r) { r.proposals[1].inputs_sequence = 3; },
      [](Record& r) { r.proposals[1].inputs_time_ns = 3; },
      [](Record& r) { r.proposals[1].confidence = 0.5; },
      [](Record& r) { r.proposals[1].value[0] = 3; },
      [](Record& r) { r.decisions[2].rung = 3; },
      [](Record& r) { r.decisions[2].wanted_rung = 3; },
      [](Record& r) { r.decisions[2].controller = 3; },
      [](Record& r) { r.decisions[2].reason = domain::Reason::late; },
      [](Record& r) { r.decisions[2].since_cycle = 3; },
      [](Record& r) { r.decisions[2].moved = true; },
      [](Record& r) { r.decisions[2].bump = 3; },
      [](Record& r) { r.decisions[2].climb_needs = domain::Reason::late; },
      [](Record& r) { r.decisions[2].blocked[17] = domain::Reason::late; },
      [](Record& r) { r.decisions[2].missing = 3; },
      [](Record& r) { r.decisions[2].unconnected = 3; },
      [](Record& r) { r.decisions[2].application_reason = domain::Reason::late; },
      [](Record& r) { r.decisions[2].bias_frozen = true; },
      [](Record& r) { r.recipe[0] = 3; },
      [](Record& r) { r.request.asks[0].value = 3; },
      [](Record& r) { r.request.asks[0].source = domain::Source::hold; },
      [](Record& r) { r.request.asks[0].inputs_sequence = 3; },
      [](Record& r) { r.request.asks[0].inputs_time_ns = 3; },
      [](Record& r) { r.guard_actions.push({}); },
      [](Record& r) { r.gates[8][2] = 3; },
      [](Record& r) { r.command.cycle = 3; },
      [](Record& r) { r.command.frame_sequence = 3; },
      [](Record& r) { r.command.time_ns = 3; },
      [](Record& r) { r.command.valid_until_ns = 3; },
      [](Record& r) { r.command.heartbeat = 3; },
      [](Record& r) { r.command.value[0] = 3; },
      [](Record& r) { r.command.action[0] = domain::Action::release; },
      [](Record& r) { r.events.push({}); },
      [](Record& r) { r.events.count_lost(1); },
      [](Record& r) { r.frame.samples.pop_back(); },
      [](Record& r) { r.command.value.pop_back(); },
  };
  expect_found(changes);
}

TEST_F(Compare, FindsADifferenceInEveryFieldOfAnItem) {
  using domain::Record;
  domain::Intent intent;
  a_.intents.push(intent);
  a_.answers.push({});
  a_.guard_actions.push({0, domain::Gate::g5_rate, domain::Outcome::clip, {}, 1, 2});
  a_.events.push({domain::EventCode::link_up, 1, 2, 3, 4});
  const Changes changes = {
      [](Record& r) { r.intents[0].id++; },
      [](Record& r) { r.intents[0].not_before++; },
      [](Record& r) { r.intents[0].kind = domain::IntentKind::hold; },
      [](Record& r) { r.intents[0].mv = 1; },
      [](Record& r) { r.intents[0].duty = domain::Duty::transport; },
      [](Record& r) { r.intents[0].mode = domain::Mode::man; },
      [](Record& r) { r.intents[0].rung = 1; },
      [](Record& r) { r.intents[0].controller = 1; },
      [](Record& r) { r.intents[0].value = 1; },
      [](Record& r) { r.intents[0].key.assign("x"); },
      [](Record& r) { r.intents[0].who.assign("x"); },
      [](Record& r) { r.intents[0].station.assign("x"); },
      [](Record& r) { r.intents[0].reason.assign("x"); },
      [](Record& r) { r.answers[0].id++; },
      [](Record& r) { r.answers[0].station.assign("x"); },
      [](Record& r) { r.answers[0].cycle++; },
      [](Record& r) { r.answers[0].kind = domain::AnswerKind::busy; },
      [](Record& r) { r.answers[0].reason = domain::Reason::busy; },
      [](Record& r) { r.guard_actions[0].mv = 1; },
      [](Record& r) { r.guard_actions[0].gate = domain::Gate::g2_age; },
      [](Record& r) { r.guard_actions[0].outcome = domain::Outcome::reject; },
      [](Record& r) { r.guard_actions[0].limit = domain::Reason::busy; },
      [](Record& r) { r.guard_actions[0].before = 9; },
      [](Record& r) { r.guard_actions[0].after = 9; },
      [](Record& r) { r.events[0].code = domain::EventCode::link_lost; },
      [](Record& r) { r.events[0].a = 9; },
      [](Record& r) { r.events[0].b = 9; },
      [](Record& r) { r.events[0].x = 9; },
      [](Record& r) { r.events[0].y = 9; },
  };
  expect_found(changes);
}

}  // namespace
}  // namespace saggar::record
