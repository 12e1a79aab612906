// Target: where the plant should come to rest, given what disturbs it now.
#pragma once

#include <cstddef>
#include <vector>

#include "controllers/mpc/lu.hpp"
#include "controllers/mpc/ocp/solver.hpp"
#include "controllers/mpc/wish.hpp"

namespace saggar::mpc {

/// Steady state of x = A x + B u + d that keeps the bounds of the MVs, then the bands by rank, then
/// has the least cost of targets, prices and rests.
///
/// Ranks are lexicographic (Kerrigan and Maciejowski 2002): where not all bands can be kept, the
/// bands of rank r are violated as little as those of ranks before it allow, then widened to what
/// was reached, then the next. What comes out as `low` and `high` are bands that can all be kept.
/// One steady state is an optimal control problem of one stage: the same solver does it.
/// All in scaled units. Thread: one. Nothing allocates after construction.
class Target {
 public:
  /// @param banded  the first so many states have bands
  Target(std::size_t states, std::size_t inputs, std::size_t banded);

  struct Outcome {
    bool solved = false;
    std::uint32_t gave_way = 0;  ///< the first rank whose bands could not all be kept; 0: none
  };
  /// What it finds stands until the next that is solved. Where the arithmetic of a rank breaks
  /// down, what all bands by weight came to stands instead.
  /// @param leak  share of an integrating state that is let go per period, so that it has a rest
  Outcome solve(const double* a, const double* b, const double* d, const std::vector<Cv>& cvs,
                const std::vector<Mv>& mvs, double leak = 1e-6) noexcept;

  const std::vector<double>& x() const noexcept { return x_; }
  const std::vector<double>& u() const noexcept { return u_; }
  const std::vector<double>& low() const noexcept { return low_; }
  const std::vector<double>& high() const noexcept { return high_; }
  /// Of the last problem solved.
  const ocp::Answer& answer() const noexcept { return answer_; }
  /// Steady gain of state `i` by input `j`.
  double gain(std::size_t i, std::size_t j) const noexcept { return gain_[i + j * n_]; }

  /// Weight of a band that is to be kept, and of one that is tried, against targets of weight 1.
  static constexpr double kFirm = 1e4, kTried = 10.0;

  /// Forgets what was found.
  void restart() noexcept;
  /// Something was found since the last restart.
  bool found() const noexcept { return found_ != 0; }
  template <class S>
  void serialize(S& s) {
    s(x_, u_, low_, high_, found_);
  }

 private:
  bool rest(const double* a, const double* b, const double* d, double leak) noexcept;
  void bounds(const std::vector<Mv>& mvs) noexcept;
  void cost(const std::vector<Cv>& cvs, const std::vector<Mv>& mvs, bool all) noexcept;
  bool settle() noexcept;
  double outside(std::size_t i) const noexcept;
  bool by_rank(const std::vector<Cv>& cvs, const std::vector<Mv>& mvs, Outcome& out) noexcept;
  void firm() noexcept;
  void widen() noexcept;
  void keep() noexcept;

  std::size_t n_, m_, banded_;
  Lu lu_;
  std::vector<double> gain_, still_, zero_;
  std::vector<double> x_, u_, low_, high_;                          ///< found
  std::vector<double> tried_x_, tried_u_, tried_low_, tried_high_;  ///< under way
  ocp::Problem problem_;
  ocp::Solver solver_;
  ocp::Answer answer_;
  std::uint8_t found_ = 0;
};

}  // namespace saggar::mpc
