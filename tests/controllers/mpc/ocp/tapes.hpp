// The family of kiln problems kept beside the tree (its README: maths, protocol), replayed: every
// step starts from the recorded state, whatever this solver would have done before.
#pragma once

#include <kilnqp.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

#include "controllers/mpc/ocp/solver.hpp"

namespace saggar::ocp {

struct TapeResult {
  double gap = 0;         ///< (J - J*) / max(1, |J*|), largest size
  double first_move = 0;  ///< |u0 - u0*|, largest
  double violation = 0;   ///< of bounds and rates, by the family's own evaluation
  double residual = 0;    ///< largest the solver states
  int unsolved = 0, most_iterations = 0;
  std::vector<double> seconds;  ///< thread time of each step: vectors, matrices, solve
};

/// A problem of the family in the solver's layout.
class Tape {
 public:
  /// @param name e.g. "ltv_nz32_N40"; @throws std::runtime_error naming the file
  Tape(const std::string& folder, const std::string& name)
      : case_(parsed(name)), problem_(size(case_)) {
    if (!kq::load_tape(folder, case_, tape_)) {
      throw std::runtime_error("no tape " + folder + "/" + name + ".txt");
    }
    std::vector<double> a, b;
    case_.AB(0, a, b);
    const auto nz = static_cast<std::size_t>(case_.nz);
    for (std::size_t k = 0; k < problem_.stages(); ++k) {
      problem_.dynamics(k, a.data(), b.data());
      const auto& q = k + 1 == problem_.stages() ? case_.Qf : case_.Q;
      std::copy(q.begin(), q.end(), problem_.q(k));
      for (std::size_t i = 0; i < nz; ++i) {
        problem_.r_weight(k)[i] = case_.R[i], problem_.s_weight(k)[i] = case_.S[i];
        problem_.low(k)[i] = case_.umin[i], problem_.high(k)[i] = case_.umax[i];
        problem_.fall(k)[i] = problem_.rise(k)[i] = case_.dumax[i];
        if (case_.soft()) problem_.rho1(k)[i] = case_.rho1, problem_.rho2(k)[i] = case_.rho2;
      }
    }
  }

  Problem& problem() { return problem_; }
  const kq::Case& shape() const { return case_; }
  kq::Step step(int t) const {
    const auto at = static_cast<std::size_t>(t);
    const auto n = static_cast<std::size_t>(case_.n), m = static_cast<std::size_t>(case_.m);
    return {t, &tape_.x0[at * n], &tape_.uprev[at * m], &case_.what[at * n]};
  }
  double best(int t) const { return tape_.J[static_cast<std::size_t>(t)]; }
  const double* best_move(int t) const { return &tape_.u0[static_cast<std::size_t>(t * case_.m)]; }

  /// The matrices of all stages from step t on, where they change.
  void matrices(int t) {
    if (case_.variant != kq::LTV) return;
    a_.resize(problem_.stages()), b_.resize(problem_.stages());
    for (std::size_t k = 0; k < problem_.stages(); ++k) {
      case_.AB(t + static_cast<int>(k), a_[k], b_[k]);
    }
  }
  /// Everything of step t into the problem; matrices() before.
  void set(int t) {
    const kq::Step now = step(t);
    const auto nz = static_cast<std::size_t>(case_.nz), n = 2 * nz;
    if (case_.variant == kq::LTV) {
      for (std::size_t k = 0; k < problem_.stages(); ++k) {
        problem_.dynamics(k, a_[k].data(), b_[k].data());
      }
    }
    std::copy_n(now.x0, n, problem_.x0());
    std::copy_n(now.uprev, nz, problem_.u_before());
    for (std::size_t k = 0; k < problem_.stages(); ++k) {
      const std::size_t at = static_cast<std::size_t>(t) + k + 1;
      std::copy_n(now.w, n, problem_.w(k));
      std::copy_n(&case_.ref[at * n], n, problem_.reference(k));
      if (case_.soft()) {
        std::copy_n(&case_.lo[at * nz], nz, problem_.band_low(k));
        std::copy_n(&case_.hi[at * nz], nz, problem_.band_high(k));
      }
    }
  }

 private:
  static kq::Case parsed(const std::string& name) {
    char variant[8] = {};
    int zones = 0, stages = 0;
    if (std::sscanf(name.c_str(), "%7[a-z]_nz%d_N%d", variant, &zones, &stages) != 3) {
      throw std::runtime_error("'" + name + "' is no tape: variant_nzZONES_Nstages");
    }
    const std::string v = variant;
    return kq::make(zones, stages, v == "box" ? kq::BOX : v == "soft" ? kq::SOFT : kq::LTV);
  }
  static Size size(const kq::Case& c) {
    const auto zones = static_cast<std::size_t>(c.nz);
    return {2 * zones, zones, c.soft() ? zones : 0, static_cast<std::size_t>(c.N),
            c.variant != kq::LTV};
  }

  kq::Case case_;
  kq::Tape tape_;
  Problem problem_;
  std::vector<std::vector<double>> a_, b_;
};

inline double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// All 200 steps, `passes` times, each step with the shortest of its times. Accuracy of the first.
inline TapeResult replay(const std::string& folder, const std::string& name, const EngineKind& kind,
                         int passes = 1, bool cold = false) {
  Tape tape(folder, name);
  Solver solver(tape.problem(), {}, kind);
  TapeResult out;
  out.seconds.assign(kq::T, 1e9);
  const auto nz = static_cast<std::size_t>(tape.shape().nz);
  for (int pass = 0; pass < passes; ++pass) {
    solver.forget();
    for (int t = 0; t < kq::T; ++t) {
      tape.matrices(t);
      const double began = thread_seconds();
      tape.set(t);
      if (cold) solver.forget();
      const Answer answer = solver.solve();
      double& took = out.seconds[static_cast<std::size_t>(t)];
      took = std::min(took, thread_seconds() - began);
      if (pass > 0) continue;
      std::vector<double> u;
      for (std::size_t k = 0; k < tape.problem().stages(); ++k) {
        u.insert(u.end(), solver.input(k), solver.input(k) + nz);
      }
      double violation = 0;
      const double cost = kq::objective(tape.shape(), tape.step(t), u.data(), &violation);
      const double gap = (cost - tape.best(t)) / std::max(1.0, std::abs(tape.best(t)));
      out.gap = std::max(out.gap, std::abs(gap));
      out.violation = std::max(out.violation, violation);
      out.unsolved += answer.status == Status::solved ? 0 : 1;
      out.most_iterations = std::max(out.most_iterations, answer.guesses + answer.factorisations);
      out.residual = std::max({out.residual, answer.residual.stationarity,
                               answer.residual.violation, answer.residual.complementarity});
      for (std::size_t i = 0; i < nz; ++i) {
        out.first_move = std::max(out.first_move, std::abs(u[i] - tape.best_move(t)[i]));
      }
    }
  }
  return out;
}

}  // namespace saggar::ocp
