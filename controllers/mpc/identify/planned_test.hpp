// PlannedTest: runs an excitation cycle by cycle, watches the outputs, and ends for good reasons.
// However it ends, every input goes back to where it stood.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "controllers/mpc/identify/excitation.hpp"

namespace saggar::identify {

/// An output that is watched while a test runs.
struct Watched {
  double band = 0;  ///< to each side of where it stood, or of its reference, > 0
};

struct WatchSettings {
  double hold_s = 30;      ///< so long outside its band, or without a good value, ends the test
  double settle_s = 1200;  ///< longest time to wait for the inputs to be back
  double back = 0.05;      ///< an input this near to where it stood is back, in its unit
};

enum class TestPhase : std::uint64_t { idle, running, returning, over };

/// Why a test ended.
enum class TestEnd : std::uint64_t {
  none,
  finished,   ///< all that was planned was done
  aborted,    ///< somebody asked for it
  too_far,    ///< an output left its band
  bad_value,  ///< an output could not be seen
  lost        ///< the inputs were taken away: somebody else moves them
};
std::string_view text(TestEnd end) noexcept;

/// Real-time safe after construction. Not thread-safe.
class PlannedTest {
 public:
  PlannedTest() = default;
  PlannedTest(const Plan& plan, std::vector<Watched> watched, const WatchSettings& settings);

  /// False: already running.
  bool begin() noexcept;
  /// One cycle, in this order: what was seen of each output, then `advance`, then levels.
  /// @param deviation from the reference; NaN = not good
  void see(std::size_t output, double deviation) noexcept { deviation_[output] = deviation; }
  void advance(double dt_s) noexcept;
  /// Where input `i` is to stand, as a difference from where it stood.
  double level(std::size_t i) const noexcept;
  /// The inputs are back where they stood: nothing keeps the test any longer.
  void is_back() noexcept;
  void abort(TestEnd why = TestEnd::aborted) noexcept;

  bool running() const noexcept { return phase_ == TestPhase::running; }
  bool active() const noexcept { return running() || phase_ == TestPhase::returning; }
  TestPhase phase() const noexcept { return phase_; }
  TestEnd end() const noexcept { return end_; }
  double elapsed_s() const noexcept { return elapsed_s_; }
  /// Share of the plan that is done, 0 .. 1.
  double done() const noexcept;
  /// Output that ended it; meaningless otherwise.
  std::uint64_t culprit() const noexcept { return culprit_; }
  const Excitation& excitation() const noexcept { return excitation_; }
  const WatchSettings& settings() const noexcept { return settings_; }

  template <class Archive>
  void state(Archive& s) {
    s(phase_, end_, elapsed_s_, returning_s_, culprit_);
    for (double& v : strayed_s_) s(v);
    for (double& v : blind_s_) s(v);
  }

 private:
  void watch(double dt_s) noexcept;

  Excitation excitation_{Plan{}};
  std::vector<Watched> watched_;
  WatchSettings settings_;
  TestPhase phase_ = TestPhase::idle;
  TestEnd end_ = TestEnd::none;
  double elapsed_s_ = 0, returning_s_ = 0;
  std::uint64_t culprit_ = 0;
  std::vector<double> deviation_, strayed_s_, blind_s_;
};

}  // namespace saggar::identify
