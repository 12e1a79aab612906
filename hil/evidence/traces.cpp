#include "hil/evidence/traces.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

/// In quotes where RFC 4180 asks for them; a leading =, +, - or @ would be a formula to a
/// spreadsheet, so such a name begins with an apostrophe.
std::string field(std::string text) {
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
    text.insert(0, 1, '\'');
  }
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string csv(const suite::CaseTrace& trace) {
  std::string out = "time_s";
  std::size_t rows = 0;
  for (const suite::Series& series : trace.series) {
    const std::string unit = series.unit.empty() ? "" : " [" + series.unit + "]";
    out += "," + field(series.name + unit);
    rows = std::max(rows, series.values.size());
  }
  out += "\r\n";
  for (std::size_t i = 0; i < rows; ++i) {
    out += report::exact(static_cast<double>(i) * trace.step_s);
    for (const suite::Series& series : trace.series) {
      out += ',';
      if (i < series.values.size() && std::isfinite(series.values[i])) {
        out += report::exact(series.values[i]);
      }
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace saggar::evidence
