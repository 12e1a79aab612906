// Conformal: a band about a prediction that holds a promised share of what comes, whatever the
// errors are like.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"

namespace saggar::monitor {

struct ConformalSettings {
  double target = 0.9;        ///< share inside in the long run, (0, 1) (LC-21)
  double gain = 0.01;         ///< how fast the band answers to misses, (0, 1)
  std::size_t memory = 500;   ///< errors that the band is made of, >= 20
  std::size_t window = 5040;  ///< predictions over which coverage is shown: 7 days of 120 s
};

/// Adaptive conformal inference (Gibbs and Candes 2021, eq. 2): the band is the quantile at
/// 1 - alpha of the last errors, and alpha follows the misses: alpha += gain (1 - target - miss).
/// The share inside goes to `target` at (1 / gain + 1) / T after T predictions, for any errors at
/// all. That is a promise of the long run only: at one instant, or while the error has a bias, it
/// says nothing (TR-09), so Bias runs beside it.
/// Thread: one. No allocation after construction; O(memory) per error.
class Conformal {
 public:
  /// @throws std::invalid_argument naming the setting that is out of range
  explicit Conformal(const ConformalSettings& settings);

  /// Half width of the band for a prediction made now; infinite until 20 errors are known, and
  /// while so many were missed that only everything would be wide enough.
  double half_width() const noexcept;
  /// What became of a prediction. Ignored where the error is no number.
  /// @param error       measured less predicted
  /// @param half_width  of the band when the prediction was made
  void note(double error, double half_width) noexcept;

  /// 20 errors are known: there is a band.
  bool known() const noexcept;
  /// Share inside over the window, NaN until a tenth of it has come.
  double coverage() const noexcept;
  std::uint64_t noted() const noexcept { return noted_; }

  void serialize(domain::Archive& archive) {
    archive(ring_, sorted_, at_, held_, alpha_, inside_, inside_at_, inside_held_, inside_count_,
            noted_);
  }

 private:
  void keep(double error) noexcept;

  ConformalSettings settings_;
  std::vector<double> ring_, sorted_;  // sizes of errors, as they came and in order
  std::uint64_t at_ = 0, held_ = 0;
  double alpha_;
  std::vector<std::uint8_t> inside_;
  std::uint64_t inside_at_ = 0, inside_held_ = 0, inside_count_ = 0;
  std::uint64_t noted_ = 0;
};

/// Share of what a band held, over a long window that goes on in 168 pieces: an hour each where
/// the window is a week. Small, where Conformal's own window keeps each single outcome.
/// Thread: one. No allocation, O(1) per outcome, O(168) per share.
class Coverage {
 public:
  /// @param window outcomes, >= 168 for pieces of equal length; fewer are taken as 168
  explicit Coverage(double window);
  void note(bool inside) noexcept;
  /// NaN until a tenth of the window has come.
  double share() const noexcept;
  /// Share of the window that has come, up to 1.
  double filled() const noexcept;
  void serialize(domain::Archive& archive) { archive(inside_, all_, piece_); }

 private:
  static constexpr std::size_t kPieces = 168;
  std::uint32_t most_;  // outcomes per piece
  std::array<std::uint32_t, kPieces> inside_{}, all_{};
  std::uint32_t piece_ = 0;
};

/// Mean error with forgetting: what a conformal band cannot take away (LC-21).
class Bias {
 public:
  /// @param memory  errors that it goes back, > 1
  explicit Bias(double memory) : memory_(memory) {}
  void note(double error) noexcept;
  double value() const noexcept { return value_; }
  /// Standard error of the value if the errors were independent; NaN below 2 errors.
  double standard_error() const noexcept;
  void serialize(domain::Archive& archive) { archive(value_, square_, seen_); }

 private:
  double memory_;
  double value_ = 0, square_ = 0, seen_ = 0;
};

}  // namespace saggar::monitor
