// Line: the rows of saggars in the kiln, where they stand and what was put into them.
#pragma once

#include <cstdint>
#include <vector>

#include "controllers/twin/figures.hpp"

namespace saggar::twin {

/// Row 0 is the newest. Thread: one. Nothing allocates after construction.
class Line {
 public:
  Line(const Figures& figures, const Places& places);

  /// What one cycle sees of the feed.
  struct Feed {
    bool present = false;  ///< a row stands in the entry
    double mix_kg = 0;     ///< in each of its saggars; NaN = not known
  };
  /// What a step did: rows fed (put before all others) and rows that left (from the end).
  struct Moved {
    std::size_t fed = 0, left = 0;
  };
  /// Moves all rows by measured speed, one per drive group, then feeds and takes out.
  Moved advance(double dt_s, const double* speed_m_per_s, const Feed& feed) noexcept;
  /// Full at the pitch from the entry to the end, nominal charge.
  void fill() noexcept;

  std::size_t count() const noexcept { return count_; }
  std::size_t capacity() const noexcept { return position_m.size(); }
  double first_m() const noexcept { return count_ > 0 ? position_m[0] : total_m_; }

  void state(plugin::State& s);  ///< all that the next steps depend on

  std::vector<double> position_m, mix_kg;
  std::vector<std::uint64_t> number;

 private:
  bool comes(const Feed& feed, double moved_m) const noexcept;
  void push(double at_m, double mix_kg) noexcept;

  double pitch_m_, length_m_, total_m_, mix_kg_;
  std::size_t groups_, count_ = 0;
  std::uint64_t next_ = 0;
  double seen_kg_ = 0;
  bool was_present_ = true;
};

}  // namespace saggar::twin
