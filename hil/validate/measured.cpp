#include "hil/validate/measured.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "hil/validate/measured_hint.hpp"
#include "runtime/config/load.hpp"

namespace saggar::validate {
namespace {

using domain::Error;

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return {};
  return value;
}

std::string plain(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

struct Limits {
  double low, high;
};
struct Key {
  const char* name;
  Limits limits;
  double Measured::*value;
};
constexpr Key kNumbers[] = {{"mix_kg", {0.01, 50}, &Measured::mix_kg},
                            {"sample_mg", {0.01, 1e6}, &Measured::sample_mg},
                            {"li_per_m", {0.5, 2}, &Measured::li_per_m},
                            {"moisture_percent", {0, 20}, &Measured::moisture_percent}};
constexpr std::pair<const char*, double kiln::Breath::*> kGas[] = {
    {"o2", &kiln::Breath::oxygen},
    {"h2o", &kiln::Breath::steam},
    {"co2", &kiln::Breath::carbon_dioxide}};
constexpr std::pair<const char*, MeasuredKind> kKinds[] = {
    {"tga", MeasuredKind::tga},
    {"thermocouple_in_powder", MeasuredKind::thermocouple_in_powder},
    {"xrd", MeasuredKind::xrd}};
constexpr std::pair<const char*, double> kTimes[] = {
    {"time_s", 1.0 / 3600}, {"time_min", 1.0 / 60}, {"time_h", 1.0}};
const char* const kKeys =
    "kind, material, mix_kg, sample_mg, li_per_m, moisture_percent, o2, h2o, co2, position_mm, "
    "standard_error, profile, note";

/// Limits of a column, or nothing if there is no such column for this kind.
std::optional<Limits> limits_of(MeasuredKind kind, std::string_view name) {
  if (name == "muffle_degC") return Limits{-50, 1500};
  if (kind == MeasuredKind::tga && name == "mass_percent") return Limits{1, 200};
  if (kind == MeasuredKind::thermocouple_in_powder && name.starts_with("temperature") &&
      name.ends_with("_degC")) {
    return Limits{-50, 1500};
  }
  if (kind == MeasuredKind::xrd && (name == "conversion_percent" || name == "mixing_percent")) {
    return Limits{-5, 105};
  }
  return {};
}

const char* columns_of(MeasuredKind kind) {
  switch (kind) {
    case MeasuredKind::tga:
      return "time_min, muffle_degC, mass_percent";
    case MeasuredKind::xrd:
      return "time_h, muffle_degC, conversion_percent, mixing_percent";
    default:
      return "time_h, muffle_degC, temperature_degC (or temperature_1_degC and so on)";
  }
}

/// Reads line by line; stops at the first thing that is wrong.
class Reader {
 public:
  Reader(const std::string& name, std::string_view text) : text_(text) {
    out_.name = name;
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);  // as spreadsheets write it
  }

  domain::Result<Measured> read() {
    while (error_.what.empty() && next_line()) take_line();
    if (error_.what.empty()) finish();
    if (!error_.what.empty()) return error_;
    return std::move(out_);
  }

 private:
  bool next_line() {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line_ = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++number_;
    return true;
  }
  std::string place(std::string_view at) const {
    const std::size_t column = at.data() == nullptr ? 1 : at.data() - line_.data() + 1;
    return out_.name + ":" + std::to_string(number_) + ":" + std::to_string(column);
  }
  void wrong(std::string_view at, const std::string& what) { error_ = {place(at), what}; }
  void take_line() {
    if (line_.size() > Measured::kMostLine) {
      return wrong({}, "is longer than " + std::to_string(Measured::kMostLine) +
                           " characters; one row per line would be right");
    }
    const std::string_view text = trimmed(line_);
    if (text.empty()) return;
    if (text.front() == '#') return take_header(text);
    if (names_.empty()) return take_names();
    take_row();
  }
  void take_header(std::string_view text);
  void take_key(std::string_view key, std::string_view value);
  void take_list(std::string_view value, std::string_view key, Limits limits,
                 std::vector<double>& into);
  void take_profile(std::string_view value);
  void take_names();
  void take_row();
  void finish();
  void finish_muffle();
  void finish_errors();
  std::optional<double> within(std::string_view text, const std::string& what, Limits limits);
  std::vector<std::string_view> cells(std::string_view text) const;

  std::string_view text_, line_;
  std::size_t at_ = 0, number_ = 0;
  Measured out_;
  Error error_;
  std::map<std::string, std::size_t, std::less<>> seen_;
  std::vector<std::string> names_;
  std::vector<double> muffle_degC_;
  std::vector<Limits> limits_;
  double hours_per_unit_ = 0;
};

std::optional<double> Reader::within(std::string_view text, const std::string& what,
                                     Limits limits) {
  const auto value = number(text);
  if (value && *value >= limits.low && *value <= limits.high) return value;
  wrong(text, what + " is " + shown(text) + "; a number of " + plain(limits.low) + " to " +
                  plain(limits.high) + " would be right");
  return {};
}

std::vector<std::string_view> Reader::cells(std::string_view text) const {
  std::vector<std::string_view> out;
  for (std::size_t from = 0; from <= text.size() && out.size() <= Measured::kMostPoints;) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    const std::string_view cell = text.substr(from, end - from), inner = trimmed(cell);
    out.push_back(inner.empty() ? cell.substr(0, 0) : inner);
    from = end + 1;
  }
  return out;
}

void Reader::take_header(std::string_view text) {
  const std::string_view inner = trimmed(text.substr(1));
  if (inner.empty() || inner.front() == '#') return;  // a remark
  const std::size_t colon = inner.find(':');
  if (colon == std::string_view::npos) {
    return wrong(inner,
                 "is no key: value; a line such as # kind: tga would be right, and remarks "
                 "begin with ##");
  }
  const std::string_view key = trimmed(inner.substr(0, colon));
  if (!names_.empty())
    return wrong(key, "a key below the names of the columns; all keys stand above");
  if (seen_.size() >= Measured::kMostHeader) return wrong(key, "more than 64 keys");
  if (!seen_.emplace(std::string(key), number_).second && key != "note") {
    return wrong(key, shown(key) + " stands twice; once would be right");
  }
  const std::string_view value = trimmed(inner.substr(colon + 1));
  if (value.empty()) return wrong(key, shown(key) + " has no value");
  take_key(key, value);
}

void Reader::take_key(std::string_view key, std::string_view value) {
  if (key == "note") return;
  if (key == "material") {
    out_.material = value.substr(0, 100);
    out_.material_at = place(value);
    return;
  }
  if (key == "kind") {
    for (const auto& [name, kind] : kKinds) {
      if (value != name) continue;
      out_.kind = kind;
      return;
    }
    return wrong(value,
                 "kind is " + shown(value) + "; tga, thermocouple_in_powder or xrd would be right");
  }
  for (const Key& one : kNumbers) {
    if (key != one.name) continue;
    if (const auto found = within(value, one.name, one.limits)) out_.*one.value = *found;
    return;
  }
  for (const auto& [name, member] : kGas) {
    if (key != name) continue;
    if (const auto found = within(value, std::string(name) + " (a fraction)", {0, 1})) {
      out_.gas.*member = *found;
    }
    return;
  }
  if (key == "position_mm") return take_list(value, key, {0, 500}, out_.position_mm);
  if (key == "standard_error") return take_list(value, key, {1e-6, 1000}, out_.standard_error);
  if (key == "profile") return take_profile(value);
  wrong(key, "there is no key " + shown(key) + "; there are " + kKeys);
}

void Reader::take_list(std::string_view value, std::string_view key, Limits limits,
                       std::vector<double>& into) {
  for (const std::string_view cell : cells(value)) {
    const auto found = within(cell, std::string(key), limits);
    if (!found) return;
    into.push_back(*found);
  }
}

/// "0 25, 6 500, 8 500": hours and degC.
void Reader::take_profile(std::string_view value) {
  for (const std::string_view cell : cells(value)) {
    const std::size_t blank = cell.find(' ');
    if (blank == std::string_view::npos) {
      return wrong(cell,
                   "a point of the profile is " + shown(cell) +
                       "; hours and degC with a blank between, such as 6 500, would be right");
    }
    const auto h = within(trimmed(cell.substr(0, blank)), "time in h", {0, Measured::kMost_h});
    if (!h) return;
    const auto degC = within(trimmed(cell.substr(blank)), "temperature in degC", {-50, 1500});
    if (!degC) return;
    if (!out_.muffle.points.empty() && *h <= out_.muffle.points.back().time_h) {
      return wrong(cell, "the times of the profile do not rise here");
    }
    if (out_.muffle.points.size() >= Measured::kMostPoints)
      return wrong(cell, "more than 500 points");
    out_.muffle.points.push_back({*h, *degC});
  }
}

void Reader::take_names() {
  if (const Hint hint = hint_for(line_, kKeys); !hint.what.empty()) {
    return wrong(hint.at, hint.what);
  }
  if (!seen_.contains("kind")) {
    return wrong({}, "no key 'kind' above; a line such as # kind: tga would be right");
  }
  const auto found = cells(line_);
  if (found.size() > Measured::kMostColumns) return wrong({}, "more than 16 columns");
  for (const std::string_view name : found) {
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
      return wrong(name, "the column " + shown(name) + " stands twice");
    }
    if (names_.empty()) {
      for (const auto& [unit, hours] : kTimes) {
        if (name == unit) hours_per_unit_ = hours;
      }
      if (hours_per_unit_ == 0) {
        return wrong(name, "the first column is " + shown(name) +
                               "; time_s, time_min or time_h would be right");
      }
      limits_.push_back({-1, 1e9});
    } else {
      const auto limits = limits_of(out_.kind, name);
      if (!limits) {
        return wrong(name, "there is no column " + shown(name) + " for this kind; there are " +
                               columns_of(out_.kind));
      }
      limits_.push_back(*limits);
      if (name != "muffle_degC") out_.columns.push_back({std::string(name), {}});
    }
    names_.emplace_back(name);
  }
  if (out_.columns.empty()) {
    wrong({},
          std::string("nothing measured among the columns; there are ") + columns_of(out_.kind));
  }
}

void Reader::take_row() {
  const auto found = cells(line_);
  if (found.size() != names_.size()) {
    if (const Hint hint = hint_for(line_, kKeys); !hint.what.empty()) {
      return wrong(hint.at, hint.what);
    }
    return wrong({}, "has " + std::to_string(found.size()) + " values for " +
                         std::to_string(names_.size()) + " columns");
  }
  if (out_.time_h.size() >= Measured::kMostRows) return wrong({}, "more than 100000 rows");
  std::size_t column = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto value = within(found[i], names_[i], limits_[i]);
    if (!value) return;
    if (i == 0) {
      const double hours = *value * hours_per_unit_;
      if (hours < 0 || hours > Measured::kMost_h) {
        return wrong(found[i], "the time is outside 0 to 1000 h");
      }
      if (!out_.time_h.empty() && hours <= out_.time_h.back()) {
        return wrong(found[i],
                     "the time does not rise here; rows in the order of time would be right");
      }
      out_.time_h.push_back(hours);
    } else if (names_[i] == "muffle_degC") {
      muffle_degC_.push_back(*value);
    } else {
      out_.columns[column++].values.push_back(*value);
    }
  }
}

void Reader::finish_muffle() {
  const bool given = !out_.muffle.points.empty();
  if (given == !muffle_degC_.empty()) {
    return wrong({}, given ? "has a profile and a column muffle_degC; one of both would be right"
                           : "has no temperatures of the furnace; a key profile or a column "
                             "muffle_degC would be right");
  }
  // Of one that was broken off, a firing is longer; of a slip of minutes for hours, sixty times.
  const double end_h = given ? out_.muffle.points.back().time_h : 0.0;
  if (end_h > 30.0 * out_.time_h.back())
    return wrong({}, "the profile ends at " + plain(end_h) + " h and the rows at " +
                         plain(out_.time_h.back()) + " h; both in hours would be right");
  const std::size_t every = muffle_degC_.size() / Measured::kMostPoints + 1;
  for (std::size_t i = 0; i < muffle_degC_.size(); ++i) {
    if (i % every == 0 || i + 1 == muffle_degC_.size()) {
      out_.muffle.points.push_back({out_.time_h[i], muffle_degC_[i]});
    }
  }
}

/// One for all columns becomes one each.
void Reader::finish_errors() {
  std::vector<double>& errors = out_.standard_error;
  if (errors.size() == 1) errors.resize(out_.columns.size(), errors[0]);
  if (errors.empty() || errors.size() == out_.columns.size()) return;
  wrong({}, "standard_error has " + std::to_string(errors.size()) + " values for " +
                std::to_string(out_.columns.size()) +
                " measured columns; one for all or one for each would be right");
}

void Reader::finish() {
  line_ = {};
  if (out_.time_h.size() < 2) return wrong({}, "has fewer than two rows of numbers");
  if (out_.material.empty()) {
    return wrong({}, "no key 'material'; a line such as # material: ncm811 would be right");
  }
  if (out_.kind == MeasuredKind::thermocouple_in_powder) {
    if (out_.mix_kg == 0)
      return wrong({}, "no key 'mix_kg'; thermocouples in powder need the fill");
    if (out_.position_mm.size() != out_.columns.size()) {
      return wrong({}, "position_mm has " + std::to_string(out_.position_mm.size()) +
                           " values for " + std::to_string(out_.columns.size()) +
                           " thermocouples; mm under the surface for each would be right");
    }
  }
  const kiln::Breath& gas = out_.gas;
  if (gas.oxygen + gas.steam + gas.carbon_dioxide > 1.0 + 1e-9) {
    return wrong({}, "o2, h2o and co2 add up to more than 1; fractions of one gas would be right");
  }
  if (out_.kind == MeasuredKind::tga && !out_.columns.empty()) {
    const double first = out_.columns[0].values.front();
    if (first < 60 || first > 105) {
      return wrong({}, "mass_percent begins with " + plain(first) +
                           "; percent of the mass at the start, so near 100, would be right");
    }
  }
  finish_errors();
  if (error_.what.empty()) finish_muffle();
}

}  // namespace

domain::Result<Measured> read_measured(const std::string& name, std::string_view text) {
  return Reader(name, text).read();
}

domain::Result<Measured> load_measured(const std::string& path) {
  const auto text = config::read_file(path);
  if (!text) return text.error();
  return read_measured(path, text.value());
}

}  // namespace saggar::validate
