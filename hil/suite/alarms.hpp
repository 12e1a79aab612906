// Alarms: what a run asks of the people at the desk (HI-39). An alarm is an event that tells an
// operator what to do (AL-02); everything else is a notice.
#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "runtime/domain/event.hpp"

namespace saggar::suite {

/// The one definition: key figures, traces and marks on charts go by it.
bool is_alarm(const domain::Event& event) noexcept;

struct AlarmRules {
  double flood_window_s = 600;  ///< ISA-18.2: a flood is more than 10 alarms in 10 minutes
  std::size_t flood_most = 10;
  double chatter_window_s = 60;  ///< ISA-18.2: the same alarm more than 3 times in a minute
  std::size_t chatter_most = 3;
};

/// Thread: one. Keeps the alarms of the last window only.
class Alarms {
 public:
  explicit Alarms(const AlarmRules& rules = {}) : rules_(rules) {}

  /// Time goes on by dt_s to now_s; then the events of that moment are added.
  void pass(double now_s, double dt_s);
  void add(const domain::Event& event);

  std::uint64_t count() const noexcept { return count_; }
  double flood_min() const noexcept { return flood_s_ / 60.0; }
  /// Alarms, told apart by code and by what they are about, that chattered at least once.
  std::uint64_t chattering() const noexcept;
  /// Share of the alarms that are the same as one before; NaN without alarms.
  double repeats() const noexcept;

 private:
  using Source = std::uint32_t;  ///< code and subject
  struct Same {
    std::deque<double> recent_s;
    bool chattered = false;
  };
  AlarmRules rules_;
  double now_s_ = 0, flood_s_ = 0;
  std::uint64_t count_ = 0;
  std::deque<double> recent_s_;
  std::map<Source, Same> same_;
};

}  // namespace saggar::suite
