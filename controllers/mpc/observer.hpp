// Observer: state and disturbance of a linear model whose every state is a CV that is measured, or
// would be if its sensor worked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace saggar::mpc {

/// What moves one state by itself, one standard deviation each, in its unit; all > 0.
struct Noise {
  double measured = 1;  ///< of one measurement
  double state = 1;     ///< of the state, in one period
  double drift = 0.1;   ///< of the disturbance, in one period
};

/// Gains of the stationary Kalman filter of x+ = x + d, d+ = d, y = x.
struct Gains {
  double state = 0, drift = 0;
};
/// Iterates the Riccati difference equation to rest (Anderson and Moore 1979, 4.4). Allocates
/// nothing; some thousand multiplications.
Gains stationary_gains(const Noise& noise) noexcept;

///   x+ = A x + B u + d,  d+ = d,  y = x     one integrating disturbance per CV, so that every CV
/// is free of offset (Pannocchia and Rawlings 2003, condition 1: as many as CVs, detectable because
/// each enters the state that is measured). With equal gains the error dies out whenever A is
/// stable or marginally so, and block by block where A is block-triangular. A value that is not
/// there (NaN) corrects nothing; its state runs on by the model, and is no longer known once that
/// has lasted too long: when it is back it is taken to be at rest. Thread: one. Nothing allocates
/// after construction.
class Observer {
 public:
  Observer(std::size_t states, std::size_t inputs);

  void tune(std::size_t state, const Noise& noise) noexcept;
  /// @param periods  for which a state may be missing and stay known; default: for ever
  void shed_after(std::size_t state, double periods) noexcept { shed_after_[state] = periods; }
  /// Forgets all: the next correction begins at rest.
  void restart() noexcept;
  /// One period onward. Column-major, states x states and states x inputs.
  void predict(const double* a, const double* b, const double* u) noexcept;
  /// Onward by what was known to come in that period, per state. It stays: the disturbance becomes
  /// what holds it, and there is nothing to be learnt.
  void expect(const double* a, const double* change) noexcept;
  /// Takes measurements in; where a state is seen for the first time the disturbance becomes what
  /// holds the model at rest there.
  void correct(const double* a, const double* b, const double* u, const double* y) noexcept;

  const std::vector<double>& state() const noexcept { return x_; }
  const std::vector<double>& drift() const noexcept { return d_; }
  const std::vector<double>& innovation() const noexcept { return e_; }
  bool known(std::size_t state) const noexcept { return known_[state] != 0; }

  template <class S>
  void serialize(S& s) {
    s(x_, d_, e_, known_, missing_);
  }

 private:
  std::size_t n_, m_;
  std::vector<double> x_, d_, e_, next_;
  std::vector<double> missing_, shed_after_;  ///< periods
  std::vector<Gains> gains_;
  std::vector<std::uint8_t> known_;
};

}  // namespace saggar::mpc
