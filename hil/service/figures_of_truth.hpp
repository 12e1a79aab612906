// Which key figures need no runtime.
#pragma once

#include <vector>

#include "hil/suite/kpi.hpp"

namespace saggar::service {

/// Those of suite::figures that come from the kiln and from what was written to it; not those of
/// guard, ladder, alarms, people and controllers, of which there are none here, nor of the machine,
/// which would differ from call to call.
std::vector<suite::Figure> figures_of_truth(const suite::Kpi& kpi);

}  // namespace saggar::service
