// Applications: one switch-on machine per duty (NE 194 style, SC-15..18): nothing drives before its
// proposals track the working setpoints, nothing lets go before its fallback runs.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "runtime/domain/archive.hpp"
#include "runtime/operate/permissives.hpp"

namespace saggar::operate {

struct ApplicationSettings {
  double tolerance_K = 0.2;        ///< temperatures: proposal to working SP in PREPARE (SC-16)
  double tolerance_percent = 0.2;  ///< others: of the tag's range
  int tracking_periods = 3;        ///< so many periods in a row
  double prepare_s = 600;          ///< time limits, each > 0
  double ready_s = 1800;
  double switch_on_s = 60;
  double switch_off_s = 60;
};

/// Conditions a transition may ask for; a guard is a set of them that must all hold.
enum class Condition : std::uint16_t {
  on_wanted = 1,   // switch_on stands
  off_wanted = 2,  // switch_off, or release
  tracking = 4,    // proposals have tracked for tracking_periods
  not_tracking = 8,
  permitted = 16,      // no permissive missing
  not_permitted = 32,  // one is missing; once on, only those that keep
  all_taken = 64,      // every MV of the duty is in RCAS or LO
  some_taken = 128,    // at least one is
  none_taken = 256,
  not_all_taken = 512,
  fallback_runs = 1024,
  acknowledged = 2048,
  timed_out = 4096,  // the state's time limit has passed
  settled = 8192,    // every MV that is meant for the application is in RCAS or LO
};
using Conditions = std::uint16_t;
constexpr Conditions operator|(Condition a, Condition b) noexcept {
  return static_cast<Conditions>(static_cast<Conditions>(a) | static_cast<Conditions>(b));
}
constexpr Conditions operator|(Conditions a, Condition b) noexcept {
  return static_cast<Conditions>(a | static_cast<Conditions>(b));
}

/// The only transitions that exist; the first row of the present state whose guard holds is taken.
struct Transition {
  domain::AppState from{}, to{};
  Conditions guard = 0;
  domain::Reason reason = domain::Reason::none;
};
std::span<const Transition> transitions() noexcept;
/// The state that follows `from` under exactly these conditions; nullptr = stay.
const Transition* next(domain::AppState from, Conditions conditions) noexcept;

struct ApplicationInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  double period_s = 30;
  /// Proposal of the rung that would drive (values in the order of Plant::of(duty)), or nullptr.
  std::array<const domain::Proposal*, domain::kDutyCount> proposals{};
  std::array<Permissives, domain::kDutyCount> permissives{};
  /// The ladder of the duty has its hold or local rung driving.
  std::array<bool, domain::kDutyCount> fallback_runs{};
  const domain::Frame& frame;                   ///< screened
  const std::vector<domain::ModeBlock>& modes;  ///< of this or the last cycle
};

/// Thread: control. Real-time: no allocation after construction, O(MVs) per cycle.
class Applications {
 public:
  explicit Applications(const domain::Plant& plant, ApplicationSettings settings = {});

  /// Reason::none = accepted; nothing_to_do, busy (between two states), no_transition (in fault).
  domain::Reason switch_on(domain::Duty duty) noexcept;
  domain::Reason switch_off(domain::Duty duty) noexcept;
  /// Switches on again, without a person, what ended for another cause than a person's wish: the
  /// return after a shed (SC-06), through PREPARE like every other time. Else no effect.
  void resume(domain::Duty duty) noexcept;
  /// Leaves FAULT at the next update.
  domain::Reason acknowledge(domain::Duty duty) noexcept;

  void update(const ApplicationInputs& inputs, domain::Bounded<domain::Event>& events) noexcept;

  const std::array<domain::AppState, domain::kDutyCount>& states() const noexcept {
    return states_;
  }
  domain::AppState state(domain::Duty duty) const noexcept {
    return states_[static_cast<std::size_t>(duty)];
  }
  /// True in SWITCH_ON, ON_PARTIAL, ON and SWITCH_OFF: the ladder drives.
  bool drives(domain::Duty duty) const noexcept;
  /// True in SWITCH_OFF: the ladder must go to its fallback rung now (SC-18).
  bool leaving(domain::Duty duty) const noexcept;
  /// Why the last transition happened, and the permissives missing at the last update.
  domain::Reason reason(domain::Duty duty) const noexcept;
  std::uint32_t missing(domain::Duty duty) const noexcept;
  std::uint64_t since_cycle(domain::Duty duty) const noexcept;

  void serialize(domain::Archive& archive);

 private:
  struct DutyState {
    std::int64_t since_ns = 0;
    std::int64_t tracking_since_ns = 0;
    std::uint64_t since_cycle = 0;
    std::uint32_t missing = 0;
    domain::Reason reason = domain::Reason::started;
    bool on_wanted = false;
    bool off_wanted = false;
    bool acknowledged = false;
    bool tracks = false;
    bool started = false;
    bool resumable = false;  // ended, and no person wanted it to
    bool resumed = false;    // on_wanted by `resume`
  };

  Conditions conditions(std::size_t duty, const ApplicationInputs& in) noexcept;
  Conditions taken(std::size_t duty, const ApplicationInputs& in) const noexcept;
  bool tracks_now(std::size_t duty, const ApplicationInputs& in) const noexcept;
  double limit_s(domain::AppState state) const noexcept;

  const domain::Plant& plant_;
  ApplicationSettings settings_;
  std::array<std::vector<domain::MvId>, domain::kDutyCount> members_;
  std::array<domain::AppState, domain::kDutyCount> states_{};
  std::array<DutyState, domain::kDutyCount> duties_{};
};

}  // namespace saggar::operate
