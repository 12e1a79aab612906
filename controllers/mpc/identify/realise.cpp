#include "controllers/mpc/identify/realise.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

namespace saggar::identify {
namespace {

/// Sum of A^k Q A'^k by doubling; A stable.
Eigen::MatrixXd gramian(Eigen::MatrixXd a, Eigen::MatrixXd sum) {
  for (int i = 0; i < 60; ++i) {
    const Eigen::MatrixXd more = a * sum * a.transpose();
    sum += more;
    if (more.norm() <= 1e-14 * sum.norm()) break;
    a = a * a;
  }
  return 0.5 * (sum + sum.transpose());
}

/// L with L L' = m, for m that is positive but for rounding.
Eigen::MatrixXd root(const Eigen::MatrixXd& m) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(m);
  return eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
}

StateSpace truncate(const StateSpace& full, const Eigen::VectorXd& ranges, double tolerance) {
  const Eigen::MatrixXd b = full.b * ranges.asDiagonal();
  const Eigen::MatrixXd reach = root(gramian(full.a, b * b.transpose()));
  const Eigen::MatrixXd see = root(gramian(full.a.transpose(), full.c.transpose() * full.c));
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(see.transpose() * reach,
                                              Eigen::ComputeThinU | Eigen::ComputeThinV);
  const auto& hankel = svd.singularValues();
  Eigen::Index keep = hankel.size();
  double left_out = 0;
  while (keep > 1 && left_out + 2 * hankel(keep - 1) <= tolerance * hankel.sum())
    left_out += 2 * hankel(--keep);
  while (keep > 1 && hankel(keep - 1) <= 1e-12 * hankel(0)) --keep;
  if (!(hankel(0) > 0))
    return {Eigen::MatrixXd::Zero(1, 1), Eigen::MatrixXd::Zero(1, b.cols()),
            Eigen::RowVectorXd::Zero(1)};
  const Eigen::VectorXd scale = hankel.head(keep).cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXd in = reach * svd.matrixV().leftCols(keep) * scale.asDiagonal();
  const Eigen::MatrixXd out =
      scale.asDiagonal() * svd.matrixU().leftCols(keep).transpose() * see.transpose();
  return {out * full.a * in, out * full.b, full.c * in};
}

/// Moves each input's final gain to what it was, by the least change of b in the balanced states.
void keep_gains(StateSpace& s, const Eigen::VectorXd& gains) {
  const Eigen::Index n = s.a.rows();
  const Eigen::MatrixXd still = Eigen::MatrixXd::Identity(n, n) - s.a;
  const Eigen::RowVectorXd row =
      still.transpose().partialPivLu().solve(s.c.transpose()).transpose();
  const double square = row.squaredNorm();
  if (!(square > 0)) return;
  s.b += row.transpose() * ((gains.transpose() - row * s.b) / square);
}

StateSpace with_integrator(const StateSpace& rise) {
  const Eigen::Index n = rise.a.rows();
  StateSpace out{Eigen::MatrixXd::Zero(n + 1, n + 1), Eigen::MatrixXd(n + 1, rise.b.cols()),
                 Eigen::RowVectorXd::Zero(n + 1)};
  out.a.topLeftCorner(n, n) = rise.a;
  out.a.bottomLeftCorner(1, n) = rise.c * rise.a;
  out.a(n, n) = 1;
  out.b << rise.b, rise.c * rise.b;
  out.c(n) = 1;
  return out;
}

}  // namespace

StateSpace observer_form(const Arx& model) {
  Eigen::Index n = model.a.size();
  for (const ArxInput& in : model.inputs) n = std::max(n, in.delay + in.b.size() - 1);
  StateSpace out{Eigen::MatrixXd::Zero(n, n),
                 Eigen::MatrixXd::Zero(n, static_cast<Eigen::Index>(model.inputs.size())),
                 Eigen::RowVectorXd::Zero(n)};
  out.a.col(0).head(model.a.size()) = model.a;
  for (Eigen::Index i = 0; i + 1 < n; ++i) out.a(i, i + 1) = 1;
  for (std::size_t j = 0; j < model.inputs.size(); ++j) {
    const ArxInput& in = model.inputs[j];
    out.b.col(static_cast<Eigen::Index>(j)).segment(in.delay - 1, in.b.size()) = in.b;
  }
  out.c(0) = 1;
  return out;
}

StateSpace realise(const Arx& model, const Eigen::VectorXd& ranges, double tolerance) {
  if (!(model.largest_pole() < 1)) return {};
  StateSpace out = truncate(observer_form(model), ranges, tolerance);
  Eigen::VectorXd gains(ranges.size());
  for (std::size_t j = 0; j < model.inputs.size(); ++j)
    gains(static_cast<Eigen::Index>(j)) = model.gain(j);
  keep_gains(out, gains);
  return model.integrating ? with_integrator(out) : out;
}

}  // namespace saggar::identify
