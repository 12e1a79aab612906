// Filter: the predictive safety filter, gate G8 of the guard. Lets pass what a backup can still
// catch; changes the rest as little as possible; says when nothing keeps the limits.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/filter/rescue.hpp"
#include "runtime/filter/tube.hpp"
#include "runtime/guard/guard.hpp"

namespace saggar::filter {

enum class Verdict : std::uint8_t {
  blind,      ///< no loop has been measured yet: nothing is said, nothing changed
  clear,      ///< nothing that the setpoints can do within their range comes near a limit
  caught,     ///< near, but the request followed by the backup stays inside
  changed,    ///< by the quadratic program, checked by the tube
  fallen,     ///< what the program found did not hold: towards the last plan that does
  infeasible  ///< not even the backup keeps the limits: towards it, and the rungs are out
};

/// What the filter did in this cycle.
struct Outcome {
  Verdict verdict = Verdict::blind;
  double room_K = 0;                                  ///< of the request, least over the loops
  std::array<bool, domain::kDutyCount> changed{};     ///< by duty
  std::array<bool, domain::kDutyCount> infeasible{};  ///< by duty
};

/// Thread: control. noexcept, no heap after construction, no clock, no memory of solver steps: the
/// same inputs give the same bits, on every machine and after a restore.
class Filter {
 public:
  /// @param plant must outlive the filter
  Filter(const domain::Plant& plant, const Settings& settings);

  /// As guard::PredictiveStage. Cost: docs/engineer/filter.md.
  static void stage(void* self, const guard::PredictiveInputs& in,
                    std::vector<double>& goals) noexcept {
    static_cast<Filter*>(self)->pass(in, goals);
  }
  void pass(const guard::PredictiveInputs& in, std::vector<double>& goals) noexcept;

  const Outcome& outcome() const noexcept { return outcome_; }
  const Tube& tube() const noexcept { return tube_; }

  void serialize(domain::Archive& archive);

 private:
  void prepare(const guard::PredictiveInputs& in, const std::vector<double>& goals) noexcept;
  bool clear() noexcept;
  void plan_backup(std::size_t loop, double first, Plan& plan) const noexcept;
  double room() const noexcept;
  bool safe(const Plan& plan) noexcept;
  void age_stored() noexcept;
  bool find_fallback() noexcept;
  bool seek_fallback() noexcept;
  void list_involved() noexcept;
  bool improve() noexcept;
  bool blend() noexcept;
  void give_way(std::vector<double>& goals) noexcept;
  void apply(const Plan& plan, std::vector<double>& goals) noexcept;
  void set_goal(std::size_t loop, double goal, std::vector<double>& goals) noexcept;

  Settings settings_;
  Tube tube_;
  Rescue rescue_;
  std::vector<domain::Duty> duty_;
  std::vector<double> per_period_, per_minute_, per_shift_;
  std::size_t wait_steps_;

  // State: the last plan that was seen to keep the limits, as it goes on.
  Plan stored_;
  bool has_stored_ = false;

  // Of one cycle.
  Outcome outcome_;
  double floor_K_ = 0;  // room that a plan must leave
  std::vector<Reach> reach_;
  std::vector<double> goal_, backup_, range_low_, range_high_;
  std::vector<std::uint8_t> asked_, involved_;
  std::vector<std::uint16_t> list_;
  Plan request_, fallback_, found_, tried_;
};

}  // namespace saggar::filter
