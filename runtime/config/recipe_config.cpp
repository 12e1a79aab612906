#include "runtime/config/recipe_config.hpp"

#include "runtime/config/number_text.hpp"

namespace saggar::config {

// All that can be said without the kiln; counts and limits are in bundle.cpp.
void RecipeConfig::check(Checks& checks) const {
  if (checks.sound("tolerance") && tolerance.soak_K.value > tolerance.ramp_K.value) {
    checks.complain("tolerance.soak_K",
                    "found " + plain(tolerance.soak_K.value) +
                        ", must not be wider than ramp_K = " + plain(tolerance.ramp_K.value));
  }
  const std::size_t zones = heat.setpoint_degC.value.size();
  const std::size_t offsets = heat.bottom_offset_K.value.size();
  if (checks.sound("heat") && zones > 1 && offsets > 1 && offsets != zones) {
    checks.complain("heat.bottom_offset_K", "found " + std::to_string(offsets) +
                                                " figures, right is 1 or " + std::to_string(zones) +
                                                ", one per zone");
  }
}

}  // namespace saggar::config
