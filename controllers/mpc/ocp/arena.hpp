// Arena: one block of 64-byte aligned doubles, cut up while a solver is built, zeroed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>

namespace saggar::ocp {

/// The next multiple of eight.
constexpr std::size_t padded(std::size_t n) noexcept { return (n + 7) / 8 * 8; }

class Arena {
 public:
  /// @param doubles  all that will be taken, each piece rounded up to eight
  explicit Arena(std::size_t doubles)
      : data_(static_cast<double*>(::operator new(doubles * sizeof(double), kAlign))),
        left_(doubles) {
    std::fill_n(data_.get(), doubles, 0.0);
    next_ = data_.get();
  }
  double* data() noexcept { return data_.get(); }
  double* take(std::size_t doubles) {
    doubles = padded(doubles);
    if (doubles > left_) throw std::logic_error("arena of the solver is too small");
    left_ -= doubles;
    double* piece = next_;
    next_ += doubles;
    return piece;
  }

 private:
  static constexpr std::align_val_t kAlign{64};
  struct Free {
    void operator()(double* p) const noexcept { ::operator delete(p, kAlign); }
  };
  std::unique_ptr<double, Free> data_;
  double* next_ = nullptr;
  std::size_t left_;
};

}  // namespace saggar::ocp
