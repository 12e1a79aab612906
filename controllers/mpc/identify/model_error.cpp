#include "controllers/mpc/identify/model_error.hpp"

#include <cmath>

namespace saggar::identify {
namespace {

constexpr double kQuick = 1.0 / 12, kSlow = 2.0 / 3;  // of a block

/// Measured less foretold, where the model runs on its own outputs from the first row after a gap.
Eigen::VectorXd free_run_errors(const Regressors& data, const Chosen& chosen) {
  const Eigen::MatrixXd phi = data.matrix()(Eigen::all, chosen.fit.columns);
  Eigen::VectorXd y(data.rows());
  Eigen::Index start = 0;
  for (Eigen::Index r = 0; r < data.rows(); ++r) {
    if (r > 0 && data.sample(r) != data.sample(r - 1) + 1) start = r;
    y(r) = phi.row(r).dot(chosen.fit.theta);
    for (Eigen::Index i = 0; i < chosen.order && r - 1 - i >= start; ++i)
      y(r) += chosen.fit.theta(i) * (y(r - 1 - i) - phi(r, i));
  }
  return data.target() - y;
}

/// Row t: the lags at sample t, of inputs that stood until then. A missing input stays as it was.
Eigen::MatrixXd lagged(const Regressors& data, const Series& series,
                       const std::vector<double>& keep) {
  const auto lags = static_cast<Eigen::Index>(keep.size());
  const auto inputs = static_cast<Eigen::Index>(data.input_count());
  Eigen::MatrixXd out(series.size(), inputs * lags);
  for (Eigen::Index c = 0; c < out.cols(); ++c) {
    const Eigen::Index column = data.input_column(static_cast<std::size_t>(c / lags));
    const double pole = keep[static_cast<std::size_t>(c % lags)];
    double x = 0, u = 0;
    for (Eigen::Index t = 0; t < series.size(); ++t) {
      out(t, c) = x;
      if (std::isfinite(series.u(t, column))) u = series.u(t, column);
      x = pole * x + (1 - pole) * u;
    }
  }
  return out;
}

/// Coefficients of the lags; those of the drift, behind them, are found and dropped.
Eigen::VectorXd solve(Eigen::MatrixXd gram, const Eigen::VectorXd& moment,
                      const Eigen::MatrixXd& zero, Eigen::Index count) {
  Eigen::VectorXd scale(gram.rows());
  for (Eigen::Index i = 0; i < scale.size(); ++i)
    scale(i) = gram(i, i) > 0 ? 1 / std::sqrt(gram(i, i)) : 1;
  gram = scale.asDiagonal() * gram * scale.asDiagonal();
  gram.diagonal().array() += 1e-10;  // knots that no row lies near
  const Eigen::LDLT<Eigen::MatrixXd> solver(gram);
  Eigen::VectorXd theta = solver.solve(scale.cwiseProduct(moment));
  if (zero.rows() > 0) {
    const Eigen::MatrixXd rows = zero * scale.asDiagonal();
    const Eigen::MatrixXd across = solver.solve(rows.transpose());
    theta -= across * (rows * across).ldlt().solve(rows * theta);
  }
  return scale.cwiseProduct(theta).head(count);
}

/// A known gain leaves nothing to add: the coefficients of an input sum to zero.
Eigen::MatrixXd nothing_added(const Regressors& data, const Chosen& chosen, Eigen::Index lags,
                              Eigen::Index width) {
  const Eigen::Index known = data.known(chosen.fit.columns).rows.rows();
  Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(known, width);
  for (Eigen::Index j = 0; j < known; ++j) zero.row(j).segment(j * lags, lags).setOnes();
  return zero;
}

}  // namespace

double ModelError::gain(const Eigen::VectorXd& coefficients, std::size_t j) const {
  const auto lags = static_cast<Eigen::Index>(keep.size());
  return coefficients.segment(static_cast<Eigen::Index>(j) * lags, lags).sum();
}

Eigen::VectorXd ModelError::step(const Eigen::VectorXd& coefficients, std::size_t j,
                                 Eigen::Index count) const {
  Eigen::VectorXd out = Eigen::VectorXd::Zero(count);
  for (std::size_t k = 0; k < keep.size(); ++k) {
    const double b = coefficients(static_cast<Eigen::Index>(j * keep.size() + k));
    double x = 0;
    for (Eigen::Index t = 0; t < count; ++t) {
      x = keep[k] * x + 1 - keep[k];
      out(t) += b * x;
    }
  }
  return out;
}

ModelError model_error(const Regressors& data, const Series& series, const Chosen& chosen,
                       const LagLimits& limits) {
  ModelError out;
  for (const double share : {kQuick, kSlow})
    out.keep.push_back(std::exp(-1 / (share * limits.block)));
  const Eigen::MatrixXd lags = lagged(data, series, out.keep);
  Eigen::MatrixXd phi(data.rows(), lags.cols() + data.knots());
  for (Eigen::Index r = 0; r < data.rows(); ++r) {
    phi.row(r).head(lags.cols()) = lags.row(data.sample(r));
    phi.row(r).tail(data.knots()) =
        data.matrix().row(r).segment(data.drift_column(0), data.knots());
  }
  const Eigen::VectorXd errors = free_run_errors(data, chosen);
  const Eigen::MatrixXd zero =
      nothing_added(data, chosen, static_cast<Eigen::Index>(out.keep.size()), phi.cols());
  const Eigen::MatrixXd gram = phi.transpose() * phi;
  const Eigen::VectorXd moment = phi.transpose() * errors;
  out.theta = solve(gram, moment, zero, lags.cols());
  for (Eigen::Index first = 0, end = 0; first < data.rows(); first = end) {
    const auto block = [&](Eigen::Index r) { return data.sample(r) / limits.block; };
    while (end < data.rows() && block(end) == block(first)) ++end;
    const auto part = phi.middleRows(first, end - first);
    out.without.push_back(solve(gram - part.transpose() * part,
                                moment - part.transpose() * errors.segment(first, end - first),
                                zero, lags.cols()));
  }
  return out;
}

}  // namespace saggar::identify
