// Rows for people (HTML) and for machines (JSON): both are made of the same value.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace saggar::report {

enum class Align { left, right, centre };

struct Column {
  std::string header;
  std::string unit = {};         ///< shown below the header; part of the JSON key
  int digits = -1;               ///< of numbers, after the point; -1: the shortest sensible
  bool grouping = false;         ///< 12 345
  std::optional<Align> align{};  ///< without: right if all cells are numbers
  std::string key = {};          ///< in JSON; without: "peak_temperature_degC" of header and unit
};

template <class T>
concept Countable = (std::integral<T> || std::floating_point<T>)&&!std::same_as<T, bool>;

/// A text, a number or nothing. NaN is nothing too. Integers beyond 2^53 lose digits.
struct Cell {
  std::variant<std::monostate, std::string, double> value;
  int digits = -1;  ///< instead of those of the column

  Cell() = default;
  Cell(std::string text) : value(std::move(text)) {}
  Cell(const char* text) : value(std::string(text)) {}
  template <Countable Number>
  Cell(Number number, int its_digits = -1)
      : value(static_cast<double>(number)), digits(its_digits) {}
};

/// What a row was found to be. `misfit`: the comparison itself does not hold, such as a figure of
/// another material; it is neither passed nor missed.
enum class Verdict { none, pass, miss, misfit, info };

/// "pass"; empty for none.
std::string word(Verdict verdict);

struct Row {
  std::vector<Cell> cells = {};
  Verdict verdict = Verdict::none;
  std::string verdict_text = {};  ///< shown instead of its word, such as that of another language
};

/// Missing cells are empty. A column for verdicts is added if any row has one.
struct Table {
  std::string title;
  std::vector<Column> columns = {};
  std::vector<Row> rows = {};
  std::string footnote = {};
  std::string verdict_header = "Verdict";
};

std::string html(const Table& table, std::string_view language = "en");

/// The keys of an object in JSON, in the order of the columns: distinct, none of them "verdict".
std::vector<std::string> keys(const Table& table);

}  // namespace saggar::report
