// Equal events of one cycle are one, with their cause; what ended an application stays known.
#include "runtime/app/event_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/operate/permissives.hpp"
#include "runtime/record/event_text.hpp"
#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

using domain::AppState;
using domain::EventCode;
using domain::Mode;
using domain::Reason;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class EventGroups : public ::testing::Test {
 protected:
  EventGroups() : record_(plant_, 0, {}) { record_.cycle = 7; }
  void mode(domain::MvId mv, Mode to, Reason why) {
    record_.events.push({EventCode::mode_changed, mv, static_cast<std::uint16_t>(to)});
    record_.modes[mv].why = why;
  }
  /// One cycle of the heat application.
  void application(AppState state, Reason reason, std::uint32_t missing = 0) {
    record_.applications[0] = state;
    record_.decisions[0].application_reason = reason;
    record_.decisions[0].missing = missing;
    causes_.add(record_);
  }
  std::vector<wire::DigestEvent> events() const { return grouped_events(record_, names_, causes_); }
  static std::uint32_t bit(operate::Permissive p) { return 1U << static_cast<unsigned>(p); }

  domain::Plant plant_ = testing::small_plant(30);
  record::Names names_ = record::make_names(plant_, {});
  domain::Record record_;
  OffCauses causes_{plant_};
};

TEST_F(EventGroups, SixtyMvsThatGoToImanWithTheLinkAreOneEventWithTheCause) {
  for (domain::MvId mv = 0; mv < 60; ++mv) mode(mv, Mode::iman, Reason::link_lost);
  const auto all = events();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].cycle, 7U);
  EXPECT_EQ(
      all[0].english,
      "60 MVs (zone01.top.setpoint, zone01.bottom.setpoint, zone02.top.setpoint and 57 more): "
      "mode IMAN, the link to the kiln is lost");
  EXPECT_EQ(all[0].korean,
            "MV 60개 (zone01.top.setpoint, zone01.bottom.setpoint, zone02.top.setpoint 외 57): "
            "모드 IMAN, 킬른 통신 두절");
}

TEST_F(EventGroups, AnotherModeOrAnotherCauseIsAnotherEvent) {
  mode(0, Mode::iman, Reason::link_lost);
  mode(1, Mode::iman, Reason::mv_fault);
  mode(2, Mode::man, Reason::none);
  mode(3, Mode::iman, Reason::link_lost);
  const auto all = events();
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].english,
            "2 MVs (zone01.top.setpoint, zone02.bottom.setpoint): mode IMAN, the link to the kiln "
            "is lost");
  EXPECT_EQ(all[2].english, "zone02.top.setpoint: mode MAN");
}

TEST_F(EventGroups, EventsWithFiguresKeepThoseOfTheFirst) {
  record_.events.push({EventCode::readback_miss, 0, 0, 760, 745});
  record_.events.push({EventCode::readback_miss, 1, 0, 700, 20});
  const auto all = events();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].english, "zone01.top.setpoint: wrote 760, reads back 745 (and 1 more)");
}

TEST_F(EventGroups, WhatHappensToOneThingOnlyIsNeverGroupedAndDebugIsLeftOut) {
  record_.events.push({EventCode::intent_done, 5, 0});
  record_.events.push({EventCode::intent_done, 5, 0});
  EXPECT_THAT(events(), SizeIs(2)) << "two people asked";
  record_.events.clear();
  record_.events.push({EventCode::guard_clipped, 0, 44, 1, 2});
  EXPECT_THAT(events(), IsEmpty());
}

TEST_F(EventGroups, ALostLinkStaysTheCauseWhenTheApplicationIsOff) {
  application(AppState::on, Reason::none);
  application(AppState::switch_off, Reason::permissive_missing,
              bit(operate::Permissive::link) | bit(operate::Permissive::heartbeat));
  application(AppState::off, Reason::application_off, 0x1FF);
  application(AppState::off, Reason::application_off, 0x1FF);
  EXPECT_EQ(causes_.of(0).reason, Reason::link_lost);
  record_.events.push({EventCode::application_state, 0, static_cast<std::uint16_t>(AppState::off),
                       static_cast<double>(Reason::application_off)});
  EXPECT_EQ(events()[0].english, "heat: application OFF, the link to the kiln is lost");
}

TEST_F(EventGroups, DataThatStopBeforeTheLinkIsGivenUpAreALostLink) {
  const std::uint32_t silent = bit(operate::Permissive::heartbeat);
  record_.frame.link_up = true;
  application(AppState::on, Reason::none);
  application(AppState::switch_off, Reason::permissive_missing, silent);
  application(AppState::off, Reason::application_off, silent);
  EXPECT_EQ(causes_.of(0).reason, Reason::stale_frame);
  record_.frame.link_up = false;
  application(AppState::off, Reason::application_off, silent | bit(operate::Permissive::link));
  EXPECT_EQ(causes_.of(0).reason, Reason::link_lost);
}

TEST_F(EventGroups, ALinkThatIsLostLaterIsNotTheCause) {
  const std::uint32_t silent = bit(operate::Permissive::heartbeat);
  record_.frame.link_up = true;
  application(AppState::switch_off, Reason::permissive_missing, silent);
  application(AppState::off, Reason::application_off, 0);
  record_.frame.link_up = false;
  application(AppState::off, Reason::application_off, silent);
  EXPECT_EQ(causes_.of(0).reason, Reason::stale_frame);
}

TEST_F(EventGroups, AnApplicationWhoseMvsPeopleTookWasEndedByThem) {
  application(AppState::on, Reason::none);
  for (domain::ModeBlock& block : record_.modes) block.target = Mode::cas;
  application(AppState::switch_off, Reason::cascade_open);
  EXPECT_EQ(causes_.of(0).reason, Reason::operator_request);
}

TEST_F(EventGroups, AnApplicationWhoseMvsWereShedSaysThatTheyWere) {
  application(AppState::on, Reason::none);
  record_.modes[1].why = Reason::shed;
  application(AppState::switch_off, Reason::cascade_open);
  EXPECT_EQ(causes_.of(0).reason, Reason::shed);
}

TEST_F(EventGroups, AnotherLostPermissiveIsRememberedByName) {
  application(AppState::on, Reason::none);
  const std::uint32_t lost = bit(operate::Permissive::measurements);
  application(AppState::switch_off, Reason::permissive_missing, lost);
  application(AppState::off, Reason::application_off, 0x1FF);
  EXPECT_EQ(causes_.of(0).reason, Reason::permissive_missing);
  EXPECT_EQ(causes_.of(0).lost, lost) << "not what is missing now";
}

TEST_F(EventGroups, WhatAPersonSwitchedOffSaysSoAndTheNextCauseReplacesIt) {
  application(AppState::switch_off, Reason::operator_request);
  application(AppState::off, Reason::application_off);
  EXPECT_EQ(causes_.of(0).reason, Reason::operator_request);
  application(AppState::prepare, Reason::operator_request);
  application(AppState::fault, Reason::time_limit);
  EXPECT_EQ(causes_.of(0).reason, Reason::time_limit);
}

}  // namespace
}  // namespace saggar::app
