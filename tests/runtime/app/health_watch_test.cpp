// What the stores suffer is told once when it happens and stands as long as it is true.
#include "runtime/app/health_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::app {
namespace {

using domain::EventCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<EventCode> codes(const std::vector<HealthWatch::News>& news) {
  std::vector<EventCode> all;
  for (const HealthWatch::News& n : news) all.push_back(n.event.code);
  return all;
}

TEST(HealthWatch, AWellRuntimeHasNoNewsAndNoTroubles) {
  HealthWatch watch;
  record::JournalHealth journal;
  HealthReadings now;
  now.journal = &journal;
  for (int i = 0; i < 5; ++i) {
    journal.written += 10;
    EXPECT_THAT(watch.look(now), IsEmpty());
    EXPECT_THAT(watch.troubles(), IsEmpty());
  }
}

TEST(HealthWatch, AFailingJournalIsAnAlarmOnceAndStandsWithItsCauseAndResponse) {  // SC-105
  HealthWatch watch;
  record::JournalHealth journal;
  HealthReadings now;
  now.journal = &journal;
  journal.failing = true;
  journal.pending = 12;
  journal.error = "disk I/O error";
  const auto news = watch.look(now);
  ASSERT_EQ(codes(news), std::vector{EventCode::journal_failing});
  EXPECT_EQ(news[0].event.x, 12);
  EXPECT_EQ(news[0].cause, "disk I/O error");
  journal.pending = 40;
  EXPECT_THAT(watch.look(now), IsEmpty());
  ASSERT_EQ(watch.troubles().size(), 1U);
  EXPECT_EQ(watch.troubles()[0].severity, domain::Severity::error);
  EXPECT_EQ(watch.troubles()[0].english,
            "the journal cannot be written, 40 records wait in memory (disk I/O error)");
  EXPECT_THAT(watch.troubles()[0].korean, HasSubstr("저널 쓰기 실패"));
  EXPECT_THAT(watch.troubles()[0].response, HasSubstr("Check the disk"));
  journal.failing = false;
  EXPECT_EQ(codes(watch.look(now)), std::vector{EventCode::journal_written_again});
  EXPECT_THAT(watch.troubles(), IsEmpty());
}

TEST(HealthWatch, LostRecordsAreCountedPerLookAndStandToTheEnd) {  // SC-105
  HealthWatch watch;
  HealthReadings now;
  now.records_lost = 3;
  auto news = watch.look(now);
  ASSERT_EQ(codes(news), std::vector{EventCode::records_lost});
  EXPECT_EQ(news[0].event.x, 3);
  now.records_lost = 10;
  news = watch.look(now);
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0].event.x, 7);
  for (int i = 0; i < 1000; ++i) EXPECT_THAT(watch.look(now), IsEmpty());
  ASSERT_EQ(watch.troubles().size(), 1U);
  EXPECT_EQ(watch.troubles()[0].english, "10 records were not journalled");
}

TEST(HealthWatch, OverrunsNameTheLongestCycleAndStandForAWhile) {
  HealthWatch watch;
  HealthReadings now;
  now.overruns = 2;
  now.longest_cycle_ms = 1300;
  now.period_ms = 1000;
  const auto news = watch.look(now);
  ASSERT_EQ(codes(news), std::vector{EventCode::cycle_overrun});
  EXPECT_EQ(news[0].event.x, 1300);
  EXPECT_EQ(news[0].event.y, 1000);
  now.longest_cycle_ms = 5;
  for (int i = 1; i < HealthWatch::kStands; ++i) EXPECT_THAT(watch.look(now), IsEmpty());
  ASSERT_EQ(watch.troubles().size(), 1U);
  EXPECT_THAT(watch.troubles()[0].english, HasSubstr("cycle took 1300 ms of 1000 ms"));
  EXPECT_THAT(watch.troubles()[0].response, HasSubstr("tell the engineer"));
  watch.look(now);
  EXPECT_THAT(watch.troubles(), IsEmpty());
}

TEST(HealthWatch, DroppedLogLinesAreSaid) {  // IF-25
  HealthWatch watch;
  HealthReadings now;
  now.log_lines_lost = 5;
  EXPECT_EQ(codes(watch.look(now)), std::vector{EventCode::log_lines_lost});
  ASSERT_EQ(watch.troubles().size(), 1U);
  EXPECT_EQ(watch.troubles()[0].severity, domain::Severity::warn);
}

}  // namespace
}  // namespace saggar::app
