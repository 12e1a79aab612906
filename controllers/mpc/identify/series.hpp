// Series: what was measured, equally spaced in time, as identification takes it.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <string>
#include <vector>

namespace saggar::identify {

/// One input or output.
struct Channel {
  std::string name;
  std::string unit;
  /// Inputs: how far a controller may move it, in its unit, > 0; gains of different inputs are
  /// compared after multiplication with it. Outputs: not used.
  double range = 1;
  /// Where it stands along the kiln, in zones from 0; below 0: everywhere.
  int place = -1;
  bool integrating = false;  ///< outputs: a held input makes it rise for ever
  /// Outputs: column of the input that it follows without a lasting error, because a controller
  /// below has integral action: gain 1 from it and 0 from all others are known then. -1: unknown.
  int follows = -1;
};

/// Row t of `u` is held (or its mean) from t to t + 1 periods; row t of `y` is the mean over the
/// period that ends at t. So an input acts on the next row of `y` at the earliest. NaN = missing.
struct Series {
  double period_s = 60;
  std::vector<Channel> inputs, outputs;
  Eigen::MatrixXd u;  ///< samples x inputs, differences from the operating point
  Eigen::MatrixXd y;  ///< samples x outputs, differences from the operating point

  Eigen::Index size() const noexcept { return y.rows(); }
};

/// Means over periods, of values that come one by one. Pure; allocates.
class Sampler {
 public:
  /// @param period_s > 0; @param least share of a period that must be good for a mean, (0, 1]
  Sampler(Series& series, double period_s, double least = 0.5);
  /// Values that stood over the `dt_s` > 0 before now; NaN = bad. Operating points are subtracted
  /// by `finish`.
  void add(double dt_s, const Eigen::VectorXd& u, const Eigen::VectorXd& y);
  /// A stretch without any value.
  void skip(double dt_s);
  /// Drops the unfinished period; the mean of each column becomes its operating point.
  /// @return operating points, inputs first
  Eigen::VectorXd finish();

 private:
  void close();
  Series& series_;
  double period_s_, least_;
  double in_period_s_ = 0;
  Eigen::VectorXd sum_, good_s_;
  std::vector<Eigen::VectorXd> rows_;
};

}  // namespace saggar::identify
