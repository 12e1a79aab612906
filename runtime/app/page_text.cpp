#include "runtime/app/page_text.hpp"

#include <algorithm>
#include <vector>

#include "hil/report/number.hpp"
#include "hil/report/text.hpp"

namespace saggar::app {
namespace {

using report::Table;

/// Columns of a terminal.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const char32_t c = report::take_code_point(text);
    const bool wide = (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0xD7FF) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60);
    columns += wide ? 2 : 1;
  }
  return columns;
}

std::string shown(const report::Row& row, std::size_t column, const report::Column& about) {
  if (column >= row.cells.size()) return {};
  const report::Cell& cell = row.cells[column];
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<double>(&cell.value)) {
    return report::format(*number, {cell.digits >= 0 ? cell.digits : about.digits, false});
  }
  return {};
}

std::string text(const Table& table) {
  std::vector<std::vector<std::string>> lines(1);
  for (const report::Column& column : table.columns) lines[0].push_back(column.header);
  for (const report::Row& row : table.rows) {
    std::vector<std::string> line;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      line.push_back(shown(row, i, table.columns[i]));
    }
    lines.push_back(std::move(line));
  }
  std::string out = table.title.empty() ? "" : "  " + table.title + '\n';
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
  }
  for (const auto& line : lines) {
    std::string drawn = "  ";
    for (std::size_t i = 0; i < line.size(); ++i) {
      drawn += "  " + line[i] + std::string(widths[i] - width(line[i]), ' ');
    }
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    out += drawn + '\n';
  }
  if (!table.footnote.empty()) out += "    " + table.footnote + '\n';
  return out;
}

}  // namespace

std::string page_text(const report::Page& page) {
  std::string out = page.title + '\n';
  if (!page.subtitle.empty()) out += page.subtitle + '\n';
  for (const report::Section& section : page.sections) {
    out += '\n' + section.title + '\n';
    for (const report::Block& block : section.blocks) {
      if (const auto* paragraph = std::get_if<report::Paragraph>(&block)) {
        out += "  " + paragraph->text + '\n';
      } else if (const auto* table = std::get_if<Table>(&block)) {
        out += '\n' + text(*table);
      }
    }
  }
  return out;
}

}  // namespace saggar::app
