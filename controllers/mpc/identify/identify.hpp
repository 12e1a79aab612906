// identify: from measured inputs and outputs to a linear model of each output, or the reason why
// the measurements do not carry one and what test would.
//
// Least squares in the form of a prediction-error method, one output at a time. In closed loop it
// is consistent where a signal of its own moves the inputs (the planned test), the loop has a delay
// and the order holds the noise as well: Forssell and Ljung 1999 (direct approach), Ljung 1999
// ch. 13. The last is checked by the whiteness of the errors.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "controllers/mpc/identify/certainty.hpp"
#include "controllers/mpc/identify/realise.hpp"
#include "controllers/mpc/identify/search.hpp"
#include "controllers/mpc/identify/series.hpp"

namespace saggar::identify {

struct Options {
  LagLimits lags;
  int horizon = 60;        ///< samples ahead that the model must foretell, as its user does
  int reach = 2;           ///< an input acts on outputs at most so many places away
  double least_fit = 0.3;  ///< at the horizon on held-out data, share of the movement
  /// Largest standard error of a gain, as a share of the largest gain of its row, both over the
  /// ranges of their inputs.
  double most_gain_error = 0.1;
  double most_missing = 0.1;         ///< share of samples
  double least_time_constants = 5;   ///< of excitation, in the slowest time constant found
  double least_independence = 0.05;  ///< smallest eigenvalue of the correlations of the inputs
  double tolerance = 1e-2;           ///< of the reduction, see realise
};

/// Nothing, or "field: what would be right".
std::string problem(const Options& options);

/// Why the data do not carry a model, or a part of it.
struct Refusal {
  std::string output;  ///< empty: the data as a whole
  std::string input;   ///< empty: the output as a whole
  std::string why;
  std::string advice;  ///< what test would: amplitude, switching time, duration

  std::string text() const;
};

/// The model of one output.
struct Row {
  Eigen::Index output = 0;
  Arx arx;
  Chosen chosen;
  Certainty certainty;
  std::vector<Figures> figures;  ///< per input of `arx`
  double fit = 0;                ///< at the horizon, held out; 1 = exact
  double horizon_error = 0;      ///< root mean square at the horizon, output unit
  double drift = 0;              ///< standard deviation of what moves by itself, output unit
  StateSpace space;              ///< inputs in the order of `arx`
  bool carried = true;           ///< nothing was refused
};

struct Identified {
  std::vector<Row> rows;  ///< of the outputs that could be fitted, carried by the data or not
  std::vector<Refusal> refusals;
};

/// @param series at least 50 samples
/// Pure: same data, same result. Cost: about 0.1 s per output of 7 inputs and 1500 samples.
Identified identify(const Series& series, const Options& options);

/// The inputs that may act on an output: places within `reach`, or without a place.
std::vector<Eigen::Index> inputs_of(const Series& series, Eigen::Index output, int reach);

}  // namespace saggar::identify
