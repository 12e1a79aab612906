// Service: how long the best controller of a duty really drives, and why not (HI-41); and how often
// the guard has to put right what it asks for (HI-38).
#pragma once

#include <cstdint>
#include <map>

#include "hil/suite/tally.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// Of one duty. Thread: one.
class Service {
 public:
  /// @param decision  of this duty in one cycle
  void add(const domain::DutyDecision& decision);

  /// Of the cycles, those on the best rung; NaN without cycles.
  double factor() const noexcept;
  /// Cycles on a lesser rung by what its climb needed, and with the application off by why it is
  /// off. Together with the share on the best rung they are all cycles.
  const std::map<domain::Reason, std::uint64_t>& away() const noexcept { return away_; }
  double share(std::uint64_t cycles) const noexcept;

 private:
  std::uint64_t cycles_ = 0, best_ = 0;
  std::map<domain::Reason, std::uint64_t> away_;
};

/// What the guard did to the values asked for, of one duty. Thread: one.
class Interventions {
 public:
  /// Counts one value asked for. @param changed  whether a gate clipped or refused it
  /// @param filtered  whether the predictive filter (G8) was among them
  void ask(bool changed, bool filtered) noexcept {
    ++asks_;
    changed_ += changed ? 1 : 0;
    filtered_ += filtered ? 1 : 0;
  }
  /// One value that left the guard as another. @param by  in the unit of the MV
  void clip(double by) noexcept { by_.add(by < 0 ? -by : by); }

  /// Share of the values asked for that did not pass as they were; NaN without any.
  double rate() const noexcept;
  /// Share of them that the predictive filter changed (LC-14); NaN without any.
  double filtered() const noexcept;
  /// Mean distance of such a value from what was asked for, whichever gates took their part of it,
  /// in the unit of the MV; NaN without any.
  double mean_change() const noexcept { return by_.mean(); }

 private:
  std::uint64_t asks_ = 0, changed_ = 0, filtered_ = 0;
  Spread by_;
};

/// Adds what the guard did in one cycle, by duty.
void watch_guard(const domain::Plant& plant, const domain::Record& record,
                 std::array<Interventions, domain::kDutyCount>& duties);

}  // namespace saggar::suite
