#include "hil/fit/fit.hpp"

#include <ceres/ceres.h>

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "hil/fit/adjustable.hpp"

namespace saggar::fit {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Step of the derivatives, in units of the uncertainty: far above the rounding of a simulation.
constexpr double kDerivative = 0.02;
constexpr double kWithin95 = 1.96;

double read(const kiln::Beds& beds, const Series& series, double fed_kg) {
  if (series.kind == Kind::powder_degC) {
    return beds.temperature_K[series.node * beds.stride()] - material::kZeroCelsius_K;
  }
  if (series.kind == Kind::mass_share) return beds.solid_kg(0) / fed_kg;
  double sum = 0;
  for (std::size_t i = 0; i < beds.nodes(); ++i) {
    const material::Fired f = beds.fired(0, 0, i);
    sum += series.kind == Kind::conversion ? f.conversion
           : series.kind == Kind::mixing   ? f.mixing
                                           : f.size_nm;
  }
  return sum / static_cast<double>(beds.nodes());
}

/// One series while it is simulated.
struct Curve {
  const Series* series;
  std::vector<double>* out;
  double now = 0;

  /// Takes the values of one step: a straight line between its ends.
  void advance(const kiln::SingleSaggar& saggar, double step_s, double fed_kg) {
    const double before = now;
    now = read(saggar.beds(), *series, fed_kg);
    while (out->size() < series->time_s.size() && series->time_s[out->size()] <= saggar.time_s()) {
      const double behind = (saggar.time_s() - series->time_s[out->size()]) / step_s;
      out->push_back(now + std::clamp(behind, 0.0, 1.0) * (before - now));
    }
  }
};

/// All series as one vector of residuals in standard errors.
class Misfit : public ceres::CostFunction {
 public:
  Misfit(const kiln::PlantParams& plant, const std::vector<Series>& series,
         const std::vector<Adjustable>& adjustables, double step_s)
      : plant_(plant), series_(series), adjustables_(adjustables), step_s_(step_s) {
    int count = 0;
    for (const Series& s : series) count += static_cast<int>(s.value.size());
    set_num_residuals(count);
    mutable_parameter_block_sizes()->push_back(static_cast<int>(adjustables.size()));
  }

  kiln::PlantParams plant(const double* u) const {
    kiln::PlantParams out = plant_;
    for (std::size_t i = 0; i < adjustables_.size(); ++i) adjustables_[i].apply(out, u[i]);
    return out;
  }

  void residuals(const double* u, double* out) const {
    const kiln::PlantParams at = plant(u);
    const auto made = simulate(at, series_, step_s_);
    for (std::size_t k = 0; k < made.size(); ++k) {
      const Series& s = series_[k];
      for (std::size_t i = 0; i < made[k].size(); ++i) {
        *out++ = (made[k][i] - s.value[i]) / s.sigma;
      }
    }
  }

  bool Evaluate(double const* const* u, double* out, double** jacobians) const override {
    residuals(u[0], out);
    if (jacobians == nullptr || jacobians[0] == nullptr) return true;
    const std::size_t n = adjustables_.size(), m = static_cast<std::size_t>(num_residuals());
    std::vector<double> at(u[0], u[0] + n), up(m), down(m);
    for (std::size_t k = 0; k < n; ++k) {
      at[k] = u[0][k] + kDerivative;
      residuals(at.data(), up.data());
      at[k] = u[0][k] - kDerivative;
      residuals(at.data(), down.data());
      at[k] = u[0][k];
      for (std::size_t i = 0; i < m; ++i) {
        jacobians[0][i * n + k] = (up[i] - down[i]) / (2.0 * kDerivative);
      }
    }
    return true;
  }

 private:
  const kiln::PlantParams& plant_;
  const std::vector<Series>& series_;
  const std::vector<Adjustable>& adjustables_;
  double step_s_;
};

domain::Result<bool> check(const kiln::PlantParams& plant, const std::vector<Series>& series) {
  for (const Series& s : series) {
    const char* wrong = s.conditions == nullptr ? "does not say what was done to the powder"
                        : s.time_s.size() != s.value.size() ? "has not one value for each time"
                        : s.value.empty()                   ? "is empty"
                        : !(s.sigma > 0)                    ? "needs a standard error above 0"
                        : s.node >= plant.bed.nodes ? "names a node that the bed does not have"
                        : !std::is_sorted(s.time_s.begin(), s.time_s.end())
                            ? "has times that do not rise"
                            : nullptr;
    if (wrong != nullptr) return domain::Error{s.name, std::string("the series ") + wrong};
  }
  return true;
}

/// "0.71 bed.conductivity_factor - 0.70 powder.solid_W_per_mK", each in its uncertainty.
std::string combination(const Eigen::VectorXd& v, const std::vector<Adjustable>& of) {
  std::string out;
  for (std::size_t i = 0; i < of.size(); ++i) {
    const double c = v[static_cast<Eigen::Index>(i)];
    if (std::abs(c) < 0.2) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f ", std::abs(c));
    out += (out.empty() ? (c < 0 ? "-" : "") : (c < 0 ? " - " : " + ")) + (text + of[i].key());
  }
  return out;
}

/// Confidence intervals and what cannot be told, from the derivatives at the best values.
void judge(const Matrix& jacobian, const std::vector<double>& u,
           const std::vector<Adjustable>& adjustables, const Options& options, Outcome& out) {
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(jacobian, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::VectorXd& effect = svd.singularValues();
  const Eigen::Index n = jacobian.cols();
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index i = 0; i < effect.size(); ++i) {
    const Eigen::VectorXd v = svd.matrixV().col(i);
    covariance += v * v.transpose() / std::max(effect[i] * effect[i], 1e-12);
    if (effect[i] >= options.least_effect) continue;
    out.unknown.push_back("the data say nothing of " + combination(v, adjustables) +
                          ", each counted in its uncertainty");
  }
  for (Eigen::Index a = 0; a < n; ++a) {
    for (Eigen::Index b = 0; b < a; ++b) {
      const double both = std::sqrt(covariance(a, a) * covariance(b, b));
      const double correlation = covariance(a, b) / both;
      if (std::abs(correlation) < options.highest_correlation) continue;
      out.unknown.push_back(adjustables[static_cast<std::size_t>(b)].key() + " and " +
                            adjustables[static_cast<std::size_t>(a)].key() +
                            " cannot be told apart: correlation " + std::to_string(correlation));
    }
  }
  // Residuals larger than their stated error widen the intervals.
  const double wide = kWithin95 * std::max(1.0, out.rms_after);
  for (std::size_t i = 0; i < adjustables.size(); ++i) {
    const Adjustable& of = adjustables[i];
    const auto at = static_cast<Eigen::Index>(i);
    const double half = wide * std::sqrt(covariance(at, at));
    const bool bound = u[i] <= of.low() + 1e-6 || u[i] >= of.high() - 1e-6;
    out.estimates.push_back({of.key(), of.before(), of.value(u[i]), of.value(u[i] - half),
                             of.value(u[i] + half), bound});
  }
}

double rms(const std::vector<double>& residuals) {
  double sum = 0;
  for (const double r : residuals) sum += r * r;
  return std::sqrt(sum / static_cast<double>(residuals.size()));
}

}  // namespace

std::vector<std::vector<double>> simulate(const kiln::PlantParams& plant,
                                          const std::vector<Series>& series, double step_s) {
  std::vector<std::vector<double>> out(series.size());
  std::vector<Curve> curves;
  for (std::size_t first = 0; first < series.size(); ++first) {
    if (!out[first].empty()) continue;
    const Conditions& c = *series[first].conditions;
    curves.clear();
    for (std::size_t i = first; i < series.size(); ++i) {
      if (series[i].conditions.get() == &c) curves.push_back({&series[i], &out[i]});
    }
    kiln::SingleSaggar saggar(kiln::BedFigures::from(plant, 1), c.charge, c.profile, c.muffle);
    for (Curve& curve : curves) curve.now = read(saggar.beds(), *curve.series, c.charge.mix_kg);
    const auto missing = [](const Curve& curve) {
      return curve.out->size() < curve.series->time_s.size();
    };
    while (std::any_of(curves.begin(), curves.end(), missing)) {
      saggar.step(step_s);
      for (Curve& curve : curves) curve.advance(saggar, step_s, c.charge.mix_kg);
    }
  }
  return out;
}

domain::Result<Outcome> fit(const kiln::PlantParams& plant, const std::vector<Series>& series,
                            const std::vector<Parameter>& parameters, const Options& options) {
  auto sound = check(plant, series);
  if (!sound) return sound.error();
  if (series.empty() || parameters.empty()) {
    return domain::Error{"fit", "needs at least one series and one parameter"};
  }
  std::vector<Adjustable> adjustables;
  for (const Parameter& p : parameters) {
    auto made = Adjustable::of(plant, p);
    if (!made) return made.error();
    adjustables.push_back(std::move(made).value());
  }
  auto* misfit = new Misfit(plant, series, adjustables, options.step_s);  // the problem owns it
  std::vector<double> u(adjustables.size(), 0.0), residuals(misfit->num_residuals());
  Outcome out;
  misfit->residuals(u.data(), residuals.data());
  out.rms_before = rms(residuals);
  ceres::Problem problem;
  problem.AddResidualBlock(misfit, nullptr, u.data());
  for (std::size_t i = 0; i < u.size(); ++i) {
    problem.SetParameterLowerBound(u.data(), static_cast<int>(i), adjustables[i].low());
    problem.SetParameterUpperBound(u.data(), static_cast<int>(i), adjustables[i].high());
  }
  ceres::Solver::Options how;
  how.linear_solver_type = ceres::DENSE_QR;
  how.max_num_iterations = options.rounds;
  how.logging_type = ceres::SILENT;
  // A simulation is smooth only down to its thresholds: finer than this there is nothing to find.
  how.function_tolerance = 1e-6;
  how.parameter_tolerance = 1e-4;
  ceres::Solver::Summary summary;
  ceres::Solve(how, &problem, &summary);
  out.converged = summary.termination_type == ceres::CONVERGENCE;
  Matrix jacobian(misfit->num_residuals(), static_cast<Eigen::Index>(u.size()));
  const double* at = u.data();
  double* into = jacobian.data();
  misfit->Evaluate(&at, residuals.data(), &into);
  out.rms_after = rms(residuals);
  out.plant = misfit->plant(u.data());
  judge(jacobian, u, adjustables, options, out);
  return out;
}

}  // namespace saggar::fit
