// output: what the commands write beside the terminal.
#pragma once

#include <cstddef>
#include <string>

#include "hil/report/page.hpp"

namespace saggar::app {

/// Today in UTC, as pages show it: 2025-11-03.
std::string today();

/// Nothing for an empty path. Says on standard output what was written, `count` of `what`; false,
/// and said why on standard error, if it could not be.
bool write(const std::string& path, const std::string& text, std::size_t count,
           const std::string& what);

/// A page as HTML, its tables as JSON, each if there is a path for it. False as above.
bool write_page(const std::string& html, const std::string& json, const report::Page& page);

}  // namespace saggar::app
