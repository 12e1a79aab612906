#include "hil/search/restarts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::search {
namespace {

/// The first of the smallest; NaN is never it unless all are.
std::size_t best_of(std::span<const double> values) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] < values[best] || (std::isnan(values[best]) && !std::isnan(values[i]))) best = i;
  }
  return best;
}

}  // namespace

Restarts::Restarts(std::size_t dimensions, const RestartOptions& options)
    : dimensions_(dimensions), options_(options), dice_(options.descent.seed, "restarts") {
  scout();
}

const std::vector<Point>& Restarts::ask() { return descent_ ? descent_->ask() : scouts_; }

void Restarts::tell(std::span<const double> values) {
  if (!descent_) {
    // From a plain there is nowhere to descend: look elsewhere.
    const bool plain =
        std::all_of(values.begin(), values.end(), [&](double value) { return value == values[0]; });
    if (plain && options_.scouts > 1) return scout();
    begin(scouts_[best_of(values)]);
    best_ = values[best_of(values)];
    return;
  }
  descent_->tell(values);
  const double found = values[best_of(values)];
  ++without_gain_;
  if (found < best_) {
    best_ = found;
    without_gain_ = 0;
  }
  const bool tired = options_.patience > 0 && without_gain_ >= options_.patience;
  if (descent_->settled() || tired) scout();
}

void Restarts::scout() {
  descent_.reset();
  scouts_.assign(std::max<std::size_t>(options_.scouts, 1), Point(dimensions_));
  for (Point& point : scouts_) {
    for (double& x : point) x = dice_.uniform();
  }
  if (options_.scouts == 0) begin(scouts_[0]);
}

void Restarts::begin(const Point& start) {
  CmaesOptions how = options_.descent;
  how.seed = options_.descent.seed + 1000003 * begun_;
  how.population = begun_ == 0 ? how.population : 2 * population_;
  descent_.emplace(start, how);
  population_ = descent_->population();
  ++begun_;
  best_ = std::numeric_limits<double>::infinity();
  without_gain_ = 0;
}

}  // namespace saggar::search
