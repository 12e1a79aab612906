#include "runtime/operate/permissives.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/plants.hpp"

namespace saggar::testing {
namespace {

using operate::Permissive;

TEST(Permissives, AMissingOneShowsInItsBitAndNaNCountsAsMissing) {  // SC-76
  operate::Permissives p;
  for (const operate::PermissiveRow& row : operate::permissive_table()) p[row.id] = row.needed;
  EXPECT_EQ(p.missing(), 0U);
  p[Permissive::measurements] = 0.89;
  p[Permissive::faults] = 1;
  EXPECT_EQ(p.missing(), (1U << 3) | (1U << 5));
  EXPECT_EQ(p.missing_while_on(), 1U << 3);  // one output in fault does not end the others
  p[Permissive::link] = NAN;
  EXPECT_FALSE(p.ok(Permissive::link));
}

TEST(Permissives, WhatNobodyWatchesIsSaidAndBlocksNothing) {  // SC-76
  operate::Permissives p;
  for (const operate::PermissiveRow& row : operate::permissive_table()) p[row.id] = row.needed;
  EXPECT_EQ(p.unconnected(), 0U);
  p[Permissive::trip] = operate::kNotConnected;
  EXPECT_EQ(p.unconnected(), 1U << static_cast<unsigned>(Permissive::trip));
  EXPECT_EQ(p.missing(), 0U);
}

TEST(Permissives, ATripThatStandsOrCannotBeReadIsMissing) {  // SC-75, SC-112
  domain::Plant plant = small_plant(2);
  domain::Frame frame(plant.tags.size());
  const std::vector<domain::ModeBlock> modes(plant.mvs.size());
  operate::Permissives found;
  const auto trip = [&] {
    operate::read_field(plant, domain::Duty::heat, frame, modes, found);
    return found[Permissive::trip];
  };
  EXPECT_EQ(trip(), operate::kNotConnected);
  plant.trips = {plant.mvs[0].remote, plant.mvs[1].remote};
  for (const domain::TagId tag : plant.trips)
    frame.samples[tag] = {0, 0, domain::Quality::good, {}};
  EXPECT_EQ(trip(), 1);
  frame.samples[plant.trips[1]].value = 1;
  EXPECT_EQ(trip(), 0);
  frame.samples[plant.trips[1]] = {0, 0, domain::Quality::bad, {}};
  EXPECT_EQ(trip(), 0);
}

TEST(Permissives, ReadsMeasurementsWorkingAndServiceFromTheFrame) {
  const domain::Plant plant = small_plant(2);
  domain::Frame frame(plant.tags.size());
  std::vector<domain::ModeBlock> modes(plant.mvs.size());
  for (std::size_t i = 0; i < 4; ++i) {
    frame.samples[plant.mvs[i].pv] = {749, 0, domain::Quality::uncertain, {}};
    frame.samples[plant.mvs[i].working] = {750, 0, domain::Quality::good, {}};
    modes[i].actual = i == 3 ? domain::Mode::oos : domain::Mode::rcas;
  }
  frame.samples[plant.mvs[0].pv].quality = domain::Quality::bad;
  frame.samples[plant.mvs[1].working].quality = domain::Quality::bad;
  frame.samples[plant.mvs[2].working].quality = domain::Quality::bad;
  operate::Permissives found;
  operate::read_field(plant, domain::Duty::heat, frame, modes, found);
  EXPECT_DOUBLE_EQ(found[Permissive::measurements], 0.75);  // 3 of 4 usable
  EXPECT_DOUBLE_EQ(found[Permissive::working], 0.5);
  EXPECT_DOUBLE_EQ(found[Permissive::service], 1);
  EXPECT_FALSE(found.ok(Permissive::measurements));
}

}  // namespace
}  // namespace saggar::testing
