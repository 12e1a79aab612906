#include "runtime/config/new_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <vector>

namespace saggar::config {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class NewFileTest : public ::testing::Test {
 protected:
  NewFileTest() : folder_(fs::path(::testing::TempDir()) / ("new-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~NewFileTest() override { fs::remove_all(folder_); }
  std::string in(const std::string& name) const { return (folder_ / name).string(); }
  static std::string said(const std::vector<NewFile>& files, bool force = false) {
    const auto status = check_new_files(files, force);
    return status ? "" : status.error().text();
  }

  fs::path folder_;
};

TEST_F(NewFileTest, WhatIsNotAskedForOrCanBeMadeIsRightAndLeavesNothing) {
  EXPECT_EQ(said({}), "");
  EXPECT_EQ(said({{"--a", ""}, {"--b", ""}, {"--c", in("new.csv")}}), "");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(NewFileTest, AFileThatIsThereIsReplacedOnlyByForceAndNotTouchedBefore) {
  std::ofstream(in("old.csv")) << "mine";
  EXPECT_EQ(
      said({{"--a", in("old.csv")}}),
      in("old.csv") + ": is there already; another name, or --force to replace it, would be right");
  EXPECT_EQ(said({{"--a", in("old.csv")}}, true), "");
  EXPECT_EQ(fs::file_size(in("old.csv")), 4U);
}

TEST_F(NewFileTest, AFolderThatIsNotThereOrTakesNoFileIsRefused) {
  EXPECT_THAT(said({{"--a", in("no/new.csv")}}), HasSubstr("its folder is not there"));
  EXPECT_THAT(said({{"--a", folder_.string()}}, true), HasSubstr("is a folder; a file"));
  // Nobody, root included, can make a file there.
  EXPECT_THAT(said({{"--a", "/proc/new.csv"}}, true),
              HasSubstr("/proc/new.csv: cannot be written: "));
}

TEST_F(NewFileTest, TwoOptionsWithOneFileAreRefusedHoweverItIsSpelled) {
  EXPECT_EQ(said({{"--a", in("x")}, {"--b", in("./x")}}),
            "--b: is the file of --a, " + in("./x") + "; a file of its own would be right");
}

TEST_F(NewFileTest, IsWrittenByteForByteAndSaid) {
  ASSERT_TRUE(write_new_file(in("t.csv"), "head\n1\n2\n").ok());
  EXPECT_EQ(fs::file_size(in("t.csv")), 9U);
  EXPECT_TRUE(write_new_file("", "nothing").ok());
  EXPECT_THAT(write_new_file("/dev/full", "x").error().text(), HasSubstr("cannot be written"));
  EXPECT_EQ(wrote(in("t.csv"), rows_of("head\n1\n2\n"), "rows"),
            "wrote " + in("t.csv") + " (2 rows)\n");
  EXPECT_EQ(wrote("", 2, "rows"), "");
  EXPECT_EQ(rows_of(""), 0U);
}

}  // namespace
}  // namespace saggar::config
