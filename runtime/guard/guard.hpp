// Guard: the last word before the field. No controller and no person gets past it.
// Nine gates per MV (SC-25..33); the proof that every write is inside every limit is in
// docs/engineer/guard.md. Depends on values only: no clock, no socket, no log.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::guard {

/// Figures of the gates that are not per MV; the rest is in domain::MvLimits and CrossLimits.
struct Settings {
  double period_s = 30;             ///< horizon of MvLimits::per_period, > 0
  double age_periods = 1.5;         ///< G2: oldest snapshot, in supervisory periods
  double readback_s = 3;            ///< G9: a write must read back within this (or two frames)
  int readback_misses = 3;          ///< G9: misses in a row before the MV is in fault
  double recipe_up_K_per_h = 50;    ///< RB-06: how fast the reference of a temperature may rise
  double recipe_down_K_per_h = 40;  ///< RB-06: how fast it may fall
  double longest_step_s = 120;      ///< a longer step between cycles gives no room to the rates
  int restart_frames = 3;           ///< rising frames after which a lower sequence is believed
};

/// What one pass reads. Sizes: modes, recipe, request.asks = number of MVs; screened = all tags.
struct GuardInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;  ///< cycle time, in the field's time
  double period_s = 30;      ///< supervisory period, the measure of age (G2)
  const domain::Frame& screened;
  const std::vector<domain::ModeBlock>& modes;
  const std::vector<double>& recipe;  ///< working recipe value per MV, already ramped
  /// Asks of people, recipe and hold need no inputs_sequence (0); those of controllers do.
  /// Source::none asks for release to the local recipe.
  const domain::Request& request;
  bool link_up = false;
  std::int64_t command_valid_ns = 0;  ///< validity of the command, counted from time_ns
  std::uint32_t heartbeat = 0;
};

/// What G8 sees besides the goals. Vectors are per MV; NaN where the MV was never read.
struct PredictiveInputs {
  const GuardInputs& guard;
  const std::vector<double>& in_force;   ///< before this cycle
  const std::vector<double>& reference;  ///< what trims are measured from
  /// How far the value may go within the next hour: G4 and the limits per hour and per 8 h.
  const std::vector<double>& low;
  const std::vector<double>& high;
};

/// G8, the predictive filter: may replace `goals` (one per MV, NaN where nothing is asked) by
/// others. Whatever it returns is held to all limits afterwards. Control thread, noexcept, no heap.
using PredictiveStage = void (*)(void* self, const PredictiveInputs& inputs,
                                 std::vector<double>& goals);

/// Says which MVs could never be moved, or never be kept inside their band, because their
/// resolution is coarser than their limits; and limits that contradict each other. Cold path.
domain::Status check_limits(const domain::Plant& plant, const Settings& settings);

class Guard {
 public:
  /// @param plant must outlive the guard. Allocates everything it will ever need.
  Guard(const domain::Plant& plant, Settings settings);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// Turns the request into the command of this cycle.
  /// @param actions  one entry per clip or rejection, at most one per MV and gate; cleared first
  /// @param counts   [gate][outcome] of this cycle; zeroed first
  /// @param limited  windup status per MV for the ladder (SC-10), size = number of MVs
  /// @param events   appended: clips and rejections when they begin, read-back misses, faults
  /// Thread: control. No heap, no lock. About 65 ns per MV.
  void check(const GuardInputs& inputs, domain::Command& command,
             domain::Bounded<domain::GuardAction>& actions, domain::GateCounts& counts,
             std::vector<domain::Limited>& limited,
             domain::Bounded<domain::Event>& events) noexcept;

  /// A person has seen the read-back fault: the MV may be taken over again, from its working SP.
  void acknowledge(domain::MvId mv) noexcept;
  bool faulted(domain::MvId mv) const noexcept;

  void set_predictive(PredictiveStage stage, void* self) noexcept;

  /// Value in force per MV: last written, or the working SP while the MV is not driven; NaN until a
  /// working SP was read. The same for the reference.
  const std::vector<double>& last() const noexcept;
  /// What trims are measured from: follows the recipe within RB-06 (docs/engineer/guard.md).
  const std::vector<double>& reference() const noexcept;
  /// Writes sent per MV since construction, and writes saved by SC-39.
  const std::vector<std::uint64_t>& writes() const noexcept;
  const std::vector<std::uint64_t>& suppressed() const noexcept;

  void serialize(domain::Archive& archive);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace saggar::guard
