// Traces as CSV, cell by cell.
#include "hil/evidence/traces.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::evidence {
namespace {

TEST(Traces, AreARowPerSampleWithEmptyCellsForGaps) {
  suite::CaseTrace trace{30,
                         {{"zone03.top.pv", "degC", {770.125, NAN, 770.1}}, {"speed", "", {1}}}};
  EXPECT_EQ(csv(trace),
            "time_s,zone03.top.pv [degC],speed\r\n"
            "0,770.125,1\r\n"
            "30,,\r\n"
            "60,770.1,\r\n");
}

TEST(Traces, NamesAreQuotedAndNeverFormulas) {
  suite::CaseTrace trace{1, {{"a,\"b\"", "K", {}}, {"=1+1", "", {}}}};
  EXPECT_EQ(csv(trace), "time_s,\"a,\"\"b\"\" [K]\",'=1+1\r\n");
}

TEST(Traces, OfNothingAreAHeader) { EXPECT_EQ(csv({}), "time_s\r\n"); }

}  // namespace
}  // namespace saggar::evidence
