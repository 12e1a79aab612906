// Features: from values seen one by one to the vector a network takes. Numbers in, numbers out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <saggar/plugin/state.hpp>
#include <vector>

namespace saggar::policy {

/// One input, in its own unit; where it is taken over a reference, less that.
struct FeatureSpec {
  double mean = 0, scale = 1;             ///< x = (value - mean) / scale; scale > 0
  double low = 0, high = 0;               ///< seen in training
  std::vector<std::uint32_t> lags = {0};  ///< ages in periods, rising, at least one
};

/// What the samples are good for, the worst of all features.
enum class Readiness : std::uint8_t {
  ready,
  filling,  ///< not as many periods seen as the longest lag asks for
  outside,  ///< a sample is outside of what was seen in training
  missing   ///< a sample is not there, and the last one was too old to stand for it
};

/// Samples of all features over as many periods as their longest lag asks for.
/// Thread: the one that steps. `see`, `sample` and `fill` touch no heap; cost: one pass.
class Features {
 public:
  Features() = default;
  /// @param missing_wait_s a value stands for missing ones until it is this old, >= 0
  Features(std::vector<FeatureSpec> specs, double missing_wait_s);

  /// Forgets all that was seen.
  void restart() noexcept;
  /// One step: the value of feature i now. @param value not finite: missing @param dt_s since the
  /// last step
  void see(std::size_t i, double value, double dt_s) noexcept;
  /// A period begins: what is seen now becomes the sample of age 0.
  void sample() noexcept;
  /// Writes the normalised vector, features in order, lags within; no number that is not finite.
  /// @param x [width()], unspecified unless ready or outside
  Readiness fill(float* x) const noexcept;
  /// The feature that the last `fill` found wanting; size() if none.
  std::size_t culprit() const noexcept { return culprit_; }

  std::size_t size() const noexcept { return specs_.size(); }
  std::size_t width() const noexcept { return width_; }
  const FeatureSpec& spec(std::size_t i) const noexcept { return specs_[i]; }
  void state(plugin::State& s) { s(held_, age_s_, ring_, next_, samples_); }

 private:
  double at(std::size_t i, std::uint32_t lag) const noexcept {
    return ring_[i * depth_ + (next_ + depth_ - 1 - lag) % depth_];
  }

  std::vector<FeatureSpec> specs_;
  std::size_t width_ = 0, depth_ = 1;
  double missing_wait_s_ = 0;
  std::vector<double> held_, age_s_;  ///< per feature: last value seen; since when
  std::vector<double> ring_;          ///< features x depth; not a number: missing
  std::uint64_t next_ = 0, samples_ = 0;
  mutable std::size_t culprit_ = 0;
};

}  // namespace saggar::policy
