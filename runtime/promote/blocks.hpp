// Blocks: the key figures of a group as means over a day or a shift, by who moved it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/config/gate_config.hpp"
#include "runtime/promote/interval.hpp"
#include "runtime/promote/scene.hpp"

namespace saggar::promote {

/// By KeyFigure; NaN: not measured.
using KeyFigures = std::array<double, config::kKeyFigureCount>;

/// Of one record: mean |thermocouple - recipe| in K, of the loops in soak zones, of all where the
/// group has none there; heating power in kW; what the guard changed or refused, in counts.
KeyFigures key_figures(const Scene& scene, const domain::Record& record,
                       const std::vector<domain::MvId>& mvs) noexcept;

/// Time of the field in pieces of `block_s`, from its zero. A piece counts for whoever moved the
/// whole group for half of it or more; figures are of that part alone, clips per hour.
class Blocks {
 public:
  explicit Blocks(double block_s) : block_s_(block_s) {}

  /// @param dt_s since the record before; 0 for what is not known
  void note(std::int64_t time_ns, double dt_s, std::string_view who, const KeyFigures& figures);
  /// Ends the present piece; before the figures are read.
  void finish();
  void forget(std::string_view who);  ///< all of this one so far
  void forget_all();

  /// Finite values of one figure, in order of time.
  std::vector<double> of(std::string_view who, config::KeyFigure figure) const;
  std::size_t count(std::string_view who) const noexcept;
  /// Whoever has most pieces of controllers and recipe; empty if nobody but `but` has any.
  std::string most(std::string_view but) const;

 private:
  struct Part {
    std::string who;
    double seconds = 0;
    KeyFigures sums{}, weights_s{};
  };
  struct Block {
    std::string who;
    KeyFigures figures;
  };

  double block_s_;
  std::int64_t piece_ = -1;
  std::vector<Part> parts_;  // of the present piece
  std::vector<Block> blocks_;
};

/// How a controller stands against what moved the group otherwise.
struct Comparison {
  std::size_t blocks = 0, baseline_blocks = 0;  ///< that have the figure
  double mean, baseline;
  Difference difference;
};
/// @param confidence one-sided, of the upper end
Comparison compare(const Blocks& blocks, std::string_view who, std::string_view baseline,
                   config::KeyFigure figure, double confidence);

}  // namespace saggar::promote
