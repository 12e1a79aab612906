#include "controllers/mpc/identify/series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::identify {

Sampler::Sampler(Series& series, double period_s, double least)
    : series_(series), period_s_(period_s), least_(least) {
  series_.period_s = period_s;
  const auto columns = static_cast<Eigen::Index>(series.inputs.size() + series.outputs.size());
  sum_ = Eigen::VectorXd::Zero(columns);
  good_s_ = Eigen::VectorXd::Zero(columns);
}

void Sampler::close() {
  Eigen::VectorXd mean(sum_.size());
  for (Eigen::Index c = 0; c < sum_.size(); ++c) {
    mean(c) = good_s_(c) >= least_ * period_s_ ? sum_(c) / good_s_(c)
                                               : std::numeric_limits<double>::quiet_NaN();
  }
  rows_.push_back(std::move(mean));
  sum_.setZero();
  good_s_.setZero();
  in_period_s_ = 0;
}

void Sampler::add(double dt_s, const Eigen::VectorXd& u, const Eigen::VectorXd& y) {
  double left_s = dt_s;
  while (left_s > 0) {
    const double take_s = std::min(left_s, period_s_ - in_period_s_);
    for (Eigen::Index c = 0; c < sum_.size(); ++c) {
      const double v = c < u.size() ? u(c) : y(c - u.size());
      if (!std::isfinite(v)) continue;
      sum_(c) += v * take_s;
      good_s_(c) += take_s;
    }
    in_period_s_ += take_s;
    left_s -= take_s;
    if (in_period_s_ >= period_s_ * (1 - 1e-9)) close();
    if (left_s < 1e-9 * period_s_) return;
  }
}

void Sampler::skip(double dt_s) {
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const auto inputs = static_cast<Eigen::Index>(series_.inputs.size());
  add(dt_s, Eigen::VectorXd::Constant(inputs, nan),
      Eigen::VectorXd::Constant(sum_.size() - inputs, nan));
}

// A mean over a period belongs to the end of it for an output and to its start for an input, which
// is one row earlier.
Eigen::VectorXd Sampler::finish() {
  const auto inputs = static_cast<Eigen::Index>(series_.inputs.size());
  const auto outputs = static_cast<Eigen::Index>(series_.outputs.size());
  const auto count = static_cast<Eigen::Index>(rows_.size());
  const auto samples = std::max<Eigen::Index>(count - 1, 0);
  series_.u.resize(samples, inputs);
  series_.y.resize(samples, outputs);
  for (Eigen::Index t = 0; t < samples; ++t) {
    series_.y.row(t) = rows_[static_cast<std::size_t>(t)].tail(outputs).transpose();
    series_.u.row(t) = rows_[static_cast<std::size_t>(t) + 1].head(inputs).transpose();
  }
  Eigen::VectorXd point = Eigen::VectorXd::Zero(inputs + outputs);
  const auto centre = [](Eigen::MatrixXd& m, Eigen::Index c) {
    double sum = 0, n = 0;
    for (Eigen::Index t = 0; t < m.rows(); ++t) {
      if (!std::isfinite(m(t, c))) continue;
      sum += m(t, c);
      n += 1;
    }
    const double mean = n > 0 ? sum / n : 0;
    m.col(c).array() -= mean;
    return mean;
  };
  for (Eigen::Index c = 0; c < inputs; ++c) point(c) = centre(series_.u, c);
  for (Eigen::Index c = 0; c < outputs; ++c) point(inputs + c) = centre(series_.y, c);
  return point;
}

}  // namespace saggar::identify
