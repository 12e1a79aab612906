// The law against closed forms: open loop on steps and ramps, closed loop against analysis.
#include "controllers/pid/pid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::pid {
namespace {

Tuning ideal(double kp, double ti_s, double td_s, double tf_s) {
  Settings s;
  s.kp = kp;
  s.ti_s = ti_s;
  s.td_s = td_s;
  s.filter_s = tf_s;
  Tuning t;
  t.gains = to_gains(s);
  return t;
}

Inputs at(double setpoint, double pv, double dt_s = 1) {
  Inputs in;
  in.setpoint = setpoint;
  in.pv = pv;
  in.dt_s = dt_s;
  in.working = std::numeric_limits<double>::quiet_NaN();
  return in;
}

TEST(Pid, ProportionalStepResponseIsExact) {
  Loop loop(ideal(2.5, 0, 0, 0), 10);
  loop.step(at(100, 100));
  EXPECT_DOUBLE_EQ(loop.step(at(104, 100)), 10 + 2.5 * 4);
  EXPECT_DOUBLE_EQ(loop.step(at(104, 101)), 10 + 2.5 * 3);
}

TEST(Pid, PiOnAConstantErrorGrowsAsKpETOverTi) {
  // u(t) = u0 + kp e t / ti, whatever the time steps
  Loop loop(ideal(3, 60, 0, 0), 20);
  loop.step(at(105, 100));  // primed with the error: the integral starts here
  double t = 0;
  for (double dt : {1.0, 0.25, 4.0, 0.01, 2.0}) {
    t += dt;
    EXPECT_NEAR(loop.step(at(105, 100, dt)), 20 + 3 * 5 * t / 60, 1e-12);
  }
}

TEST(Pid, PiOnARampOfThePvIsExact) {
  // pv = 100 + 0.2 t, e = -0.2 t: P = -kp 0.2 t, I = -kp 0.2 t^2 / (2 ti)
  Loop loop(ideal(3, 60, 0, 0), 20);
  loop.step(at(100, 100));
  double t = 0;
  for (double dt : {1.0, 3.0, 0.5, 7.0}) {
    t += dt;
    EXPECT_NEAR(loop.step(at(100, 100 + 0.2 * t, dt)), 20 - 3 * 0.2 * t - 3 * 0.2 * t * t / 120,
                1e-12);
  }
}

TEST(Pid, PidWithDerivativeFilterOnARampIsExact) {
  // D = -kp td 0.2 (1 - exp(-t/tf))
  Loop loop(ideal(3, 60, 12, 4), 20);
  loop.step(at(100, 100));
  double t = 0;
  for (double dt : {1.0, 3.0, 0.5, 7.0, 0.1}) {
    t += dt;
    const double want =
        20 - 3 * 0.2 * t - 3 * 0.2 * t * t / 120 - 3 * 12 * 0.2 * (1 - std::exp(-t / 4));
    EXPECT_NEAR(loop.step(at(100, 100 + 0.2 * t, dt)), want, 1e-12);
  }
}

TEST(Pid, DerivativeOfAStepDecaysWithTheFilterTimeConstant) {
  // A step between two samples 1 s apart: kp td 5 (1 - a) / 1 s, then times a = exp(-1/4) each step
  Loop loop(ideal(3, 0, 12, 4), 20);
  loop.step(at(100, 100));
  const double a = std::exp(-0.25);
  double want = -3 * 12 * 5 * (1 - a);
  for (int k = 0; k < 20; ++k) {
    loop.step(at(100, 105));
    EXPECT_NEAR(loop.state().d, want, 1e-12);
    want *= a;
  }
}

TEST(Pid, SetpointWeightsActOnPAndDOnly) {
  Tuning t = ideal(2, 50, 10, 5);
  t.b = 0.4;
  t.c = 0;
  Loop loop(t, 0);
  loop.step(at(100, 100));
  loop.step(at(110, 100));
  EXPECT_NEAR(loop.state().p, 2 * (0.4 * 110 - 100), 1e-12);
  EXPECT_EQ(loop.state().d, 0) << "c = 0: no kick from the setpoint";
  t.c = 1;
  Loop kicking(t, 0);
  kicking.step(at(100, 100));
  kicking.step(at(110, 100));
  EXPECT_NEAR(kicking.state().d, 2 * 10 * 10 * (1 - std::exp(-0.2)), 1e-12);
  EXPECT_NEAR(kicking.state().i - loop.state().i, 0, 1e-12) << "the integral sees the whole error";
}

TEST(Pid, DirectActionIsTheMirrorImage) {
  Tuning t = ideal(2, 50, 10, 5);
  Loop reverse(t, 0);
  t.action = Action::direct;
  Loop direct(t, 0);
  double up = 0, down = 0;
  for (int k = 0; k < 50; ++k) {
    up = reverse.step(at(100, 98 + 0.01 * k));
    down = direct.step(at(100, 98 + 0.01 * k));
  }
  EXPECT_DOUBLE_EQ(up, -down);
  EXPECT_GT(up, 0);  // PV below SP: a heater goes up
}

TEST(Pid, GapDeadbandShrinksTheErrorAndPlainOneDoesNot) {
  Tuning t = ideal(2, 0, 0, 0);
  t.deadband = 1;
  for (auto [kind, inside, outside] :
       {std::tuple{Deadband::gap, 0.0, 2 * 2.0}, std::tuple{Deadband::plain, 0.0, 2 * 3.0}}) {
    t.deadband_kind = kind;
    Loop loop(t, 0);
    loop.step(at(100, 100));
    EXPECT_EQ(loop.step(at(100, 99.2)), inside);
    EXPECT_EQ(loop.step(at(100, 101)), inside);
    EXPECT_DOUBLE_EQ(loop.step(at(100, 97)), outside);
    EXPECT_DOUBLE_EQ(loop.step(at(100, 103)), -outside);
  }
}

TEST(Pid, IntegralStandsStillInsideTheDeadband) {
  Tuning t = ideal(2, 10, 0, 0);
  t.deadband = 1;
  Loop loop(t, 33);
  for (int k = 0; k < 10000; ++k) EXPECT_EQ(loop.step(at(100, 99.1)), 33);
}

// First-order plant, exact for an output held over each step.
struct Plant {
  double gain, time_s, value;
  void step(double u, double dt_s) {
    value = gain * u + (value - gain * u) * std::exp(-dt_s / time_s);
  }
};

TEST(Pid, PiThatCancelsThePoleGivesTheAnalyticFirstOrderResponse) {
  // G = 2 / (1 + 100 s), C = kp (1 + 1/(100 s)): closed loop 1 / (1 + s 100 / (2 kp)). kp = 1: 50 s
  const double dt = 0.05;
  Loop loop(ideal(1, 100, 0, 0), 0);
  Plant plant{2, 100, 0};
  loop.step(at(0, 0, dt));
  double t = 0, worst = 0;
  for (int k = 0; k < 6000; ++k) {
    const double u = loop.step(at(10, plant.value, dt));
    plant.step(u, dt);
    t += dt;
    worst = std::max(worst, std::fabs(plant.value - 10 * (1 - std::exp(-t / 50))));
  }
  EXPECT_LT(worst,
            10 * 2 * dt / 50);  // sampling is a delay of half a step and half an integral step
}

// Continuous loop by Runge-Kutta of fourth order in steps of 1 ms: plant, integral, D filter.
double reference_pid(double kp, double ti, double td, double tf, double until_s) {
  struct X {
    double y, i, z;
  };
  const auto rate = [&](X x) {
    const double e = 1 - x.y;
    const double d = kp * td * (-x.y - x.z) / tf;
    const double u = kp * e + x.i + d;
    return X{(1.5 * u - x.y) / 80, kp / ti * e, (-x.y - x.z) / tf};
  };
  X x{0, 0, 0};
  const double h = 1e-3;
  for (double t = 0; t < until_s - h / 2; t += h) {
    const X a = rate(x);
    const X b = rate({x.y + h / 2 * a.y, x.i + h / 2 * a.i, x.z + h / 2 * a.z});
    const X c = rate({x.y + h / 2 * b.y, x.i + h / 2 * b.i, x.z + h / 2 * b.z});
    const X d = rate({x.y + h * c.y, x.i + h * c.i, x.z + h * c.z});
    x = {x.y + h / 6 * (a.y + 2 * b.y + 2 * c.y + d.y),
         x.i + h / 6 * (a.i + 2 * b.i + 2 * c.i + d.i),
         x.z + h / 6 * (a.z + 2 * b.z + 2 * c.z + d.z)};
  }
  return x.y;
}

TEST(Pid, PidClosedLoopConvergesToTheContinuousLoopAsTheStepShrinks) {
  const double kp = 3, ti = 40, td = 6, tf = 2;
  for (double until : {10.0, 40.0, 120.0}) {
    const double want = reference_pid(kp, ti, td, tf, until);
    double error_before = 0;
    for (double dt : {0.4, 0.2, 0.1}) {
      Loop loop(ideal(kp, ti, td, tf), 0);
      Plant plant{1.5, 80, 0};
      loop.step(at(0, 0, dt));
      const int steps = static_cast<int>(std::lround(until / dt));
      for (int k = 0; k < steps; ++k) plant.step(loop.step(at(1, plant.value, dt)), dt);
      const double error = std::fabs(plant.value - want);
      EXPECT_LT(error, 0.05 * dt) << "dt " << dt << " at " << until;
      if (error_before > 1e-4) {
        EXPECT_LT(error, 0.6 * error_before) << "first order in dt";
      }
      error_before = error;
    }
  }
}

TEST(Pid, JitterOfTheTimeStepHardlyChangesTheClosedLoop) {
  Loop even(ideal(1, 100, 5, 1), 0), jittery(ideal(1, 100, 5, 1), 0);
  Plant a{2, 100, 0}, b{2, 100, 0};
  for (int k = 0; k < 300; ++k) {
    a.step(even.step(at(10, a.value, 1)), 1);
    const double dt = k % 2 == 0 ? 0.5 : 1.5;
    const double u = jittery.step(at(10, b.value, k % 2 == 0 ? 1.5 : 0.5));
    b.step(u, dt);
  }
  EXPECT_NEAR(a.value, b.value, 0.05);
}

TEST(Pid, RestoredLoopIsBitIdentical) {
  Tuning t = ideal(2, 50, 10, 5);
  t.feed_forward_gain = 1;
  t.lag_s = 9;
  Loop first(t, 5), second(t, 0);
  Inputs in = at(100, 99);
  in.feed_forward_good = true;
  for (int k = 0; k < 37; ++k) {
    in.pv = 99 + std::sin(k);
    in.feed_forward = k;
    in.scale.gain = 1 + 0.01 * k;
    first.step(in);
  }
  second.restore(first.state());
  for (int k = 0; k < 37; ++k) {
    in.pv = 98 + std::sin(k);
    in.scale.gain = 2 + 0.01 * k;
    EXPECT_EQ(first.step(in), second.step(in));
  }
}

}  // namespace
}  // namespace saggar::pid
