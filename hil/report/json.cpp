#include "hil/report/json.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/number.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

constexpr char kHex[] = "0123456789abcdef";

std::string json_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return json(*text);
  const auto* number = std::get_if<double>(&cell.value);
  return number && std::isfinite(*number) ? exact(*number) : "null";
}

/// One object, its pairs in the order of the columns.
std::string object(const Row& row, const std::vector<std::string>& names, bool verdicts) {
  std::string out = "{";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ", ";
    out += json(names[i]) + ": " + (i < row.cells.size() ? json_of(row.cells[i]) : "null");
  }
  if (!verdicts) return out + "}";
  const std::string verdict = word(row.verdict);
  out += (names.empty() ? "" : ", ") + std::string("\"verdict\": ");
  return out + (verdict.empty() ? "null" : json(verdict)) + "}";
}

}  // namespace

std::string json(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    if (point == '"' || point == '\\') {
      out += '\\';
      out += static_cast<char>(point);
    } else if (point == '\n') {
      out += "\\n";
    } else if (point < 0x20) {
      out += "\\u00";
      out += kHex[point / 16];
      out += kHex[point % 16];
    } else {
      append_utf8(out, point);
    }
  }
  return out + "\"";
}

std::string json(const Table& table) {
  const std::vector<std::string> names = keys(table);
  const bool verdicts = std::any_of(table.rows.begin(), table.rows.end(),
                                    [](const Row& row) { return row.verdict != Verdict::none; });
  std::string out = "[";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    out += (i == 0 ? "\n" : ",\n") + object(table.rows[i], names, verdicts);
  }
  return out + (table.rows.empty() ? "]" : "\n]");
}

std::string json(const Page& page) {
  std::string out = "{\"title\": " + json(page.title) + ", \"subtitle\": " + json(page.subtitle) +
                    ", \"date\": " + json(page.date) + ", \"tables\": [";
  bool first = true;
  for (const Section& section : page.sections) {
    for (const Block& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (table == nullptr) continue;
      out += first ? "\n" : ",\n";
      first = false;
      out += "{\"section\": " + json(section.title) + ", \"title\": " + json(table->title) +
             ", \"rows\": " + json(*table) + "}";
    }
  }
  return out + (first ? "]}\n" : "\n]}\n");
}

}  // namespace saggar::report
