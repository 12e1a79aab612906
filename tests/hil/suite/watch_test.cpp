#include "hil/suite/watch.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace saggar::suite {
namespace {

using domain::EventCode;
using scenario::Expectation;
using scenario::Sight;

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() {
    names_.tags = {"zone01.top.temperature", "zone02.top.temperature"};
    names_.mvs = {"zone01.top.setpoint", "zone02.top.setpoint"};
    names_.controllers = {"pid"};
    names_.rungs = {{{"pid", "hold", "recipe"}, {"recipe"}, {"recipe"}}};
    record_.modes.resize(2);
    record_.guard_actions = domain::Bounded<domain::GuardAction>(8);
  }
  /// What became of one expectation over records at the seconds 0, 1, 2...
  Check judge(const Expectation& expectation,
              const std::vector<std::function<void(domain::Record&)>>& cycles) {
    scenario::Scenario story;
    story.expectations = {expectation};
    Watch watch(story, names_);
    double time_s = 0;
    for (const auto& cycle : cycles) {
      record_.events.clear();
      record_.answers.clear();
      record_.intents.clear();
      record_.guard_actions.clear();
      cycle(record_);
      watch.add(record_, time_s);
      time_s += 1;
    }
    moves_ = watch.moves();
    alarms_ = watch.alarms();
    return watch.checks().at(0);
  }
  record::Names names_;
  domain::Record record_;
  std::vector<LadderMove> moves_;
  std::vector<AlarmMark> alarms_;
};

void nothing(domain::Record&) {}
void bad_sample(domain::Record& record) { record.events.push({EventCode::sample_bad, 1, 3, 5}); }

TEST_F(WatchTest, AnEventIsSeenByNameAndSubjectWithinItsTime) {
  Expectation e{Sight::event, "sample_bad"};
  EXPECT_TRUE(judge(e, {nothing, bad_sample}).held);
  EXPECT_EQ(alarms_.at(0).name, "sample_bad");
  EXPECT_EQ(judge(e, {nothing}).got, "not seen");
  e.of = "zone02.top";
  EXPECT_TRUE(judge(e, {bad_sample}).held);
  e.of = "zone01.top";
  EXPECT_FALSE(judge(e, {bad_sample}).held);
  e.of.clear();
  e.after_s = 2;
  EXPECT_FALSE(judge(e, {nothing, bad_sample}).held);
  EXPECT_TRUE(judge(e, {nothing, nothing, bad_sample}).held);
  e.within_s = 1;
  EXPECT_FALSE(judge(e, {nothing, nothing, nothing, nothing, bad_sample}).held);
}

TEST_F(WatchTest, NeverAndAtLeastCount) {
  Expectation e{Sight::event, "sample_bad"};
  e.never = true;
  EXPECT_TRUE(judge(e, {nothing}).held);
  EXPECT_FALSE(judge(e, {bad_sample}).held);
  e.never = false;
  e.least = 2;
  EXPECT_FALSE(judge(e, {bad_sample}).held);
  EXPECT_EQ(judge(e, {bad_sample, bad_sample}).got, "2 times, first at 0 s");
}

TEST_F(WatchTest, ARungIsSeenWhenTheLadderMovesToItForTheReason) {
  const auto drives = [](std::uint8_t rung, domain::Reason reason) {
    return [=](domain::Record& record) {
      record.decisions[0].rung = rung;
      record.decisions[0].reason = reason;
    };
  };
  const auto pid = drives(0, domain::Reason::started);
  const auto hold = drives(1, domain::Reason::late);
  Expectation e{Sight::rung, "hold"};
  EXPECT_TRUE(judge(e, {pid, hold}).held);
  ASSERT_EQ(moves_.size(), 2U);
  EXPECT_EQ(moves_[0].from, "off");
  EXPECT_EQ(moves_[1].to, "hold");
  EXPECT_EQ(moves_[1].reason, "late");
  e.reason = "non_finite";
  EXPECT_FALSE(judge(e, {pid, hold}).held);
  Expectation throughout{Sight::driving, "pid"};
  EXPECT_TRUE(judge(throughout, {pid, pid}).held);
  EXPECT_EQ(judge(throughout, {pid, hold, pid}).got, "in 2 of 3 cycles; also hold");
  throughout.after_s = 9;
  EXPECT_FALSE(judge(throughout, {pid}).held) << "nothing was looked at";
}

TEST_F(WatchTest, ModesApplicationsGatesAndAnswers) {
  const auto mode = [](domain::Mode now) {
    return [=](domain::Record& record) { record.modes[1].actual = now; };
  };
  Expectation man{Sight::mode, "MAN"};
  man.of = "zone02.top.setpoint";
  EXPECT_TRUE(judge(man, {mode(domain::Mode::cas), mode(domain::Mode::man)}).held);
  EXPECT_FALSE(judge(man, {mode(domain::Mode::man), mode(domain::Mode::man)}).held) << "it was so";
  Expectation on{Sight::application, "ON"};
  const auto state = [](domain::AppState now) {
    return [=](domain::Record& record) { record.applications[0] = now; };
  };
  EXPECT_TRUE(judge(on, {state(domain::AppState::off), state(domain::AppState::on)}).held);
  Expectation clip{Sight::gate, "G5 rate clip"};
  clip.of = "zone01.top.setpoint";
  const auto guard = [](domain::Record& record) {
    record.guard_actions.push(
        {0, domain::Gate::g5_rate, domain::Outcome::clip, domain::Reason::rate_limit, 9, 8});
  };
  EXPECT_TRUE(judge(clip, {guard}).held);
  Expectation refused{Sight::answer, "error"};
  refused.of = "climb";
  refused.reason = "climb_limit";
  const auto answered = [](domain::Record& record) {
    domain::Intent intent;
    intent.id = 4;
    intent.kind = domain::IntentKind::climb;
    record.intents.push(intent);
    domain::IntentAnswer answer;
    answer.id = 4;
    answer.kind = domain::AnswerKind::error;
    answer.reason = domain::Reason::climb_limit;
    record.answers.push(answer);
  };
  EXPECT_TRUE(judge(refused, {answered}).held);
  refused.of = "step_down";
  EXPECT_FALSE(judge(refused, {answered}).held);
}

TEST(WatchText, SaysWhatIsExpectedInWords) {
  Expectation e{Sight::rung, "hold"};
  e.reason = "late";
  e.after_s = 600;
  e.within_s = 30;
  EXPECT_EQ(text(e), "heat: rung hold, reason late, after 600 s within 30 s");
}

}  // namespace
}  // namespace saggar::suite
