// Seats: which controller sits on which rung of which duty. Small, for the start only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "plugins/host/instance.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

/// A rung of a duty seats one controller, and a controller sits on one rung of its own duty:
/// two that write the same MVs from the same seat would fight. Thread: main.
class Seats {
 public:
  /// Takes a seat for an instance. Refuses a taken rung, a controller that sits elsewhere
  /// already, and a duty that is not the controller's own.
  /// @param rung index in the ladder of `duty`, 0 is the best
  domain::Status claim(domain::Duty duty, std::uint8_t rung, const InstanceSpec& instance);

 private:
  using Seat = std::pair<domain::Duty, std::uint8_t>;
  std::map<Seat, std::string> taken_;
  std::map<std::string, Seat> of_;
};

}  // namespace saggar::host
