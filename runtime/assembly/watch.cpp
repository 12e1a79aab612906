#include "runtime/assembly/watch.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace saggar::assembly {
namespace {

using config::PolicyConfig;
using config::PolicyDomain;
using domain::Error;

monitor::WatchSettings::Feature feature_of(const config::PolicyFeature& from,
                                           const domain::Plant& plant, double period_s) {
  monitor::WatchSettings::Feature to;
  to.tag = plant.match(from.tag).at(0);
  if (!from.over.empty()) to.over = plant.mv_of(plant.match(from.over).at(0));
  to.input = {from.mean, from.scale, {}};
  for (const double lag : from.lags_s) {
    to.input.lags.push_back(static_cast<std::uint32_t>(std::lround(lag / period_s)));
  }
  return to;
}

/// Rows of the lower half, one after the other, to whole rows.
std::vector<double> whole_rows(const std::vector<double>& half, std::size_t n) {
  std::vector<double> whole(n * n);
  std::size_t at = 0;
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t k = 0; k <= row; ++k) whole[row * n + k] = half[at++];
  }
  return whole;
}

std::string lengths(std::size_t members, std::size_t outputs, std::size_t predictions,
                    std::size_t inputs) {
  return std::to_string(members) + " members of " + std::to_string(outputs) + " outputs, " +
         std::to_string(predictions) + " predictions and " + std::to_string(inputs) + " inputs";
}

}  // namespace

domain::Result<monitor::WatchSettings> watch_of(const config::GivenPackage& package,
                                                const domain::Plant& plant,
                                                const host::Active& active) {
  const PolicyConfig& policy = package.manifest;
  const PolicyDomain where = config::domain_of(package);
  monitor::WatchSettings to;
  for (const config::PolicyFeature& f : policy.features) {
    to.features.push_back(feature_of(f, plant, policy.period_s));
  }
  to.step_s = active.spec().period_s;
  to.period_s = policy.period_s;
  to.missing_wait_s = policy.missing_wait_s;
  to.mean = where.mean;
  to.lower = whole_rows(where.cholesky, where.mean.size());
  to.distance = where.distance;
  to.spread = where.spread;
  to.members = policy.members.size();
  for (std::size_t k = 0; k < policy.predictions.size(); ++k) {
    const config::PolicyPrediction& p = policy.predictions[k];
    to.predictions.push_back({plant.match(p.tag).at(0), p.horizon_s, where.residual[k]});
  }
  const host::EnsembleShape shape = active.ensemble_shape();
  to.tells = shape.members != 0;
  const bool same = shape.members == to.members && shape.outputs == policy.outputs.size() &&
                    shape.predictions == to.predictions.size() && shape.inputs == policy.width();
  if (to.tells && !same) {
    return Error{
        package.at,
        "the plugin says it has " +
            lengths(shape.members, shape.outputs, shape.predictions, shape.inputs) + ", package " +
            package.content.folder + " has " +
            lengths(to.members, policy.outputs.size(), to.predictions.size(), policy.width())};
  }
  try {
    const monitor::Watch tried(to, plant.tags.size());
  } catch (const std::invalid_argument& wrong) {
    return Error{package.at,
                 "package " + package.content.folder + " cannot be watched: " + wrong.what()};
  }
  return to;
}

}  // namespace saggar::assembly
