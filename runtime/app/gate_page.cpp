#include "runtime/app/gate_page.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "hil/report/number.hpp"

namespace saggar::app {
namespace {

using promote::Asked;
using promote::Condition;
using promote::Verdict;
using report::Table;

struct Text {
  std::string_view english, korean;
};

enum class Say : std::uint8_t {
#define SAGGAR_GATE(name, english, korean) name,
#include "runtime/app/gate.def"
#undef SAGGAR_GATE
};

constexpr Text kTexts[] = {
#define SAGGAR_GATE(name, english, korean) {english, korean},
#include "runtime/app/gate.def"
#undef SAGGAR_GATE
};

/// The n-th of texts that stand in the order of an enum.
template <class E>
Say at(Say first, E which) noexcept {
  return static_cast<Say>(static_cast<int>(first) + static_cast<int>(which));
}

/// Times before this are hours since the zero of the field, not dates: 2001-09-09.
constexpr std::int64_t kFirstDate_ns = 1'000'000'000'000'000'000;

std::string number(double v, int digits = -1) { return report::format(v, {digits, false}); }

std::string percent(double share) { return number(100 * share, 1) + " %"; }

std::string duration(double seconds) {
  if (seconds < 600) return number(seconds, 0) + " s";
  if (seconds < 172800) return number(seconds / 3600, 1) + " h";
  return number(seconds / 86400, 1) + " d";
}

std::string time(std::int64_t time_ns) {
  std::array<char, 48> text{};
  const std::int64_t seconds = time_ns / 1'000'000'000;
  const auto of_day = static_cast<int>(seconds % 86400);
  const int h = of_day / 3600, m = of_day / 60 % 60, s = of_day % 60;
  if (time_ns < kFirstDate_ns) {
    std::snprintf(text.data(), text.size(), "%lld:%02d:%02d",
                  static_cast<long long>(seconds / 3600), m, s);
    return text.data();
  }
  const std::chrono::year_month_day day(std::chrono::sys_days(std::chrono::days(seconds / 86400)));
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC",
                static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()), h, m, s);
  return text.data();
}

std::string level_name(domain::Level level) { return std::string(domain::name(level)); }

/// Writes the page in one language.
class Writer {
 public:
  Writer(const Earned& earned, bool korean) : earned_(earned), korean_(korean) {}

  report::Page page() const {
    report::Page page;
    page.title = say(Say::title);
    page.language = korean_ ? "ko" : "en";
    page.subtitle = say(Say::span, {time(earned_.from_ns), time(earned_.to_ns),
                                    std::to_string(earned_.records), duration(earned_.missing_s)});
    for (const EarnedGroup& group : earned_.groups) page.sections.push_back(section(group));
    return page;
  }

 private:
  std::string say(Say what, std::initializer_list<std::string> values = {}) const {
    const Text& text = kTexts[static_cast<std::size_t>(what)];
    const std::string_view form = korean_ ? text.korean : text.english;
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
      const bool place = form[i] == '{' && i + 2 < form.size() && form[i + 2] == '}';
      if (!place) {
        out += form[i];
        continue;
      }
      out += values.begin()[form[i + 1] - '0'];
      i += 2;
    }
    return out;
  }

  std::string interval(const promote::Difference& d, int digits) const {
    if (std::isnan(d.low)) return number(d.mean, digits);
    return say(Say::interval,
               {number(d.mean, digits), number(d.low, digits), number(d.high, digits)});
  }

  report::Section section(const EarnedGroup& g) const {
    report::Section section;
    section.title = heading(g);
    const promote::Tally& t = g.tally;
    section.blocks.push_back(report::Paragraph{
        say(Say::since, {time(t.from_ns), say(at(Say::begun_journal, t.begun)), duration(t.held_s),
                         duration(t.proposed_s), duration(t.moved_s), std::to_string(t.sheds)})});
    if (t.lost_events > 0) {
      section.blocks.push_back(
          report::Paragraph{say(Say::lost_events, {std::to_string(t.lost_events)})});
    }
    if (g.judgement) {
      section.blocks.push_back(conditions(g));
      section.blocks.push_back(report::Paragraph{say(Say::signs)});
      if (has_figures(*g.judgement)) section.blocks.push_back(figures(g));
    }
    section.blocks.push_back(effort(g));
    if (g.beside) section.blocks.push_back(beside(g));
    if (!g.rejections.empty()) section.blocks.push_back(rejections(g));
    if (!g.falls.empty()) section.blocks.push_back(falls(g));
    return section;
  }

  std::string heading(const EarnedGroup& g) const {
    const std::string level = level_name(g.tally.level);
    if (!g.judgement) return say(Say::head_top, {g.controller, g.group, level});
    return say(g.judgement->open ? Say::head_open : Say::head_shut,
               {g.controller, g.group, level, level_name(g.judgement->gate.to)});
  }

  Table conditions(const EarnedGroup& g) const {
    Table table;
    table.title = say(Say::conditions);
    table.columns = {{say(Say::condition)},
                     {say(Say::required)},
                     {say(Say::measured)},
                     {say(Say::state)},
                     {say(Say::note)}};
    for (const Condition& c : g.judgement->conditions) {
      std::string note;
      if (c.because != promote::Because::none) {
        note =
            say(static_cast<Say>(static_cast<int>(Say::too_few) + static_cast<int>(c.because) - 1));
      }
      if (c.weaker) note += (note.empty() ? "" : "; ") + say(Say::weaker);
      const bool asked = c.verdict != Verdict::not_asked;
      table.rows.push_back(
          {{say(at(Say::asked_time, c.what)), asked ? required(c, g) : std::string(),
            measured(c, g), say(at(Say::held, c.verdict)), note}});
    }
    return table;
  }

  std::string required(const Condition& c, const EarnedGroup& g) const {
    const std::string count = number(c.required_count, 0);
    switch (c.what) {
      case Asked::time:
        if (c.required_count <= 0) return say(Say::days, {number(c.required)});
        return c.required <= 0 ? say(Say::lots, {count})
                               : say(Say::days_or_lots, {number(c.required), count});
      case Asked::coverage:
        return say(Say::at_least, {percent(c.required)});
      case Asked::acceptance:
        return say(Say::at_least_of, {percent(c.required), count});
      case Asked::overrides:
        return say(Say::at_most_of, {percent(c.required), count});
      case Asked::severe:
        return say(Say::at_most, {number(c.required)});
      case Asked::harm:
        return say(Say::at_most, {number(c.required) + " s"});
      default:
        return say(Say::worse_by,
                   {percent(g.judgement->gate.margin),
                    g.judgement->baseline.empty() ? say(Say::nobody) : g.judgement->baseline,
                    percent(g.judgement->gate.confidence)});
    }
  }

  std::string measured(const Condition& c, const EarnedGroup& g) const {
    switch (c.what) {
      case Asked::time:
        return std::isnan(c.count)
                   ? say(Say::days, {number(c.measured, 2)})
                   : say(Say::days_and_lots, {number(c.measured, 2), number(c.count, 0)});
      case Asked::coverage:
      case Asked::acceptance:
      case Asked::overrides:
        return std::isnan(c.measured)
                   ? ""
                   : say(Say::share_of, {percent(c.measured), number(c.count, 0)});
      case Asked::severe:
        return number(c.measured);
      case Asked::harm:
        return g.tally.touched_s > 0 ? number(c.measured, 0) + " s" : "";
      default:
        break;
    }
    if (!c.comparison || std::isnan(c.measured)) return "";
    const double base = std::abs(c.comparison->baseline);
    return say(Say::up_to, {base > 0 ? percent(c.measured / base) : number(c.measured, 3)});
  }

  static bool has_figures(const promote::Judgement& judgement) {
    return std::any_of(
        judgement.conditions.begin(), judgement.conditions.end(), [](const Condition& c) {
          return c.comparison && c.comparison->blocks + c.comparison->baseline_blocks > 0;
        });
  }

  Table figures(const EarnedGroup& g) const {
    Table table;
    const promote::Judgement& j = *g.judgement;
    table.title = say(Say::figures, {duration(j.gate.block_s)});
    table.columns = {{say(Say::figure)},
                     {g.controller},
                     {j.baseline.empty() ? say(Say::nobody) : j.baseline},
                     {say(Say::difference)}};
    for (const Condition& c : j.conditions) {
      if (!c.comparison) continue;
      const promote::Comparison& with = *c.comparison;
      const auto cell = [&](double mean, std::size_t pieces) {
        return say(Say::pieces, {number(mean, 3), std::to_string(pieces)});
      };
      const int figure = static_cast<int>(c.what) - static_cast<int>(Asked::zone_error);
      table.rows.push_back(
          {{say(at(Say::figure_zone_error, figure)), cell(with.mean, with.blocks),
            cell(with.baseline, with.baseline_blocks), interval(with.difference, 3)}});
    }
    return table;
  }

  std::string measure(std::size_t k, const std::string& unit) const {
    return say(at(Say::proposing, k), {unit == "degC" ? "K" : unit});
  }

  Table effort(const EarnedGroup& g) const {
    Table table;
    table.title = say(Say::effort);
    table.columns = {
        {say(Say::measure)}, {say(Say::wanted, {g.controller}), {}, 3}, {say(Say::done), {}, 3}};
    for (std::size_t k = 0; k < promote::kMeasureCount; ++k) {
      if (std::isnan(g.wanted[k]) && std::isnan(g.done[k])) continue;
      table.rows.push_back({{measure(k, g.unit), cell(g.wanted[k]), cell(g.done[k])}});
    }
    table.footnote = say(Say::effort_note);
    return table;
  }

  static report::Cell cell(double value) {
    return std::isnan(value) ? report::Cell() : report::Cell(value);
  }

  Table beside(const EarnedGroup& g) const {
    Table table;
    table.title = say(Say::beside, {g.controller, earned_.against,
                                    std::to_string(g.beside->blocks()), duration(earned_.block_s)});
    table.columns = {{say(Say::measure)},
                     {g.controller, {}, 3},
                     {earned_.against, {}, 3},
                     {say(Say::difference)}};
    for (std::size_t k = 0; k < promote::kMeasureCount; ++k) {
      const auto row = g.beside->of(static_cast<promote::Measure>(k));
      if (row.blocks == 0) continue;
      const double apart = std::isnan(row.difference.mean) ? row.a - row.b : row.difference.mean;
      promote::Difference shown = row.difference;
      shown.mean = apart;
      table.rows.push_back({{measure(k, g.unit), cell(row.a), cell(row.b), interval(shown, 3)}});
    }
    return table;
  }

  Table rejections(const EarnedGroup& g) const {
    Table table;
    table.title = say(Say::rejections);
    table.columns = {{say(Say::when)},
                     {say(Say::cycle), {}, 0},
                     {say(Say::card), {}, 0},
                     {say(Say::who)},
                     {say(Say::reason)}};
    for (const promote::Rejection& r : g.rejections) {
      table.rows.push_back({{time(r.time_ns), r.cycle, r.card, r.who, r.reason}});
    }
    return table;
  }

  Table falls(const EarnedGroup& g) const {
    Table table;
    table.title = say(Say::falls);
    table.columns = {{say(Say::when)},
                     {say(Say::cycle), {}, 0},
                     {say(Say::from_level)},
                     {say(Say::to_level)},
                     {say(Say::reason)}};
    for (const promote::Fall& f : g.falls) {
      table.rows.push_back({{time(f.time_ns), f.cycle, level_name(f.from), level_name(f.to),
                             std::string(domain::text(f.why, korean_))}});
    }
    return table;
  }

  const Earned& earned_;
  bool korean_;
};

}  // namespace

report::Page gate_page(const Earned& earned, bool korean) { return Writer(earned, korean).page(); }

}  // namespace saggar::app
