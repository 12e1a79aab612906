#include "hil/validate/published.hpp"

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(Published, RowsHoldOrAreExplained) {
  Checks checks;
  check_published(subject_or_throw(), checks);
  expect_no_miss(checks);
  // dz/dr of (1-r)/(1+r) between 0.98 and 1.00: 0.02 / 1.98 / 2 = 0.505 % per 0.01.
  EXPECT_NEAR(find(checks, "V7", "per 0.01").got, 0.505, 0.005);
}

// The misfit in air must stay in the table for as long as the law is what it is.
TEST(Published, MixingInAirStaysAMisfitInPlainWords) {
  Checks checks;
  check_published(subject_or_throw(), checks);
  for (const char* id : {"V8", "V9"}) {
    const Check& air = find(checks, id, "in air");
    EXPECT_EQ(air.verdict, report::Verdict::misfit) << id;
    EXPECT_NE(air.why.find("trend, not as a number"), std::string::npos);
    EXPECT_LT(air.got, 0.5 * air.low) << "if it is near by now, say so in the book";
  }
}

}  // namespace
}  // namespace saggar::validate
