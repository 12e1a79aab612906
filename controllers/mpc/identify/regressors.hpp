// Regressors: every lag that a model of one output may use, as columns, and the sums of products
// of them by fold. A fit of some lags to some folds is then a small solve, without the data.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "controllers/mpc/identify/arx.hpp"
#include "controllers/mpc/identify/series.hpp"

namespace saggar::identify {

struct LagLimits {
  int order = 8;         ///< largest
  int delay = 10;        ///< largest, samples
  int folds = 4;         ///< rows of fold f are held out together; >= 2
  int block = 60;        ///< rows next to one another that belong to one fold
  int drift_rows = 360;  ///< between knots of the drift
};

/// A fit: parameters of the model, of the drift, and the columns they belong to.
struct Fit {
  std::vector<Eigen::Index> columns;
  Eigen::VectorXd theta;
};

class Regressors {
 public:
  /// @param inputs columns of `series.u` that the model may have
  Regressors(const Series& series, Eigen::Index output, std::vector<Eigen::Index> inputs,
             const LagLimits& limits);

  Eigen::Index rows() const noexcept { return static_cast<Eigen::Index>(row_.size()); }
  /// Sample that row r explains.
  Eigen::Index sample(Eigen::Index r) const noexcept { return row_[static_cast<std::size_t>(r)]; }
  int fold(Eigen::Index r) const noexcept { return fold_[static_cast<std::size_t>(r)]; }
  int folds() const noexcept { return limits_.folds; }
  const Eigen::MatrixXd& matrix() const noexcept { return phi_; }
  const Eigen::VectorXd& target() const noexcept { return target_; }
  std::size_t input_count() const noexcept { return inputs_.size(); }
  Eigen::Index input_column(std::size_t j) const noexcept { return inputs_[j]; }

  Eigen::Index y_column(int lag) const noexcept { return lag - 1; }
  Eigen::Index u_column(std::size_t j, int lag) const noexcept;
  Eigen::Index drift_column(int knot) const noexcept;
  int knots() const noexcept { return knots_; }

  /// The columns of a model with these delays, drift included.
  std::vector<Eigen::Index> columns(int order, const std::vector<int>& delays) const;
  /// What is known of the parameters beforehand, as rows * theta = right.
  struct Known {
    Eigen::MatrixXd rows;
    Eigen::VectorXd right;
  };
  Known known(const std::vector<Eigen::Index>& columns) const;
  /// Least squares over all folds but `left_out`; -1: over all. Keeps to what is known.
  Fit fit(const std::vector<Eigen::Index>& columns, int left_out) const;
  /// Sum of squared one-step errors over the rows of one fold; `folds()`: over all rows.
  double error(const Fit& fit, int fold) const;
  /// One-step errors on data that each fit did not see, summed over the folds.
  double held_out_error(const std::vector<Eigen::Index>& columns) const;
  /// The fit as a model.
  Arx model(const Fit& fit, int order, const std::vector<int>& delays, double period_s,
            bool integrating) const;

 private:
  LagLimits limits_;
  std::vector<Eigen::Index> inputs_;
  int knots_ = 0;
  int follows_ = -1;
  std::vector<Eigen::Index> row_;
  std::vector<int> fold_;
  Eigen::MatrixXd phi_;
  Eigen::VectorXd target_;
  // per fold, and their sum at the end
  std::vector<Eigen::MatrixXd> gram_;
  std::vector<Eigen::VectorXd> moment_;
  std::vector<double> square_;
};

}  // namespace saggar::identify
