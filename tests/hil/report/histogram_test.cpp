// Bins and figures by hand.
#include "hil/report/histogram.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::kNone;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

Histogram of(std::vector<double> samples) {
  Histogram histogram;
  histogram.x = {"Peak", "degC"};
  histogram.samples = std::move(samples);
  return histogram;
}

TEST(Bins, HaveRoundEdgesAndCountEachSampleOnce) {
  Notes notes;
  const Bins bins = bins_of(of({0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5}), notes);
  EXPECT_EQ(bins.edges, (std::vector<double>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(bins.counts, (std::vector<double>{2, 2, 2, 2, 2}));  // 5 is in the last
  EXPECT_TRUE(notes.empty());
}

// Mean 5, squares 9+1+1+1+0+0+4+16 = 32, sd sqrt(32 / 7).
TEST(Bins, KnowMeanAndStandardDeviation) {
  Notes notes;
  const Bins bins = bins_of(of({2, 4, 4, 4, 5, 5, 7, 9}), notes);
  EXPECT_EQ(bins.samples, 8);
  EXPECT_DOUBLE_EQ(bins.mean, 5);
  EXPECT_DOUBLE_EQ(bins.sd, std::sqrt(32.0 / 7));
  EXPECT_FALSE(bins.estimated);
  const Bins far = bins_of(of({1e9 + 1, 1e9 + 2, 1e9 + 3}), notes);
  EXPECT_DOUBLE_EQ(far.sd, 1);  // no cancellation
}

TEST(Bins, OfCountsEstimateMeanAndStandardDeviation) {
  Histogram histogram;
  histogram.edges = {0, 2, 4};
  histogram.counts = {1, 3};
  Notes notes;
  const Bins bins = bins_of(histogram, notes);
  EXPECT_TRUE(bins.estimated);
  EXPECT_EQ(bins.samples, 4);
  EXPECT_DOUBLE_EQ(bins.mean, 2.5);  // (1 + 3 * 3) / 4
  EXPECT_DOUBLE_EQ(bins.sd, 1);      // (2.25 + 3 * 0.25) / 3
}

TEST(Histogram, ShowsFiguresLimitsAndTheirLabels) {
  const std::string text = html(test::peak_histogram());
  EXPECT_EQ(faults_of(text), "");
  for (const char* word : {"n = 240", "mean 752.0", "sd 2.0", "lower limit", "upper limit",
                           "Peak temperature, degC", ">Count<"}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
  EXPECT_LT(text.size(), 8000u);
  EXPECT_EQ(text, html(test::peak_histogram()));
}

TEST(Histogram, CountsEverySampleOfAMillion) {
  std::vector<double> samples(1'000'000);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<double>(i % 997);
  Notes notes;
  const Bins bins = bins_of(of(samples), notes);
  EXPECT_EQ(std::accumulate(bins.counts.begin(), bins.counts.end(), 0.0), 1e6);
  EXPECT_LE(bins.counts.size(), 32u);
  EXPECT_NE(html(of(samples)).find("n = 1\u202F000\u202F000"), std::string::npos);
}

TEST(Histogram, OfBadDataIsASoundFigureWithANote) {
  Histogram unequal, falling, negative, both = of({1, 2});
  unequal.edges = {0, 1};
  unequal.counts = {1, 2, 3};
  falling.edges = {0, 2, 1};
  falling.counts = {1, 2};
  negative.edges = {0, 1, 2};
  negative.counts = {-1, kNone};
  both.edges = {0, 1};
  both.counts = {1};
  Histogram far = of({1, 2});
  far.limits = {{kInfinite, "none"}};
  for (const Histogram& histogram : {Histogram{}, of({kNone, kNone}), of({1, kInfinite, 2}),
                                     unequal, falling, negative, both, far}) {
    const std::string text = html(histogram);
    EXPECT_EQ(faults_of(text), "");
    EXPECT_NE(text.find("Note:"), text.npos);
  }
}

TEST(Histogram, OfOneValueIsASoundFigure) {
  for (const std::vector<double>& samples :
       {std::vector<double>{750}, {750, 750, 750}, {0, 0}, {-1e300, 1e300}, {1e-308, 2e-308}}) {
    const std::string text = html(of(samples));
    EXPECT_EQ(faults_of(text), "");
    EXPECT_EQ(text.find("Note:"), text.npos);
  }
}

}  // namespace
}  // namespace saggar::report
