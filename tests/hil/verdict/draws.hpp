// Numbers drawn for tests: the same on every machine.
#pragma once

#include <cstdint>
#include <random>

namespace saggar::verdict::testing {

/// Normal to within what twelve uniform numbers can do; the standard leaves its own to the library.
class Normal {
 public:
  explicit Normal(std::uint64_t seed) : engine_(seed) {}
  double operator()() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(engine_() >> 11U) * 0x1p-53;
    return sum;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace saggar::verdict::testing
