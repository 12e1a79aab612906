// The tables of a page for machines: RFC 8259, UTF-8, the same bytes for the same content.
#pragma once

#include <string>
#include <string_view>

#include "hil/report/page.hpp"

namespace saggar::report {

/// With its quotes. Bytes that are no UTF-8 become U+FFFD.
std::string json(std::string_view text);

/// An array of objects, a line each: the keys of the columns, and "verdict" if any row has one.
/// Numbers in full, whatever digits a page shows; null for NaN, infinite, missing and empty cells.
std::string json(const Table& table);

/// {"title", "subtitle", "date", "tables": [{"section", "title", "rows"}]}, in the order of the
/// page.
std::string json(const Page& page);

}  // namespace saggar::report
