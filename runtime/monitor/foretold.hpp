// Foretold: what a controller foretold, held against what came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/monitor/conformal.hpp"
#include "runtime/monitor/drift.hpp"

namespace saggar::monitor {

struct ForetoldSettings {
  struct Prediction {
    std::uint32_t horizon = 1;  ///< periods ahead, >= 1
    double residual = 1;        ///< |error| that 99.9 % of normal data stay below, in its unit, > 0
  };
  std::vector<Prediction> predictions;  ///< may be none
  double period_s = 60;
  double target = 0.9;          ///< of the band (LC-21)
  double gain = 0.01;           ///< of the band, see Conformal
  std::size_t memory = 500;     ///< periods that the band is made of
  double window_s = 7 * 86400;  ///< over which coverage is told
  double widest = 2;  ///< the band counts for the vote up to so many package residuals, >= 1
  PageHinkleySettings drift;
};

/// One band about all predictions together: the score of a period is the largest |error|, each in
/// shares of its package's residual, and the band is a number q such that 90 % of the scores stay
/// below it (max-score conformal prediction: a band that holds for all at once). It adapts; see
/// Conformal for what it promises and what not.
///
/// The signal of the vote is the score over q, q held to [1, widest]: a band narrower than what the
/// package promised does not make it stricter, one that forgave everything would see nothing.
///
/// Beside it: mean error per prediction, and a Page-Hinkley test per prediction on means over
/// blocks of the longest horizon, at least 10 periods: errors of overlapping predictions hang
/// together, and would drift by themselves.
/// Thread: one. No allocation after construction. O(predictions + memory) per period.
class Foretold {
 public:
  /// @throws std::invalid_argument naming the setting that is out of range
  explicit Foretold(const ForetoldSettings& settings);

  std::size_t size() const noexcept { return settings_.predictions.size(); }
  /// `periods` have begun. @param measured what came, per prediction; NaN: missing
  void judge(std::uint32_t periods, std::span<const double> measured) noexcept;
  /// In this period; replaces nothing where nothing is said: call at most once per period.
  void foretell(std::span<const double> values) noexcept;
  /// Predictions that wait are forgotten: the controller was restarted.
  void forget() noexcept;
  /// The drift tests begin anew, with their warm-up: somebody has dealt with it.
  void clear_drift() noexcept;

  /// Score of this period over its band, for the vote; NaN where nothing was due, infinite where
  /// what is foretold now is no number.
  double residual() const noexcept { return residual_; }
  /// Half width of the band now, in shares of the residuals; NaN until 20 scores are known.
  double band() const noexcept;
  /// Share of scores inside, over 7 days; NaN until a tenth of that has come.
  double coverage() const noexcept { return coverage_.share(); }
  /// Coverage over at least half of its window, and not 85 to 97 % (LC-21).
  bool coverage_off() const noexcept;
  /// Largest |mean error|, in shares of the residual of its prediction.
  double bias() const noexcept;
  Drift drift() const noexcept;
  /// Of the prediction that drifts most, in standard deviations.
  double drift_level() const noexcept;

  void serialize(domain::Archive& archive);

 private:
  double score(std::span<const double> measured) noexcept;
  void close_block() noexcept;

  ForetoldSettings settings_;
  std::uint64_t depth_ = 1, block_periods_ = 10;
  Conformal band_;
  Coverage coverage_;
  std::vector<Bias> bias_;
  std::vector<PageHinkley> drift_;
  std::vector<double> ring_;         // depth x predictions; NaN: nothing foretold
  std::vector<double> band_then_;    // per slot of the ring
  std::vector<double> sum_, count_;  // of the block, per prediction
  std::uint64_t at_ = 0, in_block_ = 0;
  double residual_;
};

}  // namespace saggar::monitor
