// People: what the people of a scenario ask the runtime for, cycle by cycle.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hil/scenario/scenario.hpp"
#include "runtime/domain/intent.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::suite {

/// What people see of the cycle before.
struct Seen {
  std::array<std::uint8_t, domain::kDutyCount> rung{0xFF, 0xFF, 0xFF};  ///< 0xFF: none drives
  std::array<domain::AppState, domain::kDutyCount> applications{};

  static Seen of(const domain::Record& record) noexcept;
};

/// Depends on the scenario and on what is seen alone, so that every bench is asked the same in the
/// same cycle. Thread: one.
class People {
 public:
  /// @param names  of the run of that plant; `rungs` must be filled in
  /// Errors: the field of the scenario whose MV, controller or rung does not exist, or whose
  /// station is that of the fault injector.
  static domain::Result<People> make(const scenario::Scenario& story, const domain::Plant& plant,
                                     const record::Names& names);

  /// What they see counts for what they ask for at this time.
  bool look(double time_s) const noexcept { return person_.best_rung && time_s >= next_look_s_; }
  /// Appends what is asked for before this cycle, not to apply sooner.
  /// @param cycle   from 1
  /// @param time_s  of its frame since the start of the run
  void ask(std::uint64_t cycle, double time_s, const Seen& seen,
           std::vector<domain::Intent>& intents);

 private:
  struct Due {
    double time_s = 0;
    domain::Intent intent;
  };
  domain::Intent make_intent(domain::IntentKind kind, domain::Duty duty);
  void want_the_best(const Seen& seen, std::vector<domain::Intent>& intents);

  scenario::Person person_;
  std::vector<Due> due_;  // by time; those of drills have their ids
  std::array<bool, domain::kDutyCount> has_controller_{};
  std::size_t next_ = 0;
  double next_look_s_ = 1e300;
  std::uint64_t asked_ = 0;
};

}  // namespace saggar::suite
