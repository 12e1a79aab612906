// How pages look: light, dark and on paper.
#pragma once

#include <string_view>

namespace saggar::report {

/// The style sheet of every page.
std::string_view style();

}  // namespace saggar::report
