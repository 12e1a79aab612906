#include "hil/evidence/scenario_section.hpp"

#include <algorithm>
#include <cmath>

#include "hil/evidence/splits.hpp"
#include "hil/report/number.hpp"

namespace saggar::evidence {
namespace {

using report::LineChart;
using report::Paragraph;
using suite::CaseResult;

double hours(std::size_t sample, double step_s) {
  return static_cast<double>(sample) * step_s / 3600;
}

report::Series line(const std::string& label, const std::vector<double>& values, double step_s) {
  report::Series out{label, {}, values};
  for (std::size_t i = 0; i < values.size(); ++i) out.x.push_back(hours(i, step_s));
  return out;
}

LineChart chart(const std::string& name, const std::string& unit, Language l) {
  LineChart out;
  out.title = name;
  out.x = {say(Say::time, l), "h"};
  out.y = {say(Say::value, l), unit};
  out.height_px = 240;
  return out;
}

/// The trace of this run before the tube around that of the baseline.
LineChart tube_chart(const CaseResult& result, const suite::Series& series,
                     const verdict::BaselineTrace& reference, const verdict::Tube& tube,
                     Language l) {
  LineChart out = chart(series.name, series.unit, l);
  const verdict::Envelope edge = verdict::envelope(reference.values, reference.step_s, tube);
  report::Band band{say(Say::tube, l), {}, edge.lower, edge.upper};
  for (std::size_t i = 0; i < edge.lower.size(); ++i) {
    band.x.push_back(hours(i, reference.step_s));
  }
  band.series = 1;
  out.bands = {band};
  out.series = {line(say(Say::this_run, l), series.values, result.trace.step_s)};
  const auto d = verdict::departure(thinned(series.values, result.trace.step_s, reference.step_s),
                                    reference.values, reference.step_s, tube);
  out.caption =
      d.held() ? say(Say::in_tube, l)
               : say(Say::out_of_tube, l,
                     {report::format(d.first_s / 3600, {1}), report::format(100 * d.share(), {1}),
                      report::format(d.worst, {2}), series.unit});
  return out;
}

/// Which of the series that have no tube are shown first: those of a place that a missed check
/// names, then those of a place that any check names, such as that of a fault.
double told_of(const CaseResult& result, const std::string& series) {
  const std::string place = series.substr(0, series.find('.'));
  double rank = -1;
  for (const suite::Check& check : result.checks) {
    if (check.text.find(place) == std::string::npos) continue;
    rank = std::max(rank, check.held ? -0.5 : -0.25);
  }
  return rank;
}

std::vector<LineChart> charts(const Question& question, const CaseResult& result, Language l) {
  const verdict::BaselineCase* previous = nullptr;
  if (question.previous) {
    for (const verdict::BaselineCase& one : question.previous->cases) {
      if (one.id == result.id) previous = &one;
    }
  }
  std::vector<std::pair<double, LineChart>> found;
  for (const suite::Series& series : result.trace.series) {
    const verdict::BaselineTrace* reference = nullptr;
    for (std::size_t i = 0; previous != nullptr && i < previous->traces.size(); ++i) {
      if (previous->traces[i].name == series.name) reference = &previous->traces[i];
    }
    if (reference == nullptr) {
      LineChart plain = chart(series.name, series.unit, l);
      plain.series = {line(say(Say::this_run, l), series.values, result.trace.step_s)};
      found.emplace_back(told_of(result, series.name), std::move(plain));
      continue;
    }
    const verdict::Tube& tube = tube_of(question, series.name);
    const auto d =
        verdict::departure(thinned(series.values, result.trace.step_s, reference->step_s),
                           reference->values, reference->step_s, tube);
    found.emplace_back(d.share(), tube_chart(result, series, *reference, tube, l));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<LineChart> out;
  for (std::size_t i = 0; i < std::min(kMostCharts, found.size()); ++i) {
    out.push_back(std::move(found[i].second));
  }
  return out;
}

/// The rung that drove a duty longest, for one whose ladder never moved.
std::string driver(const CaseResult& result, const std::string& duty) {
  const std::string prefix = duty + "_on_";
  std::string rung;
  double most = 0;
  for (const suite::Figure& figure : result.figures) {
    if (figure.name.rfind(prefix, 0) != 0 || !(figure.value > most)) continue;
    most = figure.value;
    rung = figure.name.substr(prefix.size());
  }
  return rung;
}

}  // namespace

report::Ribbon ladder(const CaseResult& result, Language l) {
  report::Ribbon out;
  out.title = say(Say::ladder, l);
  out.x = {say(Say::time, l), "h", false, 0.0, std::max(result.hours, 1e-3)};
  for (const char* duty : {"heat", "atmosphere", "transport"}) {
    report::RibbonRow row{duty};
    double since_h = 0;
    std::string rung;
    bool moved = false;
    for (const suite::LadderMove& move : result.moves) {
      if (move.duty != duty) continue;
      row.stretches.push_back({since_h, move.time_s / 3600, moved ? rung : move.from});
      since_h = move.time_s / 3600, rung = move.to, moved = true;
    }
    if (!moved) rung = driver(result, duty);
    if (rung.empty()) continue;
    row.stretches.push_back({since_h, std::max(result.hours, since_h), rung});
    out.rows.push_back(std::move(row));
  }
  report::RibbonRow alarms{say(Say::alarms, l)};
  for (const suite::AlarmMark& alarm : result.alarms) alarms.strokes.push_back(alarm.time_s / 3600);
  out.rows.push_back(std::move(alarms));
  return out;
}

const CaseResult& shown(const Answer& answer, const std::vector<const CaseResult*>& cases) {
  for (const CaseResult* one : cases) {
    if (one->outcome != "passed") return *one;
  }
  const CaseResult* worst = nullptr;
  double most = 0;
  for (const Strayed& strayed : answer.strayed) {
    for (const CaseResult* one : cases) {
      if (one->id != strayed.id || strayed.departure.share() <= most) continue;
      worst = one;
      most = strayed.departure.share();
    }
  }
  if (worst != nullptr) return *worst;
  for (const CaseResult* one : cases) {
    if (!one->compared) return *one;
  }
  return *cases.front();
}

report::Section scenario_section(const Question& question, const Answer& answer,
                                 const std::string& name,
                                 const std::vector<const CaseResult*>& cases, Language l) {
  const auto passed = std::count_if(cases.begin(), cases.end(),
                                    [](const CaseResult* one) { return one->outcome == "passed"; });
  const CaseResult& one = shown(answer, cases);
  report::Section section{say(Say::scenario, l, {name}), {}, "scenario-" + name};
  section.blocks.push_back(Paragraph{say(
      Say::scenario_counts, l, {std::to_string(passed), std::to_string(cases.size()), one.id})});
  if (one.hours > 0) section.blocks.push_back(ladder(one, l));
  for (LineChart& c : charts(question, one, l)) section.blocks.push_back(std::move(c));
  report::Table lots = lot_table(one, l);
  if (!lots.rows.empty()) section.blocks.push_back(std::move(lots));
  return section;
}

}  // namespace saggar::evidence
