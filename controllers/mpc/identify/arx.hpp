// Arx: linear model of one output,
//
//   y[t] = sum_i a_i y[t-i] + sum_j sum_i b_ji u_j[t - d_j - i + 1] + c(t) + e[t],  i = 1 ..
//
// with a dead time d_j >= 1 of each input and c(t) a line through knots, for what drifts by itself.
// An integrating output has its differences y[t] - y[t-1] in the place of y.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace saggar::identify {

struct ArxInput {
  Eigen::Index column = 0;  ///< of Series::u
  int delay = 1;            ///< samples, >= 1: the hold itself is one
  Eigen::VectorXd b;        ///< order terms, output unit per input unit
};

struct Arx {
  double period_s = 60;
  bool integrating = false;
  Eigen::VectorXd a;
  std::vector<ArxInput> inputs;

  int order() const noexcept { return static_cast<int>(a.size()); }
  /// Parameters in one column: a, then b of each input.
  Eigen::VectorXd parameters() const;
  void set_parameters(const Eigen::VectorXd& p);
  /// Largest magnitude of a pole, the integrator left out; below 1: stable.
  double largest_pole() const;
  /// Final value of a unit step of input `j`; of an integrating output its final slope, per period.
  double gain(std::size_t j) const;
  /// Response of a unit step of input `j` at time 0: value at 1, 2 .. `count` periods.
  Eigen::VectorXd step(std::size_t j, Eigen::Index count) const;
};

}  // namespace saggar::identify
