#include "hil/validate/check.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "hil/report/json.hpp"

namespace saggar::validate {
namespace {

using report::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

const Origin kSource{"R A", "SOMEBODY", true};

TEST(Check, ErrorOfAShareIsInPercentAndOfAnAmountInItsUnit) {
  Checks checks;
  const Check& share = checks.near("a", "x", "s", 200, 203, percent(2), kSource);
  EXPECT_DOUBLE_EQ(share.error, 1.5);
  EXPECT_EQ(share.error_unit, "%");
  EXPECT_EQ(share.verdict, Verdict::pass);
  const Check& amount = checks.near("a", "y", "K", 200, 197, absolute(2), kSource);
  EXPECT_DOUBLE_EQ(amount.error, -3);
  EXPECT_EQ(amount.error_unit, "K");
  EXPECT_EQ(amount.verdict, Verdict::miss);
}

// A source that prints 1.5 may mean 1.46: half a digit is 3.3 % of it.
TEST(Check, WhatASourcePrintsIsNoBetterThanHalfItsLastDigit) {
  Checks checks;
  EXPECT_EQ(checks.near("a", "x", "min", 1.5, 1.46, percent(1), kSource).verdict, Verdict::miss);
  EXPECT_EQ(checks.near("a", "x", "min", 1.5, 1.46, percent(1, 0.05), kSource).verdict,
            Verdict::pass);
}

TEST(Check, ARangeHasTheDistanceFromItsNearerEndAsError) {
  Checks checks;
  EXPECT_EQ(checks.within("a", "in", "kW", 4, 6, 5, kSource).error, 0);
  EXPECT_DOUBLE_EQ(checks.within("a", "above", "kW", 4, 6, 6.5, kSource).error, 0.5);
  EXPECT_DOUBLE_EQ(checks.within("a", "below", "kW", 4, 6, 3, kSource).error, -1);
  EXPECT_EQ(checks.within("a", "open", "kW", 4, INFINITY, 9, kSource).verdict, Verdict::pass);
}

TEST(Check, WhatIsNoNumberIsAMiss) {
  Checks checks;
  EXPECT_EQ(checks.near("a", "x", "1", 1, NAN, percent(1), kSource).verdict, Verdict::miss);
  EXPECT_EQ(checks.near("a", "x", "1", 1, NAN, absolute(1), kSource).verdict, Verdict::miss);
  EXPECT_EQ(checks.within("a", "x", "1", 0, 1, NAN, kSource).verdict, Verdict::miss);
}

TEST(Check, AKnownMisfitIsOneOnlyWhileItMisses) {
  Checks checks;
  EXPECT_EQ(checks.near("a", "x", "1", 1, 2, percent(1), kSource).known_misfit("why").verdict,
            Verdict::misfit);
  const Check& good = checks.near("a", "y", "1", 1, 1, percent(1), kSource).known_misfit("why");
  EXPECT_EQ(good.verdict, Verdict::pass);
  EXPECT_EQ(good.why, "");
}

TEST(Check, TablesFollowTheGroupsAndJsonHasTheSameRows) {
  Checks checks;
  checks.group("First");
  checks.near("a", "x", "K", 100, 101, absolute(2), kSource);
  checks.group("Second");
  checks.within("b", "y", "K", 1, 2, 3, kSource).known_misfit("because");
  const auto tables = tables_of(checks);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[1].title, "Second");
  EXPECT_THAT(json(tables[0]),
              HasSubstr(R"("expected": 100, "got": 101, "error": 1, "allowed": 2)"));
  EXPECT_THAT(json(tables[1]), HasSubstr(R"("expected": "1 to 2")"));
  EXPECT_THAT(json(tables[1]), HasSubstr(R"("verdict": "misfit")"));
}

TEST(Check, CountsAndWhatDidNotPassComeFirstInAReport) {
  Checks checks;
  checks.group("One");
  checks.near("a", "right", "K", 1, 1, percent(1), {"E", "me", true});
  checks.near("b", "wrong", "K", 1, 2, percent(1), {"E", "me"});
  checks.near("c", "explained", "K", 1, 3, percent(1), {"E", "me"}).known_misfit("for a reason");
  const auto text = html(counts_of(checks)) + html(not_passed(checks));
  const report::Table failed = not_passed(checks);
  ASSERT_EQ(failed.rows.size(), 2U);
  EXPECT_EQ(failed.rows[0].verdict, report::Verdict::miss);
  EXPECT_EQ(failed.rows[1].verdict, report::Verdict::misfit);
  EXPECT_THAT(text, HasSubstr("for a reason"));
  EXPECT_THAT(text, Not(HasSubstr("right")));
  // pass 1, none of it independent; miss 1 and misfit 1, both independent
  const report::Table counts = counts_of(checks);
  EXPECT_EQ(std::get<double>(counts.rows[0].cells[1].value), 1);
  EXPECT_EQ(std::get<double>(counts.rows[0].cells[2].value), 0);
  EXPECT_EQ(std::get<double>(counts.rows[1].cells[2].value), 1);
  EXPECT_EQ(std::get<double>(counts.rows[2].cells[2].value), 1);
}

TEST(Check, TextSaysWhyForWhatDidNotPassAndCounts) {
  Checks checks;
  checks.group("G");
  checks.near("a", "x", "K", 100, 101, percent(2), kSource).note("a remark");
  checks.within("b", "y", "K", 1, 2, 3, kSource).known_misfit("because");
  const std::string text = text_of(checks);
  // The unit of error and allowed has its heading over it, as every other column.
  const std::size_t head = text.find("\nid ") + 1, row = text.find("\na ") + 1;
  EXPECT_EQ(text.find(" in ", head) - head, text.find(" % ", row) - row);
  EXPECT_THAT(text, HasSubstr("misfit b, y: because"));
  EXPECT_THAT(text, Not(HasSubstr("a remark")));
  EXPECT_THAT(text, HasSubstr("1 pass, 0 miss, 1 misfit, 0 info"));
}

}  // namespace
}  // namespace saggar::validate
