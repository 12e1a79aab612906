#include "hil/fit/measured_fit.hpp"

#include <algorithm>
#include <cstdio>

#include "hil/fit/adjustable.hpp"
#include "hil/fit/figures.hpp"

namespace saggar::fit {
namespace {

using report::Cell;

domain::Result<std::vector<validate::Score>> scores_of(const std::vector<validate::Measured>& data,
                                                       const kiln::PlantParams& plant) {
  std::vector<validate::Score> out;
  for (const validate::Measured& one : data) {
    auto scores = validate::score_of(one, plant);
    if (!scores) return scores.error();
    for (validate::Score& score : scores.value()) out.push_back(std::move(score));
  }
  return out;
}

std::vector<Series> series_of(const std::vector<validate::Measured>& data) {
  std::vector<Series> out;
  for (const validate::Measured& one : data) {
    for (std::size_t i = 0; i < one.columns.size(); ++i) {
      Series series{one.name + ", " + one.columns[i].name, one.columns[i].values, {}};
      if (!one.standard_error.empty()) series.sigma = one.standard_error[i];
      out.push_back(std::move(series));
    }
  }
  return out;
}

std::vector<Moved> moved_by(kiln::PlantParams before, const Outcome& outcome) {
  kiln::PlantParams after = outcome.plant;
  std::vector<Moved> out;
  for (const Estimate& e : outcome.estimates) {
    const std::string key = factor_beside(e.key);
    const auto same = [&](const Estimate& other) { return other.key == key; };
    const auto& all = outcome.estimates;
    if (key.empty() || std::any_of(all.begin(), all.end(), same)) continue;
    out.push_back({key, e.key, find_figure(before, key)->value, find_figure(after, key)->value});
  }
  return out;
}

std::string moved_text(const Moved& moved) {
  char text[200];
  std::snprintf(
      text, sizeof text, "%s: %.6g -> %.6g %s, moved with %s, its rate at the anchor held",
      moved.key.c_str(), moved.before, moved.after, unit_of(moved.key).c_str(), moved.with.c_str());
  return text;
}

/// Of each factor that was fitted: what its interval takes as known. Factor and energy of a rate
/// move the data almost alike, so the factor by itself is known far worse.
std::vector<std::string> given_words(const MeasuredFit& fit) {
  kiln::PlantParams plant = fit.outcome.plant;
  const auto& all = fit.outcome.estimates;
  std::vector<std::string> out;
  for (const Estimate& e : all) {
    const std::string key = energy_beside(e.key);
    const config::Figure* energy = key.empty() ? nullptr : find_figure(plant, key);
    if (energy == nullptr) continue;
    const bool fitted = std::any_of(all.begin(), all.end(),
                                    [&](const Estimate& other) { return other.key == key; });
    char text[320];
    std::snprintf(text, sizeof text,
                  "interval of %s: given %s = %.6g %s (%s), so that of the rate at its anchor; the "
                  "uncertainty of the energy is not in it",
                  e.key.c_str(), key.c_str(), energy->value, unit_of(key).c_str(),
                  fitted ? "fitted" : "not adjusted");
    out.emplace_back(text);
  }
  return out;
}

/// In words, for each series that the model does not show where the search would go on.
std::vector<std::string> stopped_words(const std::vector<validate::Measured>& data,
                                       const Outcome& outcome) {
  std::vector<std::string> out;
  std::size_t first = 0;
  for (const validate::Measured& one : data) {
    for (const std::size_t k : outcome.stopped_by) {
      if (k < first || k >= first + one.columns.size()) continue;
      std::string words = one.name + ", " + one.columns[k - first].name +
                          ": the search would go on to where the model shows nothing of it";
      if (one.kind == validate::MeasuredKind::thermocouple_in_powder) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "; position_mm %g would lie below the bed, which is %.2f mm deep as it is",
                      one.position_mm[k - first], validate::bed_mm(one, outcome.plant));
        words += text;
      }
      out.push_back(std::move(words));
    }
    first += one.columns.size();
  }
  return out;
}

std::string verdict_of(const Outcome& o) {
  if (!o.stopped_by.empty()) return "stopped where the model shows nothing further on";
  if (!o.converged) return "not converged";
  if (!o.unknown.empty()) return "converged, but the data cannot tell all of these figures";
  if (o.at_bound()) return "converged, but a figure rests on its bound";
  if (!o.doubts.empty()) return "converged, every figure found, but with doubts";
  return "converged, every figure found";
}

report::Table figures_table(const MeasuredFit& fit) {
  report::Table table{"Figures",
                      {{"Figure"},
                       {"Unit"},
                       {"Start"},
                       {"Fitted"},
                       {"95 % from"},
                       {"95 % to"},
                       {"Bound low"},
                       {"Bound high"},
                       {"On its bound"}},
                      {},
                      "The interval counts random errors of the series only."};
  for (const Moved& moved : fit.moved) table.footnote += " " + moved_text(moved) + ".";
  for (const std::string& given : given_words(fit)) table.footnote += " " + given + ".";
  for (const Estimate& e : fit.outcome.estimates) {
    table.rows.push_back({{e.key, unit_of(e.key), e.before, e.value, e.low95, e.high95, e.low,
                           e.high, e.at_bound ? "yes" : "no"}});
  }
  return table;
}

report::Table series_table(const MeasuredFit& fit) {
  report::Table table{"Model less measured",
                      {{"File"},
                       {"What"},
                       {"Unit"},
                       {"Points"},
                       {"Rms before"},
                       {"Rms after"},
                       {"Bias after"},
                       {"Largest after"},
                       {"Standard error"},
                       {"Its origin"}},
                      {},
                      {}};
  for (std::size_t i = 0; i < fit.after.size(); ++i) {
    const validate::Score &a = fit.before[i], &b = fit.after[i];
    table.rows.push_back({{b.file, b.what, b.unit, b.model.size(), Cell(a.rms, 3), Cell(b.rms, 3),
                           Cell(b.bias, 3), Cell(b.largest, 3), Cell(fit.outcome.sigma[i], 3),
                           fit.error_stated[i] ? "stated" : "taken from the residuals"}});
  }
  return table;
}

report::Table words_table(const std::string& title, const std::vector<std::string>& lines) {
  report::Table table{title, {{"In words"}}, {}, {}};
  for (const std::string& line : lines) table.rows.push_back({{line}});
  if (lines.empty()) table.footnote = "nothing found";
  return table;
}

report::Table result_table(const MeasuredFit& fit) {
  const Outcome& o = fit.outcome;
  return {"Result",
          {{"Material"},
           {"Result"},
           {"Rounds"},
           {"Misfit before", "standard errors", 2},
           {"Misfit after", "standard errors", 2}},
          {{{fit.material, verdict_of(o), o.rounds, o.rms_before, o.rms_after}}},
          {}};
}

report::Section charts(const MeasuredFit& fit) {
  report::Section section{"Measured and model", {}};
  for (std::size_t i = 0; i < fit.after.size(); ++i) {
    const validate::Score &a = fit.before[i], &b = fit.after[i];
    report::LineChart chart;
    chart.title = b.file + ": " + b.what;
    chart.x = {"Time", "h"};
    chart.y = {b.what.substr(0, b.what.rfind('_')), b.unit};
    chart.series = {
        {"model, fitted", b.time_h, b.model},
        {"model before", a.time_h, a.model, report::Side::left, report::Mark::line, true},
        {"measured", b.time_h, b.measured, report::Side::left, report::Mark::points}};
    section.blocks.emplace_back(std::move(chart));
  }
  return section;
}

}  // namespace

domain::Result<MeasuredFit> fit_measured(const kiln::PlantParams& plant,
                                         const std::vector<validate::Measured>& data,
                                         const std::vector<Parameter>& parameters,
                                         const Options& options) {
  for (const validate::Measured& one : data) {
    if (one.material == plant.powder.name) continue;
    return domain::Error{one.name, "material is '" + one.material + "', others are of '" +
                                       plant.powder.name +
                                       "'; series of one material would be right"};
  }
  MeasuredFit out;
  out.material = plant.powder.name;
  auto before = scores_of(data, plant);
  if (!before) return before.error();
  out.before = std::move(before).value();
  const Model model = [&](const kiln::PlantParams& at) {
    std::vector<std::vector<double>> made;
    for (const validate::Measured& one : data) {
      for (auto& column : validate::model_of(one, at)) made.push_back(std::move(column));
    }
    return made;
  };
  const std::vector<Series> series = series_of(data);
  for (const Series& one : series) out.error_stated.push_back(one.sigma.has_value());
  auto made = fit(plant, series, model, parameters, options);
  if (!made) return made.error();
  out.outcome = std::move(made).value();
  out.moved = moved_by(plant, out.outcome);
  out.stopped = stopped_words(data, out.outcome);
  auto after = scores_of(data, out.outcome.plant);
  if (!after) return after.error();
  out.after = std::move(after).value();
  return out;
}

std::string text_of(const MeasuredFit& fit) {
  const Outcome& o = fit.outcome;
  std::string out;
  char text[400];
  for (const Estimate& e : o.estimates) {
    std::snprintf(text, sizeof text,
                  "%s: %.6g -> %.6g %s, 95 %% from %.6g to %.6g, %s its bounds %.6g..%.6g\n",
                  e.key.c_str(), e.before, e.value, unit_of(e.key).c_str(), e.low95, e.high95,
                  e.at_bound ? "ON ONE OF" : "inside", e.low, e.high);
    out += text;
  }
  for (const Moved& moved : fit.moved) out += moved_text(moved) + "\n";
  for (const std::string& given : given_words(fit)) out += given + "\n";
  for (std::size_t i = 0; i < fit.after.size(); ++i) {
    const validate::Score &a = fit.before[i], &b = fit.after[i];
    std::snprintf(text, sizeof text,
                  "%zu points, rms %.3g -> %.3g %s, bias %+.3g -> %+.3g; standard error %.3g, %s\n",
                  b.model.size(), a.rms, b.rms, b.unit.c_str(), a.bias, b.bias, o.sigma[i],
                  fit.error_stated[i] ? "stated" : "taken from the residuals");
    out += b.file + ", " + b.what + ", model less measured: " + text;
  }
  for (const std::string& line : fit.stopped) out += "stopped: " + line + "\n";
  for (const std::string& line : o.unknown) out += "cannot tell: " + line + "\n";
  for (const std::string& line : o.doubts) out += "doubt: " + line + "\n";
  std::snprintf(text, sizeof text, "%s: misfit %.2f -> %.2f standard errors, %d rounds\n",
                verdict_of(o).c_str(), o.rms_before, o.rms_after, o.rounds);
  return out + text;
}

report::Page page_of(const MeasuredFit& fit, const std::string& date) {
  report::Page page;
  page.title = "Fit of " + fit.material;
  for (const validate::Score& score : fit.after) {
    if (page.subtitle.find(score.file) != std::string::npos) continue;
    page.subtitle += (page.subtitle.empty() ? "Series: " : ", ") + score.file;
  }
  page.date = date;
  page.sections = {{"Fit",
                    {result_table(fit), figures_table(fit), series_table(fit),
                     words_table("What stopped the search", fit.stopped),
                     words_table("What the data cannot tell", fit.outcome.unknown),
                     words_table("Doubts", fit.outcome.doubts)}},
                   charts(fit)};
  return page;
}

}  // namespace saggar::fit
