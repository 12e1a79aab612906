// A page: one file with all it needs, the same bytes for the same content.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "hil/report/heat_map.hpp"
#include "hil/report/histogram.hpp"
#include "hil/report/line_chart.hpp"
#include "hil/report/ribbon.hpp"
#include "hil/report/stacked_bars.hpp"
#include "hil/report/table.hpp"

namespace saggar::report {

/// Plain text. An empty line begins a new paragraph.
struct Paragraph {
  std::string text;
};

using Block = std::variant<Paragraph, Table, LineChart, Histogram, HeatMap, StackedBars, Ribbon>;

struct Section {
  std::string title;
  std::vector<Block> blocks = {};
  std::string anchor = {};  ///< for links to it; without: made of the title
};

struct Page {
  std::string title;
  std::string subtitle = {};
  std::string date = {};  ///< as it is to be read; the page asks no clock
  std::vector<Section> sections = {};
  std::string language = "en";  ///< of the content, as BCP 47 writes it: "en", "ko-KR"
};

std::string html(const Paragraph& paragraph);

/// A whole document in HTML that is also well-formed XML. It fetches nothing and runs nothing; it
/// follows the reader's light or dark setting and prints light on A4. A list of contents stands
/// before two or more sections.
std::string html(const Page& page);

/// The anchors of its sections: ASCII, distinct.
std::vector<std::string> anchors(const Page& page);

}  // namespace saggar::report
