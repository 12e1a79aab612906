#include "hil/evidence/accept.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "hil/evidence/judge.hpp"
#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

using report::Paragraph;
using report::Table;

/// Figures and traces on the page, at most.
constexpr std::size_t kMostRows = 500, kMostTraces = 24;

std::vector<double> without_gaps_as_infinity(std::vector<double> values) {
  for (double& v : values) {
    if (std::isinf(v)) v = std::numeric_limits<double>::quiet_NaN();
  }
  return values;
}

/// Seven digits are far finer than any tube and halve the file, which has no NaN.
double kept_value(double value) {
  if (!std::isfinite(value)) return std::numeric_limits<double>::infinity();
  return std::strtod(report::scientific(value, 6).c_str(), nullptr);
}

bool is_kept(const std::set<std::string>& kept, const std::string& name) {
  return std::any_of(kept.begin(), kept.end(), [&](const std::string& k) {
    const bool open = !k.empty() && k.back() == '*';
    return open ? name.compare(0, k.size() - 1, k, 0, k.size() - 1) == 0 : name == k;
  });
}

report::Series line(const std::string& label, const verdict::BaselineTrace& trace) {
  report::Series out{label, {}, without_gaps_as_infinity(trace.values)};
  for (std::size_t i = 0; i < trace.values.size(); ++i) {
    out.x.push_back(static_cast<double>(i) * trace.step_s / 3600);
  }
  return out;
}

report::Section figures(const verdict::Difference& d, Language l) {
  Table t{"",
          {{say(Say::case_, l)},
           {say(Say::figure, l)},
           {say(Say::before, l)},
           {say(Say::after, l)},
           {say(Say::delta, l)}}};
  for (const verdict::FigureChange& c : d.figures) {
    if (t.rows.size() == kMostRows) break;
    t.rows.push_back({{c.id, c.figure, c.before, c.after, c.delta()}});
  }
  if (d.figures.size() > kMostRows) {
    t.footnote = say(Say::more_rows, l, {std::to_string(d.figures.size() - kMostRows)});
  }
  report::Section out{say(Say::figures, l), {}, "figures"};
  if (t.rows.empty()) {
    out.blocks.push_back(Paragraph{say(Say::no_change, l)});
  } else {
    out.blocks.push_back(std::move(t));
  }
  return out;
}

report::Section cases(const verdict::Difference& d, Language l) {
  Table t{"", {{say(Say::case_, l)}, {say(Say::what, l)}}};
  const auto add = [&](const std::vector<std::string>& ids, Say what) {
    for (const std::string& id : ids) t.rows.push_back({{id, say(what, l)}});
  };
  add(d.cases.other_records, Say::other_records);
  add(d.cases.other_inputs, Say::other_inputs);
  add(d.cases.only_ours, Say::only_after);
  add(d.cases.only_theirs, Say::only_before);
  report::Section out{say(Say::counts, l), {}, "cases"};
  if (t.rows.empty()) {
    out.blocks.push_back(Paragraph{say(Say::no_change, l)});
  } else {
    out.blocks.push_back(std::move(t));
  }
  return out;
}

report::Section traces(const verdict::Baseline& before, const verdict::Baseline& after,
                       Language l) {
  report::Section out{say(Say::traces, l), {}, "traces"};
  for (const verdict::BaselineCase& now : after.cases) {
    for (const verdict::BaselineCase& then : before.cases) {
      if (then.id != now.id) continue;
      for (const verdict::BaselineTrace& trace : now.traces) {
        for (const verdict::BaselineTrace& old : then.traces) {
          if (old.name != trace.name || old.values == trace.values) continue;
          if (out.blocks.size() == kMostTraces) return out;
          report::LineChart chart;
          chart.title = now.id + ", " + trace.name;
          chart.x = {say(Say::time, l), "h"};
          chart.y = {say(Say::value, l), trace.unit};
          chart.series = {line(say(Say::before, l), old), line(say(Say::after, l), trace)};
          chart.series[0].dashed = true;
          chart.height_px = 240;
          out.blocks.push_back(std::move(chart));
        }
      }
    }
  }
  if (out.blocks.empty()) out.blocks.push_back(Paragraph{say(Say::no_change, l)});
  return out;
}

}  // namespace

verdict::Baseline accept(const Acceptance& a, std::span<const suite::CaseResult> results) {
  verdict::Baseline out;
  out.suite = a.suite, out.author = a.author, out.reason = a.reason;
  out.date = a.date, out.build = a.build;
  for (const suite::CaseResult* one : by_id(results)) {
    const bool failed = a.failed_too && one->outcome == "failed";
    if ((one->outcome != "passed" && !failed) || one->compared) continue;
    verdict::BaselineCase kept;
    kept.id = one->id, kept.inputs = one->inputs, kept.hash = one->hash;
    for (const suite::Figure& figure : one->figures) {
      if (figure.machine || (!a.figures.empty() && !a.figures.contains(figure.name))) continue;
      kept.set(figure.name, figure.value);
    }
    for (const suite::Series& series : one->trace.series) {
      if (!is_kept(a.series, series.name)) continue;
      const double step_s = a.step_s > 0 ? a.step_s : one->trace.step_s;
      verdict::BaselineTrace trace{series.name, series.unit, step_s, {}};
      trace.values = thinned(series.values, one->trace.step_s, step_s);
      for (double& v : trace.values) v = kept_value(v);
      if (!trace.values.empty()) kept.traces.push_back(std::move(trace));
    }
    out.cases.push_back(std::move(kept));
  }
  out.sha256 = verdict::hash_of(out);
  return out;
}

report::Page change_page(const verdict::Baseline& before, const verdict::Baseline& after,
                         Language l) {
  const verdict::Difference d = verdict::difference(before, after);
  report::Page page;
  page.title = say(Say::change_title, l, {after.suite});
  page.subtitle = say(Say::accepted, l, {after.date, after.author, after.reason});
  page.language = tag(l);
  page.sections = {figures(d, l), cases(d, l), traces(before, after, l)};
  return page;
}

}  // namespace saggar::evidence
