// Condensed: the active-set method for short problems whose matrices do not change.
//
// Without bands, and with one A, B, Q, R, S for all time, the inverse H^-1 of the condensed Hessian
// is a constant. It is made once, column by column, by Riccati sweeps; a step then needs one sweep
// for the unconstrained plan and, for each guess of the set W of edges that act, one small system
//   (C_W H^-1 C_W' + 1/sigma) y = C_W u - edge_W + y_before / sigma
// and H^-1 C_W' y. Guesses are semismooth Newton steps of a proximal method of multipliers
// (Rockafellar 1976; Qi & Sun 1993): with 1/sigma > 0 they settle where plain active sets cycle;
// settled, sigma goes to infinity and the set is judged again. It has no bound of its own and is
// stopped after a few guesses.
// Cost: once (stages inputs)^2 memory; a guess |W|^3 / 6 + |W| stages inputs.
#pragma once

#include "controllers/mpc/ocp/engine.hpp"
#include "controllers/mpc/ocp/riccati.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

class Condensed {
 public:
  /// Edges that may act at once; more: not settled.
  static constexpr size_t kMostActive = 512;

  Condensed(const View& view, Pieces& pieces) noexcept
      : v_(view), riccati_(view, pieces), n_(view.stages * view.nu) {
    if (!fits(view)) return;
    inverse_ = pieces.take(n_ * n_);
    for (double** p : {&free_, &d_, &pull_, &gu_, &gr_}) *p = pieces.take(n_);
    for (double** p : {&x_, &gx_, &dx_}) *p = pieces.take(v_.stages * v_.nx);
    s_ = pieces.take(kMostActive * kMostActive), pivot_ = pieces.take(kMostActive);
    y_ = pieces.take(kMostActive), before_ = pieces.take(kMostActive);
    acts_ = pieces.take(2 * n_), act_ = pieces.take(kMostActive);
  }

  static bool fits(const View& v) noexcept {
    return v.matrix_stride_a == 0 && v.ny == 0 && v.stages * v.nu <= 1280;
  }

  /// Makes the inverse anew. False: not positive definite.
  bool prepare() noexcept {
    if (!riccati_.factor({v_.q, v_.r, v_.s})) return false;
    std::memset(gx_, 0, v_.stages * v_.nx * sizeof(double));
    std::memset(gr_, 0, n_ * sizeof(double));
    for (size_t i = 0; i < n_; ++i) {
      std::memset(gu_, 0, n_ * sizeof(double));
      gu_[i] = -1.0;
      riccati_.solve({gx_, gu_, gr_}, inverse_ + i * n_, dx_);
    }
    // Symmetric up to rounding: make it so to the bit.
    for (size_t j = 0; j < n_; ++j) {
      for (size_t i = j + 1; i < n_; ++i) inverse_[j + i * n_] = inverse_[i + j * n_];
    }
    return true;
  }

  /// From inputs and multipliers of `at`, which it replaces. prepare() must have been called.
  CondensedOutcome run(const CondensedLimits& limits, const Point& at) noexcept {
    CondensedOutcome out;
    unconstrained();
    recall(at);
    bool exact = active_ == 0;
    while (out.guesses < limits.guesses && active_ <= kMostActive) {
      ++out.guesses;
      if (active_ > 0 && !multipliers(exact)) return out;
      inputs(at.u);
      if (judge(at.u)) {
        exact = false;
        continue;
      }
      for (size_t a = 0; a < active_; ++a) before_[a] = y_[a];
      if (exact || active_ == 0) {
        publish(at);
        out.settled = true;
        return out;
      }
      exact = true;
    }
    return out;
  }

 private:
  /// Compliance 1/sigma against the diagonal of H^-1 while the set is guessed, and when it is
  /// right.
  static constexpr double kSoft = 2e-3, kExact = 1e-12;

  /// The set that `at` tells: an edge acts whose multiplier is larger than the distance to it.
  void recall(const Point& at) noexcept {
    active_ = 0;
    std::memset(acts_, 0, 2 * n_ * sizeof(double));
    rates(v_, at.u, v_.u_before, d_);
    const auto see = [&](size_t i, size_t group, double y, double room) {
      if (y != 0 && (y > 0 ? y : -y) > room) add(i, group, y > 0, y);
    };
    for (size_t i = 0; i < n_; ++i) {
      const double y = at.bounds[i], z = at.rates[i];
      if (y != 0) see(i, 0, y, y > 0 ? v_.high[i] - at.u[i] : at.u[i] - v_.low[i]);
      if (z != 0) see(i, 1, z, z > 0 ? v_.rise[i] - d_[i] : d_[i] + v_.fall[i]);
    }
  }
  /// Bound (group 0) or rate (1) of input i comes to act.
  void add(size_t i, size_t group, bool upper, double before) noexcept {
    if (active_ < kMostActive) {
      act_[active_] = static_cast<double>(2 * i + group), before_[active_] = before;
      acts_[group * n_ + i] = upper ? 1.0 : -1.0;
    }
    ++active_;
  }
  size_t which(size_t a) const noexcept { return static_cast<size_t>(act_[a]); }
  bool upper(size_t which) const noexcept { return acts_[which % 2 * n_ + which / 2] > 0; }

  /// Edge that constraint `which` (even: bound, odd: rate of input which / 2) is held at.
  double edge(size_t which) const noexcept {
    const size_t i = which / 2;
    const bool up = upper(which);
    if (which % 2 == 0) return up ? v_.high[i] : v_.low[i];
    const double rate = up ? v_.rise[i] : -v_.fall[i];
    return i < v_.nu ? rate + v_.u_before[i] : rate;
  }

  /// The plan without bounds: one sweep from no input at all.
  void unconstrained() noexcept {
    const double* before = v_.x0;
    for (size_t k = 0; k < v_.stages; ++k) {
      double* x = x_ + k * v_.nx;
      std::memcpy(x, v_.w + k * v_.nx, v_.nx * sizeof(double));
      gaxpy<false>(x, v_.a, v_.nx, v_.nx, v_.nx, before);
      before = x;
    }
    for (size_t i = 0; i < v_.stages * v_.nx; i += 8) {
      store(gx_ + i, load(v_.q + i) * (load(x_ + i) - load(v_.reference + i)));
    }
    for (size_t i = 0; i < n_; i += 8) {
      store(gu_ + i, load(v_.linear + i));
      store(gr_ + i, i < v_.nu ? every(0.0) - load(v_.s + i) * load(v_.u_before + i) : every(0.0));
    }
    riccati_.solve({gx_, gu_, gr_}, free_, dx_);
  }

  /// H^-1 between two constraints.
  double between(size_t a, size_t b) const noexcept {
    const size_t i = a / 2, j = b / 2;
    const bool back_i = a % 2 == 1 && i >= v_.nu, back_j = b % 2 == 1 && j >= v_.nu;
    double sum = inverse_[i + j * n_];
    if (back_i) sum -= inverse_[i - v_.nu + j * n_];
    if (back_j) {
      sum -= inverse_[i + (j - v_.nu) * n_];
      if (back_i) sum += inverse_[i - v_.nu + (j - v_.nu) * n_];
    }
    return sum;
  }

  /// Solves for the multipliers of the present set.
  bool multipliers(bool exact) noexcept {
    const size_t n = active_, ld = (n + 7) / 8 * 8;
    for (size_t b = 0; b < n; ++b) {
      const size_t own_id = which(b), i = own_id / 2;
      double* column = s_ + b * ld;
      for (size_t a = b / 8 * 8; a < b; ++a) column[a] = 0;
      for (size_t a = b; a < n; ++a) column[a] = between(which(a), own_id);
      for (size_t a = n; a < ld; ++a) column[a] = 0;
      const double own = column[b], slack = (exact ? kExact : kSoft) * own;
      column[b] += slack;
      double value = free_[i];
      if (own_id % 2 == 1 && i >= v_.nu) value -= free_[i - v_.nu];
      y_[b] = value - edge(own_id) + slack * before_[b];
    }
    for (size_t b = n; b < ld; ++b) {  // padding: identity
      for (size_t a = 0; a < ld; ++a) s_[a + b * ld] = a == b ? 1.0 : 0.0;
      y_[b] = 0;
    }
    return cholesky(s_, ld, ld, pivot_) && (solve(ld), true);
  }
  void solve(size_t n) noexcept {
    for (size_t j = 0; j < n; ++j) {
      const double v = y_[j] * pivot_[j];
      for (size_t i = j / 8 * 8; i < n; i += 8) {
        store(y_ + i, fnma(load(s_ + i + j * n), every(v), load(y_ + i)));
      }
      y_[j] = v;
    }
    for (size_t j = n; j-- > 0;) {
      Lanes total = every(0.0);
      const double own = y_[j];
      y_[j] = 0;
      for (size_t i = j / 8 * 8; i < n; i += 8) {
        total = fma(load(s_ + i + j * n), load(y_ + i), total);
      }
      y_[j] = (own - sum(total)) * pivot_[j];
    }
  }

  /// u = free - H^-1 C' y
  void inputs(double* u) noexcept {
    std::memset(pull_, 0, n_ * sizeof(double));
    for (size_t a = 0; a < active_; ++a) {
      const size_t i = which(a) / 2;
      pull_[i] += y_[a];
      if (which(a) % 2 == 1 && i >= v_.nu) pull_[i - v_.nu] -= y_[a];
    }
    std::memcpy(u, free_, n_ * sizeof(double));
    size_t held[4], count = 0;
    for (size_t j = 0; j < n_; ++j) {
      if (pull_[j] != 0) held[count++] = j;
      if (count == 4 || (j + 1 == n_ && count > 0)) {
        take(u, held, count);
        count = 0;
      }
    }
  }
  void take(double* u, const size_t (&held)[4], size_t count) noexcept {
    const double* column[4];
    Lanes by[4];
    for (size_t c = 0; c < 4; ++c) {
      column[c] = inverse_ + held[c < count ? c : 0] * n_;
      by[c] = every(c < count ? pull_[held[c]] : 0.0);
    }
    for (size_t i = 0; i < n_; i += 8) {
      Lanes v = load(u + i);
      for (size_t c = 0; c < 4; ++c) v = fnma(load(column[c] + i), by[c], v);
      store(u + i, v);
    }
  }

  /// Which edges act at the inputs: those with a pull of the right sign stay, those exceeded come.
  /// True: the set changed.
  bool judge(const double* u) noexcept {
    rates(v_, u, v_.u_before, d_);
    const size_t had = active_;
    size_t kept = 0;
    for (size_t a = 0; a < had; ++a) {
      const size_t id = which(a);
      if (upper(id) ? y_[a] > 0 : y_[a] < 0) {
        act_[kept] = act_[a], y_[kept] = y_[a], before_[kept] = before_[a], ++kept;
      } else {
        acts_[id % 2 * n_ + id / 2] = 0;
      }
    }
    active_ = kept;
    const Lanes zero = every(0.0), by = every(kExceeded);
    for (size_t i = 0; i < n_; i += 8) {
      const Lanes value = load(u + i), rate = load(d_ + i);
      const Mask bound = (value - load(v_.high + i) > by) | (load(v_.low + i) - value > by);
      const Mask fast = (rate - load(v_.rise + i) > by) | (zero - rate - load(v_.fall + i) > by);
      if (any(bound)) come(i, 0, u, v_.low, v_.high, 1.0);
      if (any(fast)) come(i, 1, d_, v_.fall, v_.rise, -1.0);
    }
    return kept < had || active_ > kept;
  }
  void come(size_t from, size_t group, const double* c, const double* low, const double* high,
            double sign) noexcept {
    for (size_t i = from; i < from + 8; ++i) {
      if (acts_[group * n_ + i] != 0) continue;
      if (c[i] - high[i] > kExceeded) add(i, group, true, 0);
      if (sign * low[i] - c[i] > kExceeded) add(i, group, false, 0);
    }
  }

  void publish(const Point& at) noexcept {
    std::memset(at.bounds, 0, n_ * sizeof(double));
    std::memset(at.rates, 0, n_ * sizeof(double));
    for (size_t a = 0; a < active_; ++a) {
      const size_t id = which(a);
      // Two stores, not one to a chosen array: GCC 12 reads the choice unset under
      // -fsanitize=shift.
      if (id % 2 == 0) {
        at.bounds[id / 2] = y_[a];
      } else {
        at.rates[id / 2] = y_[a];
      }
    }
  }

  static constexpr double kExceeded = 1e-10;

  const View& v_;
  Riccati riccati_;
  size_t n_, active_ = 0;
  double *inverse_, *free_, *d_, *pull_, *gu_, *gr_, *x_, *gx_, *dx_, *s_, *pivot_, *y_, *before_;
  double* acts_;  ///< -1, 0, 1 for each bound, then for each rate
  double* act_;   ///< 2 i + group of those that act
};

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
