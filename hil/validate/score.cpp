#include "hil/validate/score.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "hil/validate/tga.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::validate {
namespace {

constexpr double kSample_s = 10, kSampleStep_K = 0.5, kBed_s = 5;

/// The part of a column's name after its last underline, for people.
std::string unit_of(const std::string& name) {
  const std::string unit = name.substr(name.rfind('_') + 1);
  return unit == "percent" ? "%" : unit;
}

double seen(const Sample& sample, const std::string& column) {
  if (column == "mass_percent") return 100 * sample.mass_share();
  return 100 * (column == "mixing_percent" ? sample.fired().mixing : sample.fired().conversion);
}

void follow_sample(const Measured& data, const kiln::MaterialFigures& material,
                   std::vector<std::vector<double>>& out) {
  Sample sample(material, data.li_per_m, 0.01 * data.moisture_percent);
  double time_s = 0;
  for (const double h : data.time_h) {
    while (time_s < 3600 * h - 1e-6) {
      double dt_s = std::min(kSample_s, 3600 * h - time_s);
      const double now_K = data.muffle.at_K(time_s);
      const double change_K = std::abs(data.muffle.at_K(time_s + dt_s) - now_K);
      if (change_K > kSampleStep_K) dt_s *= kSampleStep_K / change_K;
      sample.step(data.muffle.at_K(time_s + 0.5 * dt_s), data.gas, dt_s);
      time_s += dt_s;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i].push_back(seen(sample, data.columns[i].name));
    }
  }
}

/// Temperature at a depth, between the middles of the nodes.
double at_depth_degC(const kiln::Beds& beds, double depth_m) {
  const double place = depth_m / beds.depth_m[0] - 0.5;
  const double last = static_cast<double>(beds.nodes()) - 1;
  const double below = std::clamp(std::floor(place), 0.0, std::max(0.0, last - 1));
  const double share = std::clamp(place - below, 0.0, 1.0);
  const auto i = static_cast<std::size_t>(below);
  const double upper = beds.temperature_K[i * beds.stride()];
  const double lower = beds.temperature_K[(i + 1) * beds.stride()];
  return upper + share * (lower - upper) - material::kZeroCelsius_K;
}

void follow_bed(const Measured& data, const kiln::PlantParams& plant,
                std::vector<std::vector<double>>& out) {
  kiln::MuffleFigures muffle;
  muffle.gas = data.gas;
  kiln::SingleSaggar saggar(
      kiln::BedFigures::from(plant, 1),
      {data.mix_kg, 0.01 * data.moisture_percent, data.li_per_m, data.muffle.at_K(0)}, data.muffle,
      muffle);
  const double deep_mm = bed_mm(data, plant);
  for (const double h : data.time_h) {
    while (saggar.time_s() < 3600 * h - 0.5 * kBed_s) saggar.step(kBed_s);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double mm = data.position_mm[i];
      out[i].push_back(mm > deep_mm ? std::numeric_limits<double>::quiet_NaN()
                                    : at_depth_degC(saggar.beds(), 1e-3 * mm));
    }
  }
}

/// In words: inside or outside the stated error, and by how much.
void say(Score& score) {
  if (!(score.stated > 0)) {
    score.verdict = report::Verdict::info;
    score.words =
        "not judged: the file states no error of its values; a line such as # standard_error: 1 "
        "(in " +
        score.unit + ") would be right";
    return;
  }
  const double times = score.rms / score.stated, chance = by_chance(score.model.size());
  const bool inside = times <= chance;  // NaN is outside
  score.verdict = inside ? report::Verdict::pass : report::Verdict::miss;
  char text[240];
  std::snprintf(text, sizeof text,
                "%s the stated error of %.3g %s: rms is %.2f times it, by chance up to %.2f",
                inside ? "inside" : "outside", score.stated, score.unit.c_str(), times, chance);
  score.words = text;
  if (inside) return;
  std::snprintf(text, sizeof text,
                "; on the whole the model is %.3g %s too %s, at worst %.3g at %.2f h",
                std::abs(score.bias), score.unit.c_str(), score.bias < 0 ? "low" : "high",
                score.largest, score.largest_at_h);
  score.words += text;
}

void judge(Score& score) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < score.model.size(); ++i) {
    const double error = score.model[i] - score.measured[i];
    sum += error;
    squares += error * error;
    if (std::abs(error) > std::abs(score.largest)) {
      score.largest = error;
      score.largest_at_h = score.time_h[i];
    }
  }
  const auto n = static_cast<double>(score.model.size());
  score.bias = sum / n;
  score.rms = std::sqrt(squares / n);
  say(score);
}

}  // namespace

// The quantile of 95 % of chi squared over its degrees of freedom, after Wilson and Hilferty.
double by_chance(std::size_t count) noexcept {
  constexpr double z = 1.6449;
  const double spread = 2.0 / (9.0 * static_cast<double>(std::max<std::size_t>(count, 1)));
  return std::pow(1.0 - spread + z * std::sqrt(spread), 1.5);
}

domain::Result<kiln::PlantParams> plant_for(const Measured& data, const Subject& subject,
                                            kiln::PlantParams plant) {
  const auto material = subject.materials.find(data.material);
  if (material == subject.materials.end()) {
    std::string names;
    std::vector<std::string> known;
    for (const auto& [name, figures] : subject.materials) {
      names += (names.empty() ? "" : ", ") + name;
      known.push_back(name);
    }
    return domain::Error{data.material_at.empty() ? data.name : data.material_at,
                         "material is '" + data.material + "'; there are " + names +
                             config::did_you_mean(data.material, known)};
  }
  plant.powder = material->second;
  return plant;
}

double bed_mm(const Measured& data, const kiln::PlantParams& plant) {
  const double bulk_kg_per_m3 = plant.powder.powder.bulk_kg_per_m3.value;
  return 1e3 * data.mix_kg / (bulk_kg_per_m3 * plant.saggar.inner_area_m2.value);
}

std::vector<std::vector<double>> model_of(const Measured& data, const kiln::PlantParams& plant) {
  std::vector<std::vector<double>> out(data.columns.size());
  if (data.kind == MeasuredKind::thermocouple_in_powder) {
    follow_bed(data, plant, out);
  } else {
    follow_sample(data, plant.powder, out);
  }
  return out;
}

domain::Result<std::vector<Score>> score_of(const Measured& data, const kiln::PlantParams& plant) {
  const double deep_mm = bed_mm(data, plant);
  for (const double mm : data.position_mm) {
    if (mm <= deep_mm) continue;
    char text[160];
    std::snprintf(text, sizeof text,
                  "position_mm %g is below the bed: %g kg are %.1f mm deep in the saggar of ", mm,
                  data.mix_kg, deep_mm);
    return domain::Error{data.name, text + plant.name};
  }
  const auto model = model_of(data, plant);
  std::vector<Score> scores;
  for (std::size_t i = 0; i < data.columns.size(); ++i) {
    const MeasuredColumn& column = data.columns[i];
    Score& score = scores.emplace_back();
    score.file = data.name;
    score.what = column.name;
    score.unit = unit_of(column.name);
    score.time_h = data.time_h;
    score.measured = column.values;
    score.model = model[i];
    if (!data.standard_error.empty()) score.stated = data.standard_error[i];
    judge(score);
  }
  return scores;
}

report::Table table_of(const std::vector<Score>& scores) {
  report::Table table{"Model less measured",
                      {{"File"},
                       {"What"},
                       {"Unit"},
                       {"Points"},
                       {"Rms"},
                       {"Bias"},
                       {"Largest"},
                       {"At", "h", 2},
                       {"Stated"},
                       {"In words"}},
                      {},
                      {}};
  for (const Score& s : scores) {
    table.rows.push_back({{s.file, s.what, s.unit, s.model.size(), report::Cell(s.rms, 3),
                           report::Cell(s.bias, 3), report::Cell(s.largest, 3), s.largest_at_h,
                           s.stated > 0 ? report::Cell(s.stated, 3) : report::Cell(""), s.words},
                          s.verdict});
  }
  return table;
}

std::vector<report::Block> charts_of(const std::vector<Score>& scores) {
  std::vector<report::Block> out;
  for (const Score& s : scores) {
    report::LineChart chart;
    chart.title = s.file + ": " + s.what;
    chart.x = {"Time", "h"};
    chart.y = {s.what.substr(0, s.what.rfind('_')), s.unit};
    chart.series = {{"model", s.time_h, s.model},
                    {"measured", s.time_h, s.measured, report::Side::left, report::Mark::points}};
    out.emplace_back(std::move(chart));
  }
  return out;
}

std::string text_of(const std::vector<Score>& scores) {
  std::string out;
  for (const Score& s : scores) {
    char text[200];
    std::snprintf(text, sizeof text,
                  "%zu points, rms %.3g %s, bias %+.3g, largest %+.3g at %.2f h\n", s.model.size(),
                  s.rms, s.unit.c_str(), s.bias, s.largest, s.largest_at_h);
    out += s.file + ", " + s.what + ", model less measured: " + text;
    out += "  " + s.words + "\n";
  }
  return out;
}

}  // namespace saggar::validate
