#include "hil/bridge/serve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace saggar::bridge {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

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
                                << endpoint("frames") << endpoint("commands") << endpoint("truth");
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

  fs::path folder;
  ServeOptions options;
  std::string out, err;
};

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
  EXPECT_THAT(err, HasSubstr("is no snapshot of a kiln made from these files"));
}

TEST_F(ServeTest, FaultsOfAScenarioAreTold) {
  options.scenario = folder / "scenario.toml";
  std::ofstream(options.scenario) << R"(kind = "scenario"
name = "one sensor"
[[event]]
time_s = 20
fault = "thermocouple_open"
target = "zone03.top"
duration_s = 30
)";
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
