// Which cases are shown as run in real time, and with what.
#include "hil/evidence/punctuality_section.hpp"

#include <gtest/gtest.h>

#include "hil/evidence/page.hpp"
#include "hil/suite/punctuality.hpp"
#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using testing::sample_case;

/// A case whose one cycle started 3 ms late.
suite::CaseResult punctual_case(int seed) {
  auto result = sample_case("calm", "pid", seed);
  suite::Punctuality punctuality(1'000'000'000);
  punctuality.add({0, 3'000'000, 0, 0, 0});
  for (const suite::Figure& figure : punctuality.figures()) result.figures.push_back(figure);
  return result;
}

TEST(PunctualitySection, ThereIsNoneOfCasesInVirtualTime) {
  const auto virtual_time = sample_case("calm", "pid", 101);
  EXPECT_FALSE(punctuality_section({&virtual_time}, Language::en).has_value());
  const auto page_of = page({}, {}, std::vector{virtual_time}, Language::en);
  for (const auto& section : page_of.sections) EXPECT_NE(section.title, "In real time");
}

TEST(PunctualitySection, ARowForEachCaseInRealTimeWithItsFigures) {
  const auto virtual_time = sample_case("calm", "pid", 101);
  const auto real = punctual_case(102);
  const auto section = punctuality_section({&virtual_time, &real}, Language::ko);
  ASSERT_TRUE(section.has_value());
  EXPECT_EQ(section->title, "실시간");
  ASSERT_EQ(section->blocks.size(), 2U);
  const auto& table = std::get<report::Table>(section->blocks[1]);
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.columns.size(), 8U) << "the case, four errors, late share, left out, overruns";
  EXPECT_EQ(std::get<std::string>(table.rows[0].cells[0].value), real.id);
  EXPECT_DOUBLE_EQ(std::get<double>(table.rows[0].cells[1].value), 3.0);
}

TEST(PunctualitySection, VeryManyCasesAreCutAndSaidSo) {
  std::vector<suite::CaseResult> many;
  for (int i = 0; i < static_cast<int>(kMostPunctual) + 2; ++i) many.push_back(punctual_case(i));
  std::vector<const suite::CaseResult*> cases;
  for (const auto& one : many) cases.push_back(&one);
  const auto section = punctuality_section(cases, Language::en);
  const auto& table = std::get<report::Table>(section.value().blocks[1]);
  EXPECT_EQ(table.rows.size(), kMostPunctual);
  EXPECT_EQ(table.footnote.substr(0, 11), "2 more rows");
}

}  // namespace
}  // namespace saggar::evidence
