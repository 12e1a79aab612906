// adjust_argument: `NAME` or `NAME=LOW..HIGH` as a figure to adjust.
#pragma once

#include <string>

#include "hil/fit/fit.hpp"

namespace saggar::app {

/// Error: a name or a bound that is missing, bounds that are no numbers or do not rise.
domain::Result<fit::Parameter> adjust_argument(const std::string& text);

}  // namespace saggar::app
