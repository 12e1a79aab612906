// Engine: the arithmetic of the solver behind one door, compiled once per instruction set.
#pragma once

#include <cstddef>

#include "controllers/mpc/ocp/view.hpp"

namespace saggar::ocp {

/// Inputs (stages x nu) and multipliers: bounds and rates (stages x nu), bands (stages x ny),
/// positive where the upper edge acts. Owned by the caller.
struct Point {
  double *u, *bounds, *rates, *bands;
};

struct CondensedLimits {
  int guesses = 12;
};
struct CondensedOutcome {
  bool settled = false;
  int guesses = 0;
};

struct InteriorLimits {
  int factorisations = 60;
  double gap = 5e-13;  ///< mean complementarity at which it ends
};
struct InteriorOutcome {
  bool reached = false;
  bool broke = false;  ///< no factorisation, not a number, or running away
  int factorisations = 0;
  double gap = 0;
};

/// How far a point is from the conditions of an optimum (Karush, Kuhn, Tucker). The first and the
/// third are shares of the largest pull on any input, where that is more than 1.
struct Residual {
  double stationarity = 0;  ///< gradient of the Lagrangian by u, largest
  double violation = 0;     ///< of bounds and rates, largest, in units of the input
  double complementarity =
      0;  ///< largest |y| times distance to its edge, or |y| over a band's price
  double objective = 0;
};

/// Thread: one. Nothing allocates after it is made.
class Engine {
 public:
  virtual ~Engine();
  /// Whether the problem is of the kind that condensed() solves.
  virtual bool condenses() const noexcept = 0;
  /// Makes what condensed() needs, after any change of A, B, Q, R or S.
  virtual bool prepare() noexcept = 0;
  /// From the multipliers of `at`.
  virtual CondensedOutcome condensed(const CondensedLimits& limits, const Point& at) noexcept = 0;
  virtual InteriorOutcome interior(const InteriorLimits& limits, const Point& at) noexcept = 0;
  /// The plan without bounds and bands. False: not positive definite.
  virtual bool free(double* u) noexcept = 0;
  virtual Residual residual(const Point& at) noexcept = 0;
  /// States of a plan: stages x nx, of x_{k+1}.
  virtual void states(const double* u, double* x) noexcept = 0;
};

/// How the engine for one instruction set is made.
struct EngineKind {
  const char* name;  ///< "baseline", "avx2", "avx512"
  bool (*runs_here)() noexcept;
  std::size_t (*doubles)(const View&);           ///< of aligned, zeroed memory
  Engine* (*make)(const View&, double* memory);  ///< the view must outlive it
};

/// The fastest that this machine runs.
const EngineKind& best_engine() noexcept;
/// Null where this machine cannot run it, or there is none of that name.
const EngineKind* engine_named(const char* name) noexcept;

}  // namespace saggar::ocp
