// The answer for machines, read back by a parser that is not ours.
#include "hil/evidence/summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using ::testing::HasSubstr;
using testing::sample_baseline;
using testing::sample_question;
using testing::sample_results;

bool parses(const std::string& text) {
  const auto path = std::filesystem::path(::testing::TempDir()) /
                    ("summary_test-" + std::to_string(::getpid()) + ".json");
  std::ofstream(path, std::ios::binary) << text;
  const bool sound =
      std::system(("python3 -m json.tool '" + path.string() + "' > /dev/null").c_str()) == 0;
  std::filesystem::remove(path);
  return sound;
}

TEST(Summary, IsJsonWithTheVerdictAndTheFigures) {
  Question q = sample_question();
  q.previous = sample_baseline();
  const auto results = sample_results();
  const std::string text = summary_json(q, judge(q, results));
  EXPECT_TRUE(parses(text)) << text;
  EXPECT_THAT(text, HasSubstr("\"passed\": true"));
  EXPECT_THAT(text, HasSubstr("\"arm\": \"previous release\", \"pairs\": 40"));
  EXPECT_THAT(text, HasSubstr("\"author\": \"Kim\""));
  EXPECT_THAT(text, HasSubstr("\"digest\": \"" + merged_digest(results) + "\""));
}

TEST(Summary, IsJsonWithoutAnythingAndWithTrouble) {
  EXPECT_TRUE(parses(summary_json({}, judge({}, {}))));
  Question q = sample_question();
  q.campaign = "\"\\\n\x01 킬른";
  q.previous = sample_baseline();
  auto results = sample_results();
  for (auto& r : results) r.trace.series.clear(), r.figures[0].value = NAN;
  const std::string text = summary_json(q, judge(q, results));
  EXPECT_TRUE(parses(text));
  EXPECT_THAT(text, HasSubstr("\"passed\": false"));
}

TEST(Summary, IsTheSameInAnyOrder) {
  const Question q = sample_question();
  auto results = sample_results();
  const std::string text = summary_json(q, judge(q, results));
  std::reverse(results.begin(), results.end());
  EXPECT_EQ(summary_json(q, judge(q, results)), text);
}

}  // namespace
}  // namespace saggar::evidence
