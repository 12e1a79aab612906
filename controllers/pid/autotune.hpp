// Autotune: finds a first-order model with dead time by a relay or a step test, then gains by SIMC.
//
// A test is bounded in amplitude, in time and in how far the PV may go; it can be aborted at any
// step, and however it ends the output goes back to where it began. The model is a least-squares
// fit to all that was recorded, with the value that was really in force as its input; the relay's
// own limit cycle gives the ultimate gain and period. What the data do not carry is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "controllers/pid/fopdt.hpp"
#include "controllers/pid/tuning.hpp"

namespace saggar::pid {

enum class TuneMethod : std::uint64_t { relay, step };

struct TuneSettings {
  TuneMethod method = TuneMethod::relay;
  double amplitude = 5;  ///< up from the start, output units; above 0
  double down_share =
      0.6;  ///< relay: amplitude down as a share of up, (0, 1]; below 1 shows the gain
  bool gain_positive = true;   ///< PV rises with the output
  double baseline_s = 120;     ///< watched before the test, for noise and drift
  double hysteresis = 0;       ///< relay, PV units; 0 = 4 standard deviations of the noise
  std::uint32_t cycles = 3;    ///< relay: whole cycles after the first
  double most_s = 14400;       ///< of excitation
  double most_deviation = 20;  ///< PV units from the start; further: the test ends
  double steady_band = 1;    ///< PV drift over the baseline above this, and above noise, is refused
  double follow_s = 300;     ///< the field must take the output within this time
  double least_fit = 0.8;    ///< share of the variance that the model must explain
  double closed_loop_s = 0;  ///< SIMC tc; 0 = the dead time found
};

/// Nothing if the settings are usable, else "field: what would be right".
std::optional<std::string_view> problem(const TuneSettings& settings) noexcept;

enum class TunePhase : std::uint64_t { idle, baseline, exciting, evaluating, finished, failed };

/// Why a test failed.
enum class TuneEnd : std::uint64_t {
  none,
  aborted,
  bad_pv,        ///< the PV was lost for more than 5 steps
  not_steady,    ///< the PV drifted before the test
  too_far,       ///< the PV left most_deviation
  not_followed,  ///< the field did not take the output
  timed_out,
  no_response,  ///< the PV hardly moved, against its noise
  poor_fit,     ///< the model explains too little
  not_carried   ///< the record does not determine the time constant
};
std::string_view text(TuneEnd end) noexcept;

struct TuneResult {
  Fopdt model;
  double fit = 0;
  double ultimate_gain = 0;      ///< relay: output per PV units; 0 = not found
  double ultimate_period_s = 0;  ///< relay
  double noise = 0;              ///< standard deviation of the PV before the test
  Settings gains;                ///< PI by SIMC, ideal form
};

/// Real-time safe: each step costs at most one pass over 512 samples. Not thread-safe.
class Autotuner {
 public:
  /// Begins at output `start` and PV `pv`. False: settings with a `problem`, or not a number.
  bool begin(const TuneSettings& settings, double start, double pv) noexcept;

  /// One step. `working` is the value in force over the past step. Returns the output to apply,
  /// always within start +- amplitude; once the test is over, always `start`.
  double step(double dt_s, double pv, bool pv_good, double working) noexcept;

  void abort() noexcept;

  bool running() const noexcept {
    return phase_ == TunePhase::baseline || phase_ == TunePhase::exciting ||
           phase_ == TunePhase::evaluating;
  }
  /// The test is over but the field has not come back to the start yet.
  bool returning() const noexcept { return returning_ != 0; }
  TunePhase phase() const noexcept { return phase_; }
  TuneEnd end() const noexcept { return end_; }
  const TuneResult& result() const noexcept { return result_; }
  double start() const noexcept { return start_; }

  template <class Archive>
  void state(Archive& s) {
    s(settings_.method, settings_.amplitude, settings_.down_share, settings_.gain_positive,
      settings_.baseline_s, settings_.hysteresis, settings_.cycles, settings_.most_s,
      settings_.most_deviation, settings_.steady_band, settings_.follow_s, settings_.least_fit,
      settings_.closed_loop_s);
    s(phase_, end_, returning_, start_, output_, elapsed_s_, strayed_s_, return_s_, bad_steps_,
      sum_, sum_first_, count_, count_first_, sum_square_, sum_spread_, first_pv_, last_pv_, pv0_,
      switches_, up_, switch_s_, period_start_s_, cycle_low_, cycle_high_, sum_period_s_,
      sum_half_height_, counted_, next_look_s_);
    s(result_.model.gain, result_.model.time_constant_s, result_.model.dead_time_s, result_.fit,
      result_.ultimate_gain, result_.ultimate_period_s, result_.noise, result_.gains.form,
      result_.gains.kp, result_.gains.ti_s, result_.gains.td_s);
    s(record_, fit_);
  }

 private:
  void watch(double dt_s, double pv) noexcept;
  void excite(double pv) noexcept;
  void relay(double pv) noexcept;
  void cycle_done() noexcept;
  bool settled() noexcept;
  void evaluate() noexcept;
  void judge() noexcept;
  void fail(TuneEnd end) noexcept;
  void begin_fit() noexcept;
  bool followed(double dt_s, double working) noexcept;

  TuneSettings settings_;
  TunePhase phase_ = TunePhase::idle;
  TuneEnd end_ = TuneEnd::none;
  std::uint64_t returning_ = 0;
  double start_ = 0, output_ = 0;
  double elapsed_s_ = 0;  // in this phase
  double strayed_s_ = 0, return_s_ = 0;
  std::uint64_t bad_steps_ = 0;
  // baseline
  double sum_ = 0, sum_first_ = 0;
  std::uint64_t count_ = 0, count_first_ = 0;
  double sum_square_ = 0, sum_spread_ = 0, first_pv_ = 0, last_pv_ = 0, pv0_ = 0;
  // relay
  std::uint64_t switches_ = 0, up_ = 1;
  double switch_s_ = 0, period_start_s_ = 0, cycle_low_ = 0, cycle_high_ = 0;
  double sum_period_s_ = 0, sum_half_height_ = 0;
  std::uint64_t counted_ = 0;
  double next_look_s_ = 0;  // step
  TuneResult result_;
  TestRecord record_;
  FopdtFit fit_;
};

}  // namespace saggar::pid
