// Tube: between which two temperatures every zone must lie, now and over the horizon, whatever the
// true plant within the declared errors is. The derivation is in docs/engineer/filter.md.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/filter/model.hpp"
#include "runtime/guard/guard.hpp"

namespace saggar::filter {

/// What a plan asks of the loops: value [step * loops + loop] in degC. In step 0 the setpoint goes
/// from the value in force to value 0 at once; in step k it goes from value k-1 to value k somehow.
using Plan = std::vector<double>;

/// Thread: control. noexcept, no heap after construction, no clock.
class Tube {
 public:
  Tube(const domain::Plant& plant, const Settings& settings);

  /// Takes the setpoints in force and, at the end of a step, what was measured. Once per cycle.
  void observe(const guard::PredictiveInputs& in) noexcept;

  std::size_t loops() const noexcept { return loops_.size(); }
  std::size_t steps() const noexcept { return steps_; }
  domain::MvId mv(std::size_t loop) const noexcept { return loops_[loop].mv; }
  /// Setpoint in force of this cycle; of an unknown loop, anything finite.
  double in_force(std::size_t loop) const noexcept { return now_[loop]; }
  /// The loop has been measured at least once.
  bool known(std::size_t loop) const noexcept { return known_[loop] != 0; }
  /// Steps that ended in the last `observe`; all plans made before it are so much older.
  std::size_t passed() const noexcept { return passed_; }

  /// Room in K between the limits and all that the zone can ever do while every setpoint stays
  /// inside [low, high], per loop, for the whole horizon. O(neighbours); below 0 says nothing yet.
  double room_at_once(std::size_t loop, const double* low, const double* high) const noexcept;

  /// Widens [low, high] by the setpoints whose effect may still be on its way.
  void range(std::size_t loop, double& low, double& high) const noexcept;

  /// Follows a plan over the horizon and to the end state. Sets `room`, `high` and `low`.
  /// Cost: steps x (loops + neighbours), 2 ns each.
  void follow(const Plan& plan) noexcept;
  /// Least room in K between tube and limits along the plan last followed; < 0: it may pass one.
  double room(std::size_t loop) const noexcept { return room_[loop]; }
  /// True: what is lacking is lacking at the upper limit.
  bool too_hot(std::size_t loop) const noexcept { return hot_[loop] != 0; }
  /// Highest and lowest temperature in step k; k = steps(): for ever after.
  double high(std::size_t k, std::size_t loop) const noexcept { return high_[k * loops() + loop]; }
  double low(std::size_t k, std::size_t loop) const noexcept { return low_[k * loops() + loop]; }
  /// The limits less margin and resolution; infinite where there is none.
  double upper(std::size_t loop) const noexcept { return upper_[loop]; }
  double lower(std::size_t loop) const noexcept { return lower_[loop]; }

  /// What the zone does beside its setpoint, in K: what the powder, neighbours and faults do.
  Interval offset(std::size_t loop) const noexcept { return {d_low_[loop], d_high_[loop]}; }
  /// Readings that no plant within the declared errors could have given; the offset starts anew.
  std::uint64_t surprises() const noexcept { return surprises_; }

  /// Slowest and weakest answer of a loop to its setpoint: what a plan may count on.
  double slow_decay(std::size_t loop) const noexcept { return own_[loop].slow; }
  double weak_gain(std::size_t loop) const noexcept { return loops_[loop].gain.low; }
  /// Steps until a new setpoint surely acts.
  std::size_t latest(std::size_t loop) const noexcept { return own_[loop].oldest + 1; }

  void serialize(domain::Archive& archive);

 private:
  struct Lag {
    double fast = 0, slow = 0;           // decay over one step with the least, the longest
    std::size_t newest = 0, oldest = 0;  // steps ago whose setpoints may act now
    Lag from_now() const noexcept { return {fast, slow, 0, oldest}; }
    double toward_high(double x, double u) const noexcept {
      return u + (x - u) * (x < u ? fast : slow);
    }
    double toward_low(double x, double u) const noexcept {
      return u + (x - u) * (x > u ? fast : slow);
    }
  };
  static Lag lag(const Interval& lag_s, const Interval& dead_time_s, double step_s) noexcept;

  void restart() noexcept;
  void move_references(const guard::PredictiveInputs& in) noexcept;
  void begin(const guard::PredictiveInputs& in) noexcept;
  void end_step(const guard::PredictiveInputs& in) noexcept;
  void measure(std::size_t loop, const domain::Sample& pv) noexcept;

  // Steady temperatures for setpoints between w_low and w_high.
  double own_high(std::size_t loop, double w) const noexcept;
  double own_low(std::size_t loop, double w) const noexcept;
  Interval neighbours(std::size_t loop, const double* w_low, const double* w_high) const noexcept;
  Interval window(std::size_t loop, Lag lag, std::size_t row) const noexcept;
  Interval neighbour_window(std::size_t loop, Lag lag, std::size_t row) const noexcept;
  void fill_rows(const Plan& plan) noexcept;
  void follow(std::size_t loop) noexcept;
  void judge(std::size_t loop, std::size_t row, double high, double low) noexcept;

  std::vector<LoopModel> loops_;
  std::vector<Lag> own_, next_;  // of the own setpoint, of the neighbours'
  std::size_t steps_ = 0, past_ = 0;
  double drift_K_ = 0, noise_K_ = 0, offset_K_ = 0;
  std::int64_t step_ns_ = 1;
  std::vector<domain::TagId> pv_;
  std::vector<double> upper_, lower_;

  // State.
  std::vector<double> x_high_, x_low_;              // answer to the own setpoint, degC
  std::vector<double> c_high_, c_low_;              // to the neighbours', K
  std::vector<double> d_high_, d_low_;              // offset, K
  std::vector<double> reference_;                   // around which the gain's error counts
  std::vector<double> now_, step_high_, step_low_;  // setpoint: in force, range in this step
  std::vector<double> past_high_, past_low_;        // [step, oldest first][loop]
  std::vector<std::uint8_t> known_;
  std::vector<std::uint32_t> unseen_;  // steps without a reading
  std::int64_t began_ns_ = 0;          // of this step
  std::uint64_t surprises_ = 0;
  bool started_ = false;

  // Of one cycle or one call.
  std::size_t passed_ = 0;
  std::vector<double> moved_;               // of the reference
  std::vector<std::uint8_t> fresh_;         // begins in this cycle
  std::vector<double> row_high_, row_low_;  // setpoints: past and plan
  std::vector<double> high_, low_, room_;
  std::vector<std::uint8_t> hot_;
};

}  // namespace saggar::filter
