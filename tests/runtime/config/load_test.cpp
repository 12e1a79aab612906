#include "runtime/config/load.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;

class LoadFile : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string("saggar_") +
             testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml");
  }
  void TearDown() override { std::filesystem::remove(path_); }
  void put(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
  std::filesystem::path path_;
};

TEST_F(LoadFile, ReadsAFile) {
  put("kind = \"sample\"\nname = \"from disk\"\n");
  const auto sample = load<Sample>(path_);
  ASSERT_TRUE(sample.ok()) << sample.error().text();
  EXPECT_EQ(sample.value().name, "from disk");
}

TEST_F(LoadFile, TheErrorNamesTheFile) {
  put("kind = \"sample\"\n");
  const auto sample = load<Sample>(path_);
  ASSERT_FALSE(sample.ok());
  EXPECT_EQ(sample.error().where, path_.string() + ":1:1");
  EXPECT_EQ(sample.error().what, "missing key 'name': the name");
}

TEST_F(LoadFile, AMissingFileIsSaid) {
  const auto sample = load<Sample>(path_);
  ASSERT_FALSE(sample.ok());
  EXPECT_EQ(sample.error().where, path_.string());
  EXPECT_THAT(sample.error().what, testing::HasSubstr("No such file"));
}

TEST_F(LoadFile, AFolderIsNotAFile) {
  const auto sample = load<Sample>(testing::TempDir());
  ASSERT_FALSE(sample.ok());
  EXPECT_EQ(sample.error().what, "is not a file; name an existing TOML file");
}

TEST_F(LoadFile, AFileOverOneMebibyteIsRefused) {
  put(std::string(kMaxFileBytes, '#'));
  EXPECT_THAT(load<Sample>(path_).error().what, testing::HasSubstr("missing key 'kind'"));
  put(std::string(kMaxFileBytes + 1, '#'));
  EXPECT_EQ(load<Sample>(path_).error().what,
            "is longer than 1048576 bytes; a configuration file is not");
}

TEST(LoadText, ATextOverOneMebibyteIsRefused) {
  const auto sample = load_text<Sample>("f", std::string(kMaxFileBytes + 1, '#'));
  EXPECT_EQ(sample.error().text(),
            "f: has 1048577 bytes; a configuration file has at most 1048576");
}

TEST(LoadText, TheKindIsMandatory) {
  EXPECT_THAT(complaints_of<Sample>("name = \"x\"\n"),
              ElementsAre("1:1: missing key 'kind': write kind = \"sample\" at the top"));
}

TEST(LoadText, AFileOfAnotherKindIsRefusedWithoutGuessingAtItsKeys) {
  EXPECT_THAT(complaints_of<Sample>("kind = \"kiln\"\nzones = 3\n"),
              ElementsAre("1:8: kind: found the text \"kiln\", needs kind = \"sample\""));
  EXPECT_THAT(complaints_of<Sample>("kind = 3\n"),
              ElementsAre("1:8: kind: found the number 3, needs kind = \"sample\""));
}

TEST(LoadText, MoreThanFiftyComplaintsAreCounted) {
  std::string text = "kind = \"sample\"\nname = \"x\"\n";
  for (int i = 0; i < 60; ++i) text += "unknown" + std::to_string(i) + " = 1\n";
  const auto sample = load_text<Sample>("f", text);
  EXPECT_THAT(sample.error().what, testing::EndsWith("and 10 more"));
}

TEST(LoadText, AWindowsFileIsReadAlike) {
  EXPECT_EQ(loaded<Sample>("kind = \"sample\"\r\nname = \"x\"\r\ncount = 7\r\n").count, 7);
}

}  // namespace
}  // namespace saggar::config
