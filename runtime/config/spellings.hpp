// Spellings of the domain's enums in configuration files, in the order of the enumerators.
#pragma once

#include <array>
#include <string_view>

#include "runtime/config/visitor.hpp"
#include "runtime/domain/mode.hpp"
#include "runtime/domain/plant.hpp"

namespace saggar::config {

template <>
struct Spelling<domain::Duty> {
  static constexpr std::array<std::string_view, 3> names = {"heat", "atmosphere", "transport"};
};
template <>
struct Spelling<domain::Mode> {
  static constexpr std::array<std::string_view, 8> names = {"OOS",  "IMAN", "LO",   "MAN",
                                                            "AUTO", "CAS",  "RCAS", "ROUT"};
};
template <>
struct Spelling<domain::CommsLossReaction> {
  static constexpr std::array<std::string_view, 4> names = {"hold_setpoint", "local_setpoint",
                                                            "output_off", "alarm_only"};
};
template <>
struct Spelling<domain::ShedTo> {
  static constexpr std::array<std::string_view, 4> names = {"auto", "man", "retained", "normal"};
};

}  // namespace saggar::config
