// Cmaes: evolution strategy with covariance matrix adaptation, after N. Hansen, "The CMA Evolution
// Strategy: A Tutorial", arXiv:1604.00772: equations (5) to (47) with its default parameters, the
// positive weights only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hil/search/dice.hpp"
#include "hil/search/eigen.hpp"
#include "hil/search/searcher.hpp"

namespace saggar::search {

struct CmaesOptions {
  std::size_t population = 0;  ///< 0: 4 + 3 ln(dimensions), the tutorial's
  double step = 0.3;           ///< standard deviation at the start, of a box of width 1
  std::uint64_t seed = 1;
  double same_value = 1e-12;  ///< settled when values of many generations differ by less
  double same_place = 1e-9;   ///< or its steps are smaller
};

/// One descent. Dimensions and choices are the caller's: it knows the unit box only. A point beyond
/// a wall is looked at where a mirror in that wall shows it. Same seed and values: same points.
/// Thread: one. Costs some 10 n^3 a generation.
class Cmaes : public Searcher {
 public:
  /// @param start  a point of the box, of at least one dimension
  Cmaes(const Point& start, const CmaesOptions& options);

  const std::vector<Point>& ask() override { return shown_; }
  void tell(std::span<const double> values) override;

  /// Nothing more will come of it: begin anew elsewhere.
  bool settled() const noexcept { return settled_; }
  std::size_t population() const noexcept { return shown_.size(); }
  double step() const noexcept { return sigma_; }

 private:
  void choose_parameters();
  void sample();
  void move(const std::vector<std::size_t>& order);
  void adapt(const std::vector<std::size_t>& order, bool stalled);
  void look_for_an_end(std::span<const double> values, const std::vector<std::size_t>& order);

  std::size_t n_;
  CmaesOptions options_;
  Dice dice_;
  std::vector<double> weights_;
  double mu_eff_ = 0, c_sigma_ = 0, d_sigma_ = 0, c_c_ = 0, c_1_ = 0, c_mu_ = 0, chi_n_ = 0;

  Point mean_;
  double sigma_;
  Square covariance_;
  Axes axes_;  ///< of the covariance; values are square roots: lengths
  std::vector<double> path_sigma_, path_c_;
  std::vector<std::vector<double>> steps_;  ///< of the points asked, in units of sigma
  std::vector<Point> shown_;                ///< the points, within the box
  std::vector<double> best_values_;         ///< of each generation
  std::size_t generation_ = 0;
  bool settled_ = false;
};

}  // namespace saggar::search
