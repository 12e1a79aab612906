// What other solvers were seen to do with bad data (docs/engineer/mpc-solver.md names them), shown
// absent: one bad sample costs one step.
#include <gtest/gtest.h>

#include <limits>

#include "tests/controllers/mpc/ocp/problems.hpp"

namespace saggar::ocp {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

/// Both methods: with bands the interior point method, without them the active sets.
class Faults : public testing::TestWithParam<bool> {
 protected:
  Faults() : problem_(chain(4, 12, GetParam())), solver_(problem_) { fill_chain(problem_, 2.0); }

  void measure(double at) {
    for (std::size_t i = 0; i < 4; ++i) problem_.x0()[i] = at;
  }
  /// The first input of the plan is now in force.
  void apply() { std::copy_n(solver_.input(0), 4, problem_.u_before()); }
  /// Plan within all bounds and rates, exactly.
  void expect_inside() {
    for (std::size_t i = 0; i < 4; ++i) {
      double before = problem_.u_before()[i];
      for (std::size_t k = 0; k < 12; ++k) {
        const double u = solver_.input(k)[i];
        EXPECT_LE(std::abs(u), 1.0);
        EXPECT_LE(std::abs(u - before), 0.2 + 1e-15);
        before = u;
      }
    }
  }
  std::vector<double> plan() const {
    std::vector<double> all;
    for (std::size_t k = 0; k < 12; ++k) {
      all.insert(all.end(), solver_.input(k), solver_.input(k) + 4);
    }
    return all;
  }

  Problem problem_;
  Solver solver_;
};
INSTANTIATE_TEST_SUITE_P(Methods, Faults, testing::Bool(),
                         [](const auto& method) { return method.param ? "Bands" : "NoBands"; });

TEST_P(Faults, ANumberThatIsNoneInTheMeasurementCostsOneStep) {
  for (const double bad : {kNan, kInf, -kInf}) {
    solver_.forget();
    std::fill_n(problem_.u_before(), 4, 0.0);
    measure(0.1);
    ASSERT_EQ(solver_.solve().status, Status::solved);
    const std::vector<double> before = plan();
    apply();
    problem_.x0()[2] = bad;
    const Answer answer = solver_.solve();
    EXPECT_EQ(answer.status, Status::refused);
    EXPECT_STREQ(answer.why, "measured state is not finite");
    ASSERT_EQ(answer.source, Source::shifted);
    const std::vector<double> now = plan();
    for (std::size_t e = 0; e + 4 < now.size(); ++e) EXPECT_NEAR(now[e], before[e + 4], 1e-9);
    expect_inside();
    measure(0.15);
    EXPECT_EQ(solver_.solve().status, Status::solved);
    expect_inside();
  }
}

TEST_P(Faults, AfterABadSampleTheAnswerIsThatOfANewSolver) {
  measure(0.1);
  ASSERT_EQ(solver_.solve().status, Status::solved);
  problem_.x0()[0] = kNan;
  ASSERT_EQ(solver_.solve().status, Status::refused);
  measure(0.2);
  ASSERT_EQ(solver_.solve().status, Status::solved);
  Solver fresh(problem_);
  ASSERT_EQ(fresh.solve().status, Status::solved);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(solver_.input(0)[i], fresh.input(0)[i], 1e-6);
}

TEST_P(Faults, WithoutAPlanToShiftABadSampleGivesNothing) {
  measure(kNan);
  const Answer answer = solver_.solve();
  EXPECT_EQ(answer.status, Status::refused);
  EXPECT_FALSE(usable(answer));
  for (const double u : plan()) EXPECT_EQ(u, 0);
}

TEST_P(Faults, APlanIsShiftedOnlyAsFarAsItReaches) {
  measure(0.1);
  ASSERT_EQ(solver_.solve().status, Status::solved);
  measure(kNan);
  for (int step = 1; step < 12; ++step) {
    apply();
    EXPECT_TRUE(usable(solver_.solve())) << step;
  }
  apply();
  EXPECT_FALSE(usable(solver_.solve()));
}

TEST_P(Faults, AShiftedPlanIsNotUsedWhereItWouldBreakABound) {
  measure(0.1);
  ASSERT_EQ(solver_.solve().status, Status::solved);
  for (std::size_t i = 0; i < 4; ++i) problem_.u_before()[i] = -0.9;  // somebody moved it far away
  measure(kNan);
  EXPECT_FALSE(usable(solver_.solve()));
}

TEST_P(Faults, EveryVectorIsLookedAt) {
  const struct {
    double* at;
    const char* why;
  } all[] = {{problem_.u_before(), "input in force is not finite"},
             {problem_.w(3), "disturbance is not finite"},
             {problem_.reference(11), "reference is not finite"},
             {problem_.q(0), "a weight is not finite"},
             {problem_.r_weight(5), "a weight is not finite"},
             {problem_.linear(5), "a weight is not finite"},
             {problem_.low(1), "a bound is not finite"},
             {problem_.rise(11), "a bound is not finite"}};
  for (const auto& one : all) {
    const double was = *one.at;
    for (const double bad : {kNan, kInf}) {
      *one.at = bad;
      const Answer answer = solver_.solve();
      EXPECT_EQ(answer.status, Status::refused) << one.why;
      EXPECT_STREQ(answer.why, one.why);
      for (const double u : plan()) EXPECT_TRUE(std::isfinite(u));
    }
    *one.at = was;
  }
  EXPECT_EQ(solver_.solve().status, Status::solved);
}

TEST_P(Faults, AModelThatIsNoNumberIsRefused) {
  std::vector<double> a(16, kNan), b(16, 0.0);
  problem_.dynamics(0, a.data(), b.data());
  const Answer answer = solver_.solve();
  EXPECT_EQ(answer.status, Status::refused);
  EXPECT_STREQ(answer.why, "model is not finite");
  fill_chain(problem_, 2.0);
  EXPECT_EQ(solver_.solve().status, Status::solved);
}

TEST_P(Faults, WeightsAndBoundsOutOfRangeAreRefused) {
  problem_.q(4)[1] = -1;
  EXPECT_STREQ(solver_.solve().why, "a weight is out of range");
  problem_.q(4)[1] = 1;
  problem_.fall(2)[0] = -0.1;
  EXPECT_STREQ(solver_.solve().why, "a rate is negative, or a band is upside down");
  problem_.fall(2)[0] = 0.2;
  EXPECT_EQ(solver_.solve().status, Status::solved);
}

// 0.9 in force, at most 0.2 a stage, and from stage 2 on at most 0.2: 0.9, 0.7, 0.5, 0.3 > 0.2.
TEST_P(Faults, BoundsThatLeaveNothingAreNamed) {
  problem_.u_before()[3] = 0.9;
  for (std::size_t k = 2; k < 12; ++k) problem_.high(k)[3] = 0.2;
  const Answer answer = solver_.solve();
  EXPECT_EQ(answer.status, Status::infeasible);
  EXPECT_EQ(answer.input, 3U);
  EXPECT_EQ(answer.stage, 2U);
  EXPECT_FALSE(usable(answer));
  for (std::size_t k = 2; k < 12; ++k) problem_.high(k)[3] = 0.3;  // just enough
  EXPECT_EQ(solver_.solve().status, Status::solved);
  expect_inside();
  EXPECT_NEAR(solver_.input(2)[3], 0.3, 1e-9);
}

TEST_P(Faults, AMeasurementFarOutsideEveryBandStillHasAPlan) {
  for (const double far : {40.0, -40.0, 1000.0}) {
    measure(far);
    const Answer answer = solver_.solve();
    ASSERT_TRUE(usable(answer)) << far;
    EXPECT_EQ(answer.source, Source::solver);
    expect_inside();
    // Full speed towards the reference: what a person would do.
    EXPECT_NEAR(solver_.input(0)[0], far > 0 ? -0.2 : 0.2, 1e-6);
    measure(0.1);
    EXPECT_EQ(solver_.solve().status, Status::solved);
  }
}

TEST_P(Faults, AtTheBoundOfWorkThePlanIsFeasibleAndItsResidualSaysHowGood) {
  Solver hasty(problem_, {1, 2, 1e-8});
  measure(-3);
  const Answer answer = hasty.solve();
  EXPECT_EQ(answer.status, Status::late);
  EXPECT_TRUE(usable(answer));
  EXPECT_LE(answer.factorisations, 2);
  EXPECT_GT(answer.residual.complementarity + answer.residual.stationarity, 1e-8);
  for (std::size_t i = 0; i < 4; ++i) {
    double before = 0;
    for (std::size_t k = 0; k < 12; ++k) {
      EXPECT_LE(std::abs(hasty.input(k)[i]), 1.0);
      EXPECT_LE(std::abs(hasty.input(k)[i] - before), 0.2 + 1e-15);
      before = hasty.input(k)[i];
    }
  }
}

TEST_P(Faults, APlanThatWasLateIsNeitherStartedFromNorShifted) {
  Solver hasty(problem_, {1, 2, 1e-8});
  measure(-3);
  ASSERT_EQ(hasty.solve().status, Status::late);
  measure(kNan);
  EXPECT_FALSE(usable(hasty.solve())) << "no solved plan to shift";
  // A late plan in between leaves no trace: the next answer is that of a solver without a past.
  Solver fresh(problem_, {1, 2, 1e-8});
  measure(-3);
  hasty.forget();
  ASSERT_EQ(hasty.solve().status, Status::late);
  measure(-2);
  (void)hasty.solve();
  (void)fresh.solve();
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(hasty.input(0)[i], fresh.input(0)[i]);
}

TEST_P(Faults, AZoneOutOfServiceStaysWhereItIs) {
  problem_.u_before()[1] = 0.37;
  for (std::size_t k = 0; k < 12; ++k) problem_.low(k)[1] = problem_.high(k)[1] = 0.37;
  measure(0.1);
  ASSERT_EQ(solver_.solve().status, Status::solved);
  for (std::size_t k = 0; k < 12; ++k) EXPECT_NEAR(solver_.input(k)[1], 0.37, 1e-12);
}

TEST_P(Faults, NoRateAtAllLeavesEveryInputWhereItIs) {
  for (std::size_t k = 0; k < 12; ++k) {
    for (std::size_t i = 0; i < 4; ++i) problem_.rise(k)[i] = problem_.fall(k)[i] = 0;
  }
  for (std::size_t i = 0; i < 4; ++i) problem_.u_before()[i] = 0.1 * static_cast<double>(i);
  const Answer answer = solver_.solve();
  ASSERT_TRUE(usable(answer));
  for (std::size_t k = 0; k < 12; ++k) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(solver_.input(k)[i], 0.1 * static_cast<double>(i), 1e-12);
    }
  }
}

TEST_P(Faults, WithoutAnyBoundItIsTheRegulator) {
  for (std::size_t k = 0; k < 12; ++k) {
    for (std::size_t i = 0; i < 4; ++i) {
      problem_.low(k)[i] = -kNone, problem_.high(k)[i] = kNone;
      problem_.rise(k)[i] = problem_.fall(k)[i] = kNone;
      if (GetParam()) problem_.band_low(k)[i] = -kNone, problem_.band_high(k)[i] = kNone;
    }
  }
  measure(-1);
  const Answer answer = solver_.solve();
  EXPECT_EQ(answer.status, Status::solved);
  EXPECT_LT(answer.residual.stationarity, 1e-10);
}

// A band that no input can keep, at a high price without a square: what the price leaves above the
// multiplier goes to zero, and once rounded to nothing and divided by.
TEST_P(Faults, BandsThatCannotBeKeptAtALinearPriceAreSolved) {
  if (!GetParam()) return;  // bands are what the interior point method is for
  Dice dice{5};
  for (int trial = 0; trial < 300; ++trial) {
    Problem p({6, 3, 6, 1, false});
    std::vector<double> none(36), gain(18);
    for (double& g : gain) g = dice(-1.0, 1.0);
    p.dynamics(0, none.data(), gain.data());
    for (std::size_t i = 0; i < 6; ++i) {
      p.w(0)[i] = dice(-2.0, 2.0);
      p.q(0)[i] = 1;
      p.band_low(0)[i] = dice(0.0, 2.0);
      p.band_high(0)[i] = p.band_low(0)[i] + 0.2;
      p.rho1(0)[i] = trial % 2 == 0 ? 1e3 : 1e4;
      p.rho2(0)[i] = 0;
    }
    for (std::size_t j = 0; j < 3; ++j) {
      p.r_weight(0)[j] = 1e-6, p.low(0)[j] = -1, p.high(0)[j] = 1;
    }
    Solver solver(p);
    const Answer answer = solver.solve();
    // Ten thousand times the weight of a state is beyond what the solver was made for: it may be
    // late there, and then its plan keeps the bounds, but it never breaks down.
    EXPECT_LE(answer.status, trial % 2 == 0 ? Status::solved : Status::late)
        << "trial " << trial << ": " << answer.why;
  }
}

// What a solver remembers, given to another one: the same bits from there on.
TEST_P(Faults, ASolverWithTheMemoryOfAnotherGivesTheSameBits) {
  Problem p(chain(4, 12, GetParam())), q(chain(4, 12, GetParam()));
  fill_chain(p, 1.0);
  fill_chain(q, 1.0);
  Solver one(p), other(q);
  for (int t = 0; t < 5; ++t) {
    p.x0()[0] = 0.1 * t;
    ASSERT_TRUE(usable(one.solve()));
  }
  std::vector<double> memory(one.memory_size());
  one.save_memory(memory.data());
  ASSERT_EQ(other.memory_size(), memory.size());
  other.restore_memory(memory.data());
  for (int t = 5; t < 12; ++t) {
    p.x0()[0] = q.x0()[0] = 0.1 * t;
    ASSERT_TRUE(usable(one.solve()));
    ASSERT_TRUE(usable(other.solve()));
    for (std::size_t k = 0; k < 12; ++k) {
      for (std::size_t i = 0; i < 4; ++i) ASSERT_EQ(one.input(k)[i], other.input(k)[i]);
    }
  }
}

TEST_P(Faults, BadScalesEndInAStatusWithinTheBoundOfWork) {
  for (const double scale : {1e-8, 1e-4, 1e4, 1e8}) {
    fill_chain(problem_, 2.0);
    for (std::size_t k = 0; k < 12; ++k) {
      for (std::size_t i = 0; i < 4; ++i) {
        problem_.q(k)[i] *= scale, problem_.r_weight(k)[i] *= i % 2 == 0 ? scale : 1;
      }
    }
    problem_.weights_changed();
    measure(-1);
    const Answer answer = solver_.solve();
    EXPECT_TRUE(usable(answer)) << scale;
    EXPECT_LE(answer.factorisations, 60);
    EXPECT_TRUE(std::isfinite(answer.residual.objective));
    expect_inside();
  }
}

TEST_P(Faults, ACostThatOverflowsIsNotCalledSolved) {
  for (std::size_t k = 0; k < 12; ++k) problem_.q(k)[0] = 1e300;
  problem_.weights_changed();
  measure(1e10);
  const Answer answer = solver_.solve();
  EXPECT_NE(answer.status, Status::solved);
  for (const double u : plan()) EXPECT_TRUE(std::isfinite(u));
  fill_chain(problem_, 2.0);
  problem_.weights_changed();
  measure(0.1);
  EXPECT_EQ(solver_.solve().status, Status::solved);
}

}  // namespace
}  // namespace saggar::ocp
