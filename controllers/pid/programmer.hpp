// Programmer: a setpoint that ramps and soaks, and does not lie about what the charge has had.
//
// Guaranteed soak: the soak time counts only while the PV is within `tolerance` of the setpoint.
// Holdback: while the PV is further than `holdback_value` from the setpoint, on the side chosen,
// the program waits. After an interruption it goes back up from the PV and carries on at the soak
// credit that was proven, not at the time that passed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace saggar::pid {

enum class SegmentKind : std::uint64_t { ramp_rate, ramp_time, soak };
enum class Holdback : std::uint64_t { off, low, high, band };  ///< low: PV too far below

struct Segment {
  SegmentKind kind = SegmentKind::soak;
  double target = 0;      ///< ramps: where to, PV units
  double rate_per_s = 0;  ///< ramp_rate: above 0
  double time_s = 0;      ///< ramp_time, soak: at least 0
  Holdback holdback = Holdback::off;
  double holdback_value = 0;  ///< PV units, at least 0
  double tolerance = 0;       ///< soak: half width of the guarantee; 0 = the clock alone counts
};

/// Segments run in order; those from `loop_first` to `loop_last` run `loop_count` times in all.
struct Program {
  static constexpr std::uint32_t kMost = 32;
  std::array<Segment, kMost> segments{};
  std::uint32_t count = 0;
  std::uint32_t loop_first = 0, loop_last = 0;
  std::uint32_t loop_count = 1;
  double recovery_per_s = 1.0 / 60;  ///< rate back to the setpoint after an interruption
};

/// Nothing if the program can run, else "field: what would be right".
std::optional<std::string_view> problem(const Program& program) noexcept;

enum class Phase : std::uint64_t { idle, running, waiting, held, recovering, finished };
// waiting: by holdback or by the guarantee of a soak. held: by a person.

/// All that a programmer remembers.
struct ProgrammerState {
  Phase phase = Phase::idle;
  Phase held_phase = Phase::idle;  ///< where `release` goes on
  std::uint64_t segment = 0;
  std::uint64_t round = 1;  ///< of the loop
  double setpoint = 0;
  double segment_start = 0;  ///< setpoint at the start of the segment
  double credit_s = 0;       ///< time of this segment that counts
  double recover_to = 0;
  double total_s = 0;  ///< since start, whatever happened

  template <class Archive>
  void state(Archive& s) {
    s(phase, held_phase, segment, round, setpoint, segment_start, credit_s, recover_to, total_s);
  }
};

/// Real-time safe after construction. Not thread-safe.
class Programmer {
 public:
  Programmer() = default;
  /// Takes a program that has no `problem`; goes idle. False: it has one, nothing changed.
  bool load(const Program& program) noexcept;

  /// Begins with the first segment, from `pv` (so that the first ramp starts where the charge is).
  /// False: no program, or `pv` is not a number.
  bool start(double pv) noexcept;
  void hold() noexcept;  ///< setpoint and credit stay until `release`
  void release() noexcept;
  void stop() noexcept;  ///< idle; the setpoint stays
  /// After an interruption: from `pv` back to the setpoint at the recovery rate, then on with the
  /// credit proven so far. Nothing happens unless the program was under way.
  void resume(double pv) noexcept;

  /// One step. `pv_low` and `pv_high` are the extremes over all points the program covers (the same
  /// value for one point); not a number counts as out of tolerance. Returns the setpoint.
  double step(double dt_s, double pv_low, double pv_high) noexcept;

  const ProgrammerState& state() const noexcept { return state_; }
  const Program& program() const noexcept { return program_; }
  /// Credit still to earn in this segment; for a ramp, at its rate and without waiting.
  double remaining_s() const noexcept;
  void restore(const ProgrammerState& state) noexcept;

 private:
  const Segment& segment() const noexcept { return program_.segments[state_.segment]; }
  double duration_s(const Segment& segment) const noexcept;
  bool waits(double pv_low, double pv_high) const noexcept;
  void next() noexcept;

  Program program_;
  ProgrammerState state_;
};

}  // namespace saggar::pid
