// Problem: one optimal control problem of a kiln, as numbers in the solver's own layout.
//
//   min  sum_k  1/2 |x_{k+1} - r_{k+1}|^2_Q + 1/2 |u_k|^2_R + g_k' u_k + 1/2 |u_k - u_{k-1}|^2_S
//             + sum_i penalty(distance of x_{k+1,i} from its band)          i < banded
//   s.t. x_{k+1} = A_k x_k + B_k u_k + w_k,  x_0 measured, u_{-1} in force
//        low <= u_k <= high,  -fall <= u_k - u_{k-1} <= rise
//   with penalty(s) = rho1 s + 1/2 rho2 s^2.
//
// States are never bounded hard: a measurement outside a band must not leave the plant without a
// plan. A CV is a state; choose coordinates in which the banded CVs come first. Every weight may
// differ from stage to stage; a zone out of service is low = high.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "controllers/mpc/ocp/arena.hpp"
#include "controllers/mpc/ocp/view.hpp"

namespace saggar::ocp {

struct Size {
  std::size_t states = 0;       ///< 1 .. 512
  std::size_t inputs = 0;       ///< 1 .. 256
  std::size_t banded = 0;       ///< the first so many states have soft bands; <= states
  std::size_t stages = 0;       ///< 1 .. 1000
  bool time_invariant = false;  ///< A and B, Q, R, S, rho the same at every stage and every step
};

/// Where which rows of a matrix may differ from zero; only grows.
class Structure {
 public:
  Structure(std::size_t rows, std::size_t cols);
  /// Takes what is not zero in `a` into the structure. True: it grew.
  bool include(const double* a, std::size_t ld) noexcept;
  Pattern pattern() const noexcept { return {rows_.data(), first_.data()}; }

 private:
  void list() noexcept;
  std::size_t row_count_, cols_, words_;
  std::vector<std::uint64_t> seen_;  // bit per row, per block of four columns
  std::vector<std::uint16_t> rows_;
  std::vector<std::uint32_t> first_;
};

/// Allocates in the constructor only. Thread: the one that owns it.
class Problem {
 public:
  /// @throws std::invalid_argument naming the size that is out of range
  explicit Problem(const Size& size);

  const Size& size() const noexcept { return size_; }
  std::size_t nx() const noexcept { return nx_; }  ///< states, padded
  std::size_t nu() const noexcept { return nu_; }  ///< inputs, padded
  std::size_t ny() const noexcept { return ny_; }  ///< banded states, padded
  std::size_t stages() const noexcept { return size_.stages; }

  /// A (states x states) and B (states x inputs) of stage k, column-major without gaps. Time
  /// invariant: k = 0 sets them all.
  void dynamics(std::size_t k, const double* a, const double* b) noexcept;

  /// To be called after a weight of a time-invariant problem was changed.
  void weights_changed() noexcept { ++version_; }
  /// Changes with every change of a matrix, or of the weights of a time-invariant problem.
  std::uint64_t version() const noexcept { return version_; }

  // Vectors to be written by the caller: of stage k, element i at [i].
  double* x0() noexcept { return x0_; }
  double* u_before() noexcept { return u_before_; }
  double* w(std::size_t k) noexcept { return w_ + k * nx_; }
  double* reference(std::size_t k) noexcept { return r_ + k * nx_; }  ///< for x_{k+1}
  double* q(std::size_t k) noexcept { return q_ + k * nx_; }          ///< >= 0, for x_{k+1}
  double* r_weight(std::size_t k) noexcept { return rw_ + k * nu_; }  ///< > 0, or s > 0
  double* s_weight(std::size_t k) noexcept { return sw_ + k * nu_; }  ///< >= 0
  double* linear(std::size_t k) noexcept { return g_ + k * nu_; }
  double* low(std::size_t k) noexcept { return low_ + k * nu_; }
  double* high(std::size_t k) noexcept { return high_ + k * nu_; }
  double* fall(std::size_t k) noexcept { return fall_ + k * nu_; }
  double* rise(std::size_t k) noexcept { return rise_ + k * nu_; }
  double* band_low(std::size_t k) noexcept { return blow_ + k * ny_; }  ///< for x_{k+1}
  double* band_high(std::size_t k) noexcept { return bhigh_ + k * ny_; }
  double* rho1(std::size_t k) noexcept { return rho1_ + k * ny_; }  ///< > 0
  double* rho2(std::size_t k) noexcept { return rho2_ + k * ny_; }  ///< >= 0

  /// All of it as the engine sees it; valid as long as this.
  const View& view() const noexcept { return view_; }

  /// All numbers finite, weights in range, bounds in order; null, or what is wrong.
  const char* refusal() const noexcept;

 private:
  Size size_;
  std::size_t nx_, nu_, ny_;
  Structure a_structure_, b_structure_;
  Arena arena_;
  double *a_, *b_, *x0_, *u_before_, *w_, *r_, *q_, *rw_, *sw_, *g_, *low_, *high_, *fall_, *rise_,
      *blow_, *bhigh_, *rho1_, *rho2_;
  View view_;
  std::uint64_t version_ = 1;
};

}  // namespace saggar::ocp
