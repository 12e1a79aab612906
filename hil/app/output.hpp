// output: what the commands write beside the terminal.
#pragma once

#include <string>

namespace saggar::app {

/// Today in UTC, as pages show it: 2025-11-03.
std::string today();

/// Nothing for an empty path. False, and said why on standard error, if it could not be written.
bool write(const std::string& path, const std::string& text);

}  // namespace saggar::app
