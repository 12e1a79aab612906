// fit: adjusts chosen figures of a plant and its material, within their bounds, to what was
// measured; and says what the data cannot tell. Equations: README.md.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hil/kiln/parameters.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::fit {

/// One measured curve, or a few values of a laboratory.
struct Series {
  std::string name;
  std::vector<double> value;
  /// Standard error of a value, in its unit, > 0. None: taken from what the fit leaves over.
  std::optional<double> sigma;
};

/// What a plant with these figures shows: for each series as many values as it has, in its unit;
/// NaN where it shows nothing. Smooth in the figures down to the thresholds of a simulation.
using Model = std::function<std::vector<std::vector<double>>(const kiln::PlantParams&)>;

/// A figure to adjust, such as "powder.porosity", "hydroxide.energy_J_per_mol" or
/// "bed.conductivity_factor". Without bounds: its value +- 3 of its uncertainty.
struct Parameter {
  std::string key;
  double low = 0, high = 0;
};

struct Options {
  int rounds = 30;
  /// A combination of parameters counts as unknown if moving it by one uncertainty moves all
  /// residuals together by less than this many standard errors.
  double least_effect = 1.0;
  double highest_correlation = 0.95;
  /// Residuals that follow each other more than this are no random errors.
  double most_following = 0.5;
};

struct Estimate {
  std::string key;
  double before = 0, value = 0;
  double low95 = 0, high95 = 0;  ///< confidence interval, linear about the best values
  double low = 0, high = 0;      ///< bounds of the search
  bool at_bound = false;
};

struct Outcome {
  std::vector<Estimate> estimates;
  std::vector<std::string> unknown;      ///< in words, what the data cannot tell
  std::vector<std::string> doubts;       ///< in words, why intervals may be too narrow
  std::vector<double> sigma;             ///< of each series: stated, or taken from the residuals
  double rms_before = 0, rms_after = 0;  ///< of residuals in standard errors
  /// Series of which the model shows nothing where the search would go on.
  std::vector<std::size_t> stopped_by;
  bool converged = false;  ///< at a minimum, with standard errors that stay
  int rounds = 0;
  kiln::PlantParams plant;  ///< with the best values

  bool at_bound() const noexcept;
  /// The figures can be used: found, told apart, and by the data rather than by a bound.
  bool found() const noexcept { return converged && unknown.empty() && !at_bound(); }
  /// The best that can be said of a fit: found, and nothing to doubt its intervals.
  bool sound() const noexcept { return found() && doubts.empty(); }
};

/// Runs the model some hundred times. Thread: one, that of the caller.
/// Errors: unknown keys, empty bounds, series that do not fit together, fewer values than figures;
/// a figure beside whose best value the model shows nothing on either side.
domain::Result<Outcome> fit(const kiln::PlantParams& plant, const std::vector<Series>& series,
                            const Model& model, const std::vector<Parameter>& parameters,
                            const Options& options = {});

}  // namespace saggar::fit
