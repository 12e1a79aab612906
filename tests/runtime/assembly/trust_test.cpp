#include "runtime/assembly/trust.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace saggar::assembly {
namespace {

config::Bundle bundle() {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  auto loaded =
      config::load_bundle(configs / "site/simulated.toml", configs / "kiln/p1.toml",
                          configs / "recipes/ncm622-p1.toml", configs / "control/pid.toml");
  EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().text());
  return std::move(loaded).value();
}

TEST(TrustOf, WhatNoGroupNamesIsTheRestAndTheFirstGroupThatNamesAnMvHasIt) {
  config::Bundle b = bundle();
  config::TrustConfig trust;
  trust.controller = "pid";
  trust.level = domain::Level::confirm;
  trust.groups = {{"canary", {"zone03.*"}}, {"soak", {"zone03.top.setpoint", "zone1*.*.setpoint"}}};
  b.control.trust = {trust};
  const auto all = trust_of(b, {"pid"});
  ASSERT_EQ(all.size(), 1U);
  const operate::TrustSettings& s = all[0];
  EXPECT_EQ(s.controller, 0);
  EXPECT_EQ(s.start, domain::Level::confirm);
  ASSERT_EQ(s.groups.size(), 3U);
  EXPECT_EQ(s.groups[0].mvs.size(), 2U);
  EXPECT_EQ(s.groups[1].mvs.size(), 20U);  // zones 10 to 19, two loops each
  EXPECT_EQ(s.groups[2].name, "rest");
  EXPECT_EQ(s.groups[2].mvs.size(), 16U);        // of 38
  const domain::MvId soak = s.groups[1].mvs[4];  // zone 12
  EXPECT_DOUBLE_EQ(s.band[soak], 0.2 * 15);      // SC-37: +-15 K in the soak
  EXPECT_DOUBLE_EQ(s.least_move[soak], 0.02 * 15);
  EXPECT_DOUBLE_EQ(s.band[s.groups[0].mvs[0]], 0.2 * 25);
}

TEST(TrustOf, WithoutGroupsAllMvsOfTheDutyAreOne) {
  config::Bundle b = bundle();
  config::TrustConfig trust;
  trust.controller = "pid";
  b.control.trust = {trust};
  const auto all = trust_of(b, {"pid"});
  ASSERT_EQ(all[0].groups.size(), 1U);
  EXPECT_EQ(all[0].groups[0].mvs.size(), 38U);
  EXPECT_EQ(all[0].start, domain::Level::shadow);
  EXPECT_TRUE(trust_of(bundle(), {"pid"}).empty());
}

}  // namespace
}  // namespace saggar::assembly
