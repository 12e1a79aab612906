// Autotuning through the plugin: who may start it, what the field sees, how it ends.
#include <gtest/gtest.h>

#include <cmath>
#include <saggar/plugin/testing.hpp>

#include "controllers/pid/plugins.hpp"

namespace saggar::pid {
namespace {

using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Rig;

constexpr std::uint32_t kElement = 2;  // zone02.top
const std::string kTag = "zone02.top.setpoint";
const std::string kPvTag = "zone02.top.temperature";

class BankTune : public ::testing::Test {
 protected:
  BankTune() : BankTune(0, 0.9) {}
  explicit BankTune(double direct_action, double gain) : rig_(make(direct_action)), gain_(gain) {
    attach();
  }
  void attach() {
    tune_ = rig_.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
    rig_.set_free(kTag, false);  // in MAN: a person has it
    working_ = 752;
    rig_.working(kTag, working_);
  }
  static Rig make(double direct_action) {
    Kiln kiln;
    kiln.zones(3);
    Options options;
    options.params = {
        {"tune_baseline_s", 60}, {"tune_max_s", 6000}, {"direct_action", direct_action}};
    Rig rig = plugin::testing::rig_of<TrimPlugin>(kiln, options);
    rig.reference("zone*.*.setpoint", 750);
    rig.working("zone*.*.setpoint", 750);
    rig.limits("zone*.*.setpoint", 700, 800);
    rig.set("zone*.*.temperature", 750);
    rig.set("zone*.*.output", 45);
    return rig;
  }
  // The zone: gain_, 300 s, dead time 40 s, around working 752 and PV 751.
  void cycle() {
    EXPECT_EQ(rig_.step().wrong, "");
    const double out = rig_.proposal(kTag);
    lowest_ = std::min(lowest_, out);
    highest_ = std::max(highest_, out);
    if (result().state == SAGGAR_TUNE_RUNNING) {
      working_ = out;  // the runtime lets the tuner have an MV in MAN
    }
    rig_.working(kTag, working_);
    pipe_[at_] = working_ - 752;
    at_ = (at_ + 1) % pipe_.size();
    const double target = gain_ * pipe_[at_];
    x_ = target + (x_ - target) * std::exp(-1 / 300.0);
    rig_.set(kPvTag, 751 + x_ + 0.02 * std::sin(12.9898 * n_++));
  }
  saggar_tune_result result() {
    saggar_tune_result r{};
    r.struct_size = sizeof r;
    tune_->result(rig_.self(), &r);
    return r;
  }
  saggar_status start(const char* method, double amplitude) {
    return tune_->start(rig_.self(), 0, kElement, method, amplitude);
  }

  Rig rig_;
  const saggar_ext_tune* tune_ = nullptr;
  double gain_;
  double working_ = 0, x_ = 0, lowest_ = 1e9, highest_ = -1e9;
  std::array<double, 41> pipe_{};
  std::size_t at_ = 0;
  int n_ = 0;
};

TEST_F(BankTune, RelayFindsTheZoneWithinBoundsAndGoesHome) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("relay", 4), SAGGAR_OK) << rig_.last_error();
  int cycles = 0;
  do {
    cycle();
  } while (result().state == SAGGAR_TUNE_RUNNING && ++cycles < 20000);
  const saggar_tune_result r = result();
  ASSERT_EQ(r.state, SAGGAR_TUNE_FINISHED);
  EXPECT_NEAR(r.gain, 0.9, 0.06);
  EXPECT_NEAR(r.time_constant_s, 300, 30);
  EXPECT_NEAR(r.dead_time_s, 40, 5);
  EXPECT_GT(r.fit, 0.95);
  EXPECT_NEAR(r.kp, r.time_constant_s / (r.gain * 2 * r.dead_time_s), 1e-6);
  EXPECT_EQ(r.td_s, 0);
  EXPECT_LE(highest_, 756 + 1e-9);
  EXPECT_GE(lowest_, 748 - 1e-9);
  EXPECT_DOUBLE_EQ(working_, 752);
}

TEST_F(BankTune, StepFindsTheZone) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("step", 4), SAGGAR_OK);
  int cycles = 0;
  do {
    cycle();
  } while (result().state == SAGGAR_TUNE_RUNNING && ++cycles < 20000);
  ASSERT_EQ(result().state, SAGGAR_TUNE_FINISHED);
  EXPECT_NEAR(result().gain, 0.9, 0.06);
  EXPECT_NEAR(result().time_constant_s, 300, 30);
}

class BankTuneDirect : public BankTune {
 protected:
  BankTuneDirect() : BankTune(1, -0.9) {}
};

TEST_F(BankTuneDirect, DirectActionTellsTheTunerTheSignOfTheProcess) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("relay", 4), SAGGAR_OK);
  int cycles = 0;
  do {
    cycle();
  } while (result().state == SAGGAR_TUNE_RUNNING && ++cycles < 20000);
  ASSERT_EQ(result().state, SAGGAR_TUNE_FINISHED);
  EXPECT_NEAR(result().gain, -0.9, 0.06);
  EXPECT_GT(result().kp, 0);
}

TEST_F(BankTune, OtherLoopsAreControlledMeanwhile) {
  for (int k = 0; k < 5; ++k) cycle();
  rig_.set("zone01.top.temperature", 745);
  ASSERT_EQ(start("step", 4), SAGGAR_OK);
  for (int k = 0; k < 300; ++k) cycle();
  EXPECT_GT(rig_.proposal("zone01.top.setpoint"), 750.1);
}

TEST_F(BankTune, IsRefusedWhereItCannotBeDone) {
  EXPECT_EQ(start("relay", 4), SAGGAR_FAULT) << "before the first step";
  for (int k = 0; k < 5; ++k) cycle();
  EXPECT_EQ(start("guess", 4), SAGGAR_FAULT);
  EXPECT_EQ(start("relay", 0), SAGGAR_FAULT);
  EXPECT_EQ(start("relay", -3), SAGGAR_FAULT);
  EXPECT_EQ(start("relay", std::nan("")), SAGGAR_FAULT);
  EXPECT_EQ(start("step", 49), SAGGAR_FAULT) << "752 + 49 is above 800";
  EXPECT_EQ(tune_->start(rig_.self(), 1, kElement, "step", 4), SAGGAR_FAULT);
  EXPECT_EQ(tune_->start(rig_.self(), 0, 99, "step", 4), SAGGAR_FAULT);
  EXPECT_EQ(tune_->start(rig_.self(), 0, 0, "step", 4), SAGGAR_FAULT)
      << "zone01.top is driven by a controller: not in MAN or AUTO";
  rig_.set(kPvTag, 751, SAGGAR_BAD);
  rig_.step();
  EXPECT_EQ(start("step", 4), SAGGAR_FAULT) << "no PV";
  rig_.set(kPvTag, 751);
  rig_.step();
  ASSERT_EQ(start("step", 4), SAGGAR_OK);
  EXPECT_EQ(start("step", 4), SAGGAR_FAULT) << "one at a time";
  EXPECT_EQ(result().state, SAGGAR_TUNE_RUNNING);
}

TEST_F(BankTune, AbortReturnsTheOutputToWhereItBegan) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("step", 4), SAGGAR_OK);
  for (int k = 0; k < 200; ++k) cycle();
  EXPECT_DOUBLE_EQ(working_, 756);
  tune_->abort(rig_.self());
  for (int k = 0; k < 3; ++k) cycle();
  EXPECT_DOUBLE_EQ(working_, 752);
  EXPECT_EQ(result().state, SAGGAR_TUNE_FAILED);
  EXPECT_EQ(result().kp, 0);
}

TEST_F(BankTune, LeavingManOrAutoEndsTheTest) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("step", 4), SAGGAR_OK);
  for (int k = 0; k < 200; ++k) cycle();
  rig_.set_free(kTag, true);
  for (int k = 0; k < 3; ++k) cycle();
  EXPECT_EQ(result().state, SAGGAR_TUNE_FAILED);
  EXPECT_NEAR(working_, 752, 1e-9);
}

TEST_F(BankTune, StateInTheMiddleOfATestContinuesBitIdentical) {
  for (int k = 0; k < 5; ++k) cycle();
  ASSERT_EQ(start("relay", 4), SAGGAR_OK);
  for (int k = 0; k < 400; ++k) cycle();
  EXPECT_EQ(rig_.restore_difference(
                2000, [](Rig& r, int k) { r.set(kPvTag, 751 + 2 * std::sin(0.01 * k)); }),
            "");
}

}  // namespace
}  // namespace saggar::pid
