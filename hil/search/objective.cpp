#include "hil/search/objective.hpp"

#include <algorithm>
#include <cmath>

#include "hil/search/failure.hpp"

namespace saggar::search {
namespace {

/// Of what is not met without a measure of how far off it is.
constexpr double kUnmet = -1;

const suite::Figure* figure_of(const suite::CaseResult& result, const std::string& name) {
  for (const suite::Figure& figure : result.figures) {
    if (figure.name == name) return &figure;
  }
  return nullptr;
}

double margin(const scenario::Bound& bound, double value) {
  const auto distance = [](double room, double limit) {
    return std::isfinite(limit) ? room / std::max(1.0, std::abs(limit)) : kNothing;
  };
  return std::min(distance(value - bound.least, bound.least),
                  distance(bound.most - value, bound.most));
}

double least_margin(const Objective& objective, const scenario::Scenario& story,
                    const suite::CaseResult& result) {
  double least = kNothing;
  for (const scenario::Bound& bound : story.bounds) {
    if (!objective.kpi.empty() && bound.kpi != objective.kpi) continue;
    const suite::Figure* figure = figure_of(result, bound.kpi);
    const bool judged = figure != nullptr && std::isfinite(figure->value);
    least = std::min(least, judged ? margin(bound, figure->value) : kUnmet);
  }
  return least;
}

}  // namespace

double worth(const Objective& objective, const scenario::Scenario& story,
             const suite::CaseResult& result) {
  if (result.outcome == "crashed") return kCrashed;
  if (result.outcome == "refused") return kNothing;
  bool unmet = false;
  for (const suite::Check& check : result.checks) {
    if (check.held) continue;
    if (is_of_fault(check)) return kNothing;
    unmet = unmet || check.kind != "bound";
  }
  if (objective.aim == Aim::margin) {
    const double least = least_margin(objective, story, result);
    return unmet ? std::min(least, kUnmet) : least;
  }
  const suite::Figure* figure = figure_of(result, objective.kpi);
  if (figure == nullptr || !std::isfinite(figure->value)) return kNothing;
  return objective.aim == Aim::most ? -figure->value : figure->value;
}

}  // namespace saggar::search
