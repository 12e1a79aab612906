// Residual: how far a point is from an optimum, computed apart from what found it.
#pragma once

#include "controllers/mpc/ocp/engine.hpp"
#include "controllers/mpc/ocp/riccati.hpp"

namespace saggar::ocp::SAGGAR_OCP_ISA {

class Judge {
 public:
  Judge(const View& view, Pieces& pieces) noexcept : v_(view) {
    x_ = pieces.take(v_.stages * v_.nx), d_ = pieces.take(v_.stages * v_.nu);
    costate_ = pieces.take(v_.nx), gx_ = pieces.take(v_.nx), gu_ = pieces.take(v_.nu);
  }

  Residual of(const Point& at) noexcept {
    roll(v_, at.u, x_);
    rates(v_, at.u, v_.u_before, d_);
    cost_ = violation_ = slack_ = steep_ = every(0.0);
    most_ = every(1.0);
    for (size_t i = 0; i < v_.nx; i += 8) store(costate_ + i, every(0.0));
    for (size_t k = v_.stages; k-- > 0;) {
      states(k);
      bands(k, at);
      inputs(k, at);
      dots(costate_, v_.a + k * v_.matrix_stride_a, v_.nx, v_.nx, v_.nx, gx_, nullptr);
    }
    Residual out;
    out.objective = 0.5 * sum(cost_);
    out.stationarity = largest(steep_) / largest(most_);
    out.violation = largest(violation_);
    out.complementarity = largest(slack_) / largest(most_);
    return out;
  }

 private:
  void states(size_t k) noexcept {
    for (size_t i = 0; i < v_.nx; i += 8) {
      const Lanes q = load(v_.q + k * v_.nx + i);
      const Lanes off = load(x_ + k * v_.nx + i) - load(v_.reference + k * v_.nx + i);
      cost_ = fma(q * off, off, cost_);
      store(gx_ + i, fma(q, off, load(costate_ + i)));
    }
  }

  /// Where a band is exceeded y is its price; inside, y is nil unless the edge is touched.
  void bands(size_t k, const Point& at) noexcept {
    const Lanes zero = every(0.0);
    for (size_t i = 0; i < v_.ny; i += 8) {
      const size_t e = k * v_.ny + i;
      const Lanes y = load(at.bands + e), x = load(x_ + k * v_.nx + i);
      store(gx_ + i, load(gx_ + i) + y);
      const Lanes rho1 = load(v_.rho1 + e), rho2 = load(v_.rho2 + e);
      const Lanes up = load(v_.band_high + e) - x, down = x - load(v_.band_low + e);
      const Lanes s = larger(zero - up, zero) + larger(zero - down, zero);
      cost_ = cost_ + every(2.0) * (rho1 * s) + rho2 * s * s;
      const Lanes price = fma(rho2, s, rho1), pull = larger(y, zero - y);
      slack_ = larger(slack_, larger(pull - price, zero));
      slack_ = larger(slack_, s * larger(zero, price - pull));
      slack_ = larger(slack_, product(y, up, down));
    }
  }

  void inputs(size_t k, const Point& at) noexcept {
    const Lanes zero = every(0.0);
    const size_t nu = v_.nu;
    for (size_t i = 0; i < nu; i += 8) {
      const size_t e = k * nu + i;
      const Lanes u = load(at.u + e), d = load(d_ + e), r = load(v_.r + e), s = load(v_.s + e);
      const Lanes linear = load(v_.linear + e);
      cost_ = fma(r * u, u, fma(s * d, d, fma(every(2.0) * linear, u, cost_)));
      Lanes g = fma(r, u, linear) + s * d;
      if (k + 1 < v_.stages) {
        g = g - fma(load(v_.s + e + nu), load(d_ + e + nu), load(at.rates + e + nu));
      }
      store(gu_ + i, g);
    }
    dots(gu_, v_.b + k * v_.matrix_stride_b, v_.nx, v_.nx, nu, gx_, gu_);
    for (size_t i = 0; i < nu; i += 8) {
      const size_t e = k * nu + i;
      const Lanes u = load(at.u + e), d = load(d_ + e), g = load(gu_ + i);
      const Lanes y = load(at.bounds + e), z = load(at.rates + e), left = g + y + z;
      steep_ = larger(steep_, larger(left, zero - left));
      most_ = larger(most_, larger(larger(g, zero - g), larger(y + z, zero - y - z)));
      const Lanes up = load(v_.high + e) - u, down = u - load(v_.low + e);
      const Lanes rise = load(v_.rise + e) - d, fall = load(v_.fall + e) + d;
      violation_ = larger(violation_, zero - smaller(smaller(up, down), smaller(rise, fall)));
      slack_ = larger(slack_, larger(product(y, up, down), product(z, rise, fall)));
    }
  }

  /// Multiplier times the distance to the edge it pulls at.
  static Lanes product(Lanes y, Lanes up, Lanes down) noexcept {
    const Lanes zero = every(0.0);
    return larger(larger(y, zero) * larger(up, zero), larger(zero - y, zero) * larger(down, zero));
  }
  const View& v_;
  double *x_, *d_, *costate_, *gx_, *gu_;
  Lanes cost_, violation_, slack_, steep_, most_;
};

}  // namespace saggar::ocp::SAGGAR_OCP_ISA
