#include "hil/fit/judge.hpp"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "hil/fit/figures.hpp"

namespace saggar::fit {
namespace {

constexpr double kNoEffect = 1e-6;  ///< least singular value that is divided by
constexpr double kAtBound = 1e-6;   ///< in uncertainties

/// "0.71 bed.conductivity_factor - 0.70 powder.solid_W_per_mK", each in its uncertainty; one figure
/// alone by its name.
std::string combination(const Eigen::VectorXd& v, const std::vector<Adjustable>& of) {
  std::string out, last;
  int named = 0;
  for (std::size_t i = 0; i < of.size(); ++i) {
    const double c = v[static_cast<Eigen::Index>(i)];
    if (std::abs(c) < 0.2) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f ", std::abs(c));
    out += (out.empty() ? (c < 0 ? "-" : "") : (c < 0 ? " - " : " + ")) + (text + of[i].key());
    last = of[i].key();
    ++named;
  }
  return named == 1 ? last : out + ", each counted in its uncertainty";
}

bool rests_on_bound(const Adjustable& figure, double u) {
  return u <= figure.low() + kAtBound || u >= figure.high() - kAtBound;
}

void tell_apart(const Eigen::MatrixXd& covariance, const std::vector<Adjustable>& of,
                const Options& options, Outcome& out) {
  for (Eigen::Index a = 0; a < covariance.rows(); ++a) {
    for (Eigen::Index b = 0; b < a; ++b) {
      const double correlation = covariance(a, b) / std::sqrt(covariance(a, a) * covariance(b, b));
      if (std::abs(correlation) < options.highest_correlation) continue;
      char text[32];
      std::snprintf(text, sizeof text, "%.4f", correlation);
      out.unknown.push_back(of[static_cast<std::size_t>(b)].key() + " and " +
                            of[static_cast<std::size_t>(a)].key() +
                            " cannot be told apart: correlation " + text +
                            "; one of them has to be known from elsewhere");
    }
  }
}

}  // namespace

bool Outcome::at_bound() const noexcept {
  return std::any_of(estimates.begin(), estimates.end(),
                     [](const Estimate& e) { return e.at_bound; });
}

double within95(double freedom) noexcept {
  if (freedom < 1) return std::numeric_limits<double>::infinity();
  // Tables for few; beyond, the expansion of Student's quantile in 1/freedom about the normal one.
  constexpr double kFew[] = {12.706, 4.303, 3.182, 2.776};
  if (freedom < 5) return kFew[static_cast<int>(freedom) - 1];
  constexpr double z = 1.959964, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
  const double small = 1.0 / freedom;
  return z + small * ((z3 + z) / 4 + small * ((5 * z5 + 16 * z3 + 3 * z) / 96 +
                                              small * (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384));
}

double following(const double* residual, std::size_t count) noexcept {
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    squares += residual[i] * residual[i];
    if (i > 0) products += residual[i] * residual[i - 1];
  }
  return squares > 0 ? products / squares : 0.0;
}

double still_falls(const AtBest& best, const std::vector<Adjustable>& adjustables,
                   const Options& options) {
  Eigen::MatrixXd free = best.jacobian;
  for (std::size_t i = 0; i < adjustables.size(); ++i) {
    if (rests_on_bound(adjustables[i], best.u[i])) free.col(static_cast<Eigen::Index>(i)).setZero();
  }
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(free, Eigen::ComputeThinU | Eigen::ComputeThinV);
  double fall = 0;
  for (Eigen::Index i = 0; i < svd.singularValues().size(); ++i) {
    if (svd.singularValues()[i] < options.least_effect) continue;
    const double along = svd.matrixU().col(i).dot(best.residuals);
    fall += along * along;
  }
  return fall;
}

void judge(const AtBest& best, const std::vector<Adjustable>& adjustables, const Options& options,
           Outcome& out) {
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(best.jacobian,
                                              Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::VectorXd& effect = svd.singularValues();
  const Eigen::Index n = best.jacobian.cols();
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < effect.size(); ++i) {
    const Eigen::VectorXd v = svd.matrixV().col(i);
    const double divisor = std::max(effect[i], kNoEffect);
    covariance += v * v.transpose() / (divisor * divisor);
    if (effect[i] >= options.least_effect) continue;
    out.unknown.push_back("the data say nothing of " + combination(v, adjustables));
  }
  tell_apart(covariance, adjustables, options, out);
  // Residuals larger than their stated error widen the intervals.
  const double freedom = static_cast<double>(best.jacobian.rows() - n);
  const double scatter = freedom > 0 ? best.residuals.norm() / std::sqrt(freedom) : 1.0;
  const bool from_scatter = best.errors_taken || scatter > 1.0;
  const double wide = from_scatter ? within95(freedom) * std::max(1.0, scatter)
                                   : within95(std::numeric_limits<double>::infinity());
  kiln::PlantParams plant = out.plant;
  for (std::size_t i = 0; i < adjustables.size(); ++i) {
    const Adjustable& of = adjustables[i];
    const auto at = static_cast<Eigen::Index>(i);
    const double u = best.u[i], half = wide * std::sqrt(covariance(at, at));
    // A factor whose energy moved with it has moved as well: all that is said of it moves along.
    const double value = find_figure(plant, of.key())->value;
    const double along = of.value(u) != 0 ? value / of.value(u) : 1.0;
    const auto said = [&](double scaled) { return along * of.value(scaled); };
    out.estimates.push_back({of.key(), of.before(), value, said(u - half), said(u + half),
                             said(of.low()), said(of.high()), rests_on_bound(of, u)});
  }
}

}  // namespace saggar::fit
