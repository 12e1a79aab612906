#include "hil/search/cmaes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace saggar::search {
namespace {

/// Into the box: as if its walls were mirrors.
double mirrored(double x) noexcept {
  const double folded = std::abs(std::fmod(x, 2.0));
  return folded > 1.0 ? 2.0 - folded : folded;
}

/// `axes` times the coordinates in them.
std::vector<double> combine(const Axes& axes, const std::vector<double>& along) {
  std::vector<double> out(along.size(), 0.0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t j = 0; j < out.size(); ++j) out[i] += axes.vectors.at(i, j) * along[j];
  }
  return out;
}

double norm(const std::vector<double>& v) noexcept {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

/// From the best to the worst; equal ones in the order in which they were asked for.
std::vector<std::size_t> ranked(std::span<const double> values) {
  const auto of = [&](std::size_t i) {
    return std::isnan(values[i]) ? std::numeric_limits<double>::infinity() : values[i];
  };
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return of(a) < of(b); });
  return order;
}

}  // namespace

Cmaes::Cmaes(const Point& start, const CmaesOptions& options)
    : n_(start.size()),
      options_(options),
      dice_(options.seed, "cmaes"),
      mean_(start),
      sigma_(options.step),
      covariance_(n_),
      axes_{std::vector<double>(n_, 1.0), Square(n_)},
      path_sigma_(n_, 0.0),
      path_c_(n_, 0.0) {
  for (std::size_t i = 0; i < n_; ++i) covariance_.at(i, i) = axes_.vectors.at(i, i) = 1;
  choose_parameters();
  sample();
}

/// Table 1 of the tutorial.
void Cmaes::choose_parameters() {
  const auto n = static_cast<double>(n_);
  std::size_t lambda = options_.population;
  if (lambda == 0) lambda = 4 + static_cast<std::size_t>(3.0 * std::log(n));
  lambda = std::max<std::size_t>(lambda, 4);
  steps_.resize(lambda);
  shown_.resize(lambda, Point(n_));
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < lambda / 2; ++i) {
    weights_.push_back(std::log(0.5 * (static_cast<double>(lambda) + 1.0)) -
                       std::log(static_cast<double>(i) + 1.0));
    sum += weights_.back();
  }
  for (double& w : weights_) {
    w /= sum;
    squares += w * w;
  }
  mu_eff_ = 1.0 / squares;
  c_sigma_ = (mu_eff_ + 2.0) / (n + mu_eff_ + 5.0);
  d_sigma_ = 1.0 + 2.0 * std::max(0.0, std::sqrt((mu_eff_ - 1.0) / (n + 1.0)) - 1.0) + c_sigma_;
  c_c_ = (4.0 + mu_eff_ / n) / (n + 4.0 + 2.0 * mu_eff_ / n);
  c_1_ = 2.0 / ((n + 1.3) * (n + 1.3) + mu_eff_);
  c_mu_ = std::min(1.0 - c_1_,
                   2.0 * (mu_eff_ - 2.0 + 1.0 / mu_eff_) / ((n + 2.0) * (n + 2.0) + mu_eff_));
  chi_n_ = std::sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n));
}

void Cmaes::sample() {
  std::vector<double> along(n_);
  for (std::size_t k = 0; k < steps_.size(); ++k) {
    for (std::size_t i = 0; i < n_; ++i) along[i] = axes_.values[i] * dice_.normal();
    steps_[k] = combine(axes_, along);
    for (std::size_t i = 0; i < n_; ++i) shown_[k][i] = mirrored(mean_[i] + sigma_ * steps_[k][i]);
  }
}

void Cmaes::tell(std::span<const double> values) {
  const std::vector<std::size_t> order = ranked(values);
  ++generation_;
  move(order);
  look_for_an_end(values, order);
  sample();
}

/// Mean, paths and step length, then the covariance: equations (41) to (47).
void Cmaes::move(const std::vector<std::size_t>& order) {
  std::vector<double> mean_step(n_, 0.0), along(n_, 0.0);
  for (std::size_t k = 0; k < weights_.size(); ++k) {
    for (std::size_t i = 0; i < n_; ++i) mean_step[i] += weights_[k] * steps_[order[k]][i];
  }
  for (std::size_t j = 0; j < n_; ++j) {
    for (std::size_t i = 0; i < n_; ++i) along[j] += axes_.vectors.at(i, j) * mean_step[i];
    along[j] /= axes_.values[j];
  }
  const std::vector<double> whitened = combine(axes_, along);
  const double keep = 1.0 - c_sigma_, take = std::sqrt(c_sigma_ * (2.0 - c_sigma_) * mu_eff_);
  for (std::size_t i = 0; i < n_; ++i) {
    mean_[i] += sigma_ * mean_step[i];
    path_sigma_[i] = keep * path_sigma_[i] + take * whitened[i];
  }
  const double length = norm(path_sigma_);
  const double expected =
      std::sqrt(1.0 - std::pow(keep, 2.0 * static_cast<double>(generation_))) * chi_n_;
  const bool stalled = length / expected >= 1.4 + 2.0 / (static_cast<double>(n_) + 1.0);
  for (std::size_t i = 0; i < n_; ++i) {
    path_c_[i] *= 1.0 - c_c_;
    if (!stalled) path_c_[i] += std::sqrt(c_c_ * (2.0 - c_c_) * mu_eff_) * mean_step[i];
  }
  adapt(order, stalled);
  sigma_ *= std::exp(c_sigma_ / d_sigma_ * (length / chi_n_ - 1.0));
  // Beyond the width of the box a longer step says nothing new.
  sigma_ = std::min(sigma_, 1.0);
}

void Cmaes::adapt(const std::vector<std::size_t>& order, bool stalled) {
  const double kept = 1.0 - c_1_ - c_mu_ + (stalled ? c_1_ * c_c_ * (2.0 - c_c_) : 0.0);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rank_mu = 0;
      for (std::size_t k = 0; k < weights_.size(); ++k) {
        rank_mu += weights_[k] * steps_[order[k]][i] * steps_[order[k]][j];
      }
      covariance_.at(i, j) =
          kept * covariance_.at(i, j) + c_1_ * path_c_[i] * path_c_[j] + c_mu_ * rank_mu;
      covariance_.at(j, i) = covariance_.at(i, j);
    }
  }
  axes_ = axes_of(covariance_);
  for (double& value : axes_.values) value = std::sqrt(std::max(value, 1e-300));
}

/// Of the tutorial's B.3: values that no longer differ, steps too small, a covariance too flat.
void Cmaes::look_for_an_end(std::span<const double> values, const std::vector<std::size_t>& order) {
  best_values_.push_back(values[order.front()]);
  const double in_generation = values[order.back()] - values[order.front()];
  const auto history = 10 + static_cast<std::size_t>(std::ceil(30.0 * static_cast<double>(n_) /
                                                               static_cast<double>(values.size())));
  if (best_values_.size() >= history) {
    const auto from = best_values_.end() - static_cast<std::ptrdiff_t>(history);
    const auto [low, high] = std::minmax_element(from, best_values_.end());
    settled_ =
        settled_ || (*high - *low < options_.same_value && in_generation < options_.same_value);
  }
  const auto [thin, long_one] = std::minmax_element(axes_.values.begin(), axes_.values.end());
  settled_ = settled_ || sigma_ * *long_one < options_.same_place || *long_one > 1e7 * *thin;
}

}  // namespace saggar::search
