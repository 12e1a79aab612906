#include "hil/report/table.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "hil/report/note.hpp"
#include "hil/report/number.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

const Cell kNothing;

const Cell& cell(const Row& row, std::size_t column) {
  return column < row.cells.size() ? row.cells[column] : kNothing;
}

std::string shown(const Cell& cell, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<double>(&cell.value)) {
    return format(*number, {cell.digits >= 0 ? cell.digits : column.digits, column.grouping});
  }
  return {};
}

Align align_of(const Table& table, std::size_t column) {
  if (table.columns[column].align) return *table.columns[column].align;
  bool any = false;
  for (const Row& row : table.rows) {
    const Cell& c = cell(row, column);
    if (std::holds_alternative<std::string>(c.value)) return Align::left;
    any = any || std::holds_alternative<double>(c.value);
  }
  return any ? Align::right : Align::left;
}

std::string class_of(Align align) {
  if (align == Align::left) return {};
  return align == Align::right ? " class=\"r\"" : " class=\"m\"";
}

bool has_verdicts(const Table& table) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [](const Row& row) { return row.verdict != Verdict::none; });
}

std::string head(const Table& table, const std::vector<Align>& aligns) {
  std::string out = "<thead>\n<tr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    out += "<th scope=\"col\"" + class_of(aligns[i]) + ">" + escape(column.header);
    if (!column.unit.empty()) out += "<span class=\"unit\">" + escape(column.unit) + "</span>";
    out += "</th>";
  }
  if (has_verdicts(table)) {
    out += "<th scope=\"col\">" + escape(table.verdict_header) + "</th>";
  }
  return out + "</tr>\n</thead>\n";
}

std::string line(const Table& table, const Row& row, const std::vector<Align>& aligns) {
  std::string out = "<tr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out +=
        "<td" + class_of(aligns[i]) + ">" + escape(shown(cell(row, i), table.columns[i])) + "</td>";
  }
  if (!has_verdicts(table)) return out + "</tr>\n";
  const std::string verdict = word(row.verdict);
  if (verdict.empty()) return out + "<td></td></tr>\n";
  const std::string shown_verdict = row.verdict_text.empty() ? verdict : escape(row.verdict_text);
  return out + "<td><b class=\"" + verdict + "\">" + shown_verdict + "</b></td></tr>\n";
}

/// K/min -> K_per_min, % -> percent. Letters keep their case: degC, MPa and mPa differ.
std::string unit_key(const std::string& unit) {
  std::string out;
  bool apart = true;
  const auto put = [&](std::string_view text) {
    if (apart && !out.empty()) out += '_';
    out += text;
    apart = false;
  };
  for (const char& c : unit) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) put(std::string_view(&c, 1));
    if (plain) continue;
    apart = true;
    if (c == '%') put("percent");
    if (c == '/') put("per");
    apart = true;
  }
  return out;
}

std::string key_of(const Column& column, std::size_t index) {
  if (!column.key.empty()) return column.key;
  std::string key = slug(column.header, '_');
  if (key.empty()) key = "column_" + std::to_string(index + 1);
  const std::string unit = unit_key(column.unit);
  return unit.empty() ? key : key + "_" + unit;
}

}  // namespace

std::string word(Verdict verdict) {
  switch (verdict) {
    case Verdict::none:
      return {};
    case Verdict::pass:
      return "pass";
    case Verdict::miss:
      return "miss";
    case Verdict::misfit:
      return "misfit";
    case Verdict::info:
      return "info";
  }
  return {};
}

std::string html(const Table& table, std::string_view language) {
  std::vector<Align> aligns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) aligns.push_back(align_of(table, i));
  std::string out = "<div class=\"table scroll\">\n<table>\n";
  if (!table.title.empty()) out += "<caption>" + escape(table.title) + "</caption>\n";
  out += head(table, aligns) + "<tbody>\n";
  std::size_t cut = 0;
  for (const Row& row : table.rows) {
    out += line(table, row, aligns);
    if (row.cells.size() > table.columns.size()) ++cut;
  }
  out += "</tbody>\n</table>\n";
  if (!table.footnote.empty()) out += "<p class=\"caption\">" + escape(table.footnote) + "</p>\n";
  if (cut > 0) out += html(Note(NoteText::cells_cut, {cut}), language);
  return out + "</div>\n";
}

std::vector<std::string> keys(const Table& table) {
  std::set<std::string> taken = {"verdict"};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string wanted = key_of(table.columns[i], i);
    std::string key = wanted;
    for (int n = 2; !taken.insert(key).second; ++n) key = wanted + "_" + std::to_string(n);
    out.push_back(key);
  }
  return out;
}

}  // namespace saggar::report
