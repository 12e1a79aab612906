// Statistics: the figures of a run, for its summary table.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/record/cycle_histogram.hpp"

namespace saggar::record {

/// A share of samples.
struct Share {
  std::uint64_t within = 0, of = 0;
  /// [0, 1]; 0 if there was no sample.
  double value() const noexcept {
    return of == 0 ? 0.0 : static_cast<double>(within) / static_cast<double>(of);
  }
};

/// Counts over the records of a run. Thread: one, not control.
class Statistics {
 public:
  /// Within +-1 K, of PF and bar 2.
  static constexpr double kBand_K = 1.0;

  /// @param plant must outlive this
  /// @param settle_ns soak samples of the first so much field time are not judged
  explicit Statistics(const domain::Plant& plant, std::int64_t settle_ns = 0);

  void add(const domain::Record& record);

  std::uint64_t cycles() const noexcept { return cycles_; }
  std::int64_t first_time_ns() const noexcept { return first_time_; }
  std::int64_t last_time_ns() const noexcept { return last_time_; }
  std::uint64_t missed_frames() const noexcept { return missed_; }
  std::uint64_t intents() const noexcept { return intents_; }
  std::uint64_t writes() const noexcept { return writes_; }
  /// [gate][outcome], summed.
  std::uint64_t gate(domain::Gate gate, domain::Outcome outcome) const noexcept;
  /// Moves of the ladder of one duty.
  std::uint64_t moves(domain::Duty duty) const noexcept;
  std::uint64_t events(domain::Severity severity) const noexcept;
  /// Largest bump of any move of this duty (SC-55), in the unit of its MVs.
  double largest_bump(domain::Duty duty) const noexcept;
  /// Good raw samples of the CVs of heat MVs in soak zones within +-1 K of the recipe value.
  const Share& soak_recipe() const noexcept { return soak_recipe_; }
  /// The same against the working setpoint the field reports.
  const Share& soak_working() const noexcept { return soak_working_; }
  const CycleHistogram& cycle_time() const noexcept { return cycle_time_; }

 private:
  void add_soak(const domain::Record& record);

  const domain::Plant& plant_;
  std::int64_t settle_ns_;
  std::uint64_t cycles_ = 0, missed_ = 0, intents_ = 0, writes_ = 0;
  std::int64_t first_time_ = 0, last_time_ = 0;
  std::array<std::array<std::uint64_t, domain::kOutcomeCount>, domain::kGateCount> gates_{};
  std::array<std::uint64_t, domain::kDutyCount> moves_{};
  std::array<double, domain::kDutyCount> bump_{};
  std::array<std::uint64_t, 4> events_{};
  Share soak_recipe_, soak_working_;
  CycleHistogram cycle_time_;
};

}  // namespace saggar::record
