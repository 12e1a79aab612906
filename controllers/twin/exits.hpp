// Exits: what left the kiln and when, and what the laboratory says of it hours later.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <saggar/plugin/state.hpp>

#include "controllers/twin/settings.hpp"

namespace saggar::twin {

/// A result of the laboratory. NaN: not known.
struct Sample {
  double age_h = 0;  ///< since it was taken at the exit
  double mixing = 0, size_nm = 0, residual_lithium = 0;
};

/// Three slow offsets of the product, each seen by the laboratory alone: ln d, z and residual
/// lithium. Thread: one, no allocation.
class Exits {
 public:
  struct Left {
    double time_s = 0;
    std::uint64_t number = 0;
    double size_nm = 0, mixing = 0, residual_lithium = 0;  ///< of the model alone, top layer
  };
  static constexpr std::size_t kKept = 512;

  explicit Exits(const Settings& settings);
  void left(const Left& row) noexcept { ring_[count_++ % kKept] = row; }
  /// Takes in a sample that has not been seen before; the oldest match by time decides.
  void learn(double time_s, const Sample& sample) noexcept;

  struct Offset {
    double value = 0, variance = 0;
    void state(plugin::State& s);
  };
  void state(plugin::State& s);  ///< all that the next steps depend on

  Offset ln_size, mixing, residual;

 private:
  void correct(Offset& offset, double residual, double sigma) noexcept;
  Settings s_;
  std::array<Left, kKept> ring_{};
  std::size_t count_ = 0;
  double taken_s_ = -1e18;
};

}  // namespace saggar::twin
