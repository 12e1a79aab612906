// Riccati: Newton systems of an optimal control problem by one sweep back and one forth.
//
// Rao, Wright, Rawlings 1998 (JOTA 99), with the rate term kept apart: the value function of
// (x, u before) is stored as P (x,x), P (v,x), P (v,v), and as u before enters a stage through the
// diagonal S only, its rows cost a triangular solve, not a state each (Frison & Jorgensen 2013 for
// the factor form). Zeros of A and B are skipped by their pattern.
// Cost: O(stages (states + inputs)^2 inputs + stages * states^2 * filled rows of A).
#pragma once

#include <cstring>
#include <initializer_list>

#include "controllers/mpc/ocp/kernels.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

/// Hands out pieces of a block of zeroed, aligned memory; without a block it only counts.
struct Pieces {
  double* next = nullptr;
  size_t taken = 0;
  double* take(size_t doubles) noexcept {
    doubles = (doubles + 7) / 8 * 8;
    double* piece = next == nullptr ? nullptr : next + taken;
    taken += doubles;
    return piece;
  }
};

/// Diagonal curvature of a Newton system: q (stages x nx), r and s (stages x nu).
struct Curvature {
  const double *q, *r, *s;
};

/// Gradient by x_{k+1} (stages x nx), by u_k and by u_k - u_{k-1} (stages x nu).
struct Gradient {
  const double *x, *u, *rate;
};

class Riccati {
 public:
  Riccati(const View& view, Pieces& pieces) noexcept
      : v_(view), nx_(view.nx), nu_(view.nu), nz_(view.nx + view.nu) {
    const size_t n = view.stages;
    u_ = pieces.take(n * nu_ * nu_);
    w_ = pieces.take(n * nz_ * nu_), left_ = pieces.take(n * nu_);
    z_ = pieces.take(nz_ * nx_), pvv_ = pieces.take(nu_ * nu_), pb_ = pieces.take(nz_ * nu_);
    pa_ = pieces.take(nx_ * nx_), at_ = pieces.take(nx_ * nx_), tt_ = pieces.take(nu_ * nx_);
    hux_ = pieces.take(nu_ * nx_), huu_ = pieces.take(nu_ * nu_);
    l_ = pieces.take(nu_ * nu_), inverse_ = pieces.take(nu_), hxu_ = pieces.take(nu_ * nx_);
    xv_ = pieces.take(nz_), pt_ = pieces.take(nz_), hu_ = pieces.take(nu_);
  }

  /// False: not positive definite to working precision.
  bool factor(const Curvature& curvature) noexcept {
    std::memset(z_, 0, nz_ * nx_ * sizeof(double));
    std::memset(pvv_, 0, nu_ * nu_ * sizeof(double));
    for (size_t k = v_.stages; k-- > 0;) {
      if (!stage(k, curvature)) return false;
    }
    return true;
  }

  /// Minimiser of the quadratic with the last factor: du (stages x nu), dx (stages x nx, of
  /// x_{k+1}).
  void solve(const Gradient& g, double* du, double* dx) noexcept {
    back(g);
    forth(du, dx);
  }

 private:
  const double* a(size_t k) const noexcept { return v_.a + k * v_.matrix_stride_a; }
  const double* b(size_t k) const noexcept { return v_.b + k * v_.matrix_stride_b; }

  bool stage(size_t k, const Curvature& curvature) noexcept {
    const double *r = curvature.r + k * nu_, *s = curvature.s + k * nu_;
    double *w = w_ + k * nz_ * nu_, *l = l_;
    for (size_t i = 0; i < nx_; ++i) z_[i * (nz_ + 1)] += curvature.q[k * nx_ + i];
    // [P B; Pv B]; T' = (P B)' + Pv; Hux = T' A; Huu = T' B + (Pv B)' + Pvv + R + S.
    multiply<false, false>({pb_, nz_, z_, nz_, b(k), 1, nx_, nz_, nx_, nu_}, &v_.in_b);
    transpose(tt_, nu_, pb_, nz_, nx_, nu_);
    for (size_t j = 0; j < nx_; ++j) {
      for (size_t i = 0; i < nu_; i += 8) {
        double* t = tt_ + i + j * nu_;
        store(t, load(t) + load(z_ + nx_ + i + j * nz_));
      }
    }
    multiply<false, false>({hux_, nu_, tt_, nu_, a(k), 1, nx_, nu_, nx_, nx_}, &v_.in_a);
    multiply<false, false>({huu_, nu_, tt_, nu_, b(k), 1, nx_, nu_, nx_, nu_}, &v_.in_b);
    transpose(l, nu_, pb_ + nx_, nz_, nu_, nu_);
    for (size_t i = 0; i < nu_ * nu_; i += 8) {
      store(l + i, load(l + i) + load(huu_ + i) + load(pvv_ + i));
    }
    for (size_t i = 0; i < nu_; ++i) l[i * (nu_ + 1)] += r[i] + s[i];
    if (!cholesky(l, nu_, nu_, inverse_)) return false;
    // U = L^-T; W = [Hxu; -S] U
    double* u = u_ + k * nu_ * nu_;
    invert(u, l, nu_, nu_, inverse_);
    transpose(hxu_, nx_, hux_, nu_, nu_, nx_);
    multiply<false, false, true>({w, nz_, hxu_, nx_, u, 1, nu_, nx_, nu_, nu_}, nullptr);
    for (size_t j = 0; j < nu_; ++j) {
      for (size_t i = 0; i < nu_; i += 8) {
        store(w + nx_ + i + j * nz_, every(0.0) - load(s + i) * load(u + i + j * nu_));
      }
    }
    if (k > 0) value(k, s, w);
    return true;
  }

  /// Value function of the stage before: A' P A - Wx Wx', -Wv Wx', S - Wv Wv'.
  void value(size_t k, const double* s, const double* w) noexcept {
    multiply<false, false>({pa_, nx_, z_, nz_, a(k), 1, nx_, nx_, nx_, nx_}, &v_.in_a);
    transpose(at_, nx_, pa_, nx_, nx_, nx_);
    multiply<false, true>({z_, nz_, at_, nx_, a(k), 1, nx_, nx_, nx_, nx_}, &v_.in_a);
    for (size_t j = 0; j < nx_; ++j) {
      for (size_t i = 0; i < nu_; i += 8) store(z_ + nx_ + i + j * nz_, every(0.0));
    }
    multiply<true, true>({z_, nz_, w, nz_, w, nz_, 1, nz_, nu_, nx_}, nullptr);
    mirror(z_, nz_, nx_);
    for (size_t i = 0; i < nu_ * nu_; i += 8) store(pvv_ + i, every(0.0));
    for (size_t i = 0; i < nu_; ++i) pvv_[i * (nu_ + 1)] = s[i];
    multiply<true, false>({pvv_, nu_, w + nx_, nz_, w + nx_, nz_, 1, nu_, nu_, nu_}, nullptr);
  }

  void back(const Gradient& g) noexcept {
    for (size_t i = 0; i < nz_; i += 8) store(pt_ + i, every(0.0));
    for (size_t k = v_.stages; k-- > 0;) {
      const double *gx = g.x + k * nx_, *gu = g.u + k * nu_, *rate = g.rate + k * nu_;
      double* left = left_ + k * nu_;
      for (size_t i = 0; i < nx_; i += 8) store(xv_ + i, load(pt_ + i) + load(gx + i));
      for (size_t i = 0; i < nu_; i += 8) {
        store(hu_ + i, load(pt_ + nx_ + i) + load(gu + i) + load(rate + i));
      }
      dots(hu_, b(k), nx_, nx_, nu_, xv_, hu_);
      dots(left, u_ + k * nu_ * nu_, nu_, nu_, nu_, hu_, nullptr);
      if (k == 0) break;
      dots(pt_, a(k), nx_, nx_, nx_, xv_, nullptr);
      for (size_t i = 0; i < nu_; i += 8) store(pt_ + nx_ + i, every(0.0) - load(rate + i));
      gaxpy<true>(pt_, w_ + k * nz_ * nu_, nz_, nz_, nu_, left);
    }
  }

  void forth(double* du, double* dx) noexcept {
    for (size_t k = 0; k < v_.stages; ++k) {
      double *u = du + k * nu_, *x = dx + k * nx_;
      if (k == 0) {
        std::memcpy(hu_, left_, nu_ * sizeof(double));
      } else {
        dots(hu_, w_ + k * nz_ * nu_, nz_, nz_, nu_, xv_, left_ + k * nu_);
      }
      for (size_t i = 0; i < nu_; i += 8) store(u + i, every(0.0));
      gaxpy<true>(u, u_ + k * nu_ * nu_, nu_, nu_, nu_, hu_);
      for (size_t i = 0; i < nx_; i += 8) store(x + i, every(0.0));
      if (k > 0) gaxpy<false>(x, a(k), nx_, nx_, nx_, xv_);
      gaxpy<false>(x, b(k), nx_, nx_, nu_, u);
      std::memcpy(xv_, x, nx_ * sizeof(double));
      std::memcpy(xv_ + nx_, u, nu_ * sizeof(double));
    }
  }

  const View& v_;
  size_t nx_, nu_, nz_;
  double *u_, *w_, *left_;                                                         // per stage
  double *z_, *pvv_, *pb_, *pa_, *at_, *tt_, *hux_, *huu_, *hxu_, *l_, *inverse_;  // of one stage
  double *xv_, *pt_, *hu_;
};

/// x_{k+1} of all stages for the inputs u.
inline void roll(const View& v, const double* u, double* x) noexcept {
  const double* before = v.x0;
  for (size_t k = 0; k < v.stages; ++k, x += v.nx) {
    std::memcpy(x, v.w + k * v.nx, v.nx * sizeof(double));
    gaxpy<false>(x, v.a + k * v.matrix_stride_a, v.nx, v.nx, v.nx, before);
    gaxpy<false>(x, v.b + k * v.matrix_stride_b, v.nx, v.nx, v.nu, u + k * v.nu);
    before = x;
  }
}

/// u_k - u_{k-1} of all stages; `before` null: from nothing.
inline void rates(const View& v, const double* u, const double* before, double* out) noexcept {
  for (size_t i = 0; i < v.nu; i += 8) {
    store(out + i, before != nullptr ? load(u + i) - load(before + i) : load(u + i));
  }
  for (size_t i = v.nu; i < v.stages * v.nu; i += 8) {
    store(out + i, load(u + i) - load(u + i - v.nu));
  }
}

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
