// trust: from the tables [[trust]] of a control file to what the cycle takes.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/bundle.hpp"
#include "runtime/operate/trust.hpp"

namespace saggar::assembly {

/// One row per table. MVs of the duty that no group of the file names are the group `rest`; one
/// that two groups name belongs to the first.
/// @param controllers  names, by ControllerId
std::vector<operate::TrustSettings> trust_of(const config::Bundle& bundle,
                                             const std::vector<std::string>& controllers);

}  // namespace saggar::assembly
