// Certainty: how well a fit is known, and what it says of each input in words of a control room.
#pragma once

#include "controllers/mpc/identify/model_error.hpp"

namespace saggar::identify {

/// Portmanteau test of the one-step errors.
struct Whiteness {
  double statistic = 0;  ///< Ljung-Box Q
  int lags = 0;
  double probability = 0;  ///< of a larger Q if the errors are white
  bool white() const noexcept { return probability >= 0.01; }
};

/// What is known of a fit.
struct Certainty {
  double innovation = 0;  ///< standard deviation of the one-step error, output unit
  Whiteness whiteness;
  Eigen::MatrixXd covariance;  ///< of the columns of the fit, were the model the plant
  ModelError model_error;      ///< of what it is not
};

/// Covariance from the residuals: sigma^2 (Phi'Phi)^-1 where they are white, else the sandwich of
/// Newey and West (1987) with Bartlett weights, which holds for correlated errors as well.
/// Ljung and Box (1978); the probability by Wilson and Hilferty (1931), within 0.001.
Certainty judge(const Regressors& data, const Series& series, const Chosen& chosen,
                const LagLimits& limits);

/// How an output answers to an input.
enum class Answer : unsigned char {
  none,        ///< nothing that stands out of its own uncertainty
  lag,         ///< moves to a new value
  transient,   ///< moves and comes back
  integrating  ///< goes on moving
};

/// One channel. Each error is one standard error.
struct Figures {
  Answer answer = Answer::none;
  double gain = 0, gain_error = 0;  ///< output per input unit; integrating: per input unit and s
  double peak = 0, peak_error = 0;  ///< largest deviation after a unit step, with its sign
  double dead_time_s = 0, dead_time_error_s = 0;
  /// Time in which the answer reaches 63 % of its gain, less the dead time; of a transient, its
  /// peak; 0 where there is no answer or it does not end.
  double time_constant_s = 0, time_constant_error_s = 0;
};

/// The larger of two errors, since neither knows of the other's: by the delta method from the
/// covariance, with derivatives of the step response by difference; and what the model error makes
/// of the figure, its variance by the jackknife over blocks plus the bias squared, estimated
/// without bias itself as (what it adds)^2 less that variance where that is positive.
/// @param settle samples after which a response counts as settled
Figures figures(const Arx& model, std::size_t input, const Chosen& chosen,
                const Certainty& certainty, Eigen::Index settle);

}  // namespace saggar::identify
