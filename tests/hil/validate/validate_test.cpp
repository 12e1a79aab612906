#include "hil/validate/validate.hpp"

#include <gmock/gmock.h>

#include <set>

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(Validate, FindsNoMissAndShowsEveryCheckOnItsPage) {
  const auto outcome = validate({shipped_configs(), {"ncm811"}, true, {}, "2026-01-31"});
  ASSERT_TRUE(outcome.ok()) << outcome.error().text();
  expect_no_miss(outcome.value().checks);
  EXPECT_TRUE(outcome.value().no_miss());
  // A new misfit needs a line here as well as its reason.
  std::set<std::string> misfits;
  for (const Check& check : outcome.value().checks.all()) {
    if (check.verdict == report::Verdict::misfit) misfits.insert(check.id);
  }
  EXPECT_THAT(misfits, ::testing::ElementsAre("6.2", "R4", "V11", "V25", "V8", "V9"));
  std::size_t rows = 0;
  for (const auto& section : outcome.value().page.sections) {
    if (section.title != "Checks") continue;
    for (const auto& block : section.blocks) {
      if (const auto* table = std::get_if<report::Table>(&block)) rows += table->rows.size();
    }
  }
  EXPECT_EQ(rows, outcome.value().checks.all().size());
}

TEST(Validate, ASeriesOutsideItsStatedErrorIsAMissAndOneWithoutIsNone) {
  Outcome outcome;
  EXPECT_TRUE(outcome.no_miss());
  outcome.scores.resize(2);
  outcome.scores[0].verdict = report::Verdict::pass;
  EXPECT_TRUE(outcome.no_miss());
  outcome.scores[1].verdict = report::Verdict::miss;
  EXPECT_FALSE(outcome.no_miss());
}

TEST(Validate, RefusesWhatDoesNotLoad) {
  EXPECT_THAT(validate({"no/such", {}, true}).error().text(), ::testing::HasSubstr("no/such"));
}

}  // namespace
}  // namespace saggar::validate
