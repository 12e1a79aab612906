// Searcher: proposes points of the unit box, is told what they are worth, and proposes better ones.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hil/search/dice.hpp"

namespace saggar::search {

/// One number from 0 to 1 per dimension.
using Point = std::vector<double>;

/// Smaller values are sought. Thread: one.
class Searcher {
 public:
  virtual ~Searcher() = default;
  /// Points to be evaluated in any order, all at a time; the same until they are told.
  virtual const std::vector<Point>& ask() = 0;
  /// @param values  of these points, in their order; NaN counts as worst of all
  virtual void tell(std::span<const double> values) = 0;
  /// How often it has begun anew from another place.
  virtual std::size_t restarts() const noexcept { return 0; }
};

/// Points drawn evenly from the box: what any search has to beat.
class RandomSearch : public Searcher {
 public:
  RandomSearch(std::size_t dimensions, std::size_t at_a_time, std::uint64_t seed)
      : dice_(seed, "random search"), points_(at_a_time, Point(dimensions)) {
    draw();
  }
  const std::vector<Point>& ask() override { return points_; }
  void tell(std::span<const double>) override { draw(); }

 private:
  void draw() {
    for (Point& point : points_) {
      for (double& x : point) x = dice_.uniform();
    }
  }
  Dice dice_;
  std::vector<Point> points_;
};

}  // namespace saggar::search
