// trust: from the tables [[trust]] of a control file to what the cycle takes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/assembly/assembly.hpp"
#include "runtime/config/bundle.hpp"
#include "runtime/operate/trust.hpp"

namespace saggar::assembly {

/// One row per table. MVs of the duty that no group of the file names are the group `rest`; one
/// that two groups name belongs to the first.
/// @param controllers  names, by ControllerId
std::vector<operate::TrustSettings> trust_of(const config::Bundle& bundle,
                                             const std::vector<std::string>& controllers);

/// "trust/policy/canary" = "confirm operator_request": levels and their reasons that a run begins
/// with, for its journal.
std::map<std::string, std::string> trust_meta(const Assembly& assembly);

/// Levels as a run of this journal began; what it does not name stays as it is.
/// @param assembly  before its first cycle
void begin_trust(const std::map<std::string, std::string>& meta, Assembly& assembly);

}  // namespace saggar::assembly
