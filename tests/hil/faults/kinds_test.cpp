#include "hil/faults/kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace saggar::faults {
namespace {

TEST(Kinds, HaveNamesThatFilesUseEachOnce) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kKindCount; ++i) names.insert(name(static_cast<Kind>(i)));
  EXPECT_EQ(names.size(), kKindCount);
  EXPECT_EQ(names.count("unknown"), 0U);
  EXPECT_EQ(name(Kind::o2_supply_drop), "o2_supply_drop");
  EXPECT_EQ(name(Kind::o2_purity_drop), "o2_purity_drop");
  EXPECT_EQ(name(static_cast<Kind>(kKindCount)), "unknown");
}

TEST(Kinds, MeanWhatTheFactsSayOfThem) {
  EXPECT_EQ(meaning(Kind::overfill).low, -0.6);  // F11: +-40 % is a fault, low fill too
  EXPECT_EQ(meaning(Kind::li_ratio).where, Where::nothing);
  EXPECT_EQ(meaning(Kind::drive_slip).where, Where::group);
  EXPECT_EQ(meaning(Kind::thermocouple_offset).low, -300);         // F2: sudden -20 K
  EXPECT_EQ(meaning(Kind::thermocouple_swap).where, Where::loop);  // F3: reads another point
  EXPECT_FALSE(meaning(Kind::link_loss).has_degrees);
  EXPECT_TRUE(momentary(Kind::limiter_reset));
}

TEST(Kinds, SayWhoMakesThemReal) {
  EXPECT_EQ(realised_by(Kind::thermocouple_open), RealisedBy::kiln);
  EXPECT_EQ(realised_by(Kind::link_loss), RealisedBy::kiln);  // both ends of the wire know it
  EXPECT_EQ(realised_by(Kind::link_delay), RealisedBy::line);
  EXPECT_EQ(realised_by(Kind::clock_dst_label), RealisedBy::line);
  EXPECT_EQ(realised_by(Kind::plugin_nan), RealisedBy::drill);
  EXPECT_EQ(realised_by(Kind::plugin_hangs), RealisedBy::drill);
}

TEST(Kinds, StandInTheTableOfTheEngineersBookEachWithALine) {
  std::ifstream file(SAGGAR_SOURCE_DIR "/docs/engineer/kiln.md");
  std::stringstream text;
  text << file.rdbuf();
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const std::string line = "| `" + std::string(name(static_cast<Kind>(i))) + "` |";
    EXPECT_THAT(text.str(), ::testing::HasSubstr(line));
  }
}

}  // namespace
}  // namespace saggar::faults
