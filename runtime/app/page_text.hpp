// page_text: paragraphs and tables of a page on a terminal.
#pragma once

#include <string>

#include "hil/report/page.hpp"

namespace saggar::app {

/// Columns are as wide as their widest cell, Korean letters counted as two; charts are left out.
std::string page_text(const report::Page& page);

}  // namespace saggar::app
