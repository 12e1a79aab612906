#include "controllers/policy/policy_controller.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/controllers/policy/bare_policy.hpp"
#include "tests/controllers/policy/stub_policy.hpp"

namespace saggar::policy {
namespace {

using plugin::Package;
using plugin::Status;
using plugin::Why;
using plugin::testing::Outcome;
using plugin::testing::Rig;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Policy : public ::testing::Test {
 protected:
  void SetUp() override { says(0.5, -0.5, 0); }
  static void says(double first, double second, double foretold) {
    stub_law() = [=](const float*, float* y) {
      y[0] = static_cast<float>(first);
      y[1] = static_cast<float>(second);
      y[2] = static_cast<float>(foretold);
    };
  }
  static std::string refusal(const Package& package, double period_s = 10) {
    try {
      rig_with<StubPolicy>(package, period_s);
      return "accepted";
    } catch (const std::exception& error) {
      return error.what();
    }
  }
  /// A rig with its history full.
  static Rig ready(const Package& package = small_package()) {
    Rig rig = rig_with<StubPolicy>(package);
    rig.driving(false);
    rig.step(3);
    return rig;
  }
};

// Lags of 0 and 20 s at a period of 10 s: the third sample is the first with a history.
TEST_F(Policy, HasNoProposalUntilItsHistoryIsThere) {
  Rig rig = rig_with<StubPolicy>(small_package());
  for (int k = 0; k < 2; ++k) {
    const Outcome o = rig.step();
    EXPECT_EQ(o.status, Status::no_proposal);
    EXPECT_EQ(o.why, Why::not_ready);
    EXPECT_THAT(o.message, HasSubstr("not enough history yet of zone02.core.temperature"));
  }
  EXPECT_EQ(rig.step().status, Status::ok);
}

TEST_F(Policy, TheNetworkSeesWhatThePackageSays) {
  std::vector<float> seen;
  stub_law() = [&](const float* x, float* y) {
    seen.assign(x, x + 4);
    y[0] = y[1] = y[2] = 0;
  };
  Rig rig = ready();
  rig.set("zone02.core.temperature", 690);
  rig.step();
  // (695 - 700) / 10 twice; (690 - 700) / 20, (680 - 700) / 20 two periods ago
  EXPECT_THAT(seen, ::testing::ElementsAre(-0.5F, -0.5F, -0.5F, -1.0F));
}

TEST_F(Policy, ItTakesOverWithoutABumpAndMovesByItsRate) {
  Rig rig = ready();
  EXPECT_EQ(rig.step().status, Status::ok);  // in shadow: one second's worth from the field
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), 703);  // 702 + 6 K/min x 10 s
  EXPECT_DOUBLE_EQ(rig.proposal("zone02.bottom.setpoint"), 701);
  rig.driving(true);
  rig.step();
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), 704);
  rig.step(20);
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), 705);  // 0.5 of 10 K
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.bottom.setpoint"), 705);
  EXPECT_DOUBLE_EQ(rig.proposal("zone02.top.setpoint"), 695);
}

TEST_F(Policy, InShadowItFollowsTheField) {
  Rig rig = ready();
  for (const double working : {702.0, 690.0, 709.0}) {
    rig.working("zone*.*.setpoint", working);
    EXPECT_EQ(rig.step().status, Status::ok);
    EXPECT_NEAR(rig.proposal("zone01.top.setpoint"), working, 1 + 1e-9);
  }
}

TEST_F(Policy, WhateverTheNetworkSaysTheTrimBounds) {
  for (const double wild : {1e30, -1e30, 17.0, -1.0001}) {
    says(wild, -wild, wild);
    Rig rig = ready();
    rig.driving(true);
    rig.step(60);
    EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), wild > 0 ? 710 : 690);
    EXPECT_DOUBLE_EQ(rig.proposal("zone02.top.setpoint"), wild > 0 ? 690 : 710);
  }
}

TEST_F(Policy, WhatIsNoNumberIsNoProposal) {
  Rig rig = ready();
  for (const double wild : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    says(0, wild, 0);
    const Outcome o = rig.step();
    EXPECT_EQ(o.status, Status::no_proposal);
    EXPECT_EQ(o.why, Why::infeasible);
    EXPECT_THAT(o.message, HasSubstr("no number"));
  }
  says(0, 0, 0);
  EXPECT_EQ(rig.step().status, Status::ok);
}

TEST_F(Policy, AMissingValueIsStoodForAndThenSaid) {
  Rig rig = ready();
  rig.set("zone01.top.temperature", 0, SAGGAR_BAD);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(rig.step().status, Status::ok) << k;  // up to 30 s old
  const Outcome o = rig.step();
  EXPECT_EQ(o.status, Status::no_proposal);
  EXPECT_EQ(o.why, Why::inputs_missing);
  EXPECT_THAT(o.message, HasSubstr("zone01.top.temperature is missing"));
  rig.set("zone01.top.temperature", 695, SAGGAR_UNCERTAIN);
  EXPECT_EQ(rig.step().status, Status::ok);  // a measured value may be uncertain
}

TEST_F(Policy, AnEstimateCountsOnlyWhileItIsVouchedFor) {
  Rig rig = ready();
  rig.set("zone02.core.temperature", 680, SAGGAR_UNCERTAIN);
  rig.step(3);
  EXPECT_EQ(rig.step().why, Why::inputs_missing);
}

TEST_F(Policy, OutsideOfTrainingThereIsNoProposalButTheNetworkIsStillHeard) {
  Rig rig = ready();
  rig.set("zone01.top.temperature", 760);  // 60 over the reference, seen were 50
  const int before = stub_runs();
  const Outcome o = rig.step();
  EXPECT_EQ(o.status, Status::no_proposal);
  EXPECT_EQ(o.why, Why::out_of_domain);
  EXPECT_THAT(o.message, HasSubstr("zone01.top.temperature is outside"));
  EXPECT_EQ(stub_runs(), before + 1);
}

TEST_F(Policy, BetweenTwoRunsItGoesOn) {
  Package package = small_package();
  package.period_s = 40;
  package.features[2].lags_s = {0};
  Rig rig = rig_with<StubPolicy>(package);
  rig.driving(true);
  const int before = stub_runs();
  rig.step(9);  // at 10, 50 and 90 s
  EXPECT_EQ(stub_runs(), before + 3);
  EXPECT_DOUBLE_EQ(rig.proposal("zone01.top.setpoint"), 705);
}

// One sample at the first step; 20 s later the two periods in between count as seen, too.
TEST_F(Policy, StepsThatWereLeftOutCountAsPeriods) {
  BarePolicy bare;
  EXPECT_EQ(bare.step(695, SAGGAR_GOOD), SAGGAR_NO_PROPOSAL);
  EXPECT_EQ(bare.step(695, SAGGAR_GOOD, 20), SAGGAR_OK);
}

TEST_F(Policy, MembersAreHeardTogetherAndAlone) {
  Package package = small_package();
  package.members = {0, 0};
  int turn = 0;
  stub_law() = [&](const float*, float* y) {
    y[0] = ++turn % 2 == 0 ? 0.8F : 0.4F;
    y[1] = 0;
    y[2] = turn % 2 == 0 ? 1.0F : 0.0F;
  };
  Rig rig = ready(package);
  const auto* ensemble = rig.extension<saggar_ext_ensemble>(SAGGAR_EXT_ENSEMBLE);
  ASSERT_NE(ensemble, nullptr);
  saggar_ensemble_shape shape{};
  shape.struct_size = sizeof shape;
  ASSERT_EQ(ensemble->shape(rig.self(), &shape), SAGGAR_OK);
  EXPECT_EQ(shape.members, 2U);
  EXPECT_EQ(shape.outputs, 2U);
  EXPECT_EQ(shape.predictions, 1U);
  EXPECT_EQ(shape.inputs, 4U);
  double said[4], foretold[1], saw[4];
  EXPECT_EQ(ensemble->last(rig.self(), said, foretold, saw), 1U);
  EXPECT_FLOAT_EQ(static_cast<float>(said[0] + said[2]), 1.2F);
  EXPECT_NEAR(foretold[0], 710, 1e-9);  // 700 + 20 x (0 + 1) / 2
  EXPECT_NEAR(saw[3], -1, 1e-9);
  rig.driving(true);
  rig.step(20);
  EXPECT_NEAR(rig.proposal("zone01.top.setpoint"), 706, 1e-6);  // 10 x (0.4 + 0.8) / 2
}

TEST_F(Policy, ARestoredStateGoesOnToTheBit) {
  stub_law() = [](const float* x, float* y) {
    y[0] = 0.3F * x[0] - 0.2F * x[2];
    y[1] = 0.7F * x[1] + 0.1F * x[3];
    y[2] = x[0];
  };
  Rig rig = ready();
  rig.driving(true);
  rig.step(4);
  EXPECT_EQ(rig.restore_difference(40,
                                   [](Rig& r, int k) {
                                     r.set("zone01.top.temperature", 690 + 0.37 * k,
                                           k % 7 == 0 ? SAGGAR_BAD : SAGGAR_GOOD);
                                     r.set("zone02.core.temperature", 680 + k);
                                   }),
            "");
}

TEST_F(Policy, AStateOfAnotherPackageIsRefused) {
  Package other = small_package();
  other.sha256[5] = 'b';
  Rig rig = ready(), stranger = ready(other);
  EXPECT_FALSE(stranger.restore(rig.save()));
}

TEST_F(Policy, SaysWhatItWantsAndHowFarItIs) {
  Rig rig = ready();
  rig.driving(true);
  rig.step();
  const auto* explain = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  saggar_cause causes[4];
  ASSERT_EQ(explain->causes(rig.self(), 0, 0, causes, 4), 2U);
  EXPECT_STREQ(causes[0].label, "network");
  EXPECT_NEAR(causes[0].share, 5, 1e-9);
  EXPECT_NEAR(causes[0].share + causes[1].share, rig.proposal("zone01.top.setpoint") - 700, 1e-9);
}

// Over its mean and scale the thermocouple is at (695 - 700) / 10, the core at (680 - 700) / 20.
TEST_F(Policy, SaysTheFeaturesOfOneSetpointWhenAsked) {
  stub_law() = [](const float* x, float* y) {
    y[0] = 0.1F + 0.4F * x[0] - 0.2F * x[2];
    y[1] = y[2] = 0;
  };
  Rig rig = ready();
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  ASSERT_NE(tune, nullptr);
  ASSERT_EQ(tune->set_parameter(rig.self(), "attribution", 0xFFFFFFFF, 1), SAGGAR_OK);
  rig.driving(true);
  rig.step();
  const auto* explain = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  saggar_cause causes[8];
  ASSERT_EQ(explain->causes(rig.self(), 0, 0, causes, 8), 6U);  // three features, three others
  const auto share = [&](const std::string& label) {
    for (const saggar_cause& cause : causes) {
      if (cause.label != nullptr && label == cause.label) return cause.share;
    }
    return std::nan("");
  };
  EXPECT_NEAR(share("zone01.top.temperature"), 10 * 0.4 * -0.5, 1e-3);
  EXPECT_NEAR(share("zone02.top.temperature"), 0, 1e-3);
  EXPECT_NEAR(share("zone02.core.temperature"), 10 * -0.2 * -1, 1e-3);
  EXPECT_NEAR(share("typical point"), 1, 1e-3);
  EXPECT_NEAR(share("limit"), 0, 1e-3);
  double sum = 0;
  for (std::uint32_t i = 0; i < 6; ++i) sum += causes[i].share;
  for (std::uint32_t i = 1; i < 6; ++i) {
    EXPECT_GE(std::fabs(causes[i - 1].share), std::fabs(causes[i].share));
  }
  EXPECT_NEAR(sum, rig.proposal("zone01.top.setpoint") - 700, 1e-6);
  ASSERT_EQ(explain->causes(rig.self(), 0, 2, causes, 2), 2U);  // not asked of this one
  EXPECT_STREQ(causes[0].label == std::string("network") ? "network" : causes[1].label, "network");
}

TEST_F(Policy, DeclaresWhereItWasTrained) {
  Rig rig = ready();
  const auto* confidence = rig.extension<saggar_ext_confidence>(SAGGAR_EXT_CONFIDENCE);
  const std::uint32_t core = plugin::find_input(PolicyController::kPorts, "core");
  double low = 0, high = 0;
  ASSERT_EQ(confidence->domain(rig.self(), core, &low, &high, 1), 1U);
  EXPECT_EQ(low, 600);
  EXPECT_EQ(high, 900);
  const std::uint32_t pv = plugin::find_input(PolicyController::kPorts, "pv");
  double lows[4], highs[4];  // those over a reference move with it
  EXPECT_EQ(confidence->domain(rig.self(), pv, lows, highs, 4), 0U);
}

TEST_F(Policy, RefusesWhatDoesNotFitItsPorts) {
  EXPECT_EQ(refusal(small_package()), "accepted");
  Package p = small_package();
  p.features[0].tag = "zone01.top.remote";
  EXPECT_THAT(refusal(p), AllOf(HasSubstr("feature zone01.top.remote comes in by no port"),
                                HasSubstr("zone*.*.temperature, "), HasSubstr("gas.*.o2")));
  p = small_package();
  p.features[0].reference_tag = "zone09.top.setpoint";
  EXPECT_THAT(refusal(p), HasSubstr("over zone09.top.setpoint, which is no setpoint"));
  p = small_package();
  p.features[0].unit = "K";
  EXPECT_THAT(refusal(p), HasSubstr("is in K, right is degC"));
  p = small_package();
  p.outputs[1].tags[0] = "transport.group1.speed_setpoint";
  EXPECT_THAT(refusal(p), HasSubstr("output transport.group1.speed_setpoint is no setpoint"));
  p = small_package();
  p.outputs[1].tags[0] = "zone01.top.setpoint";
  EXPECT_THAT(refusal(p), HasSubstr("two outputs move the same setpoint"));
  p = small_package();
  p.outputs[0].unit = "K";
  EXPECT_THAT(refusal(p), HasSubstr("is in K, right is degC"));
  p = small_package();
  p.features[2].lags_s = {0, 25};
  EXPECT_THAT(refusal(p), HasSubstr("a lag of 25 s, which is no multiple"));
  p = small_package();
  p.backend = "onnx";
  EXPECT_THAT(refusal(p), HasSubstr("backend 'onnx', this plugin reads 'torchscript'"));
  p = small_package();
  p.duty = SAGGAR_DUTY_TRANSPORT;
  EXPECT_THAT(refusal(p), HasSubstr("another duty"));
  EXPECT_THAT(refusal(small_package(), 4), HasSubstr("10 s, is no multiple of the controller's"));
}

TEST_F(Policy, WithoutAPackageItSaysWhatToDo) {
  plugin::testing::Kiln kiln;
  kiln.zones(2);
  plugin::testing::Options options;
  options.latency_cycles = 1;
  try {
    plugin::testing::rig_of<StubPolicy>(kiln, options);
    FAIL() << "was accepted";
  } catch (const std::exception& error) {
    EXPECT_THAT(error.what(), HasSubstr("needs a policy package"));
  }
}

TEST_F(Policy, WarmsUpBeforeItIsReady) {
  const int before = stub_runs();
  rig_with<StubPolicy>(small_package());
  EXPECT_GE(stub_runs() - before, 20);
}

}  // namespace
}  // namespace saggar::policy
