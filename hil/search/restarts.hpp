// Restarts: descents by CMA-ES from random places of the box, each with twice the population of the
// one before (IPOP: Auger and Hansen, CEC 2005).
#pragma once

#include <optional>

#include "hil/search/cmaes.hpp"

namespace saggar::search {

struct RestartOptions {
  CmaesOptions descent;
  /// Random points looked at before each descent; it begins at the best of them. While all of them
  /// are worth the same, as many others are looked at. 0: it begins at one drawn.
  std::size_t scouts = 0;
  /// A descent whose best value did not become better in so many generations is given up; 0: never.
  std::size_t patience = 0;
};

/// Thread: one.
class Restarts : public Searcher {
 public:
  Restarts(std::size_t dimensions, const RestartOptions& options);

  const std::vector<Point>& ask() override;
  void tell(std::span<const double> values) override;
  std::size_t restarts() const noexcept override { return begun_ > 0 ? begun_ - 1 : 0; }

 private:
  void scout();
  void begin(const Point& start);

  std::size_t dimensions_;
  RestartOptions options_;
  Dice dice_;
  std::vector<Point> scouts_;
  std::optional<Cmaes> descent_;
  std::size_t begun_ = 0, population_ = 0, without_gain_ = 0;
  double best_ = 0;
};

}  // namespace saggar::search
