// Diary: what was done to a kiln in real time, in order, so that it can be done once more.
#pragma once

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

#include "hil/kiln/kiln.hpp"

namespace saggar::bridge {

/// A kiln depends on nothing but its files, its seed and what is done to it: another one made of
/// the same goes through the same states, to the bit, however the times fell. Thread: one. Grows by
/// some 20 entries and one command a second.
class Diary {
 public:
  /// The instant at which a period of the wall clock begins.
  struct Period {
    std::uint64_t sequence = 0;  ///< of the frame that goes out; 0: none, the link is down
    std::int64_t time_ns = 0;    ///< of the kiln
  };

  void begin_period(const Period& period) {
    periods_.push_back(period);
    entries_.emplace_back(period);
  }
  void advance(double dt_s) { entries_.emplace_back(dt_s); }
  void beat(std::uint32_t heartbeat) { entries_.emplace_back(heartbeat); }
  void new_host() { entries_.emplace_back(NewHost{}); }
  void apply(const domain::Command& command) { entries_.emplace_back(command); }

  const std::vector<Period>& periods() const noexcept { return periods_; }
  /// Does all of it to this kiln, which must be new and have the same scenario.
  /// @param at  called at the begin of each period, with its place in `periods`, before the rest of
  ///            it is done; false: no further
  void repeat(kiln::Kiln& kiln, const std::function<bool(std::size_t)>& at) const;

 private:
  struct NewHost {};
  using Entry = std::variant<Period, double, std::uint32_t, NewHost, domain::Command>;
  std::vector<Entry> entries_;
  std::vector<Period> periods_;
};

}  // namespace saggar::bridge
