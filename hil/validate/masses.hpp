// Row V1: thermogravimetry against exact stoichiometry, worked out from molar masses alone.
#pragma once

#include "hil/validate/check.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

/// Mass steps of the mixes of NCM811 that the plant facts list, and of each chosen material.
void check_masses(const Subject& subject, Checks& checks);

}  // namespace saggar::validate
