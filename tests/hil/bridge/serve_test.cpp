#include "hil/bridge/serve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace saggar::bridge {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class ServeTest : public ::testing::Test {
 protected:
  ServeTest() : folder(fs::temp_directory_path() / ("saggar_serve_" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
    const fs::path configs = fs::path(SAGGAR_SOURCE_DIR) / "configs";
    options.kiln = configs / "kiln/p1.toml";
    options.recipe = configs / "recipes/ncm622-p1.toml";
    options.site = folder / "site.toml";
    const auto endpoint = [this](const char* key) {
      return std::string(key) + " = \"ipc://" + (folder / key).string() + "\"\n";
    };
    std::ofstream(options.site) << "kind = \"site\"\nname = \"serve-test\"\n[endpoints]\n"
                                << endpoint("frames") << endpoint("commands")
                                << endpoint("operator") << endpoint("records") << endpoint("truth");
    options.clock = Clock::throttled;
    options.speed = 2000;
  }
  ~ServeTest() override { fs::remove_all(folder); }

  int run() {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = serve(options);
    out = ::testing::internal::GetCapturedStdout();
    err = ::testing::internal::GetCapturedStderr();
    return code;
  }

  /// One broken sensor from 20 s to 50 s.
  void one_sensor(const std::string& loop = "zone03.top") {
    options.scenario = folder / "scenario.toml";
    std::ofstream(options.scenario) << "kind = \"scenario\"\nname = \"one_sensor\"\n[[event]]\n"
                                    << "time_s = 20\nfault = \"thermocouple_open\"\ntarget = \""
                                    << loop << "\"\nduration_s = 30\n";
  }
  /// A snapshot of seed 7 at 60 s to begin with, until 100 s.
  void save_warm() {
    options.seed = 7;
    options.for_s = 60;
    options.save = (folder / "warm").string();
    ASSERT_EQ(run(), 0) << err;
    options.seed.reset();
    options.restore = options.save;
    options.save.clear();
    options.for_s = 100;
  }

  fs::path folder;
  ServeOptions options;
  std::string out, err;
};

TEST_F(ServeTest, TheAccountIsWrittenAtTheEnd) {
  options.for_s = 3700;
  options.speed = 1e5;
  options.account = (folder / "account.csv").string();
  ASSERT_EQ(run(), 0) << err;
  std::ifstream in(options.account);
  const std::string table((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_THAT(table, HasSubstr("\nhour,0,whole,1.0000,"));
  EXPECT_THAT(table, HasSubstr("\nlot,0,"));
  EXPECT_THAT(out, HasSubstr("wrote " + options.account + " ("));
  const auto rows = std::count(table.begin(), table.end(), '\n') - 1;
  EXPECT_THAT(out, HasSubstr("(" + std::to_string(rows) + " rows)"));
}

// What cannot be written is said in the beginning: the plant does not even come up.
TEST_F(ServeTest, FilesThatCannotBeWrittenAreRefusedBeforeTheRun) {
  options.for_s = 60;
  const auto refused = [this] {
    EXPECT_EQ(run(), 2);
    EXPECT_EQ(out, "");
    return err;
  };
  options.account = "/no/such/file";
  EXPECT_THAT(refused(), HasSubstr("/no/such/file: its folder is not there"));
  options.account = "/proc/account.csv";
  EXPECT_THAT(refused(), HasSubstr("/proc/account.csv: cannot be written"));
  options.account.clear();
  options.save = (folder / "old").string();
  std::ofstream(options.save) << "mine";
  EXPECT_THAT(refused(), HasSubstr("old: is there already; another name, or --force"));
  EXPECT_EQ(fs::file_size(options.save), 4U);
  options.force = true;
  EXPECT_EQ(run(), 0) << err;
  EXPECT_GT(fs::file_size(options.save), 100000U);
  EXPECT_THAT(out, HasSubstr("wrote " + options.save + " (" +
                             std::to_string(fs::file_size(options.save)) + " bytes)"));
}

// A disk that is full for the snapshot (/dev/full) costs no more than the snapshot.
TEST_F(ServeTest, ASnapshotThatFailsTakesNoAccountWithIt) {
  options.for_s = 60;
  options.force = true;
  options.save = "/dev/full";
  options.account = (folder / "account.csv").string();
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("/dev/full: cannot be written"));
  EXPECT_THAT(out, HasSubstr("wrote " + options.account));
}

TEST_F(ServeTest, RunsWithoutARuntimeForTheTimeAsked) {
  options.for_s = 120;
  EXPECT_EQ(run(), 0) << err;
  EXPECT_THAT(out, HasSubstr("kiln p1, seed 1"));
  EXPECT_THAT(out, HasSubstr("ended at 120 s"));
}

TEST_F(ServeTest, ASnapshotGoesOnWhereItEnded) {
  options.for_s = 60;
  options.save = (folder / "state").string();
  ASSERT_EQ(run(), 0) << err;
  options.restore = options.save;
  options.save = (folder / "later").string();
  options.for_s = 100;
  ASSERT_EQ(run(), 0) << err;
  EXPECT_THAT(out, HasSubstr("ended at 100 s"));
  // The same plant straight through leaves the same bytes.
  options.restore.clear();
  options.save = (folder / "straight").string();
  ASSERT_EQ(run(), 0) << err;
  std::ifstream a(folder / "later", std::ios::binary), b(folder / "straight", std::ios::binary);
  const std::string left((std::istreambuf_iterator<char>(a)), {});
  const std::string right((std::istreambuf_iterator<char>(b)), {});
  EXPECT_GT(left.size(), 100000U);
  EXPECT_EQ(left, right);
}

TEST_F(ServeTest, AForeignSnapshotIsRefused) {
  options.restore = (folder / "foreign").string();
  std::ofstream(options.restore) << "not a kiln";
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("foreign: is no snapshot of a kiln"));
}

TEST_F(ServeTest, ASnapshotOfAnotherKilnFileIsRefusedWithTheLineThatDiffers) {
  save_warm();
  std::ifstream in(fs::path(SAGGAR_SOURCE_DIR) / "configs/kiln/p1.plant.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::size_t at = text.find("\nbed_step_s = 5\n");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 16, "\nbed_step_s = 4\n");
  fs::create_directories(folder / "kiln");
  fs::copy(fs::path(SAGGAR_SOURCE_DIR) / "configs/material", folder / "material");
  options.plant = folder / "kiln/other.plant.toml";
  std::ofstream(options.plant) << text;
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("warm: was made with another plant file: in [numerics] the snapshot "
                             "has 'bed_step_s = 5', the file 'bed_step_s = 4'"));
}

TEST_F(ServeTest, ASnapshotGoesOnWithItsSeedAndTakesNoOther) {
  save_warm();
  EXPECT_EQ(run(), 0) << err;
  EXPECT_THAT(out, HasSubstr("kiln p1, seed 7"));
  options.seed = 8;
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("is of a plant with seed 7, which goes on with it: leave --seed 8"));
}

// Saved at 60 s: its 20 s are the eightieth of the plant.
TEST_F(ServeTest, AWarmSnapshotBeginsAScenarioFromItsStart) {
  save_warm();
  one_sensor();
  options.for_s = 70;
  EXPECT_EQ(run(), 0) << err;
  EXPECT_THAT(out, Not(HasSubstr("active")));
  options.for_s = 150;
  EXPECT_EQ(run(), 0) << err;
  EXPECT_THAT(out, HasSubstr("fault thermocouple_open zone03.top at 20 s: active"));
  EXPECT_THAT(out, HasSubstr("fault thermocouple_open zone03.top at 20 s: over"));
}

TEST_F(ServeTest, ASnapshotSavedWithinAScenarioGoesOnWithThatOneOnly) {
  one_sensor();
  options.for_s = 30;
  options.save = (folder / "within").string();
  ASSERT_EQ(run(), 0) << err;
  EXPECT_THAT(out, Not(HasSubstr("over")));
  options.restore = options.save;
  options.save.clear();
  options.for_s = 80;
  for (const char* scenario : {"scenario.toml", ""}) {  // said again, or left out
    options.scenario = *scenario == '\0' ? fs::path() : folder / scenario;
    EXPECT_EQ(run(), 0) << err;
    EXPECT_THAT(out, HasSubstr("fault thermocouple_open zone03.top at 20 s: over"));
  }
  one_sensor("zone04.top");
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("was saved within another scenario (thermocouple_open zone03.top"));
  EXPECT_THAT(err, HasSubstr("leave --scenario out"));
}

TEST_F(ServeTest, FaultsOfAScenarioAreTold) {
  one_sensor();
  options.for_s = 80;
  EXPECT_EQ(run(), 0) << err;
  EXPECT_THAT(out, HasSubstr("fault thermocouple_open zone03.top at 20 s: active"));
  EXPECT_THAT(out, HasSubstr("fault thermocouple_open zone03.top at 20 s: over"));
}

TEST_F(ServeTest, WhatCannotStartSaysWhy) {
  options.recipe = folder / "missing.toml";
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(err, HasSubstr("missing.toml"));
}

}  // namespace
}  // namespace saggar::bridge
