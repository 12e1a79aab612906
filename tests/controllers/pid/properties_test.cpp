// Invariants over random tunings and random inputs, hostile ones among them.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "controllers/pid/pid.hpp"

namespace saggar::pid {
namespace {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits() >> 11U) * 0x1p-53);
  }
  bool one_in(std::uint64_t n) { return bits() % n == 0; }
  double hostile() {
    constexpr double kInf = std::numeric_limits<double>::infinity();
    constexpr std::array<double, 8> kAll = {
        std::numeric_limits<double>::quiet_NaN(), kInf, -kInf, 1e308, -1e308, 5e-324, 0.0, -1e13};
    return kAll[bits() % kAll.size()];
  }

 private:
  std::uint64_t state_;
};

Tuning draw_tuning(Draw& draw) {
  Settings s;
  s.form = static_cast<Form>(draw.bits() % 3);
  s.kp = draw.between(0.01, 50);
  s.ti_s = draw.one_in(4) ? 0 : draw.between(0.5, 5000);
  s.td_s = draw.one_in(2) ? 0 : draw.between(0.1, 500);
  s.ki_per_s = draw.between(0, 1);
  s.kd_s = draw.one_in(2) ? 0 : draw.between(0, 100);
  s.filter_n = draw.one_in(4) ? 0 : draw.between(2, 20);
  Tuning t;
  t.gains = to_gains(s);
  t.b = draw.between(0, 1);
  t.c = draw.between(0, 1);
  t.action = draw.one_in(2) ? Action::direct : Action::reverse;
  t.deadband = draw.one_in(2) ? 0 : draw.between(0, 3);
  t.deadband_kind = draw.one_in(2) ? Deadband::gap : Deadband::plain;
  t.anti_windup = draw.one_in(2) ? AntiWindup::back_calculation : AntiWindup::external_reset;
  t.tracking_s = draw.one_in(2) ? 0 : draw.between(0.1, 1000);
  t.low = draw.between(-200, 50);
  t.high = t.low + draw.between(0, 300);
  t.rate_up_per_s = draw.one_in(2) ? 0 : draw.between(0.01, 50);
  t.rate_down_per_s = draw.one_in(2) ? 0 : draw.between(0.01, 50);
  t.feed_forward_gain = draw.between(-5, 5);
  t.lead_s = draw.between(0, 50);
  t.lag_s = draw.one_in(3) ? 0 : draw.between(0, 50);
  return t;
}

Inputs draw_inputs(Draw& draw) {
  Inputs in;
  in.dt_s = draw.between(0.01, 20);
  in.setpoint = draw.between(-1000, 1500);
  in.pv = draw.between(-1000, 1500);
  in.pv_good = !draw.one_in(10);
  in.driving = !draw.one_in(5);
  in.feed_forward_good = draw.one_in(2);
  in.feed_forward = draw.between(-100, 100);
  in.working = draw.between(-300, 300);
  in.low = draw.between(-300, 0);
  in.high = in.low + draw.between(0, 500);  // 20..100 and the like among them
  in.limited = static_cast<std::uint32_t>(draw.bits() % 4);
  in.scale = {draw.between(0.1, 5), draw.between(0.1, 5), draw.between(0.1, 5)};
  if (!draw.one_in(3)) return in;
  double* const fields[] = {&in.dt_s, &in.setpoint, &in.pv,         &in.feed_forward, &in.working,
                            &in.low,  &in.high,     &in.scale.gain, &in.scale.ti,     &in.scale.td};
  *fields[draw.bits() % std::size(fields)] = draw.hostile();
  return in;
}

bool finite(const State& s) {
  for (double x : {s.output, s.p, s.i, s.d, s.f, s.raw, s.pv_slope.value, s.pv_slope.last,
                   s.feed_forward_slope.value, s.error}) {
    if (!std::isfinite(x)) return false;
  }
  return true;
}

TEST(PidProperties, OutputIsFiniteAndWithinTheLimitsInForceWhateverComesIn) {
  Draw draw(20260101);
  for (int trial = 0; trial < 500; ++trial) {
    Loop loop(draw_tuning(draw), draw.between(-100, 100));
    for (int k = 0; k < 400; ++k) {
      if (draw.one_in(50)) loop.retune(draw_tuning(draw));
      const Inputs in = draw_inputs(draw);
      const double out = loop.step(in);
      ASSERT_TRUE(std::isfinite(out)) << "trial " << trial << " step " << k;
      ASSERT_TRUE(finite(loop.state())) << "trial " << trial << " step " << k;
      if (in.low <= in.high) {
        ASSERT_GE(out, in.low) << "trial " << trial << " step " << k;
        ASSERT_LE(out, in.high) << "trial " << trial << " step " << k;
      }
    }
  }
}

TEST(PidProperties, RateLimitHoldsForEveryTuningWhileTheLimitsInForceAllow) {
  Draw draw(7);
  for (int trial = 0; trial < 300; ++trial) {
    Tuning t = draw_tuning(draw);
    t.rate_up_per_s = draw.between(0.01, 5);
    t.rate_down_per_s = draw.between(0.01, 5);
    Loop loop(t, draw.between(t.low, t.high));
    for (int k = 0; k < 200; ++k) {
      Inputs in = draw_inputs(draw);
      in.driving = true;
      in.low = -1e12;
      in.high = 1e12;
      if (!(in.dt_s > 0 && in.dt_s < 1e3)) in.dt_s = 1;
      const double before = loop.state().output;
      const double out = loop.step(in);
      const double dt = std::clamp(in.dt_s, 1e-3, t.dt_most_s);
      ASSERT_LE(out - before, t.rate_up_per_s * dt * (1 + 1e-9) + 1e-9);
      ASSERT_LE(before - out, t.rate_down_per_s * dt * (1 + 1e-9) + 1e-9);
    }
  }
}

TEST(PidProperties, AfterAnySaturationThePvOnTheOtherSideOfSpMovesTheOutputAtOnce) {
  // For every PI with anti-windup at its own pace (tt = ti) and no rate limit.
  Draw draw(99);
  for (int trial = 0; trial < 2000; ++trial) {
    const double kp = draw.between(0.1, 10), ti = draw.between(2, 1000);
    const double low = draw.between(-100, 50), high = low + draw.between(10, 200);
    Tuning t;
    t.gains = {kp, kp / ti, 0, 0};
    t.low = low;
    t.high = high;
    t.anti_windup = draw.one_in(2) ? AntiWindup::back_calculation : AntiWindup::external_reset;
    Loop loop(t, draw.between(low, high));
    const double e = draw.between(5, 100) * (high - low) / kp;
    Inputs in;
    in.setpoint = draw.one_in(2) ? e : -e;
    double out = loop.state().output;
    const int steps = static_cast<int>(draw.between(10, 3000));
    for (int k = 0; k < steps; ++k) {
      in.working = out;
      out = loop.step(in);
    }
    ASSERT_TRUE(out == low || out == high);
    const double limit = out;
    in.working = out;
    // Beyond the one step of integration that the fixed point leaves above the limit.
    const double back = 0.05 * (high - low) / kp + 1.2 * std::fabs(e) / ti;
    in.setpoint = std::copysign(back, -in.setpoint);
    out = loop.step(in);
    ASSERT_NE(out, limit) << "trial " << trial << " kp " << kp << " ti " << ti;
  }
}

TEST(PidProperties, TakeOverIsBumplessForEveryTuning) {
  Draw draw(4711);
  for (int trial = 0; trial < 1000; ++trial) {
    Tuning t = draw_tuning(draw);
    t.low = -1e6;
    t.high = 1e6;
    Loop loop(t, 0);
    Inputs in;
    in.setpoint = draw.between(0, 1000);
    in.pv = in.setpoint + draw.between(-50, 50);
    in.feed_forward_good = true;
    in.feed_forward = draw.between(-10, 10);
    in.driving = false;
    in.working = draw.between(-100, 100);
    for (int k = 0; k < 5; ++k) {
      const double pv_before = in.pv;
      in.pv += draw.between(-1, 1);
      ASSERT_NEAR(loop.step(in), in.working, 1e-9);
      in.pv = pv_before;
    }
    const State& s = loop.state();
    ASSERT_NEAR(s.p + s.i + s.d + s.f, in.working, 1e-9 * (1 + std::fabs(s.p) + std::fabs(s.d)));
  }
}

}  // namespace
}  // namespace saggar::pid
