#include "hil/fit/fit.hpp"

#include <ceres/ceres.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "hil/fit/adjustable.hpp"
#include "hil/fit/judge.hpp"

namespace saggar::fit {
namespace {

/// Step of the derivatives, in units of the uncertainty: far above the rounding of a simulation.
constexpr double kDerivative = 0.02;
/// No value is taken to be better than this share of the range of its series: four digits.
constexpr double kFinest = 1e-4;
/// Errors from residuals: until none changes by more than this share, or so many times.
constexpr double kSteady = 0.02;
constexpr double kNothing = 0.01;
constexpr int kPasses = 6;
/// At a minimum all squares together fall no further than this share of what one value adds.
constexpr double kFalls = 0.1;
constexpr const char* kUnsteady =
    "standard errors that nobody stated go on changing with the fit; stated ones would be right";

/// All series as one vector of residuals in standard errors.
class Misfit final : public ceres::CostFunction {
 public:
  Misfit(const kiln::PlantParams& plant, const std::vector<Series>& series, const Model& model,
         const std::vector<Adjustable>& adjustables)
      : plant_(plant), series_(series), model_(model), adjustables_(adjustables) {
    int count = 0;
    for (const Series& s : series) count += static_cast<int>(s.value.size());
    set_num_residuals(count);
    mutable_parameter_block_sizes()->push_back(static_cast<int>(adjustables.size()));
    sigma.assign(series.size(), 1.0);
    unseen_.assign(series.size(), false);
  }

  std::vector<double> sigma;

  kiln::PlantParams plant(const double* u) const {
    kiln::PlantParams out = plant_;
    for (std::size_t i = 0; i < adjustables_.size(); ++i) adjustables_[i].apply(out, u[i]);
    return out;
  }

  /// A figure whose derivative was asked for in vain.
  std::optional<std::size_t> lost() const { return lost_; }

  /// Series of which the model showed nothing at some place.
  std::vector<std::size_t> unseen() const {
    std::vector<std::size_t> out;
    for (std::size_t k = 0; k < unseen_.size(); ++k) {
      if (unseen_[k]) out.push_back(k);
    }
    return out;
  }

  /// False where the model shows nothing.
  bool residuals(const double* u, double* out) const {
    const auto made = model_(plant(u));
    bool all = true;
    for (std::size_t k = 0; k < series_.size(); ++k) {
      for (std::size_t i = 0; i < series_[k].value.size(); ++i) {
        *out = (made[k][i] - series_[k].value[i]) / sigma[k];
        if (std::isfinite(*out++)) continue;
        all = false;
        unseen_[k] = true;
      }
    }
    return all;
  }

  bool Evaluate(double const* const* u, double* out, double** jacobians) const override {
    if (!residuals(u[0], out)) return false;
    if (jacobians == nullptr || jacobians[0] == nullptr) return true;
    lost_ = derivatives(u[0], out, jacobians[0]);
    return !lost_;
  }

  /// Derivatives at `u`, where the residuals are `here`: a row for each of them. From one side
  /// alone at a bound, and where the model shows nothing on the other. @return a figure without
  std::optional<std::size_t> derivatives(const double* u, const double* here, double* out) const {
    const std::size_t n = adjustables_.size(), m = static_cast<std::size_t>(num_residuals());
    std::vector<double> at(u, u + n), up(m), down(m);
    for (std::size_t k = 0; k < n; ++k) {
      const auto beside = [&](double place, std::vector<double>& there) {
        at[k] = std::clamp(place, adjustables_[k].low(), adjustables_[k].high());
        if (at[k] != u[k] && residuals(at.data(), there.data())) return at[k];
        there.assign(here, here + m);
        return u[k];
      };
      const double above = beside(u[k] + kDerivative, up), below = beside(u[k] - kDerivative, down);
      at[k] = u[k];
      if (!(above > below)) return k;
      for (std::size_t i = 0; i < m; ++i) out[i * n + k] = (up[i] - down[i]) / (above - below);
    }
    return std::nullopt;
  }

 private:
  const kiln::PlantParams& plant_;
  const std::vector<Series>& series_;
  const Model& model_;
  const std::vector<Adjustable>& adjustables_;
  mutable std::optional<std::size_t> lost_;  // Ceres evaluates what is const
  mutable std::vector<bool> unseen_;
};

domain::Status check(const kiln::PlantParams& plant, const std::vector<Series>& series,
                     const Model& model, std::size_t figures) {
  if (series.empty() || figures == 0) {
    return domain::Error{"fit", "needs at least one series and one figure to adjust"};
  }
  const auto made = model(plant);
  std::size_t values = 0;
  for (std::size_t k = 0; k < series.size(); ++k) {
    const Series& s = series[k];
    const char* wrong = s.value.empty() ? "is empty"
                        : s.sigma && !(*s.sigma > 0 && std::isfinite(*s.sigma))
                            ? "needs a finite standard error above 0"
                        : k >= made.size() || made[k].size() != s.value.size()
                            ? "has not one value of the model for each of its own"
                            : nullptr;
    if (wrong != nullptr) return domain::Error{s.name, std::string("the series ") + wrong};
    for (std::size_t i = 0; i < s.value.size(); ++i) {
      if (std::isfinite(s.value[i])) continue;
      return domain::Error{s.name, "row " + std::to_string(i + 1) + " is " +
                                       (std::isnan(s.value[i]) ? "not a number" : "infinite") +
                                       "; a finite value in each row would be right"};
    }
    for (const double value : made[k]) {
      if (!std::isfinite(value)) {
        return domain::Error{s.name, "the model shows nothing there with the figures as they are"};
      }
    }
    values += s.value.size();
  }
  if (values > figures) return domain::Done{};
  return domain::Error{"fit", std::to_string(values) + " values for " + std::to_string(figures) +
                                  " figures; more values or fewer figures would be right"};
}

/// Standard errors that nobody stated, from what is left over. @return largest change, as a share
double take_errors(const std::vector<Series>& series, std::size_t figures, Misfit& misfit,
                   const std::vector<double>& residuals) {
  const double kept = 1.0 - static_cast<double>(figures) / static_cast<double>(residuals.size());
  double change = 0;
  std::size_t at = 0;
  for (std::size_t k = 0; k < series.size(); ++k) {
    const Series& s = series[k];
    double squares = 0;
    for (std::size_t i = 0; i < s.value.size(); ++i) squares += std::pow(residuals[at++], 2);
    if (s.sigma) continue;
    const auto [low, high] = std::minmax_element(s.value.begin(), s.value.end());
    const double before = misfit.sigma[k];
    const double rms = before * std::sqrt(squares / static_cast<double>(s.value.size()) / kept);
    misfit.sigma[k] = std::max({rms, kFinest * (*high - *low), kFinest * kFinest});
    change = std::max(change, std::abs(misfit.sigma[k] / before - 1.0));
  }
  return change;
}

double rms(const std::vector<double>& residuals) {
  double sum = 0;
  for (const double r : residuals) sum += r * r;
  return std::sqrt(sum / static_cast<double>(residuals.size()));
}

/// From `u` on; it then has the best values.
void solve(Misfit& misfit, const std::vector<Adjustable>& adjustables, const Options& options,
           std::vector<double>& u, Outcome& out) {
  ceres::Problem::Options owner;
  owner.cost_function_ownership = ceres::DO_NOT_TAKE_OWNERSHIP;
  ceres::Problem problem(owner);
  problem.AddResidualBlock(&misfit, nullptr, u.data());
  for (std::size_t i = 0; i < u.size(); ++i) {
    problem.SetParameterLowerBound(u.data(), static_cast<int>(i), adjustables[i].low());
    problem.SetParameterUpperBound(u.data(), static_cast<int>(i), adjustables[i].high());
  }
  ceres::Solver::Options how;
  how.linear_solver_type = ceres::DENSE_QR;
  how.max_num_iterations = options.rounds;
  how.logging_type = ceres::SILENT;
  // In a flat valley steps go on for ever. A sum of squares that falls by less than this share of
  // what one standard error adds to it says nothing; and a simulation is smooth only so far.
  how.function_tolerance = kNothing / misfit.num_residuals();
  how.parameter_tolerance = 1e-4;
  ceres::Solver::Summary summary;
  ceres::Solve(how, &problem, &summary);
  out.converged = summary.termination_type == ceres::CONVERGENCE;
  out.rounds += summary.num_successful_steps;
}

domain::Error without_derivative(const Adjustable& figure) {
  char text[240];
  std::snprintf(text, sizeof text,
                "cannot be evaluated: about the best values the model shows nothing %g of its "
                "uncertainty to either side within its bounds; other bounds would be right",
                kDerivative);
  return {figure.key(), text};
}

/// Residuals that follow each other are no random errors.
void doubt(const std::vector<Series>& series, const std::vector<double>& residuals,
           const Options& options, Outcome& out) {
  constexpr std::size_t kFew = 10;
  std::size_t at = 0;
  for (const Series& s : series) {
    const double like = following(residuals.data() + at, s.value.size());
    at += s.value.size();
    if (s.value.size() < kFew || like < options.most_following) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", like);
    out.doubts.push_back(s.name + ": what is left over follows itself (" + text +
                         " from one value to the next), so it is no random error; the model has "
                         "another shape than the data, and true intervals are wider than stated");
  }
}

}  // namespace

domain::Result<Outcome> fit(const kiln::PlantParams& plant, const std::vector<Series>& series,
                            const Model& model, const std::vector<Parameter>& parameters,
                            const Options& options) {
  std::vector<Adjustable> adjustables;
  for (const Parameter& p : parameters) {
    auto made = Adjustable::of(plant, p);
    if (!made) return made.error();
    for (const Adjustable& other : adjustables) {
      if (other.key() == p.key) return domain::Error{p.key, "stands twice; once would be right"};
    }
    adjustables.push_back(std::move(made).value());
  }
  const auto sound = check(plant, series, model, adjustables.size());
  if (!sound) return sound.error();
  Misfit misfit(plant, series, model, adjustables);
  Outcome out;
  AtBest best;
  best.u.assign(adjustables.size(), 0.0);
  const auto count = static_cast<std::size_t>(misfit.num_residuals());
  std::vector<double> first(count), residuals(count), derivatives(count * best.u.size());
  for (std::size_t k = 0; k < series.size(); ++k) {
    misfit.sigma[k] = series[k].sigma.value_or(1.0);
    best.errors_taken = best.errors_taken || !series[k].sigma;
  }
  misfit.residuals(best.u.data(), first.data());
  take_errors(series, adjustables.size(), misfit, first);
  bool steady = false;
  for (int pass = 0; pass < kPasses && !steady; ++pass) {
    solve(misfit, adjustables, options, best.u, out);
    if (const auto lost = misfit.lost()) return without_derivative(adjustables[*lost]);
    misfit.residuals(best.u.data(), residuals.data());
    steady = take_errors(series, adjustables.size(), misfit, residuals) < kSteady;
  }
  if (!steady) out.doubts.emplace_back(kUnsteady);
  const std::vector<double> start(best.u.size(), 0.0);
  misfit.residuals(start.data(), first.data());
  if (!misfit.residuals(best.u.data(), residuals.data())) {
    return domain::Error{"fit", "the model shows nothing at the best values"};
  }
  const auto lost = misfit.derivatives(best.u.data(), residuals.data(), derivatives.data());
  if (lost) return without_derivative(adjustables[*lost]);
  out.rms_before = rms(first);
  out.rms_after = rms(residuals);
  out.sigma = misfit.sigma;
  out.plant = misfit.plant(best.u.data());
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  best.residuals = Eigen::Map<const Eigen::VectorXd>(residuals.data(), misfit.num_residuals());
  best.jacobian = Eigen::Map<const Rows>(derivatives.data(), misfit.num_residuals(),
                                         static_cast<Eigen::Index>(best.u.size()));
  // A minimum that Ceres reports where it could not go on is none.
  if (still_falls(best, adjustables, options) > kFalls * out.rms_after * out.rms_after) {
    out.stopped_by = misfit.unseen();
  }
  out.converged = out.converged && steady && out.stopped_by.empty();
  judge(best, adjustables, options, out);
  doubt(series, residuals, options, out);
  return out;
}

}  // namespace saggar::fit
