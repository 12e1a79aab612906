#include "runtime/monitor/drift.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace saggar::monitor {

PageHinkley::PageHinkley(const PageHinkleySettings& settings) : settings_(settings) {
  if (!(settings.allowance >= 0)) throw std::invalid_argument("allowance: at least 0");
  if (!(settings.watch > 0 && settings.watch < settings.act)) {
    throw std::invalid_argument("watch: above 0 and below act");
  }
  if (!(settings.warm_up >= 2)) throw std::invalid_argument("warm_up: at least 2 errors");
}

void PageHinkley::note(double error) noexcept {
  if (!std::isfinite(error)) return;
  if (seen_ < settings_.warm_up) {  // Welford 1962
    seen_ += 1;
    const double before = error - mean_;
    mean_ += before / seen_;
    scatter_ += before * (error - mean_);
    if (seen_ >= settings_.warm_up) scatter_ = std::sqrt(scatter_ / (seen_ - 1));
    return;
  }
  if (!(scatter_ > 0)) {  // all alike until now: any other value is a change
    if (error != mean_) up_ = down_ = settings_.act;
    return;
  }
  const double z = (error - mean_) / scatter_;
  up_ = std::max(0.0, up_ + z - settings_.allowance);
  down_ = std::max(0.0, down_ - z - settings_.allowance);
}

Drift PageHinkley::state() const noexcept {
  return level() >= settings_.act     ? Drift::act
         : level() >= settings_.watch ? Drift::watch
                                      : Drift::ok;
}

void PageHinkley::clear() noexcept { seen_ = mean_ = scatter_ = up_ = down_ = 0; }

Population::Population(std::vector<double> edges, std::vector<double> shares,
                       const PopulationSettings& settings)
    : edges_(std::move(edges)),
      shares_(std::move(shares)),
      settings_(settings),
      count_(shares_.size()),
      index_(std::nan("")) {
  if (edges_.empty() || shares_.size() != edges_.size() + 1) {
    throw std::invalid_argument("a population needs one share more than edges, and an edge");
  }
  double sum = 0;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    if (!(shares_[i] > 0)) throw std::invalid_argument("shares of a population: all above 0");
    if (i + 1 < edges_.size() && !(edges_[i] < edges_[i + 1])) {
      throw std::invalid_argument("edges of a population: rising");
    }
    sum += shares_[i];
  }
  if (!(std::abs(sum - 1) < 1e-6)) throw std::invalid_argument("shares of a population: sum 1");
}

void Population::note(double value) noexcept {
  if (std::isnan(value)) return;
  const auto bin = std::upper_bound(edges_.begin(), edges_.end(), value) - edges_.begin();
  count_[static_cast<std::size_t>(bin)] += 1;
  seen_ += 1;
}

void Population::close_shift() noexcept {
  index_ = std::nan("");
  if (seen_ >= settings_.fewest) {
    index_ = 0;
    const double all = seen_ + 0.5 * static_cast<double>(count_.size());
    for (std::size_t i = 0; i < count_.size(); ++i) {
      const double share = (count_[i] + 0.5) / all;
      index_ += (share - shares_[i]) * std::log(share / shares_[i]);
    }
  }
  std::fill(count_.begin(), count_.end(), 0.0);
  seen_ = 0;
}

Drift Population::state() const noexcept {
  return index_ >= settings_.act     ? Drift::act
         : index_ >= settings_.watch ? Drift::watch
                                     : Drift::ok;
}

}  // namespace saggar::monitor
