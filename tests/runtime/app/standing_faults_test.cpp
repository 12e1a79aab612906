// What stands in fault is named with its cause and what clears it, in both languages.
#include "runtime/app/standing_faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/app/digest_builder.hpp"
#include "runtime/record/event_text.hpp"
#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

using domain::EventCode;
using domain::Reason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StandingFaultsTest : public ::testing::Test {
 protected:
  StandingFaultsTest() : record_(plant_, 0, {60}), faults_(plant_, names_) {}
  void fail(domain::MvId mv) {
    record_.events.push({EventCode::mv_fault, mv, 52, 760, 745});
    record_.modes[mv].why = Reason::mv_fault;
  }
  std::vector<wire::DigestTrouble> troubles() {
    faults_.add(record_);
    record_.events.clear();
    return faults_.troubles();
  }

  domain::Plant plant_ = testing::small_plant(30);
  record::Names names_ = record::make_names(plant_, {"slow mpc"});
  domain::Record record_;
  StandingFaults faults_;
};

TEST_F(StandingFaultsTest, AWellRuntimeHasNone) { EXPECT_THAT(troubles(), IsEmpty()); }

TEST_F(StandingFaultsTest, AnMvInFaultIsNamedWithItsFiguresAndTheCommandThatClearsIt) {
  fail(12);
  const auto all = troubles();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].severity, domain::Severity::error);
  EXPECT_EQ(all[0].english, "zone07.top.setpoint: in fault, wrote 760, reads back 745");
  EXPECT_EQ(all[0].response,
            "Check the furnace controller of this zone, then: saggar ack zone07.top.setpoint");
  EXPECT_EQ(all[0].korean, "zone07.top.setpoint: 고장, 760 기록, 745 되읽음");
  EXPECT_THAT(all[0].response_korean, HasSubstr("saggar ack zone07.top.setpoint"));
}

TEST_F(StandingFaultsTest, AnEstimatorInFaultIsNamedWithTheCommandThatRestartsIt) {
  names_ = record::make_names(plant_, {"slow mpc", "twin"});
  StandingFaults faults(plant_, names_);
  domain::Record record(plant_, 0, {60}, 1);
  record.estimators[0] = {domain::ProposalStatus::fault, Reason::plugin_threw};
  faults.add(record);
  const auto all = faults.troubles();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].english, "twin: in fault, the controller threw an exception");
  EXPECT_THAT(all[0].response, HasSubstr("saggar restart twin"));
}

// Zone 20, top loop (elements from 0), 5.5 where 3 is the limit; another one in zone 7 stands on.
TEST_F(StandingFaultsTest, AFindingStandsFromItsBeginningToItsEnd) {
  names_ = record::make_names(plant_, {"twin"});
  names_.causes = {"twin: heater element open", "twin: thermocouple drift"};
  const std::uint16_t here = domain::FindingPlace{19, 0}.pack(),
                      there = domain::FindingPlace{6, 1}.pack();
  StandingFaults faults(plant_, names_);
  record_.events.push({EventCode::estimator_finding, 0, here, 5.5, 3});
  record_.events.push({EventCode::estimator_finding, 1, there, 4, 3});
  faults.add(record_);
  record_.events.clear();
  faults.add(record_);
  ASSERT_THAT(faults.troubles(), SizeIs(2)) << "a cycle later";
  EXPECT_EQ(faults.troubles()[0].severity, domain::Severity::warn);
  EXPECT_EQ(faults.troubles()[0].english,
            "twin: heater element open in zone 20, top loop: 5.5, more than 3");
  EXPECT_THAT(faults.troubles()[0].korean, HasSubstr("상부 루프"));
  EXPECT_THAT(faults.troubles()[0].response, HasSubstr("Look at what is named"));
  record_.events.push({EventCode::estimator_finding_ended, 0, here, 0, 0});
  faults.add(record_);
  ASSERT_THAT(faults.troubles(), SizeIs(1));
  EXPECT_THAT(faults.troubles()[0].english, HasSubstr("thermocouple drift"));
}

TEST_F(StandingFaultsTest, TheFiguresStandAsLongAsTheFaultAndGoWithIt) {
  fail(12);
  troubles();
  EXPECT_THAT(troubles()[0].english, HasSubstr("wrote 760")) << "cycles later";
  record_.modes[12].why = Reason::application_off;
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(StandingFaultsTest, AFaultOfBeforeTheStartHasNoFiguresButStillItsCommand) {
  record_.modes[0].why = Reason::mv_fault;
  const auto all = troubles();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].english, "zone01.top.setpoint: the MV is in fault after 3 read-back misses");
  EXPECT_THAT(all[0].response, HasSubstr("saggar ack zone01.top.setpoint"));
}

TEST_F(StandingFaultsTest, SixtyMvsInFaultAreOneLine) {
  for (domain::MvId mv = 0; mv < 60; ++mv) fail(mv);
  const auto all = troubles();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].english,
            "60 MVs (zone01.top.setpoint, zone01.bottom.setpoint, zone02.top.setpoint and 57 more) "
            "are in fault; the first: zone01.top.setpoint: in fault, wrote 760, reads back 745");
  EXPECT_THAT(all[0].response, HasSubstr("saggar ack (all), or one by one: saggar ack zone01.top"));
  EXPECT_THAT(all[0].korean, HasSubstr("MV 60개 (zone01.top.setpoint"));
  EXPECT_THAT(all[0].response_korean, HasSubstr("saggar ack (전부)"));
}

TEST_F(StandingFaultsTest, AControllerInFaultIsNamedWithTheCommandThatRestartsIt) {
  record_.proposals[0].status = domain::ProposalStatus::fault;
  record_.proposals[0].reason = Reason::plugin_threw;
  const auto all = troubles();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].english, "slow mpc: in fault, the controller threw an exception");
  EXPECT_EQ(all[0].response, "Tell the vendor; when the cause is known: saggar restart 'slow mpc'");
}

TEST_F(StandingFaultsTest, TheyStandBeforeTheTroublesOfTheStoresInEveryDigest) {
  fail(3);
  DigestBuilder builder(plant_, names_, wire::Pacing::wall);
  builder.add(record_);
  LiveState live;
  live.troubles = {{EventCode::records_lost, domain::Severity::error, "e", "k", "r", ""}};
  wire::Digest d = builder.build(record_, live);
  ASSERT_THAT(d.troubles, SizeIs(2));
  EXPECT_EQ(d.troubles[0].code, EventCode::mv_fault);
  EXPECT_EQ(d.loops[3].why, Reason::mv_fault);
  builder.refresh(d, live);
  EXPECT_THAT(d.troubles, SizeIs(2)) << "a digest that is brought up to now has each once";
}

}  // namespace
}  // namespace saggar::app
