// Proposal: what one controller wants for one duty this cycle.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/reason.hpp"

namespace saggar::domain {

/// Index of a configured controller instance.
using ControllerId = std::uint8_t;
inline constexpr ControllerId kNoController = 0xFF;
inline constexpr std::size_t kMaxControllers = 16;
/// Of one ladder: every controller, hold and the local recipe.
inline constexpr std::size_t kMaxRungs = kMaxControllers + 2;

/// Ordered: larger is worse. `ok` and `degraded` may drive; the rest may not.
enum class ProposalStatus : std::uint8_t {
  ok,        // use it
  degraded,  // use it, the controller works with less than it wants
  none,      // no proposal this cycle: normal for infeasible or out of domain
  pending,   // deferred controller between two periods: its last proposal stands
  late,      // deferred controller missed its instant: dropped
  fault      // the controller is broken until an intent restarts it
};
std::string_view name(ProposalStatus status) noexcept;

/// What happened to this controller's work in this cycle. In wall pacing `late` and `skipped`
/// depend on the machine, so replay takes them from the record instead of measuring again.
enum class JobFact : std::uint8_t {
  none,    // no result was due
  fresh,   // a result was due and came in time
  late,    // a result was due and did not come in time, or an inline step went over its budget
  skipped  // a step was due but the one before was still running
};

/// One per controller and cycle; values in the order of Plant::of(duty).
struct Proposal {
  explicit Proposal(std::size_t count = 0) : value(count, 0.0) {}

  ControllerId controller = kNoController;
  Duty duty = Duty::heat;
  ProposalStatus status = ProposalStatus::none;
  Reason reason = Reason::none;  ///< why it is not ok
  JobFact job = JobFact::none;
  std::uint64_t inputs_sequence = 0;  ///< frame it was computed from
  std::int64_t inputs_time_ns = 0;
  double confidence = 1.0;    ///< [0, 1], the controller's own
  std::vector<double> value;  ///< absolute MV values
};

/// What came of the work of one estimator this cycle. Events and intents name it by the number of
/// controllers plus its index.
struct EstimatorReport {
  ProposalStatus status = ProposalStatus::pending;
  Reason reason = Reason::none;  ///< why it is not ok
  JobFact job = JobFact::none;
  std::uint64_t inputs_sequence = 0;  ///< frame that the standing estimate was computed from
  std::int64_t inputs_time_ns = 0;
};
inline constexpr std::size_t kMaxEstimators = 8;

/// Who drives a duty, and why.
struct DutyDecision {
  std::uint8_t rung = 0xFF;         ///< index into the duty's ladder; 0xFF = application off
  std::uint8_t wanted_rung = 0xFF;  ///< best healthy rung
  ControllerId controller = kNoController;
  Reason reason = Reason::none;  ///< of the last move
  std::uint64_t since_cycle = 0;
  bool moved = false;  ///< the rung changed in this cycle
  double bump = 0;     ///< largest |first value - working value| at the last move (SC-55)
  /// What would have to be otherwise before a better rung drives (SC-70): why the rung above may
  /// not; operator_request = a person must ask for it; dwell_elapsed = it is healthy and waits for
  /// its time; none = the best rung drives, or the application is off.
  Reason climb_needs = Reason::none;
  std::array<Reason, kMaxRungs> blocked{};   ///< per rung: why it may not drive; none = it may
  std::uint32_t missing = 0;                 ///< permissives missing, bit i = operate::Permissive i
  std::uint32_t unconnected = 0;             ///< permissives nobody watches on this kiln
  Reason application_reason = Reason::none;  ///< of the application's last transition
  bool bias_frozen = false;                  ///< the bias of take-overs is not bled off (SC-57)
};

}  // namespace saggar::domain
