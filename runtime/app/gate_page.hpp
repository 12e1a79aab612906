// gate_page: what was earned, as a page for people and machines.
#pragma once

#include "hil/report/page.hpp"
#include "runtime/app/earned.hpp"

namespace saggar::app {

/// A section per controller and group. Times are of the field: a date where it has one, else hours
/// since its zero.
report::Page gate_page(const Earned& earned, bool korean);

}  // namespace saggar::app
