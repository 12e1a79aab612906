#include "controllers/mpc/ocp/solver.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace saggar::ocp {
namespace {

double worst(const Residual& r) noexcept {
  return std::max({r.stationarity, r.violation, r.complementarity});
}

/// How far rounding may leave a plan outside before it is put back inside.
constexpr double kRounding = 1e-7;

}  // namespace

Solver::Solver(Problem& problem, const Limits& limits, const EngineKind& kind)
    : problem_(problem),
      limits_(limits),
      kind_(kind),
      memory_(kind.doubles(problem.view())),
      own_(problem.stages() * (6 * problem.nu() + problem.ny() + problem.nx())),
      engine_(kind.make(problem.view(), memory_.data())),
      plan_doubles_(problem.stages() * (3 * problem.nu() + problem.ny())) {
  const std::size_t n = problem.stages(), nu = problem.nu();
  double* plan = own_.take(plan_doubles_);
  plan_ = {plan, plan + n * nu, plan + 2 * n * nu, plan + 3 * n * nu};
  x_ = own_.take(n * problem.nx());
  for (double** v : {&trusted_, &low_, &high_}) *v = own_.take(n * nu);
}

Solver::~Solver() = default;

void Solver::forget() noexcept {
  std::memset(plan_.u, 0, plan_doubles_ * sizeof(double));
  trusted_left_ = 0;
  failed_ = false;
}

std::size_t Solver::memory_size() const noexcept {
  return plan_doubles_ + problem_.stages() * (problem_.nu() + problem_.nx()) + 2;
}

void Solver::save_memory(double* to) const noexcept {
  const std::size_t inputs = problem_.stages() * problem_.nu();
  to = std::copy_n(plan_.u, plan_doubles_, to);
  to = std::copy_n(trusted_, inputs, to);
  to = std::copy_n(x_, problem_.stages() * problem_.nx(), to);
  to[0] = static_cast<double>(trusted_left_);
  to[1] = failed_ ? 1.0 : 0.0;
}

void Solver::restore_memory(const double* from) noexcept {
  const std::size_t inputs = problem_.stages() * problem_.nu(),
                    states = problem_.stages() * problem_.nx();
  std::copy_n(from, plan_doubles_, plan_.u);
  from += plan_doubles_;
  std::copy_n(from, inputs, trusted_);
  from += inputs;
  std::copy_n(from, states, x_);
  from += states;
  trusted_left_ =
      static_cast<std::size_t>(std::clamp(from[0], 0.0, static_cast<double>(problem_.stages())));
  failed_ = from[1] != 0.0;
}

/// Inputs from where the last solved plan has got to, or from nothing.
void Solver::restart() noexcept {
  const std::size_t bytes = problem_.stages() * problem_.nu() * sizeof(double);
  if (trusted_left_ > 0) {
    std::memcpy(plan_.u, trusted_, bytes);
  } else {
    std::memset(plan_.u, 0, bytes);
  }
}

/// The last plan and its multipliers `passed` stages on; the last stage stays.
void Solver::shift(std::size_t passed) noexcept {
  const std::size_t n = problem_.stages(), nu = problem_.nu(), ny = problem_.ny();
  const std::size_t by = std::min(passed, n - 1);
  const auto on = [&](double* v, std::size_t width) {
    std::memmove(v, v + by * width, (n - by) * width * sizeof(double));
    for (std::size_t k = n - by; k < n && by > 0; ++k) {
      std::memcpy(v + k * width, v + (n - by - 1) * width, width * sizeof(double));
    }
  };
  on(plan_.u, nu);
  on(plan_.bounds, nu);
  on(plan_.rates, nu);
  if (ny > 0) on(plan_.bands, ny);
  on(trusted_, nu);
  trusted_left_ -= std::min(trusted_left_, passed);
}

bool Solver::finite(const double* v, std::size_t n) const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += 0.0 * v[i];
  return sum == 0.0;
}

/// Where each input can be at each stage without losing the stages behind; false where an input
/// cannot be anywhere. Bounds and rates couple no two inputs, so this decides feasibility exactly.
bool Solver::feasible(Answer& answer) noexcept {
  const View& v = problem_.view();
  const std::size_t n = v.stages, nu = v.nu, last = (n - 1) * nu;
  std::memcpy(low_ + last, v.low + last, nu * sizeof(double));
  std::memcpy(high_ + last, v.high + last, nu * sizeof(double));
  for (std::size_t i = last; i-- > 0;) {
    low_[i] = std::max(v.low[i], low_[i + nu] - v.rise[i + nu]);
    high_[i] = std::min(v.high[i], high_[i + nu] + v.fall[i + nu]);
  }
  for (std::size_t i = 0; i < nu; ++i) {
    double from = v.u_before[i], to = from;
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t e = k * nu + i;
      from = std::max(from - v.fall[e], v.low[e]), to = std::min(to + v.rise[e], v.high[e]);
      if (from > to + kRounding * (1 + std::abs(to))) {
        answer.why = "bounds and rates of an input leave it nowhere to be";
        answer.input = i, answer.stage = k;
        return false;
      }
    }
  }
  return true;
}

/// Puts the plan inside the bounds; false where it was further out than `tolerance`.
bool Solver::keep_bounds(double tolerance) noexcept {
  const View& v = problem_.view();
  double moved = 0;
  for (std::size_t i = 0; i < v.nu; ++i) {
    double before = v.u_before[i];
    for (std::size_t e = i; e < v.stages * v.nu; e += v.nu) {
      const double up = std::min(high_[e], before + v.rise[e]);
      const double down = std::max(low_[e], before - v.fall[e]);
      // Where rounding crosses the two, the input stays as near to what is in force as it can.
      const double inside = down > up ? 0.5 * (down + up) : std::clamp(plan_.u[e], down, up);
      moved = std::max(moved, std::abs(inside - plan_.u[e]) / (1 + std::abs(inside)));
      before = plan_.u[e] = inside;
    }
  }
  return moved <= tolerance;
}

Status Solver::attempt(Answer& answer) noexcept {
  if (engine_->condenses()) {
    if (prepared_ != problem_.version()) {
      prepared_ = engine_->prepare() ? problem_.version() : 0;
    }
    if (prepared_ != 0) {
      const CondensedOutcome out = engine_->condensed({limits_.guesses}, plan_);
      answer.guesses = out.guesses;
      if (out.settled && finite(plan_.u, plan_doubles_)) return Status::solved;
      restart();
    }
  }
  InteriorLimits limits;
  limits.factorisations = limits_.factorisations;
  const InteriorOutcome out = engine_->interior(limits, plan_);
  answer.factorisations = out.factorisations;
  if (out.broke || !finite(plan_.u, plan_doubles_)) return Status::broken;
  return out.reached ? Status::solved : Status::late;
}

void Solver::judge(Answer& answer) noexcept {
  engine_->states(plan_.u, x_);
  answer.residual = engine_->residual(plan_);
}

Answer Solver::solve(std::size_t passed) noexcept {
  Answer answer;
  shift(passed);
  if (failed_) {  // nothing of a plan that was not solved starts the next one
    std::memset(plan_.u, 0, plan_doubles_ * sizeof(double));
    restart();
    failed_ = false;
  }
  answer.why = problem_.refusal();
  if (answer.why != nullptr) {
    fall_back(answer);
    return answer;
  }
  answer.why = "";
  if (!feasible(answer)) {
    answer.status = Status::infeasible;
    fall_back(answer);
    return answer;
  }
  answer.status = attempt(answer);
  if (answer.status == Status::broken ||
      !keep_bounds(answer.status == Status::late ? kNone : 1e-6)) {
    answer.status = Status::broken;
    answer.why = "the arithmetic broke down";
    fall_back(answer);
    return answer;
  }
  judge(answer);
  if (!std::isfinite(worst(answer.residual)) || !std::isfinite(answer.residual.objective)) {
    answer.status = Status::broken;
    answer.why = "the plan has no finite cost";
    fall_back(answer);
    return answer;
  }
  if (answer.status == Status::solved && worst(answer.residual) > limits_.residual) {
    answer.status = Status::late;
    answer.why = "residual over its limit";
  } else if (answer.status == Status::late) {
    answer.why = "bound of work reached";
  }
  answer.source = Source::solver;
  failed_ = answer.status != Status::solved;
  if (failed_) return answer;
  std::memcpy(trusted_, plan_.u, problem_.stages() * problem_.nu() * sizeof(double));
  trusted_left_ = problem_.stages();
  return answer;
}

/// The last solved plan while it has stages and keeps the bounds; else the regulator, clamped; else
/// nothing. Whatever happened, the next problem starts cold.
void Solver::fall_back(Answer& answer) noexcept {
  const View& v = problem_.view();
  std::memset(plan_.u, 0, plan_doubles_ * sizeof(double));
  Answer ignored;
  const bool bounds = finite(v.u_before, v.nu) && finite(v.low, 4 * v.stages * v.nu) &&
                      answer.status != Status::infeasible && feasible(ignored);
  if (!bounds) {
    trusted_left_ = 0;
    return;
  }
  if (trusted_left_ > 0) {
    std::memcpy(plan_.u, trusted_, v.stages * v.nu * sizeof(double));
    if (keep_bounds(1e-6)) {
      answer.source = Source::shifted;
    }
  }
  if (answer.source == Source::nothing && answer.status != Status::refused &&
      engine_->free(plan_.u) && finite(plan_.u, v.stages * v.nu)) {
    (void)keep_bounds(kNone);
    answer.source = Source::regulator;
  }
  if (answer.source == Source::nothing) {
    std::memset(plan_.u, 0, plan_doubles_ * sizeof(double));
  } else if (answer.status != Status::refused) {
    judge(answer);
  }
}

}  // namespace saggar::ocp
