// Rescue: the smallest change of a request that keeps the tube inside, as an optimal control
// problem for the solver of the MPC.
#pragma once

#include <array>
#include <vector>

#include "controllers/mpc/ocp/solver.hpp"
#include "runtime/filter/tube.hpp"

namespace saggar::filter {

/// How a loop may be moved from now on, in K and degC.
struct Reach {
  double low = 0, high = 0;  ///< of the setpoint, over the horizon
  double first_K = 0;        ///< largest move in this cycle, from the value in force
  double step_K = 0;         ///< largest move per step of the prediction
};

/// Solves for up to kBatch loops at once: the solver works on eight numbers at a time, so eight
/// small problems cost little more than one. What neighbours do is taken as in `base`; whether it
/// holds together is for Tube::follow to say. Every solve stands alone: no memory between them.
/// Thread: control. No heap after construction; work bounded by the solver's counts.
class Rescue {
 public:
  static constexpr std::size_t kBatch = 8;

  explicit Rescue(std::size_t steps);

  /// Least change of the first setpoint, later ones free within their reach, so that the tube,
  /// moved by the slowest and weakest answer of each loop, stays inside.
  /// @param tube after follow(base)
  /// @param loops those to be changed, `count` <= kBatch
  /// @param plan their columns are written; false: the solver has no plan, nothing is written
  bool solve(const Tube& tube, const Plan& base, const std::vector<Reach>& reach,
             const std::uint16_t* loops, std::size_t count, Plan& plan) noexcept;

  /// Iterations of the last solve, for the bench.
  int iterations() const noexcept { return iterations_; }

 private:
  void set_loop(const Tube& tube, const Plan& base, const Reach& reach, std::size_t loop,
                std::size_t place) noexcept;
  void set_idle(std::size_t place) noexcept;

  std::size_t steps_;
  ocp::Problem problem_;
  ocp::Solver solver_;
  std::array<double, kBatch * kBatch> a_{}, b_{};
  int iterations_ = 0;
};

}  // namespace saggar::filter
