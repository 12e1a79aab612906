// What a reviewer of a new baseline sees.
#include "hil/verdict/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/verdict/sample_baseline.hpp"

namespace saggar::verdict {
namespace {

using ::testing::ElementsAre;
using testing::sample_baseline;

TEST(Difference, OfEqualBaselinesIsEmptyWhoeverAcceptedThem) {
  Baseline other = sample_baseline();
  other.author = "Lee";
  other.reason = "again";
  EXPECT_TRUE(difference(sample_baseline(), other).empty());
}

TEST(Difference, NamesFiguresThatChangedCameOrWent) {
  Baseline after = sample_baseline();
  after.cases[0].set("kWh_per_kg", 2.5);
  after.cases[0].set("new_K", 4);
  after.cases[0].figures.erase("off_spec_kg");
  after.cases[0].hash = std::string(64, 'd');
  const Difference d = difference(sample_baseline(), after);
  ASSERT_EQ(d.figures.size(), 3U);
  EXPECT_EQ(d.figures[0].figure, "kWh_per_kg");
  EXPECT_EQ(d.figures[0].before, 2.3125);
  EXPECT_EQ(d.figures[0].delta(), 0.1875);
  EXPECT_EQ(d.figures[1].figure, "new_K");
  EXPECT_TRUE(std::isnan(d.figures[1].before));
  EXPECT_EQ(d.figures[2].figure, "off_spec_kg");
  EXPECT_TRUE(std::isnan(d.figures[2].after));
  EXPECT_THAT(d.cases.other_records, ElementsAre("calm/pid/seed101"));
  EXPECT_THAT(d.cases.same, ElementsAre("calm/pid/seed102"));
}

TEST(Difference, NamesCasesThatCameOrWent) {
  Baseline after = sample_baseline();
  after.cases[1].id = "calm/pid/seed103";
  const Difference d = difference(sample_baseline(), after);
  EXPECT_THAT(d.cases.only_ours, ElementsAre("calm/pid/seed103"));
  EXPECT_THAT(d.cases.only_theirs, ElementsAre("calm/pid/seed102"));
  EXPECT_TRUE(d.figures.empty());
  EXPECT_FALSE(d.empty());
}

}  // namespace
}  // namespace saggar::verdict
