// Every case lands in exactly one list.
#include "hil/verdict/exact.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::verdict {
namespace {

using ::testing::ElementsAre;

TEST(Exact, SortsCasesByWhatIsTheSame) {
  const std::map<std::string, Digests> theirs = {
      {"a", {"1", "x"}}, {"b", {"1", "x"}}, {"c", {"1", "x"}}, {"d", {"1", "x"}}};
  const std::map<std::string, Digests> ours = {
      {"a", {"1", "x"}}, {"b", {"2", "x"}}, {"c", {"1", "y"}}, {"e", {"1", "x"}}};
  const Exact e = exact(ours, theirs);
  EXPECT_THAT(e.same, ElementsAre("a"));
  EXPECT_THAT(e.other_inputs, ElementsAre("b"));
  EXPECT_THAT(e.other_records, ElementsAre("c"));
  EXPECT_THAT(e.only_ours, ElementsAre("e"));
  EXPECT_THAT(e.only_theirs, ElementsAre("d"));
  EXPECT_FALSE(e.held());
}

TEST(Exact, HoldsForTheSameAndForNothing) {
  EXPECT_TRUE(exact({{"a", {"1", "x"}}}, {{"a", {"1", "x"}}}).held());
  EXPECT_TRUE(exact({}, {}).held());
}

}  // namespace
}  // namespace saggar::verdict
