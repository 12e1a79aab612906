// named: what a name on the command line stands for: a suite or a scenario, by name or by file.
#pragma once

#include <string>

#include "hil/campaign/plan.hpp"

namespace saggar::app {

/// Error: this is no folder with configurations in it.
domain::Status has_configs(const std::string& configs);

/// A suite of that name in `<configs>/suites`, else a scenario in `<configs>/scenarios`, else a
/// file of either kind. Errors: neither, with what there is; files that are wrong.
domain::Result<campaign::Plan> plan_of(const std::string& configs, const std::string& name,
                                       const campaign::Build& build);

}  // namespace saggar::app
