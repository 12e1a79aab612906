// The PID law of one loop: numbers in, numbers out. No clock, no allocation, nothing global.
//
//   e   = SP - PV, through the deadband           (direct action: all three gains negative)
//   P   = kp (e + (b - 1) SP)
//   D   = kd s / (1 + tf s) (c SP - PV)
//   I'  = ki e + (what really went out - P - I - D - F - L) / tt
//   F   = kf (1 + lead s) / (1 + lag s) (feed-forward tag)
//   L   = kl (deviation of the zone's load from its slow mean, see load.hpp)
//   out = limits(P + I + D + F + L)
//
// The law is positional. P, I, D and F are exact for inputs that run in straight lines between
// samples, whatever the time step: the integral by the trapezoid, the filters by their exponential.
// The second term of I' is the anti-windup; it vanishes while nothing limits the output. README.md
// has the derivation.
#pragma once

#include <cstdint>

#include "controllers/pid/schedule.hpp"
#include "controllers/pid/slope.hpp"
#include "controllers/pid/tuning.hpp"

namespace saggar::pid {

enum class Action { reverse, direct };  ///< reverse: PV below SP raises the output, as a heater
enum class Deadband { gap, plain };     ///< gap: e shrinks by the band; plain: e jumps at its edge

/// back_calculation: the law's own limited output is what "really went out".
/// external_reset: the value in force at the field is, so every limit below counts as well.
enum class AntiWindup { back_calculation, external_reset };

/// Windup status, as bits; equal to SAGGAR_LIMITED_*.
inline constexpr std::uint32_t kLimitedLow = 1;
inline constexpr std::uint32_t kLimitedHigh = 2;

struct Tuning {
  Gains gains;
  double b = 1;  ///< weight of SP in P
  double c = 0;  ///< weight of SP in D
  Action action = Action::reverse;
  double deadband = 0;  ///< half width, PV units
  Deadband deadband_kind = Deadband::gap;
  AntiWindup anti_windup = AntiWindup::back_calculation;
  double tracking_s = 0;  ///< tt; 0 = kp / ki; where kp is 0 too, the integral is clamped
  double low = -1e12;     ///< own output limits: an output found outside walks in at the rate limit
  double high = 1e12;
  double rate_up_per_s = 0;    ///< 0 = no limit
  double rate_down_per_s = 0;  ///< 0 = no limit
  double feed_forward_gain = 0;
  double load_gain = 0;
  double lead_s = 0;
  double lag_s = 0;
  double reset_tolerance =
      1e-9;               ///< external reset ignores smaller differences (a device's resolution)
  double dt_most_s = 10;  ///< a longer step counts as this long, and derivative starts anew
};

/// Nothing if the tuning is usable, else "field: what would be right".
std::optional<std::string_view> problem(const Tuning& tuning) noexcept;

struct Inputs {
  double dt_s = 1;  ///< since the last step
  double setpoint = 0;
  double pv = 0;
  bool pv_good = true;
  bool driving = true;  ///< false: track `working`
  bool feed_forward_good = false;
  double feed_forward = 0;
  double load = 0;     ///< deviation of the zone's load
  double working = 0;  ///< value in force at the field; not finite = unknown
  double low = -1e12;  ///< limits in force now: never exceeded, whatever the rate limit says
  double high = 1e12;
  std::uint32_t limited = 0;  ///< windup status from below: bits
  Scale scale{};              ///< gain scheduling
};

enum class Condition : std::uint64_t {
  normal,
  tracking,
  held_bad_pv,   ///< PV or SP unusable: the output stays, nothing integrates
  held_bad_call  ///< time step or limits unusable: the same
};

/// All that a loop remembers between two steps.
struct State {
  double output = 0;
  double p = 0, i = 0, d = 0, f = 0, l = 0;
  double raw = 0;  ///< p + i + d + f + l before limits
  double setpoint = 0, pv = 0, error = 0;
  double feed_forward = 0;
  double load = 0;
  Slope pv_slope;
  Slope feed_forward_slope;
  Scale scale;
  std::uint64_t primed = 0;  ///< PV history is valid
  std::uint64_t feed_forward_primed = 0;
  std::uint64_t limited = 0;  ///< bits: own limits and those from below
  Condition status = Condition::tracking;

  template <class Archive>
  void state(Archive& s) {
    s(output, p, i, d, f, l, raw, setpoint, pv, error, feed_forward, load, pv_slope,
      feed_forward_slope, scale, primed, feed_forward_primed, limited, status);
  }
};

/// One loop. `step` is real-time safe: bounded, noexcept, no allocation. Not thread-safe.
class Loop {
 public:
  /// `output` is where it starts, e.g. the value in force.
  explicit Loop(const Tuning& tuning = {}, double output = 0) noexcept;

  /// Changes the tuning without a bump: the output stays, the integral takes up the difference.
  /// A tuning with a `problem` is refused: false, nothing changed.
  bool retune(const Tuning& tuning) noexcept;

  /// One step; the output is always finite and within [in.low, in.high] where these are usable.
  double step(const Inputs& in) noexcept;

  const Tuning& tuning() const noexcept { return tuning_; }
  const State& state() const noexcept { return state_; }
  /// Takes a saved state. After it, steps are bit-identical to the saved loop's.
  void restore(const State& state) noexcept;

 private:
  void refresh(double dt_s) noexcept;
  void rescale(const Scale& scale) noexcept;
  double deadband(double error) const noexcept;
  double hold(const Inputs& in, Condition status) noexcept;
  void observe(const Inputs& in, double dt_s, bool gap) noexcept;
  void observe_feed_forward(const Inputs& in, double dt_s) noexcept;
  double integrate(const Inputs& in, double error_before, double dt_s) const noexcept;
  double limit(const Inputs& in, double dt_s) noexcept;

  Tuning tuning_;
  State state_;
  double kp_ = 0, ki_ = 0, kd_ = 0;  // with the sign of the action and the schedule's factors
  Scale scale_;                      // those that kp_, ki_, kd_ were made with
  double tracking_s_ = 0;
  double dt_s_ = 0;  // the three below belong to this time step
  double pv_decay_ = 0, feed_forward_decay_ = 0, reset_share_ = 0;
};

/// Windup status that an inner loop passes to the loop above it, whose output is its setpoint: the
/// same direction for reverse action, mirrored for direct action.
std::uint32_t limits_for_outer(const Loop& inner) noexcept;

}  // namespace saggar::pid
