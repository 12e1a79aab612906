// fit: adjusts chosen figures of a plant and its material, within their bounds, to what was
// measured on powder fired alone; and says what the data cannot tell. Equations: README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hil/kiln/parameters.hpp"
#include "hil/kiln/single_saggar.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::fit {

enum class Kind : std::uint8_t {
  powder_degC,  ///< of one node of the bed
  mass_share,   ///< of the mix as fed, as a balance shows it
  conversion,   ///< x, mean over the bed
  mixing,       ///< z, mean
  size_nm       ///< primary particles, mean
};

/// What was done to the powder.
struct Conditions {
  kiln::Charge charge;
  kiln::Profile profile;
  kiln::MuffleFigures muffle;
};

/// One measured curve, or a few values of a laboratory.
struct Series {
  std::string name;
  Kind kind = Kind::powder_degC;
  std::size_t node = 0;                          ///< of `powder_degC`, from the surface
  std::vector<double> time_s;                    ///< rising
  std::vector<double> value;                     ///< as many
  double sigma = 1;                              ///< standard error of a value, in its unit, > 0
  std::shared_ptr<const Conditions> conditions;  ///< shared: series of one firing cost one run
};

/// A figure to adjust, such as "powder.porosity", "hydroxide.energy_J_per_mol" or
/// "bed.conductivity_factor". Without bounds: its value +- 3 of its uncertainty.
struct Parameter {
  std::string key;
  double low = 0, high = 0;
};

struct Options {
  double step_s = 10;
  int rounds = 30;
  /// A combination of parameters counts as unknown if moving it by one uncertainty moves all
  /// residuals together by less than this many standard errors.
  double least_effect = 1.0;
  double highest_correlation = 0.95;
};

struct Estimate {
  std::string key;
  double before = 0, value = 0;
  double low95 = 0, high95 = 0;  ///< confidence interval, linear about the best values
  bool at_bound = false;
};

struct Outcome {
  std::vector<Estimate> estimates;
  std::vector<std::string> unknown;      ///< in words, what the data cannot tell
  double rms_before = 0, rms_after = 0;  ///< of residuals in standard errors
  bool converged = false;
  kiln::PlantParams plant;  ///< with the best values
};

/// Errors: unknown keys, empty bounds, series that do not fit together.
domain::Result<Outcome> fit(const kiln::PlantParams& plant, const std::vector<Series>& series,
                            const std::vector<Parameter>& parameters, const Options& options = {});

/// What the simulator gives at the times of each series.
std::vector<std::vector<double>> simulate(const kiln::PlantParams& plant,
                                          const std::vector<Series>& series, double step_s);

}  // namespace saggar::fit
