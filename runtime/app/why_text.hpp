// Why one MV is where it is, in one plain sentence per language (LC-45).
#pragma once

#include <optional>
#include <string>

#include "runtime/control/explained.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::app {

/// One move, as the record of its cycle and the controller tell it. Values in the unit of the MV.
struct Move {
  std::string tag, unit;
  std::string controller;                        ///< empty: none drives this MV
  domain::Reason nobody = domain::Reason::none;  ///< then: why not
  double before = 0, after = 0;                  ///< in force before and after the cycle
  double recipe = 0;
  control::Explained told;
  std::optional<domain::GuardAction> limit;  ///< the last gate that changed what was asked
  /// What the rung below would have done.
  enum class Next : std::uint8_t { nothing, controller, hold, recipe, silent };
  Next next = Next::nothing;
  std::string next_name;
  double next_value = 0;
  domain::Reason next_reason = domain::Reason::none;  ///< silent: why
};

/// At most three causes; those below 0.05 units are left out, unless none is above.
std::string why_sentence(const Move& move, bool korean);

}  // namespace saggar::app
