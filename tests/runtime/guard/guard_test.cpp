#include "runtime/guard/guard.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/guard/rig.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Source;

TEST(Guard, ZeroTrimReproducesTheRecipeBitForBit) {  // PF-24
  Rig rig(full_plant(3, 3));
  for (std::size_t i = 0; i < rig.plant.mvs.size(); ++i) {
    if (rig.plant.mvs[i].duty == domain::Duty::heat) {
      rig.recipe[i] = 750.3 + static_cast<double>(i) * 0.1;
    }
    rig.set(rig.plant.mvs[i].working, rig.recipe[i]);
    rig.ask(i, rig.recipe[i], Source::recipe);
  }
  for (int k = 0; k < 10; ++k) rig.step();
  for (std::size_t i = 0; i < rig.plant.mvs.size(); ++i) EXPECT_EQ(rig.last(i), rig.recipe[i]) << i;
}

TEST(Guard, FirstWriteTakesOverAtTheWorkingSetpoint) {  // SC-55
  Rig rig(full_plant(3, 3));
  rig.set(rig.plant.mvs[2].working, 748.4);
  rig.ask(2, 748.4, Source::controller);
  rig.step();
  EXPECT_EQ(rig.command.action[2], Action::write);
  EXPECT_EQ(rig.command.value[2], 748.4);
}

TEST(Guard, CommandCarriesCycleFrameValidityAndHeartbeat) {
  Settled rig;
  EXPECT_EQ(rig.command.frame_sequence, rig.frame.sequence);
  EXPECT_EQ(rig.command.time_ns, rig.time_ns);
  EXPECT_EQ(rig.command.valid_until_ns, rig.time_ns + 5'000'000'000);
  EXPECT_EQ(rig.command.heartbeat, 7U);
}

TEST(Guard, SavesAndRestoresItsWholeState) {
  Settled a;
  for (int k = 0; k < 500; ++k) {
    a.ask(0, 750 + 5 * std::sin(k * 0.1), Source::controller);
    a.step();
  }
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.guard.serialize(out);
  Rig b(full_plant(3, 3));
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.guard.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  b.frame = a.frame;
  b.time_ns = a.time_ns;
  for (int k = 0; k < 500; ++k) {
    for (Rig* rig : {static_cast<Rig*>(&a), &b}) {
      rig->ask(0, 750 + 9 * std::sin(k * 0.2), Source::controller);
      rig->ask(3, 750 - k * 0.01, Source::controller);
      rig->step();
    }
    ASSERT_EQ(a.command.value, b.command.value) << k;
    ASSERT_EQ(a.command.action, b.command.action) << k;
  }
}

TEST(Guard, AsksNothingOfTheMachine) {
  Settled rig;
  rig.ask(0, 900, Source::controller);
  rig.ask(1, NAN, Source::controller);
  const gate::Scope scope;
  for (int k = 0; k < 1000; ++k) rig.step();
  EXPECT_TRUE(scope.counts().none());
}

}  // namespace
}  // namespace saggar::testing
