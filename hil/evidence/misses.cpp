#include "hil/evidence/misses.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

std::string with_sign(double value) {
  const std::string text = report::format(value);
  return value > 0 ? "+" + text : text;
}

/// Builds the list in one language.
class Lines {
 public:
  Lines(const Question& question, const Answer& answer, std::span<const suite::CaseResult> results,
        Language language)
      : question_(question), answer_(answer), language_(language) {
    for (const suite::CaseResult& one : results) replays_[one.id] = one.replay;
  }

  void baseline() {
    const std::string accept = word(Say::miss_baseline_expected, {question_.campaign});
    if (answer_.no_baseline) {
      add("baseline", "", word(Say::miss_baseline), accept, word(Say::miss_none));
    }
    for (const std::string& id : answer_.unknown) {
      add("baseline", id, word(Say::miss_unknown), accept, word(Say::no));
    }
    for (const std::string& id : answer_.gone) {
      add("baseline", id, word(Say::miss_run), word(Say::yes), word(Say::no));
    }
  }
  void figures() {
    for (const Unmet& u : answer_.unmet) {
      std::string unit;
      for (const verdict::ScoreCard& card : answer_.cards) {
        for (const verdict::ScoreRow& row : card.rows) {
          if (row.figure.name == u.figure) unit = row.figure.unit;
        }
      }
      std::string got = u.against.pairs > 0 ? cell_text(u.against, language_)
                                            : word_of(verdict::Finding::too_few, language_);
      if (u.against.we_lack > 0) {
        got += "; " + word(Say::miss_figure_lacks, {std::to_string(u.against.we_lack)});
      }
      add("figure", "", word(Say::miss_figure, {u.figure, u.ours, arm_name(u.arm, language_)}),
          word(Say::miss_figure_expected, {report::format(u.against.margin), unit}), got);
    }
  }
  void traces() {
    // The worst first, in widths of its tube: that is the one to look at.
    std::vector<std::pair<double, const Strayed*>> worst;
    for (const Strayed& s : answer_.strayed) {
      // A tube may have no width, and a trace may only be longer: never 0 / 0.
      const double width = std::max(tube_of(question_, s.series).absolute, 1e-9);
      worst.emplace_back(s.departure.worst / width, &s);
    }
    std::stable_sort(worst.begin(), worst.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [widths, strayed] : worst) {
      const Strayed& s = *strayed;
      const verdict::Departure& d = s.departure;
      const verdict::Tube& tube = tube_of(question_, s.series);
      const std::string got =
          d.out > 0 ? word(Say::miss_trace_got,
                           {report::format(d.first_s), report::format(d.worst), s.unit})
                    : word(Say::miss_trace_longer, {std::to_string(d.longer)});
      add("trace", s.id, word(Say::miss_trace, {s.series}),
          word(Say::miss_trace_expected,
               {report::format(tube.absolute), s.unit, report::format(tube.time_s)}),
          got);
    }
  }
  void records() {
    if (answer_.inexact() == 0) return;
    const auto each = [&](const std::vector<std::string>& ids, Say got) {
      for (const std::string& id : ids) {
        add("records", id, word(Say::miss_records), word(Say::miss_records_expected), word(got));
      }
    };
    each(answer_.exact.other_records, Say::other_records);
    each(answer_.exact.other_inputs, Say::other_inputs);
  }
  void coverage() {
    for (const Covered& covered : answer_.coverage) {
      if (covered.times > 0) continue;
      add("coverage", "", covered.kind + " " + covered.name, word(Say::reached), word(Say::no));
    }
  }
  void ids() {
    for (const std::string& id : answer_.twice) {
      add("id", id, word(Say::miss_id), word(Say::yes), word(Say::miss_twice));
    }
  }

  std::vector<Miss> out;

 private:
  std::string word(Say what, std::initializer_list<std::string_view> values = {}) const {
    return say(what, language_, values);
  }
  void add(const char* kind, const std::string& id, std::string check, std::string expected,
           std::string got) {
    const auto replay = replays_.find(id);
    out.push_back({kind, id, std::move(check), std::move(expected), std::move(got),
                   replay == replays_.end() ? "" : replay->second});
  }

  const Question& question_;
  const Answer& answer_;
  Language language_;
  std::map<std::string, std::string> replays_;
};

}  // namespace

std::string arm_name(const std::string& arm, Language l) {
  return arm == kPreviousRelease ? say(Say::previous_release, l) : arm;
}

std::string word_of(verdict::Finding finding, Language l) {
  using verdict::Finding;
  switch (finding) {
    case Finding::too_few:
      return say(Say::too_few, l);
    case Finding::better:
      return say(Say::better, l);
    case Finding::not_worse:
      return say(Say::not_worse, l);
    case Finding::no_difference:
      return say(Say::no_difference, l);
    case Finding::worse:
      return say(Say::worse, l);
    case Finding::differs:
      return say(Say::differs, l);
  }
  return {};
}

std::string cell_text(const verdict::Paired& paired, Language l) {
  if (paired.pairs == 0) return "\u2013";
  const verdict::Interval& d = paired.difference;
  const std::string word = word_of(paired.finding, l);
  if (paired.finding == verdict::Finding::too_few)
    return word + " (" + std::to_string(paired.pairs) + ")";
  const char* arrow = d.mean > 0 ? "\u25B2 " : "\u25BC ";
  return (d.mean == 0 ? "= " : arrow) + with_sign(d.mean) + " [" + with_sign(d.low) + ", " +
         with_sign(d.high) + "] " + word;
}

std::vector<Miss> misses(const Question& question, const Answer& answer,
                         std::span<const suite::CaseResult> results, Language language) {
  Lines lines(question, answer, results, language);
  lines.baseline();
  lines.figures();
  lines.traces();
  lines.records();
  lines.coverage();
  lines.ids();
  return std::move(lines.out);
}

}  // namespace saggar::evidence
