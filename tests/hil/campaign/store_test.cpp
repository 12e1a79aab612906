#include "hil/campaign/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/hil/campaign/folder.hpp"
#include "tests/hil/suite/sample_result.hpp"

namespace saggar::campaign {
namespace {

using suite::testing::sample_result;
using ::testing::HasSubstr;
using testing::Scratch;

Planned planned() {
  Planned p;
  p.one.id = sample_result().id;
  p.inputs = sample_result().inputs;
  return p;
}

TEST(Store, KeepsAResultUntilItsInputsAreOthers) {
  const Scratch folder("store");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(false, "b").ok());
  EXPECT_FALSE(store.find(planned()));
  ASSERT_TRUE(store.save(sample_result()).ok());
  ASSERT_TRUE(store.find(planned()));
  EXPECT_EQ(store.find(planned())->hash, sample_result().hash);
  Planned other = planned();
  other.inputs = std::string(64, 'c');
  EXPECT_FALSE(store.find(other)) << "made of other files or by another program";
}

TEST(Store, ADamagedResultIsNoneAndAFreshFolderHasNone) {
  const Scratch folder("store-damaged");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(false, "b").ok());
  ASSERT_TRUE(store.save(sample_result()).ok());
  std::filesystem::resize_file(store.result_file(sample_result().id), 100);
  EXPECT_FALSE(store.find(planned()));
  ASSERT_TRUE(store.save(sample_result()).ok());
  ASSERT_TRUE(store.open(true, "b").ok());
  EXPECT_FALSE(store.find(planned()));
}

TEST(Store, ResultsOfAnotherBuildAreNotGoneOnWith) {
  const Scratch folder("store-build");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(true, "one").ok());
  EXPECT_TRUE(store.open(false, "one").ok());
  const auto other = store.open(false, "two");
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().text(), HasSubstr("another build"));
  EXPECT_TRUE(store.open(true, "two").ok());
}

TEST(Store, EarlierResultsAreMovedAsideWithAllThatIsBesideThem) {
  const Scratch folder("store-previous");
  const Store store(folder.path / "smoke");
  EXPECT_FALSE(store.keep_previous().value()) << "there is nothing yet";
  ASSERT_TRUE(store.open(true, "b").ok());
  EXPECT_FALSE(store.keep_previous().value()) << "a folder without results is none";
  for (const char* report : {"the first", "the second"}) {
    ASSERT_TRUE(store.save(sample_result()).ok());
    std::ofstream(folder.path / "smoke/report.html") << report;
    ASSERT_TRUE(store.keep_previous().value());
    EXPECT_FALSE(std::filesystem::exists(folder.path / "smoke"));
    ASSERT_TRUE(store.open(true, "b").ok());
    EXPECT_FALSE(store.find(planned()));
    EXPECT_TRUE(Store(store.previous()).find(planned()));
    std::ifstream kept(store.previous() / "report.html");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), report);
  }
}

TEST(Store, WhatIsNoCampaignIsNotReplacedByEarlierResults) {
  const Scratch folder("store-previous-foreign");
  const Store store(folder.path / "smoke");
  ASSERT_TRUE(store.open(true, "b").ok());
  ASSERT_TRUE(store.save(sample_result()).ok());
  std::filesystem::create_directories(store.previous());
  std::ofstream(store.previous() / "precious.txt") << "mine";
  const auto kept = store.keep_previous();
  ASSERT_FALSE(kept.ok());
  EXPECT_THAT(kept.error().text(), HasSubstr("move one of them away"));
  EXPECT_TRUE(std::filesystem::exists(store.previous() / "precious.txt"));
  EXPECT_TRUE(store.find(planned()));
}

TEST(Store, AFolderWithOtherThingsIsLeftAlone) {
  const Scratch folder("store-foreign");
  std::filesystem::create_directories(folder.path);
  std::ofstream(folder.path / "precious.txt") << "mine";
  const auto opened = Store(folder.path).open(true, "b");
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.error().text(), HasSubstr("other things in it"));
  EXPECT_TRUE(std::filesystem::exists(folder.path / "precious.txt"));
}

TEST(Store, FileNamesAreReadableAndDistinct) {
  EXPECT_THAT(file_stem("a/b=1/pid/seed1"), HasSubstr("a+b=1+pid+seed1-"));
  EXPECT_NE(file_stem("a/b"), file_stem("a+b"));
  EXPECT_LT(file_stem(std::string(400, 'x')).size(), 140U);
}

}  // namespace
}  // namespace saggar::campaign
