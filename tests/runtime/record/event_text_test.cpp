#include "runtime/record/event_text.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/record/example.hpp"

namespace saggar::record {
namespace {

using domain::Event;
using domain::EventCode;

class EventText : public ::testing::Test {
 protected:
  EventText() {
    const domain::Plant plant = example::make_plant(1);
    names_ = make_names(plant, {"pid", "policy"}, {{{"policy", "pid", "hold", "recipe"}, {}, {}}});
  }
  std::string english(const Event& e) { return event_text(e, names_, false); }
  std::string korean(const Event& e) { return event_text(e, names_, true); }
  Names names_;
};

TEST_F(EventText, ManyMvsAreOneTextThatCountsThemAndNamesTheFirst) {
  std::vector<Event> events = {{EventCode::mode_changed, 0, 6, 0, 0}};
  EXPECT_EQ(group_text(events, names_, false), "zone01.top.setpoint: mode RCAS");
  events.push_back({EventCode::mode_changed, 1, 6, 0, 0});
  EXPECT_EQ(group_text(events, names_, false),
            "2 MVs (zone01.top.setpoint, zone01.bottom.setpoint): mode RCAS");
  EXPECT_EQ(group_text(events, names_, true),
            "MV 2개 (zone01.top.setpoint, zone01.bottom.setpoint): 모드 RCAS");
  events = {{EventCode::mv_fault, 0, 52, 1, 2}, {EventCode::mv_fault, 1, 52, 3, 4}};
  EXPECT_EQ(group_text(events, names_, false),
            "zone01.top.setpoint: in fault, wrote 1, reads back 2 (and 1 more)");
}

TEST_F(EventText, TrustNamesItsGroupItsLevelAndItsAnswer) {
  names_.groups = {"canary", "rest"};
  EXPECT_EQ(english({EventCode::level_changed, 1, 2, 0, 19}),
            "policy: group canary now at level confirm");
  EXPECT_EQ(english({EventCode::move_answered, 1, 3, 1, 7}), "policy: group rest: move 7 expired");
  EXPECT_EQ(english({EventCode::move_waits, 1, 0, 9, 7}),
            "policy: group 9: move 7 waits for an answer");
  EXPECT_EQ(korean({EventCode::move_waits, 1, 0, 0, 7}), "policy: 그룹 canary: 제안 7 응답 대기");
}

// LC-20: which signals, and of what; the last tag may be a virtual one.
TEST_F(EventText, AMonitorSaysWhichSignalsItWasAndOfWhichInput) {
  names_.estimates = {"zone01.temperature"};
  EXPECT_EQ(english({EventCode::belief_lost, 1, 0b101, 2.5}),
            "policy: not believed: unusual inputs and predictions that fail, 2.5 times its "
            "threshold");
  EXPECT_EQ(korean({EventCode::belief_lost, 1, 0b110, 2}),
            "policy: 신뢰할 수 없음: 신경망 간 불일치, 예측 실패, 임계값의 2배");
  const auto first = names_.tags.front();
  EXPECT_EQ(english({EventCode::inputs_differ, 1, 0, 0.5}),
            "policy: saw " + first + " otherwise than the kiln says, by 0.5 of its scale");
  const auto past = static_cast<std::uint16_t>(names_.tags.size());
  EXPECT_EQ(english({EventCode::inputs_differ, 1, past, 0.5}),
            "policy: saw zone01.temperature otherwise than the kiln says, by 0.5 of its scale");
  EXPECT_EQ(english({EventCode::drift_changed, 1, 2, 31}), "policy: drift is now act, level 31");
}

TEST_F(EventText, AFindingSaysItsCauseAndItsPlaceInPlainWords) {
  names_.causes = {"twin: thermocouple drift"};
  const auto b = domain::FindingPlace{6, 1}.pack();
  EXPECT_EQ(english({EventCode::estimator_finding, 0, b, 5.5, 3}),
            "twin: thermocouple drift in zone 7, bottom loop: 5.5, more than 3");
  EXPECT_EQ(english({EventCode::estimator_finding_ended, 0, domain::FindingPlace{6}.pack()}),
            "twin: thermocouple drift in zone 7: no longer so");
  EXPECT_EQ(english({EventCode::estimator_finding, 4, domain::FindingPlace{}.pack(), 1, 0}),
            "finding 4: 1, more than 0");
}

TEST_F(EventText, OnlyEventsOfMvsAndTagsMayComeInMany) {
  EXPECT_TRUE(is_of_one_of_many(EventCode::mode_changed));
  EXPECT_TRUE(is_of_one_of_many(EventCode::sample_bad));
  EXPECT_FALSE(is_of_one_of_many(EventCode::application_state));
  EXPECT_FALSE(is_of_one_of_many(EventCode::intent_done));
}

TEST_F(EventText, AListOfNamesIsCutAfterThree) {
  EXPECT_EQ(some_of({"a"}, "MVs", false), "a");
  EXPECT_EQ(some_of({"a", "b", "c"}, "MVs", false), "3 MVs (a, b, c)");
  EXPECT_EQ(some_of({"a", "b", "c", "d"}, "MVs", false), "4 MVs (a, b, c and 1 more)");
  EXPECT_EQ(some_of({"a", "b", "c", "d"}, "MV", true), "MV 4개 (a, b, c 외 1)");
}

TEST_F(EventText, FillsInNamesReasonsAndNumbers) {
  EXPECT_EQ(english({EventCode::rung_moved, 0, 1, 0.125, 0}), "heat: now pid, bump 0.125");
  EXPECT_EQ(english({EventCode::rung_lost, 0, 6, 0, 0}),
            "heat: a controller lost its seat: the controller's own confidence is below its limit");
  EXPECT_EQ(english({EventCode::mode_changed, 1, 6, 0, 0}), "zone01.bottom.setpoint: mode RCAS");
  EXPECT_EQ(english({EventCode::sample_bad, 0, 3, 1300, 0}),
            "zone01.top.temperature is bad: sensor_failure, 1300");
  EXPECT_EQ(english({EventCode::application_state, 1, 5, 0, 0}), "atmosphere: application ON");
  EXPECT_EQ(english({EventCode::guard_clipped, 0, 44, 765.25, 765.1}),
            "zone01.top.setpoint: rate limit, 765.25 became 765.1");
  EXPECT_EQ(english({EventCode::intent_refused, 0, 70, 0, 0}),
            "set_mode refused: this mode is not permitted for this MV");
  EXPECT_EQ(english({EventCode::controller_fault, 1, 9, 0, 0}),
            "policy: the controller threw an exception");
  EXPECT_EQ(english({EventCode::cycle_overrun, 0, 0, 1200, 1000}), "cycle took 1200 ms of 1000 ms");
}

TEST_F(EventText, SpeaksKorean) {
  EXPECT_EQ(korean({EventCode::link_lost, 0, 0, 0, 0}), "킬른 통신 두절");
  EXPECT_EQ(korean({EventCode::rung_lost, 0, 18, 0, 0}), "heat: 제어기 권한 상실: 킬른 통신 두절");
}

TEST_F(EventText, AnIdWithoutANameIsShownAsItsNumber) {
  EXPECT_EQ(english({EventCode::mode_changed, 999, 77, 0, 0}), "MV 999: mode mode 77");
  EXPECT_EQ(english({EventCode::sample_good, 9999, 0, 0, 0}), "tag 9999 is good again");
  EXPECT_EQ(english({EventCode::rung_moved, 1, 2, 0, 0}), "atmosphere: now rung 2, bump 0");
  EXPECT_EQ(english({EventCode::rung_moved, 9, 2, 0, 0}), "duty 9: now rung 2, bump 0");
  EXPECT_EQ(english({EventCode::rung_moved, 0, 0xFF, 0, 0}), "heat: now off, bump 0");
  EXPECT_EQ(english({EventCode::controller_fault, 7, 299, 0, 0}), "controller 7: reason 299");
  EXPECT_EQ(english({static_cast<EventCode>(4711), 0, 0, 0, 0}), "unknown event");
}

TEST_F(EventText, NumbersHaveSixSignificantDigits) {
  EXPECT_EQ(english({EventCode::frame_gap, 0, 0, 1.0 / 3.0, 0}), "0.333333 frames lost");
  EXPECT_EQ(english({EventCode::frame_gap, 0, 0, std::nan(""), 0}), "nan frames lost");
}

TEST_F(EventText, NoEventOfTheTableKeepsABrace) {
  const EventCode all[] = {
#define SAGGAR_EVENT(code, name, severity, english, korean, response) EventCode::name,
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
  };
  for (const EventCode code : all) {
    for (const bool in_korean : {false, true}) {
      const std::string text = event_text({code, 0, 0, 1, 2}, names_, in_korean);
      EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
      EXPECT_FALSE(text.empty());
    }
  }
}

}  // namespace
}  // namespace saggar::record
