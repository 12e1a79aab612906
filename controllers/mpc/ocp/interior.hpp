// Interior: a primal-dual interior point method, the bound under the Newton method.
//
// Mehrotra 1992 (Nocedal & Wright, ch. 16.6) on the same Riccati sweeps. Each side of a bound, rate
// or band is c + t = edge with multiplier l; a band adds s >= 0 with the multiplier
// v = rho1 + rho2 s - l, which steps by itself: as a difference it would round to nothing where a
// band is violated at a linear price. Both pairs are eliminated one
// side at a time: a side raises the diagonal by l / (t + l b), b = s / (v + rho2 s), and nothing
// else grows. Started inside, but near the plan of the step before and its multipliers.
#pragma once

#include "controllers/mpc/ocp/engine.hpp"
#include "controllers/mpc/ocp/riccati.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

class Interior {
 public:
  Interior(const View& view, Riccati& riccati, Pieces& pieces) noexcept
      : v_(view), riccati_(riccati), n_(view.stages), nx_(view.nx), nu_(view.nu), ny_(view.ny) {
    for (size_t i = 0; i < 6; ++i) {
      Side& side = side_[i];
      side.sign = i % 2 == 0 ? 1.0 : -1.0;
      for (double** p : {&side.l, &side.t, &side.dl, &side.dt, &side.edge}) {
        *p = pieces.take(count(i / 2));
      }
      if (i < 4) continue;
      for (double** p : {&side.s, &side.ds, &side.v, &side.dv}) *p = pieces.take(count(2));
    }
    for (size_t g = 0; g < 3; ++g) {
      for (double** p : {&c_[g], &dc_[g], &sum_[g]}) *p = pieces.take(count(g));
    }
    for (double** p : {&x_, &dx_, &q_, &gx_}) *p = pieces.take(n_ * nx_);
    for (double** p : {&du_, &r_, &s_, &gu_, &gr_}) *p = pieces.take(n_ * nu_);
  }

  InteriorOutcome run(const InteriorLimits& limits, const Point& at) noexcept {
    InteriorOutcome out;
    u_ = at.u;
    roll(v_, u_, x_);
    collect(u_, x_, v_.u_before, c_);
    edges();
    const double* const y[3] = {at.bounds, at.rates, at.bands};
    scale_ = steepness();
    start(y);
    out.gap = after(0);
    const double goal = limits.gap * scale_;
    double unsettled = 1, best = out.gap;
    int stalled = 0;
    while (!(out.gap < goal && unsettled < kSettled)) {
      if (out.factorisations == limits.factorisations) break;
      ++out.factorisations;
      curvature();
      if (!riccati_.factor({q_, r_, s_})) {
        out.broke = true;
        break;
      }
      towards(0, false);
      const double ratio = after(longest()) / out.gap;
      const double centred = ratio > 0 ? ratio * ratio * ratio : 0.0;
      const double target = (centred > 1e-6 ? centred : 1e-6) * out.gap;
      towards(target, true);
      double step = shortened(longest());
      if (step < kBlocked || stalled >= kPatience) {  // the correction misleads: centre
        towards(kCentring * out.gap, false);
        step = shortened(longest());
      }
      unsettled *= 1.0 - step;
      go(step);
      out.gap = after(0);
      if (!(out.gap < 1e100)) {
        out.broke = true;
        break;
      }
      stalled = out.gap < 0.5 * best ? 0 : stalled + 1;
      best = out.gap < best ? out.gap : best;
    }
    out.reached = out.gap < goal;
    double* const to[3] = {at.bounds, at.rates, at.bands};
    for (size_t g = 0; g < 3; ++g) {
      for (size_t e = 0; e < count(g); e += 8) {
        store(to[g] + e, load(side_[2 * g].l + e) - load(side_[2 * g + 1].l + e));
      }
    }
    return out;
  }

  /// The plan without bounds and bands: what the linear regulator would do. False: not positive
  /// definite.
  bool free(double* u) noexcept {
    u_ = u;
    std::memset(u, 0, n_ * nu_ * sizeof(double));
    roll(v_, u_, x_);
    collect(u_, x_, v_.u_before, c_);
    for (size_t g = 0; g < 3; ++g) std::memset(sum_[g], 0, count(g) * sizeof(double));
    diagonals();
    if (!riccati_.factor({q_, r_, s_})) return false;
    descend();
    std::memcpy(u, du_, n_ * nu_ * sizeof(double));
    return true;
  }

 private:
  /// One side of one group: c <= edge (sign +1) or c >= edge (sign -1). A bound that is none has
  /// l = 0 and t = 1 for ever.
  struct Side {
    double sign;
    double *l, *t, *dl, *dt, *edge;
    double *s = nullptr, *ds = nullptr, *v = nullptr, *dv = nullptr;  ///< of bands
  };

  size_t count(size_t g) const noexcept { return n_ * (g < 2 ? nu_ : ny_); }

  void collect(const double* u, const double* x, const double* before,
               double* const (&to)[3]) noexcept {
    std::memcpy(to[0], u, n_ * nu_ * sizeof(double));
    rates(v_, u, before, to[1]);
    for (size_t k = 0; k < n_ && ny_ > 0; ++k) {
      std::memcpy(to[2] + k * ny_, x + k * nx_, ny_ * sizeof(double));
    }
  }

  /// Edges of all sides. Equal edges have no inside: they get a sliver of one.
  void edges() noexcept {
    const double* const from[6] = {v_.high, v_.low, v_.rise, v_.fall, v_.band_high, v_.band_low};
    double pairs = 0;
    for (size_t g = 0; g < 3; ++g) {
      for (size_t e = 0; e < count(g); ++e) {
        double up = from[2 * g][e], down = g == 1 ? -from[3][e] : from[2 * g + 1][e];
        const bool upper = up < kNone;
        const bool lower = down > -kNone;
        pairs += (upper ? 1.0 : 0.0) + (lower ? 1.0 : 0.0);
        const double least = 1e-9 * (1.0 + (up < 0 ? -up : up));
        if (upper && lower && up - down < least) {
          const double more = 0.5 * (least - (up - down));
          up += more, down -= more;
        }
        side_[2 * g].edge[e] = up, side_[2 * g + 1].edge[e] = down;
      }
    }
    pairs_ = pairs > 0 ? pairs : 1.0;
  }

  /// How large the multipliers may be expected: from the pull of the states at the start, at
  /// least 1.
  double steepness() const noexcept {
    Lanes most = every(0.0);
    for (size_t e = 0; e < n_ * nx_; e += 8) {
      const Lanes pull = load(v_.q + e) * (load(x_ + e) - load(v_.reference + e));
      most = larger(most, larger(pull, every(0.0) - pull));
    }
    const double pull = 0.05 * largest(most);
    return pull > 1.0 ? pull : 1.0;
  }

  /// Slacks and multipliers well inside, larger where the start is outside or pulled.
  void start(const double* const (&y)[3]) noexcept {
    const double inside = scale_ > kFar ? kCold : kInside;  // the last plan is no guess any more
    for (size_t i = 0; i < 6; ++i) {
      Side& side = side_[i];
      const Side& other = side_[i ^ 1];
      const size_t g = i / 2;
      for (size_t e = 0; e < count(g); ++e) {
        const double at = side.edge[e], room = side.sign * (at - c_[g][e]);
        const bool bounded = at < kNone && at > -kNone;
        double scale = 0.5 * side.sign * (at - other.edge[e]);
        if (!(scale < 1.0)) scale = 1.0;
        const double least = inside * (scale > 1e-3 ? scale : 1e-3);
        const double pull = side.sign * y[g][e];
        const double s = g == 2 ? (room < 0 ? -room : 0.0) + least : 0.0;
        const double t = room + s > least ? room + s : least;
        double l = scale_ * kCentre / t;
        if (l > scale_) l = scale_;
        if (pull > l && scale_ <= kFar) l = pull;
        if (g == 2 && l > 0.9 * (v_.rho1[e] + v_.rho2[e] * s)) {
          l = 0.9 * (v_.rho1[e] + v_.rho2[e] * s);
        }
        side.l[e] = bounded ? l : 0.0, side.t[e] = bounded ? t : 1.0;
        if (g < 2) continue;
        side.s[e] = bounded ? s : 0.0;
        side.v[e] = bounded ? v_.rho1[e] + v_.rho2[e] * s - l : 1.0;
      }
    }
  }

  /// Mean complementarity after a step.
  double after(double step) const noexcept {
    const Lanes far = every(step);
    Lanes total = every(0.0);
    for (size_t i = 0; i < 6; ++i) {
      const Side& side = side_[i];
      for (size_t e = 0; e < count(i / 2); e += 8) {
        const Lanes l =
            step == 0 ? load(side.l + e) : fma(far, load(side.dl + e), load(side.l + e));
        const Lanes t =
            step == 0 ? load(side.t + e) : fma(far, load(side.dt + e), load(side.t + e));
        total = fma(l, t, total);
        if (i < 4) continue;
        const Lanes s =
            step == 0 ? load(side.s + e) : fma(far, load(side.ds + e), load(side.s + e));
        const Lanes v =
            step == 0 ? load(side.v + e) : fma(far, load(side.dv + e), load(side.v + e));
        total = fma(s, v, total);
      }
    }
    return sum(total) / pairs_;
  }

  /// Raises the diagonals by every side.
  void curvature() noexcept {
    for (size_t g = 0; g < 3; ++g) {
      for (size_t e = 0; e < count(g); e += 8) {
        Lanes total = every(0.0);
        for (size_t i = 2 * g; i < 2 * g + 2; ++i) {
          const Side& side = side_[i];
          const Lanes l = load(side.l + e), t = load(side.t + e);
          if (g < 2) {
            total = total + l / fma(l, every(kGive), t);
          } else {
            total = total + l / fma(l, softness(side, e) + every(kGive), t);
          }
        }
        store(sum_[g] + e, total);
      }
    }
    diagonals();
  }
  /// What the cost has on its diagonals, and sum_.
  void diagonals() noexcept {
    for (size_t e = 0; e < n_ * nu_; e += 8) {
      store(r_ + e, load(v_.r + e) + load(sum_[0] + e));
      store(s_ + e, load(v_.s + e) + load(sum_[1] + e));
    }
    for (size_t e = 0; e < n_ * nx_; e += 8) store(q_ + e, load(v_.q + e));
    for (size_t k = 0; k < n_; ++k) {
      for (size_t i = 0; i < ny_; i += 8) {
        double* q = q_ + k * nx_ + i;
        store(q, load(q) + load(sum_[2] + k * ny_ + i));
      }
    }
  }
  /// b = s / (v + rho2 s)
  Lanes softness(const Side& side, size_t e) const noexcept {
    const Lanes s = load(side.s + e);
    return s / fma(load(v_.rho2 + e), s, load(side.v + e));
  }

  /// Direction to the point with complementarity `target`, corrected by the products of the last.
  void towards(double target, bool corrected) noexcept {
    for (size_t g = 0; g < 3; ++g) {
      for (size_t e = 0; e < count(g); e += 8) {
        Lanes pull = every(0.0);
        for (size_t i = 2 * g; i < 2 * g + 2; ++i) {
          const Piece p = piece(i, e, target, corrected);
          pull = pull + every(side_[i].sign) * (load(side_[i].l + e) + p.rest);
        }
        store(sum_[g] + e, pull);
      }
    }
    descend();
    for (size_t i = 0; i < 6; ++i) {
      Side& side = side_[i];
      const Lanes sign = every(side.sign);
      for (size_t e = 0; e < count(i / 2); e += 8) {
        const Piece p = piece(i, e, target, corrected);
        const Lanes dc = sign * load(dc_[i / 2] + e);
        const Lanes dl = fma(p.slope, dc, p.rest);
        Lanes dt = fma(every(kGive), dl, p.off - dc);
        if (i >= 4) {
          const Lanes ds = fma(p.b, dl, p.a);
          dt = dt + ds;
          store(side.ds + e, ds);
          store(side.dv + e,
                select(load(side.l + e) > every(0.0), load(v_.rho2 + e) * ds - dl, every(0.0)));
        }
        // A bound that is none stands still.
        store(side.dt + e, select(load(side.l + e) > every(0.0), dt, every(0.0)));
        store(side.dl + e, dl);
      }
    }
  }
  /// Newton step of the inputs with the pulls in sum_.
  void descend() noexcept {
    for (size_t e = 0; e < n_ * nx_; e += 8) {
      store(gx_ + e, load(v_.q + e) * (load(x_ + e) - load(v_.reference + e)));
    }
    for (size_t e = 0; e < n_ * nu_; e += 8) {
      store(gu_ + e, fma(load(v_.r + e), load(u_ + e), load(v_.linear + e) + load(sum_[0] + e)));
      store(gr_ + e, fma(load(v_.s + e), load(c_[1] + e), load(sum_[1] + e)));
    }
    for (size_t k = 0; k < n_; ++k) {
      for (size_t i = 0; i < ny_; i += 8) {
        double* x = gx_ + k * nx_ + i;
        store(x, load(x) + load(sum_[2] + k * ny_ + i));
      }
    }
    riccati_.solve({gx_, gu_, gr_}, du_, dx_);
    collect(du_, dx_, nullptr, dc_);
  }
  /// dl = rest + slope dc, ds = a + b dl, dt = off + ds - dc.
  struct Piece {
    Lanes rest, slope, off, a, b;
  };
  Piece piece(size_t i, size_t e, double target, bool corrected) const noexcept {
    const Side& side = side_[i];
    const Lanes zero = every(0.0), l = load(side.l + e), t = load(side.t + e);
    const Mask there = l > zero;
    Piece p{zero, zero, zero, zero, zero};
    Lanes lt = every(target), s = zero;
    if (corrected) lt = lt - load(side.dl + e) * load(side.dt + e);
    if (i >= 4) {
      const Lanes rho2 = load(v_.rho2 + e);
      s = load(side.s + e);
      const Lanes v = load(side.v + e), under = fma(rho2, s, v);
      Lanes sv = every(target);
      if (corrected) {
        const Lanes ds = load(side.ds + e);
        sv = sv - ds * (rho2 * ds - load(side.dl + e));
      }
      p.a = select(there, (sv - s * v) / under, zero), p.b = s / under;
    }
    p.off =
        select(there, every(side.sign) * (load(side.edge + e) - load(c_[i / 2] + e)) + s - t, zero);
    const Lanes under = fma(l, p.b + every(kGive), t);
    p.rest = select(there, (lt - l * t - l * (p.off + p.a)) / under, zero);
    p.slope = l / under;
    return p;
  }

  /// The longest step that leaves every pair positive, at most 1.
  double longest() const noexcept {
    Lanes worst = every(1.0);  // largest -d / v
    const auto see = [&](Lanes d, Lanes v, Mask there) {
      worst = larger(worst, select(there, (every(0.0) - d) / v, every(0.0)));
    };
    for (size_t i = 0; i < 6; ++i) {
      const Side& side = side_[i];
      for (size_t e = 0; e < count(i / 2); e += 8) {
        const Lanes l = load(side.l + e), dl = load(side.dl + e);
        const Mask there = l > every(0.0);
        see(dl, l, there);
        see(load(side.dt + e), load(side.t + e), there);
        if (i < 4) continue;
        const Lanes s = load(side.s + e), ds = load(side.ds + e);
        see(ds, s, there);
        see(load(side.dv + e), load(side.v + e), there);
      }
    }
    return 1.0 / largest(worst);
  }

  void go(double step) noexcept {
    const Lanes far = every(step);
    const auto move = [&](double* v, const double* d, size_t n) {
      for (size_t e = 0; e < n; e += 8) store(v + e, fma(far, load(d + e), load(v + e)));
    };
    for (size_t i = 0; i < 6; ++i) {
      move(side_[i].l, side_[i].dl, count(i / 2));
      move(side_[i].t, side_[i].dt, count(i / 2));
      if (i < 4) continue;
      move(side_[i].s, side_[i].ds, count(2));
      move(side_[i].v, side_[i].dv, count(2));
    }
    move(u_, du_, n_ * nu_);
    move(x_, dx_, n_ * nx_);
    for (size_t g = 0; g < 3; ++g) move(c_[g], dc_[g], count(g));
  }

  static double shortened(double step) noexcept { return 0.995 * step; }
  static constexpr double kBlocked = 0.01, kCentring = 0.3;
  static constexpr int kPatience = 15;  ///< steps without half the gap
  static constexpr double kFar = 4, kCold = 0.5;
  static constexpr double kInside = 0.03;  ///< least slack at the start, of half the width
  /// Every multiplier gives a little, and is taken back in the next step (proximal point): no
  /// system is stiffer than 1 / kGive, so that rounding leaves 1e-9 of the gradient where it would
  /// leave 1e-6.
  static constexpr double kGive = 1e-9;
  static constexpr double kSettled =
      1e-11;                               ///< share left of what the gradient was off at the start
  static constexpr double kCentre = 0.02;  ///< complementarity at the start where nothing pulls

  const View& v_;
  Riccati& riccati_;
  size_t n_, nx_, nu_, ny_;
  Side side_[6];
  double *c_[3], *dc_[3], *sum_[3];  // values, their directions, what the sides add
  double *u_ = nullptr, *x_, *du_, *dx_, *q_, *r_, *s_, *gx_, *gu_, *gr_;
  double pairs_ = 1, scale_ = 1;
};

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
