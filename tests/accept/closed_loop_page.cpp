// The page of bar 6: what befalls a plant, under each of several control files, as trajectories and
// key figures. One HTML file with all it needs. Called by mpc_loop.py.
//
//   closed_loop_page --controls a.toml,b.toml --html FILE [--json FILE] [--events gap,wet]
//                    [--seed N] [--hours H] [--warm H] [--site FILE] [--recipe FILE]
//                    [--target-offset K] [--jobs N]
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "hil/report/page.hpp"
#include "tests/accept/closed_loop_case.hpp"

namespace saggar::accept {
namespace {

struct Options {
  CaseOptions one;
  std::vector<std::string> controls, events;
  std::string html, json;
  std::uint64_t seed = 101;
  int jobs = 0;
};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string word; std::getline(in, word, ',');) {
    if (!word.empty()) out.push_back(word);
  }
  return out;
}

Options read_options(int argc, char** argv) {
  Options o;
  o.one.hours = 60;
  for (const Event& event : events()) o.events.push_back(event.name);
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 == argc) throw std::runtime_error(name + " needs a value");
    const std::string text = argv[i + 1];
    if (name == "--controls")
      o.controls = words(text);
    else if (name == "--events")
      o.events = words(text);
    else if (name == "--html")
      o.html = text;
    else if (name == "--json")
      o.json = text;
    else if (name == "--site")
      o.one.site = text;
    else if (name == "--recipe")
      o.one.recipe = text;
    else if (name == "--seed")
      o.seed = std::stoull(text);
    else if (name == "--jobs")
      o.jobs = std::stoi(text);
    else if (name == "--hours")
      o.one.hours = std::stod(text);
    else if (name == "--warm")
      o.one.warm_h = std::stod(text);
    else if (name == "--target-offset")
      o.one.target_offset_K = std::stod(text);
    else
      throw std::runtime_error("no option " + name +
                               "; the head of closed_loop_page.cpp lists them");
  }
  for (const std::string& name : o.events) event_named(name);
  if (o.controls.empty() || o.html.empty())
    throw std::runtime_error("--controls and --html are needed");
  if (o.one.hours < o.one.warm_h + 2)
    throw std::runtime_error("--hours must be --warm and 2 h at least");
  return o;
}

/// "mpc" of "configs/control/mpc.toml".
std::string short_name(const std::string& control) {
  return std::filesystem::path(control).stem().string();
}

/// One row per figure, a column per control file; the gain is that of the last over the first.
report::Table figures_of(const Options& o, const std::vector<const Case*>& cases) {
  report::Table table;
  table.title = "Key figures from the hour before the onset on";
  table.columns = {{"Figure"}, {"Unit"}};
  for (const std::string& control : o.controls) table.columns.push_back({short_name(control)});
  table.columns.push_back({"Last less first"});
  table.columns.push_back({"Better"});
  for (const suite::Figure& figure : suite::figures(cases[0]->kpi)) {
    if (figure.name.find("_on_") != std::string::npos) continue;  // rungs differ from file to file
    report::Row row;
    row.cells = {figure.name, figure.unit};
    double first = NAN, last = NAN;
    bool any = false;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      double value = NAN;
      for (const suite::Figure& other : suite::figures(cases[i]->kpi)) {
        if (other.name == figure.name) value = other.value;
      }
      any = any || (std::isfinite(value) && value != 0);
      row.cells.emplace_back(value);
      if (i == 0) first = value;
      last = value;
    }
    if (!any) continue;
    const double by = last - first;
    row.cells.emplace_back(by);
    row.cells.emplace_back(figure.better == 0 || !(by != 0) ? ""
                           : by * figure.better > 0         ? "yes"
                                                            : "no");
    table.rows.push_back(std::move(row));
  }
  table.footnote =
      "Off-spec kg with their reasons, which overlap; 'only': of saggars with this reason alone. "
      "Rows in which every file has 0 are left out.";
  return table;
}

report::LineChart chart_of(const Options& o, const std::vector<const Case*>& cases, std::size_t i) {
  const Quantity& quantity = cases[0]->trace.quantities[i];
  report::LineChart chart;
  chart.title = quantity.title;
  chart.x = {"Since the onset", "h"};
  chart.y = {quantity.unit};  // the title above says of what
  chart.height_px = 220;
  for (std::size_t c = 0; c < cases.size(); ++c) {
    report::Series series;
    series.label = short_name(o.controls[c]);
    series.x = cases[c]->trace.time_h;
    series.y = cases[c]->trace.quantities[i].values;
    series.dashed = c == 0 && cases.size() > 1;
    chart.series.push_back(std::move(series));
  }
  return chart;
}

report::Section section_of(const Options& o, const Event& event, const std::vector<Case>& all,
                           std::size_t first) {
  report::Section section;
  section.title = event.title;
  section.blocks.push_back(report::Paragraph{event.text});
  std::vector<const Case*> cases;
  for (std::size_t c = 0; c < o.controls.size(); ++c) {
    const Case& one = all[first + c];
    if (!one.problem.empty()) {
      section.blocks.push_back(report::Paragraph{o.controls[c] + " could not run: " + one.problem});
      return section;
    }
    cases.push_back(&one);
  }
  section.blocks.push_back(figures_of(o, cases));
  for (std::size_t i = 0; i < cases[0]->trace.quantities.size(); ++i) {
    section.blocks.push_back(chart_of(o, cases, i));
  }
  return section;
}

int run(const Options& o) {
  std::vector<std::pair<CaseOptions, std::uint64_t>> plan;
  for (const std::string& event : o.events) {
    for (const std::string& control : o.controls) {
      CaseOptions one = o.one;
      one.event = event;
      one.control = control;
      plan.emplace_back(one, o.seed);
    }
  }
  const std::vector<Case> cases = run_cases(plan, o.jobs, print);
  report::Page page;
  page.title = "What befalls a kiln, and what its controllers make of it";
  page.subtitle = "Kiln P2, plant drawn by seed " + std::to_string(o.seed) +
                  "; lots and weather as ever, no other gaps";
  std::string text;
  for (std::size_t e = 0; e < o.events.size(); ++e) {
    page.sections.push_back(section_of(o, event_named(o.events[e]), cases, e * o.controls.size()));
    for (std::size_t c = 0; c < o.controls.size(); ++c) {
      text += (text.empty() ? "\n" : ",\n") + std::string("{\"event\": \"") + o.events[e] +
              "\", \"control\": \"" + o.controls[c] +
              "\", \"case\": " + json(cases[e * o.controls.size() + c]) + "}";
    }
  }
  std::ofstream(o.html) << report::html(page);
  if (!o.json.empty()) std::ofstream(o.json) << "{\"cases\": [" << text << "\n]}\n";
  return std::any_of(cases.begin(), cases.end(), [](const Case& c) { return !c.problem.empty(); });
}

}  // namespace
}  // namespace saggar::accept

int main(int argc, char** argv) {
  try {
    return saggar::accept::run(saggar::accept::read_options(argc, argv));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "closed_loop_page: %s\n", problem.what());
    return 2;
  }
}
