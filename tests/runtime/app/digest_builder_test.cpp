// What screens are given: the newest record, sums of all before it, the newest events.
#include "runtime/app/digest_builder.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

using domain::EventCode;

class DigestBuilderTest : public ::testing::Test {
 protected:
  DigestBuilderTest() : record_(plant_, 2, {4}), builder_(plant_, names(), wire::Pacing::field) {
    record_.cycle = 12;
    record_.time_ns = 40'000'000'000;
    record_.frame.time_ns = 38'500'000'000;
    record_.frame.link_up = true;
    for (std::size_t i = 0; i < 4; ++i) {
      record_.recipe[i] = 750;
      record_.command.value[i] = 752;
      set(plant_.mvs[i].pv, 748.5);
      set(plant_.mvs[i].working, 751);
      set(plant_.mvs[i].output, 41);
    }
  }
  record::Names names() const {
    record::Names names;
    for (const domain::Tag& tag : plant_.tags.all()) names.tags.push_back(tag.name);
    for (const domain::Mv& mv : plant_.mvs) names.mvs.push_back(plant_.tags[mv.tag].name);
    names.controllers = {"pid"};
    names.rungs[0] = {"pid", "hold", "recipe"};
    return names;
  }
  void set(domain::TagId tag, double value) {
    record_.screened.samples[tag] = {value, 0, domain::Quality::good, domain::SubStatus::none};
  }
  wire::Digest digest() {
    builder_.add(record_);
    return builder_.build(record_, {.overruns = 3, .records_dropped = 5});
  }

  domain::Plant plant_ = testing::small_plant(2);
  domain::Record record_;
  DigestBuilder builder_;
};

TEST_F(DigestBuilderTest, SaysWhatTheMonitorsFound) {  // LC-20
  record_.monitors.resize(1);
  record_.monitors[0].controller = 0;
  record_.monitors[0].distance = 1.5;
  record_.monitors[0].over = 1;
  record_.monitors[0].reason = domain::Reason::not_believed;
  const wire::Digest d = digest();
  ASSERT_EQ(d.monitors.size(), 1U);
  EXPECT_EQ(d.monitors[0].controller, "pid");
  EXPECT_EQ(d.monitors[0].duty, domain::Duty::heat);
  EXPECT_EQ(d.monitors[0].distance, 1.5);
  EXPECT_EQ(d.monitors[0].over, 1);
  EXPECT_EQ(d.monitors[0].reason, domain::Reason::not_believed);
}

TEST_F(DigestBuilderTest, SaysWhereTheRuntimeIs) {
  record_.command.heartbeat = 77;
  const wire::Digest d = digest();
  EXPECT_EQ(d.cycle, 12U);
  EXPECT_EQ(d.time_ns, 40'000'000'000);
  EXPECT_EQ(d.kiln, "small");
  EXPECT_EQ(d.pacing, wire::Pacing::field);
  EXPECT_EQ(d.heartbeat, 77U);
  EXPECT_TRUE(d.link_up);
  EXPECT_DOUBLE_EQ(d.frame_age_s, 1.5);
  EXPECT_EQ(d.overruns, 3U);
  EXPECT_EQ(d.records_dropped, 5U);
}

TEST_F(DigestBuilderTest, TheCounterThatWasSentIsShownNotThatOfTheRecord) {  // SC-45
  record_.command.heartbeat = 12;  // wall pacing: the cycle's number, until io puts its own
  EXPECT_EQ(builder_.build(record_, {.heartbeat = 5}).heartbeat, 5U);
}

TEST_F(DigestBuilderTest, TheLinkIsAsTheIoThreadSeesItNow) {
  LiveState live;
  live.link = wire::DigestLink{false, "nothing came from it", "응답 없음", 1, 2, 3, 4, 5};
  const wire::Digest d = builder_.build(record_, live);
  EXPECT_FALSE(d.link_up) << "the record's frame came before the loss";
  EXPECT_EQ(d.link, *live.link);
}

TEST_F(DigestBuilderTest, ARuntimeWithoutACycleStillSaysWhoItIsAndWhatIsWrong) {
  record::JournalHealth journal;
  journal.failing = true;
  journal.written = 9;
  LiveState live;
  live.journal = &journal;
  live.records_lost = 4;
  live.link = wire::DigestLink();
  live.link->english = "no field answers";
  live.troubles = {{EventCode::journal_failing, domain::Severity::error, "e", "k", "r", ""}};
  wire::Digest d;
  builder_.refresh(d, live);
  EXPECT_EQ(d.kiln, "small");
  EXPECT_EQ(d.journal, wire::JournalState::failing);
  EXPECT_EQ(d.journal_records, 9U);
  EXPECT_EQ(d.records_lost, 4U);
  EXPECT_EQ(d.link.english, "no field answers");
  EXPECT_EQ(d.troubles, live.troubles);
}

TEST_F(DigestBuilderTest, EventsOfTheDrainStandAmongThoseOfTheRecords) {
  builder_.note(30, {EventCode::records_lost, 0, 0, 2, 0}, "disk full");
  const wire::Digest d = digest();
  ASSERT_EQ(d.events.size(), 1U);
  EXPECT_EQ(d.events[0].cycle, 30U);
  EXPECT_EQ(d.events[0].english, "2 records were not journalled (disk full)");
}

TEST_F(DigestBuilderTest, NamesWhoDrivesEachDutyAndWhy) {
  record_.decisions[0] = {1, 0, domain::kNoController, domain::Reason::stale_frame, 9, false, 0};
  record_.applications[0] = domain::AppState::on;
  wire::Digest d = digest();
  ASSERT_EQ(d.duties.size(), domain::kDutyCount);
  EXPECT_EQ(d.duties[0].rung, 1);
  EXPECT_EQ(d.duties[0].rungs, (std::vector<std::string>{"pid", "hold", "recipe"}));
  EXPECT_EQ(d.duties[0].controller, "");  // nobody: held
  EXPECT_EQ(d.duties[0].reason, domain::Reason::stale_frame);
  EXPECT_EQ(d.duties[0].since_cycle, 9U);
  EXPECT_EQ(d.duties[0].state, domain::AppState::on);
  EXPECT_EQ(d.duties[2].duty, domain::Duty::transport);
  record_.decisions[0].controller = 0;
  EXPECT_EQ(builder_.build(record_, {}).duties[0].controller, "pid");
}

TEST_F(DigestBuilderTest, AnOffDutySaysWhatEndedItAndWhyEachRungMayNotDrive) {
  record_.applications[0] = domain::AppState::switch_off;
  record_.decisions[0].application_reason = domain::Reason::permissive_missing;
  record_.decisions[0].missing = 1;  // the link
  builder_.add(record_);
  record_.applications[0] = domain::AppState::off;
  record_.decisions[0].rung = 0xFF;
  record_.decisions[0].reason = record_.decisions[0].application_reason =
      domain::Reason::application_off;
  record_.decisions[0].blocked[0] = domain::Reason::link_lost;
  const wire::Digest d = digest();
  EXPECT_EQ(d.duties[0].reason, domain::Reason::link_lost);
  EXPECT_EQ(d.duties[0].ended_by, 1U);
  EXPECT_EQ(d.duties[0].blocked,
            (std::vector{domain::Reason::link_lost, domain::Reason::none, domain::Reason::none}));
}

TEST_F(DigestBuilderTest, ShowsEveryLoopFromItsOwnTags) {
  record_.modes[3] = {domain::Mode::rcas, domain::Mode::man, domain::Mode::rcas, 0,
                      domain::Limited::high};
  const wire::Digest d = digest();
  ASSERT_EQ(d.loops.size(), 4U);
  const wire::DigestLoop& loop = d.loops[3];
  EXPECT_EQ(loop.tag, "zone02.bottom.setpoint");
  EXPECT_EQ(loop.zone, 1);
  EXPECT_EQ(loop.loop, 1);
  EXPECT_EQ(loop.recipe_sp, 750);
  EXPECT_EQ(loop.working_sp, 751);
  EXPECT_EQ(loop.requested_sp, 752);
  EXPECT_EQ(loop.pv, 748.5);
  EXPECT_EQ(loop.output_percent, 41);
  EXPECT_EQ(loop.quality, domain::Quality::good);
  EXPECT_EQ(loop.target, domain::Mode::rcas);
  EXPECT_EQ(loop.actual, domain::Mode::man);
  EXPECT_EQ(loop.limited, domain::Limited::high);
}

TEST_F(DigestBuilderTest, ALoopWithoutATagHasNoValueAndNoGoodQuality) {
  domain::Plant plant = testing::small_plant(1);
  plant.mvs[0].pv = plant.mvs[0].output = domain::kNoTag;
  DigestBuilder builder(plant, names(), wire::Pacing::wall);
  const domain::Record record(plant, 1, {});
  const wire::Digest d = builder.build(record, {});
  EXPECT_TRUE(std::isnan(d.loops[0].pv));
  EXPECT_TRUE(std::isnan(d.loops[0].output_percent));
  EXPECT_EQ(d.loops[0].quality, domain::Quality::bad);
}

TEST_F(DigestBuilderTest, GatesAreSummedOverAllRecords) {
  record_.gates[3] = {4, 2, 1};
  builder_.add(record_);
  record_.gates[3] = {4, 0, 0};
  const wire::Digest d = digest();
  EXPECT_EQ(d.gates[3], (std::array<std::uint64_t, 3>{8, 2, 1}));
  EXPECT_EQ(d.gates[4], (std::array<std::uint64_t, 3>{0, 0, 0}));
}

TEST_F(DigestBuilderTest, CycleTimesAreOverAllRecordsInMicroseconds) {
  for (int i = 0; i < 99; ++i) {
    record_.timing.duration_ns = 50'000;
    builder_.add(record_);
  }
  record_.timing.duration_ns = 900'000;
  const wire::Digest d = digest();
  EXPECT_NEAR(d.cycle_p50_us, 50, 1);  // 1.6 % is the histogram's own step
  EXPECT_NEAR(d.cycle_p999_us, 900, 15);
  EXPECT_EQ(d.cycle_max_us, 900);
  EXPECT_EQ(builder_.cycle_time().count(), 100U);
}

TEST_F(DigestBuilderTest, EventsAreInBothLanguagesAndDebugOnesAreLeftOut) {
  record_.events.push({EventCode::guard_clipped, 0, 0, 760, 755});  // debug
  record_.events.push({EventCode::mode_changed, 2, static_cast<std::uint16_t>(domain::Mode::man)});
  const wire::Digest d = digest();
  ASSERT_EQ(d.events.size(), 1U);
  EXPECT_EQ(d.events[0].cycle, 12U);
  EXPECT_EQ(d.events[0].english, "zone02.top.setpoint: mode MAN");
  EXPECT_EQ(d.events[0].korean, "zone02.top.setpoint: 모드 MAN");
  EXPECT_EQ(d.events[0].severity, domain::Severity::info);
}

TEST_F(DigestBuilderTest, OnlyTheNewestEventsAreKept) {
  for (std::uint64_t c = 1; c <= 40; ++c) {
    record_.cycle = c;
    record_.events.clear();
    record_.events.push({EventCode::link_lost});
    builder_.add(record_);
  }
  const wire::Digest d = builder_.build(record_, {});
  ASSERT_EQ(d.events.size(), DigestBuilder::kEvents);
  EXPECT_EQ(d.events.front().cycle, 9U);
  EXPECT_EQ(d.events.back().cycle, 40U);
}

TEST_F(DigestBuilderTest, SaysWhatIsMissingAndWhatAClimbNeeds) {  // SC-70, SC-77
  record_.decisions[0].missing = 5;
  record_.decisions[0].climb_needs = domain::Reason::operator_request;
  const wire::Digest shown = digest();
  EXPECT_EQ(shown.duties[0].missing_permissives, 5U);
  EXPECT_EQ(shown.duties[0].climb_blocked, domain::Reason::operator_request);
  EXPECT_EQ(shown.duties[1].missing_permissives, 0U);
}

}  // namespace
}  // namespace saggar::app
