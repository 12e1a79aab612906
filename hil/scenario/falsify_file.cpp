#include "hil/scenario/falsify_file.hpp"

#include <algorithm>
#include <cmath>

#include "hil/scenario/set_field.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::scenario {
namespace {

std::string field(std::size_t i, const char* name) {
  return "range[" + std::to_string(i) + "]." + name;
}

/// At most nine digits: what a person can read, and a plant could not tell apart.
double readable(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double size = std::pow(10.0, 9 - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * size) / size;
}

}  // namespace

std::string Range::at(double place) const {
  if (!words.empty()) {
    const auto i = static_cast<std::size_t>(place * static_cast<double>(words.size()));
    return words[std::min(i, words.size() - 1)];
  }
  double value = low + (high - low) * place;
  if (grid > 0) {
    const double first = std::ceil(low / grid - 1e-9), last = std::floor(high / grid + 1e-9);
    value = grid * std::clamp(std::round(value / grid), first, last);
  }
  return config::plain(readable(value) + 0.0);  // no -0
}

void FalsifyFile::check(config::Checks& checks) const {
  if (name.empty() || name.find_first_of("/ \t\n") != std::string::npos) {
    checks.complain("name", "is one word without slash or blank: results are kept under it");
  }
  if (ranges.empty()) checks.complain("range", "nothing may be chosen: there is nothing to search");
  if (objective.aim != Aim::margin && objective.kpi.empty()) {
    checks.complain("objective.kpi", "`most` and `least` need a key figure");
  }
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const Range& range = ranges[i];
    if (!range.words.empty()) {
      if (range.low != 0 || range.high != 0) {
        checks.complain(field(i, "words"), "stand in place of low and high, not beside them");
      }
    } else if (!(range.low < range.high)) {
      checks.complain(field(i, "high"), "must be above low, or `words` be given");
    } else if (range.grid > 0 && std::floor(range.high / range.grid + 1e-9) <
                                     std::ceil(range.low / range.grid - 1e-9)) {
      checks.complain(field(i, "grid"), "has no multiple from low to high");
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (ranges[k].key == range.key) checks.complain(field(i, "key"), "has a range already");
    }
  }
}

domain::Result<Scenario> story_at(const Scenario& from, const std::vector<Range>& ranges,
                                  const std::vector<double>& point) {
  Scenario story = from;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto set = set_field([&](config::Visitor& v) { story.visit(v); }, ranges[i].key,
                               ranges[i].at(point[i]));
    if (!set) return domain::Error{field(i, "key"), set.error().text()};
  }
  return config::load_text<Scenario>(from.name, config::save_text(story));
}

domain::Status fits(const FalsifyFile& file, const Scenario& scenario) {
  if (file.objective.aim == Aim::margin) {
    const bool any =
        std::any_of(scenario.bounds.begin(), scenario.bounds.end(), [&](const Bound& bound) {
          return file.objective.kpi.empty() || bound.kpi == file.objective.kpi;
        });
    if (!any) {
      return domain::Error{
          "objective.aim",
          "\"margin\" is a distance to bounds, and scenario \"" + scenario.name + "\" has none" +
              (file.objective.kpi.empty() ? std::string() : " of " + file.objective.kpi)};
    }
  }
  for (const double place : {0.0, 1.0}) {
    for (std::size_t i = 0; i < file.ranges.size(); ++i) {
      for (const std::vector<Range>& some : {std::vector<Range>{file.ranges[i]}, file.ranges}) {
        const auto story = story_at(scenario, some, std::vector<double>(some.size(), place));
        if (story) continue;
        return domain::Error{file.name, "range of " + file.ranges[i].key + ", at " +
                                            file.ranges[i].at(place) + ": " + story.error().text()};
      }
    }
  }
  return domain::Done{};
}

}  // namespace saggar::scenario
