// Cycle: one control cycle, from frame to command, as one chain of calls over one record.
// cycle.cpp is the table of contents of the runtime.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/control/ladder.hpp"
#include "runtime/control/roster.hpp"
#include "runtime/control/transfer.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/estimate/estimators.hpp"
#include "runtime/estimate/screening.hpp"
#include "runtime/estimate/zone_mean.hpp"
#include "runtime/filter/filter.hpp"
#include "runtime/guard/guard.hpp"
#include "runtime/operate/applications.hpp"
#include "runtime/operate/intents.hpp"
#include "runtime/operate/mode_engine.hpp"
#include "runtime/operate/trust.hpp"

namespace saggar::loop {

/// Everything a cycle needs to know, from the configuration.
struct CycleSettings {
  double period_s = 1;               ///< between two cycles
  double supervisory_period_s = 10;  ///< measure of age and of limits per period
  std::int64_t command_valid_ns = 5'000'000'000;
  std::int64_t stale_frame_ns = 1'500'000'000;  ///< older inputs are not fresh (G2)
  double sensor_sigma_K = 1.5;
  std::vector<estimate::ScreeningLimits> screening;  ///< per tag
  std::array<control::LadderSettings, domain::kDutyCount> ladders;
  std::vector<double> recipe;         ///< per MV, in its unit
  std::vector<double> bleed_per_min;  ///< per MV
  guard::Settings guard;
  std::optional<filter::Settings> filter;  ///< nothing: G8 lets all pass
  operate::ApplicationSettings applications;
  operate::ModeSettings modes;
  std::vector<operate::TrustSettings> trust;  ///< of the governed controllers
};

/// Thread: control. After the first cycle: no allocation, no lock, no log, no clock, no exception.
class Cycle {
 public:
  /// @param plant must outlive the cycle
  /// @param estimators their first tags stand after those of the zones (estimate::ZoneMean)
  Cycle(const domain::Plant& plant, CycleSettings settings, control::Roster roster,
        estimate::Estimators estimators = {});

  /// An empty record of the right shape.
  domain::Record prototype() const;

  /// Before the first cycle: how far a controller is trusted with a group, in the order of
  /// `Record::trust`, where it is not as the settings say.
  void begin_trust(std::size_t row, domain::Level level, domain::Reason why) noexcept {
    trust_.begin(row, level, why);
  }
  const std::vector<domain::TrustReport>& trust() const noexcept { return trust_.reports(); }

  /// Queues an intent for its cycle; false: the queue is full, the caller answers busy.
  bool offer(const domain::Intent& intent) noexcept { return intents_.offer(intent); }

  /// Runs one cycle. In: `cycle`, `time_ns`, `frame`. Out: all the rest except `timing`, of which
  /// only `controllers_ns` is written. Every cycle ends with a command.
  /// @param facts replay: the record whose timing facts are to be repeated, else nullptr
  void run(domain::Record& record, const domain::Record* facts = nullptr) noexcept;

  /// State of every stage and controller: restoring it and going on gives the same commands.
  void serialize(domain::Archive& archive);

  const CycleSettings& settings() const noexcept { return settings_; }
  const control::Roster& roster() const noexcept { return roster_; }
  /// As Roster::ask_why. Thread: main, between two cycles.
  void ask_why(domain::MvId mv) noexcept { roster_.ask_why(mv); }
  /// As Roster::explain. Thread: main, between two cycles.
  control::Explained explain(domain::ControllerId id, domain::MvId mv) {
    return roster_.explain(id, mv, plant_.mvs[mv].pv);
  }
  const estimate::Estimators& estimators() const noexcept { return estimators_; }
  /// No controller or estimator computes beside the loop: `snapshot` would not wait.
  bool at_rest() const noexcept { return roster_.at_rest() && estimators_.at_rest(); }
  /// The whole state, in place of what is in `bytes`. Allocates only if its capacity is too small.
  void snapshot(std::vector<std::uint8_t>& bytes);
  const control::Ladder& ladder(domain::Duty duty) const noexcept {
    return ladders_[static_cast<std::size_t>(duty)];
  }

  /// nullptr where G8 is off.
  const filter::Filter* filter() const noexcept { return filter_.get(); }

 private:
  void apply_intents(domain::Record& record) noexcept;
  domain::Reason serve(const domain::Intent& intent, domain::Record& record) noexcept;
  void serve_controllers(domain::Record& record) noexcept;
  void ask(domain::Record& record, const domain::Record* facts) noexcept;
  void serialize_monitors(domain::Archive& archive);
  void note_monitors(domain::Record& record) noexcept;
  void tell(const domain::MonitorReport& before, const domain::MonitorReport& now,
            domain::Bounded<domain::Event>& events) noexcept;
  domain::Reason doubt(domain::ControllerId controller) const noexcept;
  void update_applications(domain::Record& record) noexcept;
  void update_modes(domain::Record& record) noexcept;
  void decide(domain::Record& record) noexcept;
  void compose(domain::Record& record) noexcept;
  void check(domain::Record& record) noexcept;
  void note_corrections(const domain::Record& record) noexcept;
  void note_filter(const domain::Record& record) noexcept;
  bool seat_moves(domain::MvId mv, const domain::Record& record) const noexcept;
  void finish(domain::Record& record) noexcept;

  control::LadderInputs ladder_inputs(std::size_t duty,
                                      const domain::Record& record) const noexcept;
  const control::Rung* rung_of(domain::MvId mv) const noexcept;
  domain::Ask ask_of(domain::MvId mv, const domain::Record& record) const noexcept;
  double working(domain::MvId mv, const domain::Record& record) const noexcept;
  bool fresh(const domain::Record& record) const noexcept;
  bool has_recipe(std::size_t duty) const noexcept;
  void note_frame(domain::Record& record) noexcept;

  const domain::Plant& plant_;
  CycleSettings settings_;
  estimate::Screening screening_;
  estimate::ZoneMean zone_mean_;
  estimate::Estimators estimators_;
  operate::Intents intents_;
  operate::ModeEngine modes_;
  operate::Applications applications_;
  control::Roster roster_;
  std::vector<control::Ladder> ladders_;
  operate::Trust trust_;
  std::vector<domain::MonitorReport> monitors_;  // of watched controllers, as last told
  control::Transfer transfer_;
  guard::Guard guard_;
  std::unique_ptr<filter::Filter> filter_;

  std::array<std::vector<domain::MvId>, domain::kDutyCount> members_;
  std::vector<std::uint16_t> place_;               // per MV: its index within its duty
  std::vector<double> working_, low_, high_;       // per MV, refreshed each cycle
  std::vector<domain::Limited> limited_;           // per MV, of the guard's last pass
  std::vector<std::uint8_t> free_;                 // per MV: a controller may move it
  std::vector<domain::ControllerId> owner_;        // per MV: whose proposal goes on
  std::array<double, domain::kDutyCount> bump_{};  // of the last move of each duty
  std::uint64_t last_sequence_ = 0;
  std::uint64_t reused_ = 0;
  bool link_up_ = false;
  bool started_ = false;
  std::array<bool, domain::kMaxControllers> in_fault_{};
};

}  // namespace saggar::loop
