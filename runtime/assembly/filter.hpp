// filter: from the table [filter] of the control file, and the model it names, to the settings of
// the predictive safety filter.
#pragma once

#include <optional>

#include "runtime/config/bundle.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/filter/model.hpp"

namespace saggar::assembly {

/// Nothing where the filter is off. A model must know the answer of every zone that has a PV with a
/// limit; its standard errors times `error_sigmas` are the declared error. A refusal names the
/// place in the control file, the zone and what would be right.
domain::Result<std::optional<filter::Settings>> filter_settings(const config::Bundle& bundle);

}  // namespace saggar::assembly
