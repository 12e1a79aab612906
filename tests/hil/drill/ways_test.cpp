#include "hil/drill/ways.hpp"

#include <gtest/gtest.h>

#include "hil/faults/drill_intent.hpp"

namespace saggar::drill {
namespace {

using faults::Kind;

TEST(Ways, AreTheKindsOfSoftwareFaultsInTheSameOrder) {
  for (std::size_t i = 1; i < kWays.size(); ++i) {
    const auto kind = static_cast<Kind>(static_cast<std::size_t>(Kind::plugin_nan) + i - 1);
    EXPECT_EQ(faults::name(kind), "plugin_" + std::string(kWays[i]));
    EXPECT_EQ(faults::realised_by(kind), faults::RealisedBy::drill);
    EXPECT_EQ(faults::misbehave({0, kind, "x", 1, 0}, 3).value, static_cast<double>(i));
    EXPECT_EQ(faults::ends_process(kind), ends_process(static_cast<Way>(i)));
  }
  EXPECT_EQ(static_cast<std::size_t>(Way::hangs), kWays.size() - 1);
  EXPECT_EQ(kWays[static_cast<std::size_t>(Way::hangs)], "hangs");
}

}  // namespace
}  // namespace saggar::drill
