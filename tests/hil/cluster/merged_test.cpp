#include "hil/cluster/merged.hpp"

#include <gmock/gmock.h>

#include "hil/evidence/judge.hpp"
#include "tests/hil/cluster/sample.hpp"

namespace saggar::cluster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MergedTest : public ::testing::Test {
 protected:
  MergedTest() : configs_("merged"), store_(configs_.path() / "out") {
    const campaign::Build build = sample_build();
    auto folder = Folder::make(configs_.path() / "out", sample_plan(configs_, build), build, 4, "",
                               "configs");
    if (!folder) throw std::runtime_error(folder.error().text());
    manifest_ = folder.value().manifest();
  }
  void save(std::size_t i, const std::string& outcome = "passed") {
    ASSERT_TRUE(store_.save(sample_result(manifest_.cases[i], outcome)));
  }

  testing::Folder configs_;
  campaign::Store store_;
  Manifest manifest_;
};

// HI-58: whoever is first, the same results give the same hash, and it is that of one run.
TEST_F(MergedTest, GivesTheHashOfOneRunWhateverTheOrder) {
  std::vector<suite::CaseResult> results;
  for (const std::size_t i : {4U, 0U, 5U, 2U, 1U, 3U}) {
    save(i);
    results.push_back(sample_result(manifest_.cases[i]));
  }
  const Merged merged = merge(manifest_, store_);
  EXPECT_EQ(merged.exit_code(), 0);
  EXPECT_EQ(merged.hash, evidence::merged_digest(results));
  EXPECT_THAT(text(manifest_, merged), HasSubstr("small: PASSED, 6 of 6 cases passed, hash "));
}

TEST_F(MergedTest, SaysWhatIsMissingAndWhichShardsToRunAgain) {
  for (const std::size_t i : {0U, 1U, 3U, 4U}) save(i);
  const Merged merged = merge(manifest_, store_);
  EXPECT_EQ(merged.exit_code(), 3);
  EXPECT_THAT(merged.missing, ElementsAre(manifest_.cases[2].id, manifest_.cases[5].id));
  EXPECT_THAT(text(manifest_, merged),
              HasSubstr("INCOMPLETE, 2 of 6 cases have no result; shards to run again: " +
                        ranges(merged.shards)));
  EXPECT_THAT(json(manifest_, merged), HasSubstr("\"verdict\": \"incomplete\""));
}

TEST_F(MergedTest, SaysWhatFailedAndHowToRunItAgain) {
  for (std::size_t i = 0; i < 6; ++i) save(i, i == 2 ? "failed" : "passed");
  const Merged merged = merge(manifest_, store_);
  EXPECT_EQ(merged.exit_code(), 1);
  const std::string said = text(manifest_, merged);
  EXPECT_THAT(said, HasSubstr("failed: " + manifest_.cases[2].id + "\n  again: again "));
  EXPECT_THAT(said, HasSubstr("small: FAILED, 5 of 6 cases passed"));
  EXPECT_THAT(json(manifest_, merged), HasSubstr("\"verdict\": \"failed\""));
}

// A result of other inputs, or half a file, is none.
TEST_F(MergedTest, TakesNoResultOfAnotherCampaign) {
  for (std::size_t i = 0; i < 6; ++i) save(i);
  suite::CaseResult other = sample_result(manifest_.cases[1]);
  other.inputs = std::string(64, '0');
  ASSERT_TRUE(store_.save(other));
  configs_.write("out/results/" + store_.result_file(manifest_.cases[4].id).filename().string(),
                 "{\"id\":");
  EXPECT_EQ(merge(manifest_, store_).missing.size(), 2U);
}

TEST(Ranges, AreWhatAnArrayTakes) {
  EXPECT_EQ(ranges({}), "");
  EXPECT_EQ(ranges({4}), "4");
  EXPECT_EQ(ranges({0, 3, 4, 5, 9, 10}), "0,3-5,9-10");
}

}  // namespace
}  // namespace saggar::cluster
