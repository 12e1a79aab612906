// Cvode: SUNDIALS CVODE, variable-order BDF with a dense Newton iteration, behind a small face.
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace saggar::reference {

/// dy/dt at a time; pointers to as many values as the state has.
using RightHandSide = std::function<void(double time_s, const double* y, double* dydt)>;

/// Counted since the start.
struct SolverWork {
  long steps = 0, evaluations = 0, jacobians = 0;
};

/// Thread: one. Throws std::runtime_error in plain words when the solver gives up.
class Cvode {
 public:
  /// @param absolute  error that does not matter, per state
  Cvode(RightHandSide rhs, const std::vector<double>& start, double relative,
        const std::vector<double>& absolute, double longest_step_s = 0);
  ~Cvode();
  Cvode(const Cvode&) = delete;
  Cvode& operator=(const Cvode&) = delete;

  /// Never steps past `time_s`: for kinks of what drives the system.
  void to(double time_s);
  double time_s() const noexcept;
  const double* y() const noexcept;
  SolverWork work() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace saggar::reference
