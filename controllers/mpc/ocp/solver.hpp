// Solver: one optimal control problem after another, with the promises that a plant needs.
//
// Whatever goes in, what comes out is either a plan that keeps every bound and rate, or a status
// and nothing to use. Nothing allocates after construction, no clock is read, no thread is made;
// work is bounded by counts fixed at construction, and the same problems give the same bits on
// every machine.
//
//   Problem problem(size);           // fill it
//   Solver solver(problem);
//   Answer answer = solver.solve();  // each cycle, after problem's vectors were set
//   if (usable(answer)) ... solver.input(0) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "controllers/mpc/ocp/engine.hpp"
#include "controllers/mpc/ocp/problem.hpp"

namespace saggar::ocp {

enum class Status : std::uint8_t {
  solved,  ///< residual within the tolerances
  late,    ///< bound of work reached: the plan keeps all bounds, its residual says how good it is
  infeasible,  ///< bounds and rates of an input leave nothing: Answer::input and stage say which
  refused,     ///< a number is not finite, a weight or bound is out of range: Answer::why
  broken       ///< the arithmetic broke down
};

/// Where the plan comes from.
enum class Source : std::uint8_t {
  solver,     ///< this problem, solved or late
  shifted,    ///< the last plan that was solved, as far as it has come, while it keeps the bounds
  regulator,  ///< linear regulator, clamped
  nothing     ///< no plan: the next rung must drive
};

struct Answer {
  Status status = Status::refused;
  Source source = Source::nothing;
  int factorisations = 0;  ///< of the interior point method
  int guesses = 0;         ///< of the active-set method
  Residual residual;       ///< of the plan, whatever its source; zero where there is none
  const char* why = "";    ///< static text
  std::size_t input = 0, stage = 0;
};

/// There is a plan, and it keeps all bounds.
inline bool usable(const Answer& a) noexcept { return a.source != Source::nothing; }

struct Limits {
  int guesses = 12;         ///< of the active-set method, before the interior point method begins
  int factorisations = 60;  ///< of the interior point method: the bound of work
  double residual = 1e-8;   ///< stationarity, violation, complementarity of a solved problem
};

/// Thread: one. Cost of a solve: see README.md.
class Solver {
 public:
  /// @param problem must outlive this; filled before the first solve()
  explicit Solver(Problem& problem, const Limits& limits = {},
                  const EngineKind& kind = best_engine());
  ~Solver();

  /// @param passed stages gone by since the last call: where the last plan has got to
  Answer solve(std::size_t passed = 1) noexcept;

  /// Input of stage k of the plan; valid until the next solve() where usable().
  const double* input(std::size_t k) const noexcept { return plan_.u + k * problem_.nu(); }
  /// State after stage k of the plan, likewise.
  const double* state(std::size_t k) const noexcept { return x_ + k * problem_.nx(); }
  /// Multipliers of stage k, positive where the upper edge acts: what an explanation is made of.
  const double* bound_multiplier(std::size_t k) const noexcept {
    return plan_.bounds + k * problem_.nu();
  }
  const double* rate_multiplier(std::size_t k) const noexcept {
    return plan_.rates + k * problem_.nu();
  }
  const double* band_multiplier(std::size_t k) const noexcept {
    return plan_.bands + k * problem_.ny();
  }

  /// Forgets the last plan: the next solve starts cold.
  void forget() noexcept;
  /// What the next solve starts from, as so many doubles: a solver of the same size that was given
  /// them answers the same problems with the same bits.
  std::size_t memory_size() const noexcept;
  void save_memory(double* to) const noexcept;
  void restore_memory(const double* from) noexcept;
  const char* engine() const noexcept { return kind_.name; }

 private:
  Status attempt(Answer& answer) noexcept;
  bool feasible(Answer& answer) noexcept;
  bool keep_bounds(double tolerance) noexcept;
  void shift(std::size_t passed) noexcept;
  void restart() noexcept;
  void fall_back(Answer& answer) noexcept;
  void judge(Answer& answer) noexcept;
  bool finite(const double* v, std::size_t n) const noexcept;

  Problem& problem_;
  Limits limits_;
  const EngineKind& kind_;
  Arena memory_, own_;
  std::unique_ptr<Engine> engine_;
  Point plan_;
  std::size_t plan_doubles_;
  double *x_, *trusted_, *low_, *high_;
  bool failed_ = false;           ///< the last plan was late: not to be started from
  std::size_t trusted_left_ = 0;  ///< stages of the last solved plan still ahead
  std::uint64_t prepared_ = 0;
};

}  // namespace saggar::ocp
