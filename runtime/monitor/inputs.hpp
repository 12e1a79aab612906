// Inputs: the vector a network should have seen, made again from what the kiln said.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"

namespace saggar::monitor {

/// One input as the manifest of a package has it; in its own unit, less its reference.
struct InputSpec {
  double mean = 0, scale = 1;             ///< x = (value - mean) / scale, scale > 0
  std::vector<std::uint32_t> lags = {0};  ///< ages in periods, rising, at least one
};

/// By the same rules as a policy plugin, but in code that shares nothing with it: what is wrong
/// there is found here. A value stands for missing ones until it is `missing_wait_s` old; one
/// sample per period, the value of that instant.
/// Thread: one. No allocation after construction; one pass over the inputs per step.
class Inputs {
 public:
  /// @param step_s between two steps of the controller @param period_s between two samples
  /// @throws std::invalid_argument without inputs, lags or positive scales and times
  Inputs(std::vector<InputSpec> specs, double step_s, double period_s, double missing_wait_s);

  /// Forgets all: the controller was restarted.
  void restart() noexcept;
  /// A step begins, `dt_s` after the one before.
  void begin(double dt_s) noexcept;
  /// Input i in this step; NaN: missing.
  void see(std::size_t i, double value) noexcept;
  /// After all inputs. @return periods that begin with this step, mostly 0 or 1; more where steps
  /// were left out
  std::uint32_t sample() noexcept;

  /// Normalised, inputs in order, lags within.
  const std::vector<double>& x() const noexcept { return x_; }
  /// All of x() is known.
  bool ready() const noexcept { return ready_ != 0; }
  std::size_t size() const noexcept { return specs_.size(); }
  /// The input that element k of x() belongs to.
  std::size_t input_of(std::size_t k) const noexcept { return input_of_[k]; }

  void serialize(domain::Archive& archive) {
    archive(held_, age_s_, ring_, x_, next_, samples_, since_s_, dt_s_, begun_, ready_);
  }

 private:
  void normalise() noexcept;

  std::vector<InputSpec> specs_;
  double step_s_, period_s_, missing_wait_s_;
  std::vector<std::size_t> input_of_;
  std::vector<double> held_, age_s_;  // per input
  std::vector<double> ring_;          // inputs x depth
  std::vector<double> x_;
  std::uint64_t depth_ = 1, next_ = 0, samples_ = 0;
  double since_s_ = 0, dt_s_ = 0;
  std::uint8_t begun_ = 0, ready_ = 0;
};

}  // namespace saggar::monitor
