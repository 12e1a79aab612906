// Laboratory: samples of what leaves the kiln, measured with error and known hours later.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "hil/kiln/laboratory_figures.hpp"
#include "hil/kiln/quality.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// What a laboratory reports of one sample.
enum class Result : std::uint8_t {
  mixing_percent,
  intensity_ratio,
  hydroxide_ppm,
  carbonate_ppm,
  size_nm,
  capacity_mAh_per_g,
};
inline constexpr std::size_t kResultCount = 6;
/// The tag that carries it, such as "lab.li_ni_mixing".
std::string_view tag_name(Result result) noexcept;

/// Thread: one. Nothing allocates after construction. Same seed, same results.
class Laboratory {
 public:
  struct Sample {
    double taken_s = 0, known_s = 0;
    std::uint64_t column = 0;
    std::array<double, kResultCount> value{};
  };

  Laboratory(const LaboratoryFigures& figures, std::uint64_t seed) noexcept;
  /// A column has left: every so often, one saggar of its top layer is sampled.
  void receive(const SaggarReport& report) noexcept;
  /// Makes known what has been measured by now.
  void advance(double time_s) noexcept;
  /// The clock goes back by so much, as at the end of settling: samples keep their age.
  void set_back(double by_s) noexcept;
  /// The newest known sample; false while there is none.
  bool known(Sample& sample) const noexcept;
  void serialize(domain::Archive& archive) {
    archive(pending_, first_, count_, known_, has_known_, key_);
  }

 private:
  static constexpr std::size_t kPending = 64;  ///< more are lost, as in a laboratory that is full
  std::uint32_t every_;
  double delay_s_;
  std::array<double, kResultCount> relative_{}, absolute_{};
  std::array<Sample, kPending> pending_{};
  std::uint64_t first_ = 0, count_ = 0;
  Sample known_;
  bool has_known_ = false;
  std::uint64_t key_;
};

}  // namespace saggar::kiln
