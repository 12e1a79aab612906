#include "controllers/mpc/ocp/problem.hpp"

#include <bit>
#include <cmath>
#include <string>

namespace saggar::ocp {
namespace {

const Size& checked(const Size& size) {
  const auto in = [](const char* what, std::size_t v, std::size_t from, std::size_t to) {
    if (v < from || v > to) {
      throw std::invalid_argument("optimal control problem: " + std::string(what) + " is " +
                                  std::to_string(v) + ", must be " + std::to_string(from) + " to " +
                                  std::to_string(to));
    }
  };
  in("states", size.states, 1, 512);
  in("inputs", size.inputs, 1, 256);
  in("banded", size.banded, 0, size.states);
  in("stages", size.stages, 1, 1000);
  return size;
}

std::size_t doubles(const Size& s, std::size_t nx, std::size_t nu, std::size_t ny) {
  const std::size_t matrices = s.time_invariant ? 1 : s.stages;
  return matrices * nx * (nx + nu) + nx + nu + s.stages * (3 * nx + 7 * nu + 4 * ny);
}

bool finite(const double* v, std::size_t n) noexcept {
  double sum = 0;  // a non-finite term makes it non-finite; 0 * v is 0 or not a number
  for (std::size_t i = 0; i < n; ++i) sum += 0.0 * v[i];
  return sum == 0.0;
}

}  // namespace

Structure::Structure(std::size_t rows, std::size_t cols)
    : row_count_(rows), cols_(cols), words_((rows + 63) / 64), seen_(words_ * (cols / 4)) {
  rows_.reserve(rows * cols / 4);
  first_.assign(cols / 4 + 1, 0);
}

bool Structure::include(const double* a, std::size_t ld) noexcept {
  std::uint64_t grown = 0;
  for (std::size_t block = 0; block < cols_ / 4; ++block) {
    std::uint64_t* seen = &seen_[block * words_];
    for (std::size_t word = 0; word < words_; ++word) {
      std::uint64_t now = 0;
      const std::size_t end = std::min<std::size_t>(64, row_count_ - 64 * word);
      for (std::size_t j = 4 * block; j < 4 * block + 4; ++j) {
        const double* column = a + 64 * word + j * ld;
        for (std::size_t i = 0; i < end; ++i) {
          now |= static_cast<std::uint64_t>(column[i] != 0.0) << i;
        }
      }
      grown |= now & ~seen[word];
      seen[word] |= now;
    }
  }
  if (grown != 0) list();
  return grown != 0;
}

void Structure::list() noexcept {
  rows_.clear();
  for (std::size_t block = 0; block < cols_ / 4; ++block) {
    first_[block] = static_cast<std::uint32_t>(rows_.size());
    for (std::size_t word = 0; word < words_; ++word) {
      for (std::uint64_t left = seen_[block * words_ + word]; left != 0; left &= left - 1) {
        rows_.push_back(static_cast<std::uint16_t>(64 * word + std::countr_zero(left)));
      }
    }
  }
  first_[cols_ / 4] = static_cast<std::uint32_t>(rows_.size());
}

Problem::Problem(const Size& size)
    : size_(checked(size)),
      nx_(padded(size.states)),
      nu_(padded(size.inputs)),
      ny_(padded(size.banded)),
      a_structure_(nx_, nx_),
      b_structure_(nx_, nu_),
      arena_(doubles(size, nx_, nu_, ny_)) {
  const std::size_t n = size.stages, m = size.time_invariant ? 1 : n;
  a_ = arena_.take(m * nx_ * nx_), b_ = arena_.take(m * nx_ * nu_);
  x0_ = arena_.take(nx_), u_before_ = arena_.take(nu_);
  for (double** v : {&w_, &r_, &q_}) *v = arena_.take(n * nx_);
  for (double** v : {&rw_, &sw_, &g_, &low_, &high_, &fall_, &rise_}) *v = arena_.take(n * nu_);
  for (double** v : {&blow_, &bhigh_, &rho1_, &rho2_}) *v = arena_.take(n * ny_);
  std::fill_n(rw_, n * nu_, 1.0);
  std::fill_n(low_, n * nu_, -kNone);
  for (double* v : {high_, fall_, rise_}) std::fill_n(v, n * nu_, kNone);
  std::fill_n(blow_, n * ny_, -kNone);
  std::fill_n(bhigh_, n * ny_, kNone);
  std::fill_n(rho1_, n * ny_, 1.0);
  view_ = {n,
           nx_,
           nu_,
           ny_,
           size.time_invariant ? 0 : nx_ * nx_,
           size.time_invariant ? 0 : nx_ * nu_,
           a_structure_.pattern(),
           b_structure_.pattern(),
           a_,
           b_,
           x0_,
           u_before_,
           w_,
           r_,
           q_,
           rw_,
           sw_,
           g_,
           low_,
           high_,
           fall_,
           rise_,
           blow_,
           bhigh_,
           rho1_,
           rho2_};
}

void Problem::dynamics(std::size_t k, const double* a, const double* b) noexcept {
  double* to_a = a_ + (size_.time_invariant ? 0 : k * nx_ * nx_);
  double* to_b = b_ + (size_.time_invariant ? 0 : k * nx_ * nu_);
  const std::size_t rows = size_.states;
  for (std::size_t j = 0; j < rows; ++j) std::copy_n(a + j * rows, rows, to_a + j * nx_);
  for (std::size_t j = 0; j < size_.inputs; ++j) std::copy_n(b + j * rows, rows, to_b + j * nx_);
  a_structure_.include(to_a, nx_);
  b_structure_.include(to_b, nx_);
  ++version_;
}

const char* Problem::refusal() const noexcept {
  const std::size_t n = size_.stages, m = size_.time_invariant ? 1 : n;
  if (!finite(x0_, nx_)) return "measured state is not finite";
  if (!finite(u_before_, nu_)) return "input in force is not finite";
  if (!finite(a_, m * nx_ * nx_) || !finite(b_, m * nx_ * nu_)) return "model is not finite";
  if (!finite(w_, n * nx_)) return "disturbance is not finite";
  if (!finite(r_, n * nx_)) return "reference is not finite";
  if (!finite(q_, n * nx_) || !finite(rw_, n * nu_) || !finite(sw_, n * nu_) ||
      !finite(g_, n * nu_) || !finite(rho1_, n * ny_) || !finite(rho2_, n * ny_)) {
    return "a weight is not finite";
  }
  if (!finite(low_, 4 * n * nu_) || !finite(blow_, 2 * n * ny_)) return "a bound is not finite";
  bool weights = true, bounds = true;
  for (std::size_t i = 0; i < n * nx_; ++i) weights &= q_[i] >= 0;
  for (std::size_t i = 0; i < n * nu_; ++i) {
    weights &= (rw_[i] >= 0) & (sw_[i] >= 0) & (rw_[i] + sw_[i] > 0);
    bounds &= (fall_[i] >= 0) & (rise_[i] >= 0);
  }
  for (std::size_t i = 0; i < n * ny_; ++i) {
    weights &= (rho1_[i] > 0) & (rho2_[i] >= 0);
    bounds &= blow_[i] <= bhigh_[i];
  }
  if (!weights) return "a weight is out of range";
  if (!bounds) return "a rate is negative, or a band is upside down";
  return nullptr;
}

}  // namespace saggar::ocp
