#include "runtime/config/identification_config.hpp"

#include "runtime/config/number_text.hpp"

namespace saggar::config {

void IdentificationConfig::check(Checks& checks) const {
  if (checks.sound("horizon_s") && checks.sound("period_s") && horizon_s < 2 * period_s) {
    checks.complain("horizon_s", "found " + plain(horizon_s) + ", must be at least two periods, " +
                                     plain(2 * period_s));
  }
  if (checks.sound("drift_s") && checks.sound("horizon_s") && drift_s < 2 * horizon_s) {
    checks.complain("drift_s", "found " + plain(drift_s) + ", must be at least twice horizon_s, " +
                                   plain(2 * horizon_s) +
                                   ", so that every part of the data sees every knot");
  }
  if (checks.sound("input") && inputs.empty()) checks.complain("input", "at least one is needed");
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].follows.empty() || !outputs[i].integrating) continue;
    checks.complain("output[" + std::to_string(i) + "].follows",
                    "an integrating output follows nothing; one of the two must go");
  }
  if (checks.sound("output") && outputs.empty())
    checks.complain("output", "at least one is needed");
}

}  // namespace saggar::config
