// Watch: whether one controller may still be believed, from outside of its plugin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/monitor.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/monitor/distance.hpp"
#include "runtime/monitor/drift.hpp"
#include "runtime/monitor/foretold.hpp"
#include "runtime/monitor/inputs.hpp"
#include "runtime/monitor/vote.hpp"

namespace saggar::monitor {

/// All from the package of the controller; nothing from its plugin.
struct WatchSettings {
  /// A tag of the plant, or past them one of its virtual tags.
  struct Feature {
    domain::TagId tag = domain::kNoTag;
    domain::MvId over = domain::kNoMv;  ///< its reference is taken off first; kNoMv: nothing is
    InputSpec input;
  };
  struct Prediction {
    domain::TagId tag = domain::kNoTag;
    double horizon_s = 60;  ///< rounded to whole periods, at least one
    double residual = 1;    ///< threshold, in the unit of the tag
  };
  std::vector<Feature> features;
  double step_s = 1;  ///< between two steps of the controller
  double period_s = 60, missing_wait_s = 60;
  std::vector<double> mean, lower;  ///< of the normalised inputs; Cholesky factor, full rows
  double distance = 1;              ///< threshold
  std::vector<double> spread;       ///< threshold per output; fewer than 2 members: not used
  std::size_t members = 1;
  bool tells = true;  ///< the plugin offers "saggar.ensemble/1"; else only the distance is known
  std::vector<Prediction> predictions;
  VoteSettings vote;
  ForetoldSettings foretold;  ///< its predictions and period are taken from above
};

/// What the plugin said of its last run, and whether its proposal may be used. As ext/ensemble.h.
struct Heard {
  std::uint64_t runs = 0;  ///< 0: it never ran, or says nothing of itself
  std::uint32_t members = 0;
  std::span<const double> outputs, predictions, inputs;
  bool usable = false;  ///< status ok or degraded
};

/// Once per period of the package: distance of the inputs, which it makes again from the frame;
/// spread of the members; residual of what was foretold; two of these over their thresholds for
/// three periods, and the controller is not believed (LC-20). Where a package has no predictions or
/// one member, the vote is over what there is: two must agree, one alone never decides.
///
/// What the plugin says it saw is held against what it should have seen. A difference beyond
/// rounding for three periods, or a proposal without a run, is no matter of a vote: inputs_differ.
///
/// `see` with the inputs of each step when they go to the plugin, `hear` when its answer takes
/// effect. A step whose answer is dropped is not heard, and its period not judged.
/// Thread: control. No allocation after construction. A step costs one pass over the features; one
/// with a new period n^2 / 2 multiplications with n normalised inputs.
class Watch {
 public:
  /// @param tags of the plant, without virtual ones
  /// @throws std::invalid_argument naming what is wrong with the settings
  Watch(WatchSettings settings, std::size_t tags);

  /// @param reference per MV, as the plugin gets it
  void see(const domain::Frame& screened, const domain::Estimate* estimate,
           const std::vector<double>& reference) noexcept;
  /// @return a period was judged: the report is new
  bool hear(const Heard& heard) noexcept;

  /// The controller begins from nothing: so does its history. What was learnt of its errors stays.
  void restart() noexcept;
  /// A person looked at it: drift tests begin anew, and it is believed until the next three
  /// periods.
  void pardon() noexcept;

  const domain::MonitorReport& report() const noexcept { return report_; }
  const WatchSettings& settings() const noexcept { return settings_; }
  void serialize(domain::Archive& archive);

 private:
  static constexpr double kTolerance = 1e-3;  // single precision, and a scale that is coarse

  double value(domain::TagId tag, const domain::Frame& screened,
               const domain::Estimate* estimate) const noexcept;
  void compare(std::span<const double> saw) noexcept;
  double spread_of(const Heard& heard) const noexcept;
  void judge(const Heard& heard, bool ran) noexcept;
  void listen(const Heard& heard) noexcept;
  void note_population(std::int64_t time_ns) noexcept;
  void fill_report() noexcept;

  WatchSettings settings_;
  std::size_t tags_;
  Inputs inputs_;
  Distance distance_;
  Foretold foretold_;
  std::vector<Population> population_;  // per feature, of its youngest lag
  std::vector<std::size_t> first_;      // per feature: its first element of the vector
  Vote vote_, differs_;
  std::vector<double> measured_;  // per prediction, of this step
  std::int64_t last_ns_ = 0, shift_ = 0;
  std::uint64_t runs_ = 0;
  std::uint8_t begun_ = 0, due_ = 0;
  domain::MonitorReport report_;
};

}  // namespace saggar::monitor
