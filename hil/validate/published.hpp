// Small samples, as laboratories fire them, against what was measured: rows V7 to V27 of the
// plant facts, section 3.1.
#pragma once

#include "hil/validate/check.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

/// Mixing, size, capacity (V7 to V15, V24 to V27).
void check_published(const Subject& subject, Checks& checks);

}  // namespace saggar::validate
