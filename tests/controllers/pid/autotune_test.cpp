// Relay and step tests on simulated processes with noise: what is found, what is refused, and that
// the test stays within its bounds and goes home.
#include "controllers/pid/autotune.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "controllers/pid/pid.hpp"

namespace saggar::pid {
namespace {

// A first-order process with dead time, exact for an output held over each step; noise by a
// seeded generator of its own.
class Process {
 public:
  Process(Fopdt model, double dt_s, double u0, double pv0, double noise, std::uint64_t seed = 1)
      : model_(model), dt_s_(dt_s), u0_(u0), pv0_(pv0), noise_(noise), random_(seed) {
    pipe_.assign(static_cast<std::size_t>(std::lround(model.dead_time_s / dt_s)) + 1, 0.0);
  }
  double step(double u) {
    pipe_[at_] = u - u0_;
    at_ = (at_ + 1) % pipe_.size();
    const double late = pipe_[at_];
    // `late` is the input of dead_time ago: the slot to be overwritten next.
    const double target = model_.gain * (pipe_.size() == 1 ? u - u0_ : late);
    x_ = target + (x_ - target) * std::exp(-dt_s_ / model_.time_constant_s);
    drift_ += drift_per_s * dt_s_;
    return pv0_ + x_ + drift_ + noise_ * normal();
  }
  double drift_per_s = 0;

 private:
  double uniform() {
    random_ = random_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (static_cast<double>(random_ >> 11U) + 0.5) * 0x1p-53;
  }
  double normal() {  // Box-Muller
    return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
  }
  Fopdt model_;
  double dt_s_, u0_, pv0_, noise_;
  std::uint64_t random_;
  std::vector<double> pipe_;
  std::size_t at_ = 0;
  double x_ = 0, drift_ = 0;
};

struct Ran {
  double lowest = 1e300, highest = -1e300, test_s = 0;
  bool home = true;  ///< every output after the test was the start
};

constexpr double kStart = 40, kPv0 = 750;

Ran run(Autotuner& tuner, Process& process, double dt_s, double most_s = 40000) {
  Ran ran;
  double pv = process.step(kStart), working = kStart;
  for (double t = 0; t < most_s; t += dt_s) {
    const bool was_running = tuner.running();
    const double out = tuner.step(dt_s, pv, true, working);
    ran.lowest = std::min(ran.lowest, out);
    ran.highest = std::max(ran.highest, out);
    if (was_running) ran.test_s = t;
    if (!tuner.running()) {
      ran.home = ran.home && out == kStart;
      if (!was_running && !tuner.returning()) break;
    }
    pv = process.step(out);
    working = out;
  }
  return ran;
}

TuneSettings relay_settings() {
  TuneSettings s;
  s.amplitude = 5;
  s.most_s = 20000;
  return s;
}

// Stated errors: gain 5 %, time constant 10 %, dead time 10 % or one sample, with noise of 2 % of
// the PV's movement.
void expect_found(const TuneResult& r, const Fopdt& truth, double dt_s) {
  EXPECT_NEAR(r.model.gain, truth.gain, 0.05 * std::fabs(truth.gain));
  EXPECT_NEAR(r.model.time_constant_s, truth.time_constant_s, 0.1 * truth.time_constant_s);
  EXPECT_NEAR(r.model.dead_time_s, truth.dead_time_s, std::max(0.1 * truth.dead_time_s, dt_s));
  EXPECT_GT(r.fit, 0.95);
}

TEST(Autotune, StepTestFindsTheProcessInNoise) {
  for (const Fopdt& truth : {Fopdt{1.2, 400, 60}, Fopdt{0.6, 1800, 120}, Fopdt{2, 60, 60}}) {
    for (std::uint64_t seed : {1U, 2U, 3U}) {
      Process process(truth, 1, kStart, kPv0, 0.02 * truth.gain * 5, seed);
      Autotuner tuner;
      TuneSettings s = relay_settings();
      s.method = TuneMethod::step;
      ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
      const Ran ran = run(tuner, process, 1);
      ASSERT_EQ(tuner.phase(), TunePhase::finished) << text(tuner.end());
      expect_found(tuner.result(), truth, 1);
      EXPECT_TRUE(ran.home);
      EXPECT_LE(ran.highest, kStart + 5);
      EXPECT_GE(ran.lowest, kStart - 5);
    }
  }
}

TEST(Autotune, RelayTestFindsTheProcessInNoise) {
  for (const Fopdt& truth : {Fopdt{1.2, 400, 60}, Fopdt{2, 300, 100}, Fopdt{4, 1200, 120}}) {
    for (std::uint64_t seed : {1U, 2U, 3U}) {
      // PV movement of a relay is about gain * amplitude * dead / T
      const double height = truth.gain * 5 * truth.dead_time_s / truth.time_constant_s;
      Process process(truth, 1, kStart, kPv0, 0.02 * height, seed);
      Autotuner tuner;
      ASSERT_TRUE(tuner.begin(relay_settings(), kStart, kPv0));
      const Ran ran = run(tuner, process, 1);
      ASSERT_EQ(tuner.phase(), TunePhase::finished) << text(tuner.end());
      expect_found(tuner.result(), truth, 1);
      EXPECT_TRUE(ran.home);
      EXPECT_DOUBLE_EQ(ran.highest, kStart + 5);
      EXPECT_DOUBLE_EQ(ran.lowest, kStart - 3);  // down_share 0.6
    }
  }
}

TEST(Autotune, RelayFindsUltimateGainAndPeriodWithinItsMethodsError) {
  // Truth from the phase condition w dead + atan(w T) = pi, solved by bisection.
  const Fopdt truth{1.2, 400, 60};
  double low = 1e-6, high = std::numbers::pi / truth.dead_time_s;
  for (int k = 0; k < 200; ++k) {
    const double w = 0.5 * (low + high);
    (w * truth.dead_time_s + std::atan(w * truth.time_constant_s) < std::numbers::pi ? low : high) =
        w;
  }
  const double period = 2 * std::numbers::pi / low;
  const double gain = std::hypot(1, low * truth.time_constant_s) / truth.gain;
  Process process(truth, 1, kStart, kPv0, 0.01);
  Autotuner tuner;
  TuneSettings s = relay_settings();
  s.down_share = 1;
  s.hysteresis = 0.05;
  ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
  run(tuner, process, 1);
  EXPECT_NEAR(tuner.result().ultimate_period_s, period, 0.1 * period);
  EXPECT_NEAR(tuner.result().ultimate_gain, gain, 0.25 * gain);  // describing function
}

TEST(Autotune, ProcessWithNegativeGainIsTunedWithTheOtherSign) {
  const Fopdt truth{-1.2, 400, 60};
  for (TuneMethod method : {TuneMethod::relay, TuneMethod::step}) {
    Process process(truth, 1, kStart, kPv0, 0.01);
    Autotuner tuner;
    TuneSettings s = relay_settings();
    s.method = method;
    s.gain_positive = false;
    ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
    run(tuner, process, 1);
    ASSERT_EQ(tuner.phase(), TunePhase::finished) << text(tuner.end());
    expect_found(tuner.result(), truth, 1);
    EXPECT_GT(tuner.result().gains.kp, 0);
  }
}

TEST(Autotune, ProposedGainsAreSimcOfTheModelFoundAndControlTheProcess) {
  const Fopdt truth{1.2, 400, 60};
  Process process(truth, 1, kStart, kPv0, 0.02);
  Autotuner tuner;
  ASSERT_TRUE(tuner.begin(relay_settings(), kStart, kPv0));
  run(tuner, process, 1);
  ASSERT_EQ(tuner.phase(), TunePhase::finished);
  const TuneResult& r = tuner.result();
  EXPECT_NEAR(r.gains.kp, 400 / (1.2 * 120), 0.2 * 400 / (1.2 * 120));
  EXPECT_NEAR(r.gains.ti_s, 400, 60);
  Tuning t;
  t.gains = to_gains(r.gains);
  t.low = 0;
  t.high = 100;
  Loop loop(t, kStart);
  Process quiet(truth, 1, kStart, kPv0, 0);
  double pv = quiet.step(kStart), highest = 0;
  for (int k = 0; k < 1500; ++k) {
    Inputs in;
    in.setpoint = k > 0 ? kPv0 + 10 : kPv0;
    in.pv = pv;
    pv = quiet.step(loop.step(in));
    highest = std::max(highest, pv);
  }
  EXPECT_NEAR(pv, kPv0 + 10, 0.1);
  EXPECT_LT(highest, kPv0 + 11.5);  // SIMC with tc = dead time: a few per cent over
}

TEST(Autotune, TheValueReallyInForceIsTheModelsInput) {
  // The field ramps towards the output at 0.05 per second; the process must still be found.
  const Fopdt truth{1.2, 400, 60};
  Process process(truth, 1, kStart, kPv0, 0.02);
  Autotuner tuner;
  TuneSettings s = relay_settings();
  s.method = TuneMethod::step;
  ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
  double working = kStart, pv = kPv0;
  for (int k = 0; k < 20000 && (tuner.running() || tuner.returning()); ++k) {
    const double out = tuner.step(1, pv, true, working);
    working += std::clamp(out - working, -0.05, 0.05);
    pv = process.step(working);
  }
  ASSERT_EQ(tuner.phase(), TunePhase::finished) << text(tuner.end());
  expect_found(tuner.result(), truth, 1);
  EXPECT_DOUBLE_EQ(working, kStart);
}

TEST(Autotune, AbortGoesBackToTheStartAtOnce) {
  Process process({1.2, 400, 60}, 1, kStart, kPv0, 0);
  Autotuner tuner;
  ASSERT_TRUE(tuner.begin(relay_settings(), kStart, kPv0));
  double pv = kPv0, out = kStart;
  for (int k = 0; k < 200; ++k) {
    const double now = tuner.step(1, pv, true, out);
    out = now;
    pv = process.step(out);
  }
  EXPECT_NE(out, kStart);
  tuner.abort();
  EXPECT_EQ(tuner.step(1, pv, true, out), kStart);
  EXPECT_EQ(tuner.phase(), TunePhase::failed);
  EXPECT_EQ(tuner.end(), TuneEnd::aborted);
  EXPECT_TRUE(tuner.returning());
  tuner.step(1, pv, true, kStart);
  EXPECT_FALSE(tuner.returning());
}

TuneEnd end_of(Process process, TuneSettings s) {
  Autotuner tuner;
  EXPECT_TRUE(tuner.begin(s, kStart, kPv0));
  const Ran ran = run(tuner, process, 1);
  EXPECT_TRUE(ran.home);
  EXPECT_LE(ran.test_s, s.baseline_s + s.most_s + 900) << "bounded in time";
  return tuner.end();
}

TEST(Autotune, RefusesWhatTheDataDoNotCarry) {
  TuneSettings step = relay_settings();
  step.method = TuneMethod::step;
  TuneSettings relay = relay_settings();
  relay.most_s = step.most_s = 4000;

  Process drifting({1.2, 400, 60}, 1, kStart, kPv0, 0.02);
  drifting.drift_per_s = 0.02;
  EXPECT_EQ(end_of(drifting, step), TuneEnd::not_steady);

  // 0.05 K of movement in 0.5 K of noise
  const TuneEnd dead = end_of(Process({0.01, 400, 60}, 1, kStart, kPv0, 0.5), step);
  EXPECT_TRUE(dead == TuneEnd::no_response || dead == TuneEnd::poor_fit) << text(dead);
  EXPECT_EQ(end_of(Process({0.01, 400, 60}, 1, kStart, kPv0, 0.5), relay), TuneEnd::timed_out);

  // Four minutes of a process with an hour's time constant: only gain / T shows.
  TuneSettings brief = step;
  brief.most_s = 240;
  EXPECT_EQ(end_of(Process({1.2, 3600, 60}, 1, kStart, kPv0, 0.02), brief), TuneEnd::not_carried);

  TuneSettings near = step;
  near.most_deviation = 2;
  EXPECT_EQ(end_of(Process({1.2, 400, 60}, 1, kStart, kPv0, 0.02), near), TuneEnd::too_far);
}

TEST(Autotune, AnotherDisturbanceDuringTheTestIsAPoorFit) {
  Process process({1.2, 400, 60}, 1, kStart, kPv0, 0.02);
  Autotuner tuner;
  TuneSettings s = relay_settings();
  s.method = TuneMethod::step;
  s.most_s = 3000;
  ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
  double pv = kPv0, out = kStart;
  for (int k = 0; k < 6000 && tuner.running(); ++k) {
    out = tuner.step(1, pv, true, out);
    pv = process.step(out) + 5 * std::sin(k * 0.02);
  }
  EXPECT_EQ(tuner.phase(), TunePhase::failed);
}

TEST(Autotune, FieldThatDoesNotFollowEndsTheTest) {
  Process process({1.2, 400, 60}, 1, kStart, kPv0, 0);
  Autotuner tuner;
  TuneSettings s = relay_settings();
  s.follow_s = 60;
  ASSERT_TRUE(tuner.begin(s, kStart, kPv0));
  for (int k = 0; k < 300; ++k) tuner.step(1, process.step(kStart), true, kStart);
  EXPECT_EQ(tuner.end(), TuneEnd::not_followed);
  Autotuner blind;
  ASSERT_TRUE(blind.begin(s, kStart, kPv0));
  blind.step(1, kPv0, true, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(blind.end(), TuneEnd::not_followed);
}

TEST(Autotune, LostPvEndsTheTestAfterAFewSteps) {
  Autotuner tuner;
  ASSERT_TRUE(tuner.begin(relay_settings(), kStart, kPv0));
  for (int k = 0; k < 5; ++k) tuner.step(1, std::nan(""), true, kStart);
  EXPECT_TRUE(tuner.running());
  tuner.step(1, kPv0, false, kStart);
  EXPECT_EQ(tuner.end(), TuneEnd::bad_pv);
}

TEST(Autotune, UnusableSettingsAreRefused) {
  Autotuner tuner;
  TuneSettings s;
  s.amplitude = 0;
  EXPECT_FALSE(tuner.begin(s, kStart, kPv0));
  s = {};
  EXPECT_FALSE(tuner.begin(s, std::nan(""), kPv0));
  s.down_share = 1.5;
  EXPECT_FALSE(tuner.begin(s, kStart, kPv0));
  EXPECT_EQ(tuner.phase(), TunePhase::idle);
}

}  // namespace
}  // namespace saggar::pid
