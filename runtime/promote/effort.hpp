// Effort: what a controller wanted, in the same key figures as what was done (SC-86).
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/promote/interval.hpp"
#include "runtime/promote/scene.hpp"

namespace saggar::promote {

/// Of one group over some time; per MV. NaN: nothing to judge by.
enum class Measure : std::uint8_t {
  proposing,    ///< share of the time with a proposal that could be used
  moves_per_h,  ///< steps of half a resolution and more
  mean_move,    ///< |step| of those, in the unit of the MVs
  travel_per_h,
  pull,         ///< mean step with its sign: which way it would go from here
  from_recipe,  ///< mean |value - recipe|
  inside,       ///< share of what was foretold that came inside the band
  distance,     ///< mean share of the threshold of unusual inputs
  spread        ///< mean share of the threshold of disagreement
};
inline constexpr std::size_t kMeasureCount = 9;
using Measures = std::array<double, kMeasureCount>;

/// What it wants: at each new proposal, the step from what the field uses to what is proposed. So a
/// controller that only watches and one that drives are measured alike.
class Wanted {
 public:
  Wanted(std::string controller, std::string group_of, std::string group)
      : controller_(std::move(controller)),
        group_of_(std::move(group_of)),
        group_(std::move(group)) {}
  /// @param dt_s since the record before; 0 for what is not known
  void note(const Scene& scene, const domain::Record& record, double dt_s);
  void forget() { *this = Wanted(controller_, group_of_, group_); }
  /// Ends what `take` gives, and begins anew.
  Measures take();
  double hours() const noexcept { return seconds_ / 3600; }

 private:
  void note_monitor(const domain::Record& record, domain::ControllerId id);

  std::string controller_, group_of_, group_;
  double seconds_ = 0, proposing_s_ = 0;
  double moves_ = 0, travel_ = 0, pull_ = 0, off_ = 0, values_ = 0, mvs_ = 0;
  double judged_ = 0, inside_ = 0, distance_ = 0, spread_ = 0, looked_ = 0, compared_ = 0;
  std::uint64_t last_inputs_ = 0, last_periods_ = 0;
};

/// What was done, whoever did it: the same of what the field uses, from one new proposal of the
/// controller that is judged to the next.
class Done {
 public:
  Done(std::string controller, std::string group)
      : controller_(std::move(controller)), group_(std::move(group)) {}
  void note(const Scene& scene, const domain::Record& record, double dt_s);
  Measures take();

 private:
  std::string controller_, group_;
  double seconds_ = 0, moves_ = 0, travel_ = 0, off_ = 0, values_ = 0, mvs_ = 0;
  std::uint64_t last_inputs_ = 0;
  std::vector<double> last_;
};

/// Two controllers on the same frames, in pieces of `block_s` of field time.
class SideBySide {
 public:
  /// @param a  whose group it is; both are of the same duty
  SideBySide(std::string a, std::string b, std::string group, double block_s);
  void note(const Scene& scene, const domain::Record& record, double dt_s);
  void forget();
  void finish();  ///< a last piece of half its time or more counts

  std::size_t blocks() const noexcept { return a_.size(); }
  /// Means over the pieces that have the measure from both, and their difference a - b.
  struct Row {
    std::size_t blocks = 0;
    double a = std::numeric_limits<double>::quiet_NaN(), b = a;
    Difference difference{a, a, a, a, a};
  };
  Row of(Measure measure) const;

 private:
  std::string name_a_, name_b_, group_;
  double block_s_;
  Wanted now_a_, now_b_;
  std::int64_t piece_ = -1;
  double seconds_ = 0;
  std::vector<Measures> a_, b_;
};

}  // namespace saggar::promote
