// Bumpless hand-over by bias balance (SC-55, SC-57).
#include "runtime/control/transfer.hpp"

#include <gtest/gtest.h>

#include "tests/support/plants.hpp"

namespace saggar::control {
namespace {

using domain::Ask;
using domain::Mode;
using domain::Source;

class TransferTest : public ::testing::Test {
 protected:
  TransferTest() : plant_(testing::small_plant(1)), transfer_(plant_, {0.5, 0.5}) {}

  double ask(Transfer::Owner owner, double value, double working, double dt_s = 1) {
    Ask ask{value, owner.source, 1, 0};
    bump_ = transfer_.apply(0, owner, working, dt_s, ask);
    return ask.value;
  }

  domain::Plant plant_;
  Transfer transfer_;
  double bump_ = -1;
  Transfer::Owner pid_{Source::controller, 1, Mode::rcas};
  Transfer::Owner mpc_{Source::controller, 0, Mode::rcas};
};

TEST_F(TransferTest, TheFirstValueOfANewOwnerIsTheWorkingValueExactly) {
  EXPECT_EQ(ask(pid_, 773.7, 770.0), 770.0);
  EXPECT_EQ(bump_, 0);
  EXPECT_NEAR(transfer_.bias(0), -3.7, 1e-9);
}

TEST_F(TransferTest, TheBiasBleedsOffAtHalfAKelvinPerMinute) {  // SC-57
  ask(pid_, 773.0, 770.0);
  for (int s = 0; s < 60; ++s) ask(pid_, 773.0, 770.0);
  EXPECT_NEAR(transfer_.bias(0), -2.5, 1e-9);  // 3.0 - 0.5
  for (int s = 0; s < 300; ++s) ask(pid_, 773.0, 770.0);
  EXPECT_EQ(ask(pid_, 773.0, 770.0), 773.0);  // gone: the ask is untouched
}

TEST_F(TransferTest, AnOwnerThatTrackedNeedsNoBiasAndKeepsItsBits) {  // PF-24
  const double exact = 0.1 + 0.2;
  EXPECT_EQ(ask(pid_, exact, exact), exact);
  EXPECT_EQ(transfer_.bias(0), 0);
  EXPECT_EQ(ask(pid_, exact, 99.0), exact);
}

TEST_F(TransferTest, EachChangeOfControllerBalancesAnew) {
  ask(pid_, 773.0, 770.0);
  EXPECT_EQ(ask(mpc_, 768.0, 770.5), 770.5);
  EXPECT_DOUBLE_EQ(transfer_.bias(0), 2.5);
}

TEST_F(TransferTest, APersonsValueIsTakenAsItIsAndItsBumpReported) {
  ask(pid_, 770, 770);
  EXPECT_EQ(ask({Source::operator_, domain::kNoController, Mode::man}, 771.0, 770.0), 771.0);
  EXPECT_DOUBLE_EQ(bump_, 1.0);
}

TEST_F(TransferTest, ReleasingIsNoBump) {
  ask(pid_, 770, 770);
  ask({Source::none, domain::kNoController, Mode::oos}, 0, 770.0);
  EXPECT_EQ(bump_, 0);
}

TEST_F(TransferTest, ANonFiniteFirstAskIsLeftForTheGuardToReject) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ask(pid_, nan, 770.0);
  EXPECT_EQ(transfer_.bias(0), 0);
}

}  // namespace
}  // namespace saggar::control
