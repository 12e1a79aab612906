#include "plugins/host/seats.hpp"

namespace saggar::host {
namespace {

std::string seat_name(domain::Duty duty, std::uint8_t rung) {
  return "rung " + std::to_string(rung) + " of duty " + std::string(domain::name(duty));
}

}  // namespace

domain::Status Seats::claim(domain::Duty duty, std::uint8_t rung, const InstanceSpec& instance) {
  const std::string where = "controller '" + instance.name + "'";
  if (instance.duty != duty) {
    return domain::Error{where, "has duty " + std::string(domain::name(instance.duty)) +
                                    ", it cannot take " + seat_name(duty, rung)};
  }
  const auto holder = taken_.find({duty, rung});
  if (holder != taken_.end()) {
    return domain::Error{where, seat_name(duty, rung) + " is already taken by '" + holder->second +
                                    "': give it a rung of its own"};
  }
  const auto own = of_.find(instance.name);
  if (own != of_.end()) {
    return domain::Error{where, "sits on " + seat_name(own->second.first, own->second.second) +
                                    " already: a second instance needs a name of its own"};
  }
  taken_.emplace(Seat{duty, rung}, instance.name);
  of_.emplace(instance.name, Seat{duty, rung});
  return domain::Done{};
}

}  // namespace saggar::host
