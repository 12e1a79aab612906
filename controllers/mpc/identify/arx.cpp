#include "controllers/mpc/identify/arx.hpp"

#include <Eigen/Eigenvalues>

namespace saggar::identify {

Eigen::VectorXd Arx::parameters() const {
  Eigen::Index count = a.size();
  for (const ArxInput& in : inputs) count += in.b.size();
  Eigen::VectorXd p(count);
  p.head(a.size()) = a;
  Eigen::Index at = a.size();
  for (const ArxInput& in : inputs) {
    p.segment(at, in.b.size()) = in.b;
    at += in.b.size();
  }
  return p;
}

void Arx::set_parameters(const Eigen::VectorXd& p) {
  a = p.head(a.size());
  Eigen::Index at = a.size();
  for (ArxInput& in : inputs) {
    in.b = p.segment(at, in.b.size());
    at += in.b.size();
  }
}

double Arx::largest_pole() const {
  const Eigen::Index n = a.size();
  if (n == 0) return 0;
  Eigen::MatrixXd companion = Eigen::MatrixXd::Zero(n, n);
  companion.row(0) = a.transpose();
  for (Eigen::Index i = 1; i < n; ++i) companion(i, i - 1) = 1;
  return companion.eigenvalues().cwiseAbs().maxCoeff();
}

double Arx::gain(std::size_t j) const { return inputs[j].b.sum() / (1 - a.sum()); }

Eigen::VectorXd Arx::step(std::size_t j, Eigen::Index count) const {
  const ArxInput& in = inputs[j];
  Eigen::VectorXd y = Eigen::VectorXd::Zero(count);
  for (Eigen::Index t = 0; t < count; ++t) {
    for (Eigen::Index i = 0; i < a.size() && i < t; ++i) y(t) += a(i) * y(t - 1 - i);
    for (Eigen::Index i = 0; i < in.b.size(); ++i) {
      if (t + 1 - in.delay - i >= 0) y(t) += in.b(i);
    }
  }
  if (integrating) {
    for (Eigen::Index t = 1; t < count; ++t) y(t) += y(t - 1);
  }
  return y;
}

}  // namespace saggar::identify
