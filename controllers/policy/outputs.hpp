// Outputs: from what a network says to setpoints: bounded, no faster than a rate, without a bump.
#pragma once

#include <cstddef>
#include <cstdint>
#include <saggar/plugin/shift_limit.hpp>
#include <saggar/plugin/state.hpp>
#include <vector>

namespace saggar::policy {

/// One output of the network and the elements that go along with it.
struct OutputSpec {
  double trim = 0;        ///< largest difference from the reference, > 0, in the elements' unit
  double rate_per_s = 0;  ///< fastest change, > 0
  std::vector<std::uint32_t> elements;
  double shift = 0;  ///< largest net change of the trim within 8 h; 0 = not bounded
};

/// One setpoint as the host shows it, absolute.
struct Place {
  double working = 0, reference = 0, low = 0, high = 0;
  bool free = true;      ///< this controller may move it
  bool limited = false;  ///< the guard changed the last proposal
  double step = 0;       ///< of the device, told in whole ones; 0 = any value
};

/// Trims of all elements of a port. Elements without an output go back to the reference, at the
/// slowest rate of all.
/// Thread: the one that steps; no heap. Cost: one pass.
class Outputs {
 public:
  Outputs() = default;
  /// @param elements of the port @throws std::invalid_argument an element beyond it, or twice
  Outputs(std::vector<OutputSpec> specs, std::size_t elements);

  void restart() noexcept;
  /// What stands at the field, of every element, each step; then `pass`.
  void see(std::size_t element, const Place& place) noexcept;
  void pass(double dt_s) noexcept { shift_.pass(dt_s); }
  /// What output k should come to, as a share of its trim; held to [-1, 1]. @param share finite
  void aim(std::size_t k, double share) noexcept;
  /// What stands at the field counts, not what was proposed: while another one drives.
  void track(std::size_t element, const Place& place) noexcept;
  /// One step towards the aim. @return the setpoint to propose: within low and high
  double move(std::size_t element, const Place& place, double dt_s) noexcept;

  /// Trim that element should come to, and the one it has.
  double target(std::size_t element) const noexcept;
  double moved(std::size_t element) const noexcept { return moved_[element]; }
  /// Output that moves that element; size() = none.
  std::uint32_t output_of(std::size_t element) const noexcept { return output_of_[element]; }
  std::size_t size() const noexcept { return specs_.size(); }
  std::size_t elements() const noexcept { return moved_.size(); }
  void state(plugin::State& s) {
    s(aim_, moved_, said_);
    shift_.serialize(s);
  }

 private:
  std::vector<OutputSpec> specs_;
  std::vector<std::uint32_t> output_of_;  ///< per element; size() = none
  std::vector<double> aim_;               ///< per output, in its unit
  std::vector<double> moved_, said_;      ///< per element: trim; the one that was told
  plugin::TrimShift shift_;               ///< without its reach: that is the output's
  double slowest_per_s_ = 0;
};

}  // namespace saggar::policy
