// Rate laws, equilibria and heats against the check values of the plant facts, sections 2.1 to 2.5,
// which an independent integration computed, and the rows of section 3.1 that are about them alone.
#pragma once

#include "hil/validate/check.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

void check_laws(const Subject& subject, Checks& checks);

}  // namespace saggar::validate
