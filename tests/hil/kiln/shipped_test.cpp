// The scenarios that come with Saggar: they load, and P2 can do all that they ask for. One that was
// not realised proves nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/hil/kiln/p2.hpp"

namespace saggar::kiln {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(SAGGAR_SOURCE_DIR "/configs/scenarios")) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(ShippedScenarios, ThereAreSome) { EXPECT_GE(shipped_scenarios().size(), 2U); }

class ShippedScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, LoadsAndEveryEventOfItIsRealisedByP2) {
  const auto scenario = load_or_throw<faults::Scenario>("scenarios/" + GetParam());
  EXPECT_FALSE(scenario.description.empty());
  ASSERT_FALSE(scenario.events.empty());
  double end_s = 0;
  for (const auto& event : scenario.events) {
    end_s = std::max(end_s, event.time_s + event.duration_s);
  }
  const auto kiln = p2();
  kiln->schedule(scenario.events);
  kiln->advance(end_s + 1);
  for (std::size_t i = 0; i < scenario.events.size(); ++i) {
    const bool ends = scenario.events[i].duration_s > 0 || momentary(scenario.events[i].fault);
    const faults::Statement& statement = kiln->fault_statements()[i];
    EXPECT_EQ(statement.state, ends ? faults::State::over : faults::State::active)
        << statement.text();
  }
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
}

std::string test_name(const ::testing::TestParamInfo<std::string>& one) {
  std::string name = fs::path(one.param).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, ShippedScenario, ::testing::ValuesIn(shipped_scenarios()),
                         test_name);

}  // namespace
}  // namespace saggar::kiln
