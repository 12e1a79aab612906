// Excitation: which input stands where at which time of a planned test.
//
// Groups of inputs are tested one after another, all inputs of a group at once. Pseudo-random
// binary sequences of one register, shifted by equal parts of its period, so that the inputs of a
// group hardly correlate (Gaikwad and Rivera 1997); or steps, one input at a time: up, back, down,
// back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saggar::identify {

enum class Shape : std::uint8_t { prbs, step };

struct TestInput {
  std::string name;
  int group = 0;             ///< from 0; groups follow one another in this order
  double amplitude = 0;      ///< to each side of where it stands before, in its unit, > 0
  double low = 0, high = 0;  ///< how far it may be moved from there, low <= 0 <= high
  double rate_per_s = 0;     ///< how fast it can be moved, > 0
};

struct Plan {
  Shape shape = Shape::prbs;
  std::uint64_t seed = 1;
  double switching_s = 600;  ///< time between switches; of a step, time at each level
  double group_s = 14400;    ///< for each group; prbs only
  double rest_s = 1200;      ///< at rest before the first, between groups and after the last
  std::vector<TestInput> inputs;
};

/// Switching time for a process of this time constant and a loop `faster` times as fast as it, at
/// least `period_s`: 2.8 T / faster (Rivera, Lee, Braun and Mittelmann 2003).
double switching_for(double time_constant_s, double faster, double period_s) noexcept;

/// The whole of a test, made beforehand: the same plan gives the same test.
class Excitation {
 public:
  /// Nothing, or "field: what was found and what would be right".
  static std::string problem(const Plan& plan);
  /// @param plan without a problem. Allocates.
  explicit Excitation(const Plan& plan);

  double duration_s() const noexcept { return duration_s_; }
  /// Group under test at this time since the start; -1: at rest.
  int group(double time_s) const noexcept;
  /// Where input `i` is to stand, as a difference from where it stood. Real-time.
  double level(std::size_t i, double time_s) const noexcept;
  std::size_t inputs() const noexcept { return amplitude_.size(); }

 private:
  struct Slot {
    double start_s;
    int group;
  };
  void add_prbs(const Plan& plan, int group);
  void add_steps(const Plan& plan, int group);

  double slot_s_ = 0, duration_s_ = 0;
  std::vector<double> amplitude_;
  std::vector<Slot> slots_;        ///< in order of time; slots of rest have group -1
  std::vector<std::int8_t> sign_;  ///< slots x inputs: -1, 0 or 1
};

}  // namespace saggar::identify
