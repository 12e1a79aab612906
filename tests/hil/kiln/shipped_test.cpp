// The scenarios that come with Saggar: they load, and P2 can do all that they ask for. One that was
// not realised proves nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "hil/scenario/scenario.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar::kiln {
namespace {

/// Stories of a plant alone; the others need the runtime beside it (configs/suites).
constexpr const char* kStories[] = {"blocked_exhaust_and_overfill",
                                    "failing_sensor_and_oxygen_drop", "heater_open_and_link_loss"};

class ShippedScenario : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedScenario, LoadsAndEveryEventOfItIsRealisedByP2) {
  const auto scenario =
      load_or_throw<scenario::Scenario>(std::string("scenarios/") + GetParam() + ".toml");
  EXPECT_FALSE(scenario.description.empty());
  const std::vector<faults::Fault> events = scenario.faults();
  ASSERT_FALSE(events.empty());
  double end_s = 0;
  for (const auto& event : events) {
    end_s = std::max(end_s, event.time_s + event.duration_s);
  }
  const auto kiln = p2();
  kiln->schedule(events);
  kiln->advance(end_s + 1);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool ends = events[i].duration_s > 0 || momentary(events[i].fault);
    const faults::Statement& statement = kiln->fault_statements()[i];
    EXPECT_EQ(statement.state, ends ? faults::State::over : faults::State::active)
        << statement.text();
  }
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(Files, ShippedScenario, ::testing::ValuesIn(kStories),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace saggar::kiln
