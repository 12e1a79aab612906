// The log of a search, of trials made by hand: its bytes, and its schema as a program reads it.
#include "hil/search/trial_log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace saggar::search {
namespace {

FalsifyFile file() {
  FalsifyFile out;
  out.name = "slow";
  out.ranges.resize(3);
  out.ranges[0] = {"event[0].severity", 0, 10, 0, {}};
  out.ranges[1] = {"event[0].time_s", 0, 3600, 60, {}};
  out.ranges[2] = {"bench.control", 0, 0, 0, {"pid", "m\"pc"}};
  return out;
}

scenario::Scenario story() {
  scenario::Scenario out;
  out.name = "slow";
  out.events.resize(1);
  out.events[0].fault = faults::Kind::wet_lot;
  return out;
}

Findings findings() {
  Findings out;
  out.trials.resize(2);
  out.trials[0] = {1, 0, 1, "slow/0123456789abcdef", {0.25, 0.5, 0}, 0.75, false, "passed"};
  out.trials[1] = {2, 1, 3, "slow/fedcba9876543210", {1, 0, 0.99}, std::nan(""), true, "crashed"};
  return out;
}

TEST(TrialLog, IsAnObjectALineByHand) {
  EXPECT_EQ(
      trial_log(file(), story(), findings()),
      "{\"run\": 1, \"generation\": 1, \"restart\": 0, \"case\": \"slow/0123456789abcdef\", "
      "\"variables\": [{\"key\": \"event[0].severity\", \"value\": 2.5, \"unit\": \"points\"}, "
      "{\"key\": \"event[0].time_s\", \"value\": 1800, \"unit\": \"s\"}, "
      "{\"key\": \"bench.control\", \"value\": \"pid\", \"unit\": \"\"}], "
      "\"score\": 0.75, \"broken\": false, \"outcome\": \"passed\"}\n"
      "{\"run\": 2, \"generation\": 3, \"restart\": 1, \"case\": \"slow/fedcba9876543210\", "
      "\"variables\": [{\"key\": \"event[0].severity\", \"value\": 10, \"unit\": \"points\"}, "
      "{\"key\": \"event[0].time_s\", \"value\": 0, \"unit\": \"s\"}, "
      "{\"key\": \"bench.control\", \"value\": \"m\\\"pc\", \"unit\": \"\"}], "
      "\"score\": null, \"broken\": true, \"outcome\": \"crashed\"}\n");
  EXPECT_EQ(trial_log(file(), story(), {}), "");
}

TEST(TrialLog, UnitsAreThoseOfTheNameOrOfTheCatalogue) {
  EXPECT_EQ(unit_of({"bench.target_offset_K", 0, 5, 0, {}}, story()), "K");
  EXPECT_EQ(unit_of({"bench.seed", 1, 9, 1, {}}, story()), "");
  EXPECT_EQ(unit_of({"event[7].severity", 1, 9, 1, {}}, story()), "") << "no such event";
}

TEST(TrialLog, HoldsItsSchema) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("saggar-trials-" + std::to_string(::getpid()) + ".json");
  std::ofstream(path) << trial_log(file(), story(), findings());
  const std::string command = "python3 '" SAGGAR_SOURCE_DIR "/tests/hil/search/read_trials.py' '" +
                              path.string() + "' 2>&1";
  std::string said;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 256> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) said += part.data();
  EXPECT_EQ(::pclose(pipe), 0) << said;
  EXPECT_EQ(said, "2 runs\n");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace saggar::search
