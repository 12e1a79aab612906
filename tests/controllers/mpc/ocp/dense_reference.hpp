// A slow solver of small quadratic programmes, as unlike the one under test as can be: every state
// eliminated, every slack of a band a variable, one dense system per step.
//   min 1/2 z'Hz + f'z  s.t.  G z <= h        (primal-dual interior point, Nocedal & Wright 16.6)
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "controllers/mpc/ocp/problem.hpp"

namespace saggar::ocp {

class DenseReference {
 public:
  /// Builds the condensed programme of `p` from rollouts of the model.
  explicit DenseReference(Problem& p)
      : p_(p), m_(p.size().inputs), n_(p.stages()), ny_(p.size().banded), z_(n_ * (m_ + ny_)) {
    h_.assign(z_ * z_, 0), f_.assign(z_, 0);
    const std::size_t inputs = n_ * m_;
    free_ = roll(std::vector<double>(inputs, 0.0), true);
    for (std::size_t j = 0; j < inputs; ++j) {
      std::vector<double> unit(inputs, 0.0);
      unit[j] = 1;
      response_.push_back(roll(unit, false));
    }
    cost();
    constraints();
  }

  /// Optimal value; inputs in solution().
  double solve() {
    const std::size_t rows = rhs_.size();
    std::vector<double> z(z_, 0.0), l(rows, 1.0), t(rows, 1.0), dz(z_), dl(rows), dt(rows);
    for (std::size_t j = n_ * m_; j < z_; ++j) z[j] = 1.0;
    for (int it = 0; it < 200; ++it) {
      double mu = 0;
      for (std::size_t r = 0; r < rows; ++r) mu += l[r] * t[r];
      mu = rows > 0 ? mu / static_cast<double>(rows) : 0;
      const double left = step(z, l, t, 0.1 * mu, dz, dl, dt);
      double far = 1;
      for (std::size_t r = 0; r < rows; ++r) {
        if (dl[r] < 0) far = std::min(far, -0.99 * l[r] / dl[r]);
        if (dt[r] < 0) far = std::min(far, -0.99 * t[r] / dt[r]);
      }
      for (std::size_t j = 0; j < z_; ++j) z[j] += far * dz[j];
      for (std::size_t r = 0; r < rows; ++r) l[r] += far * dl[r], t[r] += far * dt[r];
      if (mu < 1e-13 && left < 1e-9) break;
    }
    solution_ = z;
    return value(z);
  }
  const std::vector<double>& solution() const { return solution_; }

  /// Cost of inputs (stages x inputs, without gaps), each slack at its best.
  double cost_of(const std::vector<double>& u) const {
    std::vector<double> z(u);
    z.resize(z_, 0.0);
    std::vector<double> x = free_;
    for (std::size_t j = 0; j < n_ * m_; ++j) {
      for (std::size_t e = 0; e < x.size(); ++e) x[e] += response_[j][e] * u[j];
    }
    for (std::size_t k = 0; k < n_; ++k) {
      for (std::size_t i = 0; i < ny_; ++i) {
        const double at = x[k * p_.size().states + i];
        z[n_ * m_ + k * ny_ + i] = std::max({0.0, at - p_.band_high(k)[i], p_.band_low(k)[i] - at});
      }
    }
    return value(z);
  }

 private:
  std::vector<double> roll(const std::vector<double>& u, bool with_free) const {
    const View& v = p_.view();
    const std::size_t nx = p_.size().states;
    std::vector<double> x(nx, 0.0), all;
    if (with_free) x.assign(v.x0, v.x0 + nx);
    for (std::size_t k = 0; k < n_; ++k) {
      std::vector<double> next(nx, 0.0);
      for (std::size_t i = 0; i < nx; ++i) {
        if (with_free) next[i] = v.w[k * v.nx + i];
        for (std::size_t j = 0; j < nx; ++j) {
          next[i] += v.a[k * v.matrix_stride_a + i + j * v.nx] * x[j];
        }
        for (std::size_t j = 0; j < m_; ++j) {
          next[i] += v.b[k * v.matrix_stride_b + i + j * v.nx] * u[k * m_ + j];
        }
      }
      x = next;
      all.insert(all.end(), x.begin(), x.end());
    }
    return all;
  }

  void cost() {
    const std::size_t nx = p_.size().states, inputs = n_ * m_;
    constant_ = 0;
    for (std::size_t k = 0; k < n_; ++k) {
      for (std::size_t i = 0; i < nx; ++i) {
        const double q = p_.q(k)[i];
        const std::size_t e = k * nx + i;
        const double off = free_[e] - p_.reference(k)[i];
        constant_ += 0.5 * q * off * off;
        for (std::size_t a = 0; a < inputs; ++a) {
          f_[a] += q * response_[a][e] * off;
          for (std::size_t b = 0; b < inputs; ++b) {
            h_[a + b * z_] += q * response_[a][e] * response_[b][e];
          }
        }
      }
      for (std::size_t i = 0; i < m_; ++i) {
        const std::size_t a = k * m_ + i;
        const double s = p_.s_weight(k)[i];
        h_[a + a * z_] += p_.r_weight(k)[i] + s;
        f_[a] += p_.linear(k)[i];
        if (k == 0) {
          f_[a] -= s * p_.u_before()[i];
          constant_ += 0.5 * s * p_.u_before()[i] * p_.u_before()[i];
        } else {
          const std::size_t b = a - m_;
          h_[b + b * z_] += s, h_[a + b * z_] -= s, h_[b + a * z_] -= s;
        }
      }
      for (std::size_t i = 0; i < ny_; ++i) {
        const std::size_t a = inputs + k * ny_ + i;
        h_[a + a * z_] = p_.rho2(k)[i], f_[a] = p_.rho1(k)[i];
      }
    }
  }

  void row(const std::vector<double>& g, double h) {
    if (h >= kNone || h <= -kNone) return;
    rows_.push_back(g);
    rhs_.push_back(h);
  }
  void constraints() {
    const std::size_t nx = p_.size().states, inputs = n_ * m_;
    for (std::size_t k = 0; k < n_; ++k) {
      for (std::size_t i = 0; i < m_; ++i) {
        const std::size_t a = k * m_ + i;
        for (const double sign : {1.0, -1.0}) {
          std::vector<double> g(z_, 0.0);
          g[a] = sign;
          row(g, sign > 0 ? p_.high(k)[i] : -p_.low(k)[i]);
          if (k > 0) g[a - m_] = -sign;
          const double before = k == 0 ? sign * p_.u_before()[i] : 0.0;
          row(g, (sign > 0 ? p_.rise(k)[i] : p_.fall(k)[i]) + before);
        }
      }
      for (std::size_t i = 0; i < ny_; ++i) {
        for (const double sign : {1.0, -1.0}) {
          std::vector<double> g(z_, 0.0);
          const std::size_t e = k * nx + i, s = inputs + k * ny_ + i;
          for (std::size_t a = 0; a < inputs; ++a) g[a] = sign * response_[a][e];
          g[s] = -1;
          const double edge = sign > 0 ? p_.band_high(k)[i] : -p_.band_low(k)[i];
          row(g, edge >= kNone ? edge : edge - sign * free_[e]);
          std::vector<double> positive(z_, 0.0);
          positive[s] = -1;
          if (sign > 0) row(positive, 0);
        }
      }
    }
  }

  double value(const std::vector<double>& z) const {
    double sum = constant_;
    for (std::size_t a = 0; a < z_; ++a) {
      sum += f_[a] * z[a];
      for (std::size_t b = 0; b < z_; ++b) sum += 0.5 * h_[a + b * z_] * z[a] * z[b];
    }
    return sum;
  }

  /// One Newton step; returns the largest of the residuals that must vanish.
  double step(const std::vector<double>& z, const std::vector<double>& l,
              const std::vector<double>& t, double target, std::vector<double>& dz,
              std::vector<double>& dl, std::vector<double>& dt) const {
    std::vector<double> k = h_, r(z_);
    double left = 0;
    for (std::size_t a = 0; a < z_; ++a) {
      r[a] = -f_[a];
      for (std::size_t b = 0; b < z_; ++b) r[a] -= h_[a + b * z_] * z[b];
    }
    std::vector<double> stationarity = r, off(rhs_.size());
    for (std::size_t c = 0; c < rhs_.size(); ++c) {
      const std::vector<double>& g = rows_[c];
      double at = 0;
      for (std::size_t a = 0; a < z_; ++a) at += g[a] * z[a], stationarity[a] -= l[c] * g[a];
      off[c] = rhs_[c] - at - t[c];
      left = std::max(left, std::abs(off[c]));
      const double weight = l[c] / t[c];
      const double pull = l[c] + (target - l[c] * t[c] - l[c] * off[c]) / t[c];
      for (std::size_t a = 0; a < z_; ++a) {
        if (g[a] == 0) continue;
        r[a] -= g[a] * pull;
        for (std::size_t b = 0; b < z_; ++b) k[a + b * z_] += weight * g[a] * g[b];
      }
    }
    for (const double s : stationarity) left = std::max(left, std::abs(s));
    dz = r;
    cholesky_solve(k, dz);
    for (std::size_t c = 0; c < rhs_.size(); ++c) {
      double along = 0;
      for (std::size_t a = 0; a < z_; ++a) along += rows_[c][a] * dz[a];
      dt[c] = off[c] - along;
      dl[c] = (target - l[c] * t[c] - l[c] * dt[c]) / t[c];
    }
    return left;
  }

  void cholesky_solve(std::vector<double>& k, std::vector<double>& v) const {
    for (std::size_t j = 0; j < z_; ++j) {
      for (std::size_t c = 0; c < j; ++c) {
        for (std::size_t i = j; i < z_; ++i) k[i + j * z_] -= k[i + c * z_] * k[j + c * z_];
      }
      const double root = std::sqrt(std::max(k[j + j * z_], 1e-300));
      for (std::size_t i = j; i < z_; ++i) k[i + j * z_] /= root;
    }
    for (std::size_t j = 0; j < z_; ++j) {
      v[j] /= k[j + j * z_];
      for (std::size_t i = j + 1; i < z_; ++i) v[i] -= k[i + j * z_] * v[j];
    }
    for (std::size_t j = z_; j-- > 0;) {
      for (std::size_t i = j + 1; i < z_; ++i) v[j] -= k[i + j * z_] * v[i];
      v[j] /= k[j + j * z_];
    }
  }

  Problem& p_;
  std::size_t m_, n_, ny_, z_;
  std::vector<double> h_, f_, free_, rhs_, solution_;
  std::vector<std::vector<double>> response_, rows_;
  double constant_ = 0;
};

}  // namespace saggar::ocp
