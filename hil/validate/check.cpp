#include "hil/validate/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "hil/report/number.hpp"

namespace saggar::validate {

using report::Verdict;

Check& Check::known_misfit(const std::string& words) {
  if (verdict == Verdict::miss) {
    verdict = Verdict::misfit;
    why = words;
  }
  return *this;
}

Check& Check::only_info(const std::string& words) {
  verdict = Verdict::info;
  why = words;
  return *this;
}

Check& Check::note(const std::string& words) {
  why = words;
  return *this;
}

Check& Checks::near(const std::string& id, const std::string& what, const std::string& unit,
                    double expected, double got, const Allowed& allowed, const Origin& origin) {
  Check c{group_, id, what, unit, expected, expected, got, 0, 0, unit, origin, {}, {}};
  if (allowed.relative) {
    c.error_unit = "%";
    c.error = 100.0 * (got - expected) / std::abs(expected);
    c.allowed = std::max(allowed.amount, 100.0 * allowed.half_digit / std::abs(expected));
  } else {
    c.error = got - expected;
    c.allowed = std::max(allowed.amount, allowed.half_digit);
  }
  // A figure that is not there is a miss, too: NaN compares false.
  c.verdict = std::abs(c.error) <= c.allowed * (1.0 + 1e-12) ? Verdict::pass : Verdict::miss;
  return checks_.emplace_back(std::move(c));
}

Check& Checks::within(const std::string& id, const std::string& what, const std::string& unit,
                      double low, double high, double got, const Origin& origin) {
  Check c{group_, id, what, unit, low, high, got, 0, 0, unit, origin, {}, {}};
  c.error = got < low ? got - low : got > high ? got - high : 0.0;
  c.verdict = got >= low && got <= high ? Verdict::pass : Verdict::miss;
  return checks_.emplace_back(std::move(c));
}

std::size_t Checks::count(Verdict verdict) const noexcept {
  return static_cast<std::size_t>(std::count_if(
      checks_.begin(), checks_.end(), [=](const Check& c) { return c.verdict == verdict; }));
}

namespace {

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

report::Cell expected(const Check& c) {
  if (c.low == c.high) return c.low;
  if (std::isinf(c.low)) return "at most " + short_number(c.high);
  if (std::isinf(c.high)) return "at least " + short_number(c.low);
  return short_number(c.low) + " to " + short_number(c.high);
}

std::string text_of_cell(const report::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<double>(&cell.value)) return short_number(*number);
  return "";
}

/// Cut or filled to a width; bytes, as all texts here are ASCII.
std::string fixed(std::string text, std::size_t width, bool right = false) {
  if (text.size() > width) text = text.substr(0, width - 1) + "~";
  const std::string blanks(width - text.size(), ' ');
  return right ? blanks + text : text + blanks;
}

constexpr std::size_t kWhat = 80;

}  // namespace

std::vector<report::Table> tables_of(const Checks& checks) {
  std::vector<report::Table> out;
  for (const Check& c : checks.all()) {
    if (out.empty() || out.back().title != c.group) {
      out.push_back({c.group,
                     {{"Id"},
                      {"What"},
                      {"Unit"},
                      {"Expected"},
                      {"Got"},
                      {"Error"},
                      {"Allowed"},
                      {"In"},
                      {"Grade"},
                      {"Source"},
                      {"Fitted"},
                      {"Why"}},
                     {},
                     {}});
    }
    const auto figure = [](double value) {
      return report::Cell(value, report::digits_for(value, 4));
    };
    out.back().rows.push_back(
        {{c.id, c.what, c.unit, expected(c), figure(c.got), figure(c.error), figure(c.allowed),
          c.error_unit, c.origin.grade, c.origin.source, c.origin.fitted ? "yes" : "no", c.why},
         c.verdict});
  }
  return out;
}

report::Table counts_of(const Checks& checks) {
  report::Table out{"In all", {{"Verdict"}, {"Checks"}, {"Of these not fitted"}}, {}, {}};
  for (const Verdict v : {Verdict::pass, Verdict::miss, Verdict::misfit, Verdict::info}) {
    const auto independent =
        std::count_if(checks.all().begin(), checks.all().end(),
                      [=](const Check& c) { return c.verdict == v && !c.origin.fitted; });
    out.rows.push_back(
        {{report::word(v), static_cast<double>(checks.count(v)), static_cast<double>(independent)},
         Verdict::none});
  }
  return out;
}

report::Table not_passed(const Checks& checks) {
  report::Table out{
      "What did not pass", {{"Group"}, {"What"}, {"Expected"}, {"Got"}, {"Unit"}, {"Why"}}, {}, {}};
  for (const Check& c : checks.all()) {
    if (c.verdict != Verdict::miss && c.verdict != Verdict::misfit) continue;
    out.rows.push_back({{c.group, c.what, expected(c),
                         report::Cell(c.got, report::digits_for(c.got, 4)), c.unit, c.why},
                        c.verdict});
  }
  return out;
}

std::string text_of(const Checks& checks) {
  std::string out;
  std::string group;
  for (const Check& c : checks.all()) {
    if (c.group != group) {
      group = c.group;
      out += "\n" + group + "\n" + fixed("id", 7) + fixed("what", kWhat) +
             fixed("expected", 16, true) + fixed("got", 11, true) + "  " + fixed("unit", 10) +
             fixed("error", 10, true) + fixed("allowed", 10, true) + " in  grade fit verdict\n";
    }
    out += fixed(c.id, 7) + fixed(c.what, kWhat) + fixed(text_of_cell(expected(c)), 16, true) +
           fixed(short_number(c.got), 11, true) + "  " + fixed(c.unit, 10) +
           fixed(short_number(c.error), 10, true) + fixed(short_number(c.allowed), 10, true) + " " +
           fixed(c.error_unit == "%" ? "%" : "", 3) + " " + fixed(c.origin.grade, 6) +
           fixed(c.origin.fitted ? "yes" : "no", 4) + report::word(c.verdict) + "\n";
  }
  bool any = false;
  for (const Check& c : checks.all()) {
    if (c.verdict == Verdict::pass || c.why.empty()) continue;
    if (!any) out += "\nWhy\n";
    any = true;
    out += report::word(c.verdict) + " " + c.id + ", " + c.what + ": " + c.why + "\n";
  }
  const auto n = [&](Verdict v) { return std::to_string(checks.count(v)); };
  return out + "\n" + n(Verdict::pass) + " pass, " + n(Verdict::miss) + " miss, " +
         n(Verdict::misfit) + " misfit, " + n(Verdict::info) + " info\n";
}

}  // namespace saggar::validate
