#include "hil/suite/trace_taker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/closed_loop/bench.hpp"

namespace saggar::suite {
namespace {

TEST(TraceTaker, SamplesZonesRungsAndGuardAtEvenTimes) {
  auto run = saggar::testing::start(saggar::testing::p1_files());
  TraceTaker taker(run->plant(), run->kiln(), 12000);
  EXPECT_EQ(taker.trace().step_s, 20);  // 12,000 s in 600 samples
  EXPECT_EQ(TraceTaker(run->plant(), run->kiln(), 43200).trace().step_s, 120);  // not 72
  EXPECT_EQ(TraceTaker(run->plant(), run->kiln(), 2592000).trace().step_s, 5400);
  for (int i = 0; i < 100; ++i) {
    run->cycle();
    taker.add(run->record(), i);
  }
  const CaseTrace& trace = taker.trace();
  // Three per zone, three rungs, clips, rejects, alarms, power, pressure, oxygen.
  ASSERT_EQ(trace.series.size(), 3 * run->plant().zones + 9);
  for (const Series& series : trace.series) EXPECT_EQ(series.values.size(), 5U) << series.name;
  const domain::Mv& first = run->plant().mvs[0];
  EXPECT_NEAR(trace.series[3 * first.zone].values[0], run->record().frame.samples[first.pv].value,
              5.0);
  EXPECT_TRUE(std::isnan(trace.series[3 * run->plant().zones].values[0])) << "nothing drives yet";
}

TEST(TraceTaker, CountsAsAlarmsWhatTheKeyFigureCounts) {
  auto run = saggar::testing::start(saggar::testing::p1_files());
  TraceTaker taker(run->plant(), run->kiln(), 3600);
  run->cycle();
  domain::Record record = run->record();
  record.events.clear();
  record.events.push({domain::EventCode::link_lost});   // tells an operator what to do
  record.events.push({domain::EventCode::frame_gap});   // a warning that asks for nothing
  record.events.push({domain::EventCode::rung_moved});  // a notice
  taker.add(record, 0);
  const CaseTrace& trace = taker.trace();
  const auto alarms = std::find_if(trace.series.begin(), trace.series.end(),
                                   [](const Series& s) { return s.name == "alarms"; });
  ASSERT_NE(alarms, trace.series.end());
  EXPECT_EQ(alarms->values.at(0), 1);
}

}  // namespace
}  // namespace saggar::suite
