#include "runtime/config/policy_papers.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar::config {
namespace {

using ::testing::HasSubstr;

saggar::testing::PolicyPackage package() { return {1, "k", "r", {{"model.pt", "bytes"}}}; }

template <class T>
std::string said(const std::string& text) {
  std::string all;
  for (const std::string& one : complaints_of<T>(text)) all += one + "\n";
  return all;
}

TEST(PolicyPapers, ComeBackAsTheyWere) {
  const auto p = package();
  EXPECT_EQ(save_text(right<PolicyDomain>(save_text(p.domain))), save_text(p.domain));
  EXPECT_EQ(save_text(right<PolicyCard>(save_text(p.card))), save_text(p.card));
  EXPECT_EQ(save_text(right<PolicyDataSheet>(save_text(p.sheet))), save_text(p.sheet));
}

// n = 2: three numbers, the first and the third on the diagonal.
TEST(PolicyPapers, TheFactorOfTheCovarianceIsLowerAndPositive) {
  auto p = package();
  p.domain.cholesky = {1, 0.5};
  EXPECT_THAT(said<PolicyDomain>(save_text(p.domain)), HasSubstr("found 2 numbers, right is 3"));
  p.domain.cholesky = {1, 0.5, 0};
  EXPECT_THAT(said<PolicyDomain>(save_text(p.domain)), HasSubstr("has 0 in row 2"));
  p.domain.cholesky = {1, -0.5, 2};
  EXPECT_EQ(said<PolicyDomain>(save_text(p.domain)), "");
}

TEST(PolicyPapers, ACardSaysAllThatLc40AsksFor) {
  const std::string text = save_text(package().card);
  for (const char* key :
       {"purpose", "kilns", "recipes", "data_from", "data_to", "features", "training_sha256",
        "limits", "known_failures", "ood_method", "owner", "expires"}) {
    const std::string line = std::string("\n") + key + " = ";
    EXPECT_THAT(said<PolicyCard>(replaced(text, line, "\nnot_" + line.substr(1))),
                HasSubstr(std::string("'") + key + "'"));
  }
}

TEST(PolicyPapers, AMetricLiesInItsInterval) {
  auto p = package();
  p.card.metrics[0].high = 0.9;
  EXPECT_THAT(said<PolicyCard>(save_text(p.card)),
              HasSubstr("found 1, its interval is 0.5 to 0.9"));
}

TEST(PolicyPapers, DaysAreDatesInOrder) {
  auto p = package();
  p.card.data_to = "2025-12-31";
  EXPECT_THAT(said<PolicyCard>(save_text(p.card)), HasSubstr("before the first day, 2026-01-01"));
  p.sheet.sources[0].from = "spring";
  EXPECT_THAT(said<PolicyDataSheet>(save_text(p.sheet)), HasSubstr("found 'spring'"));
}

TEST(PolicyPapers, ADataSheetSaysAllThatLc41AsksFor) {
  const std::string text = save_text(package().sheet);
  for (const char* key : {"cleaning", "gaps", "calibration", "manual_percent", "licence"}) {
    const std::string line = std::string("\n") + key + " = ";
    EXPECT_THAT(said<PolicyDataSheet>(replaced(text, line, "\nnot_" + line.substr(1))),
                HasSubstr(std::string("'") + key + "'"));
  }
}

}  // namespace
}  // namespace saggar::config
