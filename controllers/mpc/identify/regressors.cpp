#include "controllers/mpc/identify/regressors.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::identify {
namespace {

/// What the model predicts: the output, or its differences.
Eigen::VectorXd response(const Series& series, Eigen::Index output) {
  Eigen::VectorXd y = series.y.col(output);
  if (!series.outputs[static_cast<std::size_t>(output)].integrating) return y;
  for (Eigen::Index t = y.size() - 1; t > 0; --t) y(t) -= y(t - 1);
  if (y.size() > 0) y(0) = std::nan("");
  return y;
}

}  // namespace

Regressors::Regressors(const Series& series, Eigen::Index output, std::vector<Eigen::Index> inputs,
                       const LagLimits& limits)
    : limits_(limits), inputs_(std::move(inputs)) {
  const Eigen::VectorXd y = response(series, output);
  follows_ = series.outputs[static_cast<std::size_t>(output)].follows;
  const Eigen::Index samples = y.size();
  knots_ = static_cast<int>(samples / limits.drift_rows) + 2;
  const int lags = limits.delay + limits.order - 1;
  const Eigen::Index width = drift_column(knots_);
  const Eigen::Index first = std::max(limits.order, lags);
  phi_.resize(std::max<Eigen::Index>(samples - first, 0), width);
  target_.resize(phi_.rows());
  Eigen::RowVectorXd line(width);
  for (Eigen::Index t = first; t < samples; ++t) {
    line.setZero();
    for (int i = 1; i <= limits.order; ++i) line(y_column(i)) = y(t - i);
    for (std::size_t j = 0; j < inputs_.size(); ++j) {
      for (int i = 1; i <= lags; ++i) line(u_column(j, i)) = series.u(t - i, inputs_[j]);
    }
    const double knot = static_cast<double>(t) / limits.drift_rows;
    const int below = static_cast<int>(knot);
    line(drift_column(below)) = 1 - (knot - below);
    line(drift_column(below + 1)) = knot - below;
    if (!std::isfinite(y(t)) || !line.allFinite()) continue;
    const auto r = static_cast<Eigen::Index>(row_.size());
    phi_.row(r) = line;
    target_(r) = y(t);
    row_.push_back(t);
    fold_.push_back(static_cast<int>(t / limits.block) % limits.folds);
  }
  phi_.conservativeResize(rows(), Eigen::NoChange);
  target_.conservativeResize(rows());
  const auto parts = static_cast<std::size_t>(limits.folds) + 1;
  gram_.assign(parts, Eigen::MatrixXd::Zero(width, width));
  moment_.assign(parts, Eigen::VectorXd::Zero(width));
  square_.assign(parts, 0.0);
  for (std::size_t f = 0; f + 1 < parts; ++f) {
    Eigen::MatrixXd part(rows(), width);
    Eigen::VectorXd wanted(rows());
    Eigen::Index n = 0;
    for (Eigen::Index r = 0; r < rows(); ++r) {
      if (fold(r) != static_cast<int>(f)) continue;
      part.row(n) = phi_.row(r);
      wanted(n++) = target_(r);
    }
    gram_[f].noalias() = part.topRows(n).transpose() * part.topRows(n);
    moment_[f].noalias() = part.topRows(n).transpose() * wanted.head(n);
    square_[f] = wanted.head(n).squaredNorm();
    gram_.back() += gram_[f];
    moment_.back() += moment_[f];
    square_.back() += square_[f];
  }
}

Eigen::Index Regressors::u_column(std::size_t j, int lag) const noexcept {
  const int lags = limits_.delay + limits_.order - 1;
  return limits_.order + static_cast<Eigen::Index>(j) * lags + lag - 1;
}

Eigen::Index Regressors::drift_column(int knot) const noexcept {
  return u_column(inputs_.size(), 1) + knot;
}

std::vector<Eigen::Index> Regressors::columns(int order, const std::vector<int>& delays) const {
  std::vector<Eigen::Index> out;
  for (int i = 1; i <= order; ++i) out.push_back(y_column(i));
  for (std::size_t j = 0; j < inputs_.size(); ++j) {
    for (int i = 0; i < order; ++i) out.push_back(u_column(j, delays[j] + i));
  }
  for (int k = 0; k < knots_; ++k) out.push_back(drift_column(k));
  return out;
}

// Gain g of an input: sum of its b = g (1 - sum of a).
Regressors::Known Regressors::known(const std::vector<Eigen::Index>& columns) const {
  Known out;
  if (follows_ < 0) return out;
  const auto inputs = static_cast<Eigen::Index>(inputs_.size());
  const auto size = static_cast<Eigen::Index>(columns.size());
  const Eigen::Index order = (size - knots_) / (inputs + 1);
  out.rows = Eigen::MatrixXd::Zero(inputs, size);
  out.right = Eigen::VectorXd::Zero(inputs);
  for (Eigen::Index j = 0; j < inputs; ++j) {
    const double gain = inputs_[static_cast<std::size_t>(j)] == follows_ ? 1 : 0;
    out.rows.row(j).head(order).setConstant(gain);
    out.rows.row(j).segment(order * (j + 1), order).setOnes();
    out.right(j) = gain;
  }
  return out;
}

// Columns are scaled to one, so that a relative floor under the pivots (knots that no row of this
// fit lies near) means the same for all of them.
Fit Regressors::fit(const std::vector<Eigen::Index>& columns, int left_out) const {
  const auto n = static_cast<Eigen::Index>(columns.size());
  Eigen::MatrixXd gram = gram_.back()(columns, columns);
  Eigen::VectorXd moment = moment_.back()(columns);
  if (left_out >= 0) {
    gram -= gram_[static_cast<std::size_t>(left_out)](columns, columns);
    moment -= moment_[static_cast<std::size_t>(left_out)](columns);
  }
  Eigen::VectorXd scale(n);
  for (Eigen::Index i = 0; i < n; ++i) scale(i) = gram(i, i) > 0 ? 1 / std::sqrt(gram(i, i)) : 1;
  gram = scale.asDiagonal() * gram * scale.asDiagonal();
  gram.diagonal().array() += 1e-10;
  const Eigen::VectorXd scaled = scale.cwiseProduct(moment);
  const Eigen::LDLT<Eigen::MatrixXd> solver(gram);
  Eigen::VectorXd theta = solver.solve(scaled);
  const Known given = known(columns);
  if (given.rows.rows() > 0) {  // the nearest point, in the metric of the fit, that keeps to it
    const Eigen::MatrixXd rows = given.rows * scale.asDiagonal();
    const Eigen::MatrixXd across = solver.solve(rows.transpose());
    theta += across * (rows * across).ldlt().solve(given.right - rows * theta);
  }
  return {columns, scale.cwiseProduct(theta)};
}

double Regressors::error(const Fit& fit, int fold) const {
  const auto f = static_cast<std::size_t>(fold);
  const Eigen::MatrixXd gram = gram_[f](fit.columns, fit.columns);
  const Eigen::VectorXd moment = moment_[f](fit.columns);
  return std::max(0.0, square_[f] - 2 * fit.theta.dot(moment) + fit.theta.dot(gram * fit.theta));
}

double Regressors::held_out_error(const std::vector<Eigen::Index>& columns) const {
  double sum = 0;
  for (int f = 0; f < limits_.folds; ++f) sum += error(fit(columns, f), f);
  return sum;
}

Arx Regressors::model(const Fit& fit, int order, const std::vector<int>& delays, double period_s,
                      bool integrating) const {
  Arx out;
  out.period_s = period_s;
  out.integrating = integrating;
  out.a = fit.theta.head(order);
  Eigen::Index at = order;
  for (std::size_t j = 0; j < inputs_.size(); ++j, at += order)
    out.inputs.push_back({inputs_[j], delays[j], fit.theta.segment(at, order)});
  return out;
}

}  // namespace saggar::identify
