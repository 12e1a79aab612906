// Ladder: the ranked controllers of one duty. Exactly one rung drives, the others run in shadow.
// Trust is earned and lost per rung (SC-65..71); values only, no plugins.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "runtime/control/interventions.hpp"
#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::control {

/// What a rung is made of. The last two of every ladder cannot fail.
enum class RungKind : std::uint8_t {
  controller,
  hold,  // keeps the last verified setpoints, for a limited time (T3)
  local  // releases to the field's own recipe setpoints (T4)
};

struct Rung {
  std::string name;
  RungKind kind = RungKind::local;
  domain::ControllerId controller = domain::kNoController;
  double min_confidence = 0;  ///< [0, 1], below it the rung is not trusted
  double period_s = 1;        ///< of the controller: its proposal is old after 1.5 of them (G2)
  bool learned = true;        ///< of a controller: AI OFF takes it out (SC-91)
};

struct LadderSettings {
  domain::Duty duty = domain::Duty::heat;
  std::vector<Rung> rungs;  ///< best first; ends with `hold`, `local`
  bool auto_climb = true;   ///< may go up by itself after the dwell
  std::uint64_t dwell_cycles = 60;
  double climb_wait_s = 1800;  ///< at most one climb per this (SC-69)
  int climbs_per_8h = 3;       ///< then only an intent lets it climb (SC-69)
  double hold_max_s = 1800;    ///< T3 is limited (SC-68)
  int deadline_misses = 3;     ///< of deadline_window: locked out until an intent (SC-67)
  int deadline_window = 10;    ///< [1, 64]
  Interventions::Settings interventions;  ///< of the guard: too many lose the seat (SC-67)
  Interventions::Settings filter;         ///< of the predictive filter alone: likewise (LC-14)
};

/// What people demand of a duty in this cycle; set by operate.
struct Demand {
  enum class Force : std::uint8_t { none, ai_off, hold, release };
  Force force = Force::none;                 ///< while it stands; the intents keep it
  std::optional<std::uint8_t> climb_to;      ///< once: go up to this rung
  std::optional<std::uint8_t> step_down_to;  ///< once
  domain::Reason step_down_reason = domain::Reason::operator_request;
};

struct LadderInputs {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  bool on = false;  ///< the application may drive (SC-15)
  bool frame_fresh = true;
  bool link_up = true;
  std::uint32_t untrusted = 0;  ///< bit i: rung i may move nothing at its level (SC-80)
  /// Per rung: why the monitors outside of its controller do not believe it; none = they do.
  std::array<domain::Reason, domain::kMaxRungs> doubt{};
  bool cv_limit = false;         ///< a CV of this duty is beyond its limit
  bool readback_failed = false;  ///< more than half of the MVs do not take their setpoints
  Demand demand;
};

/// Thread: control. Real-time: no allocation after construction, O(rungs).
class Ladder {
 public:
  /// @param settings at least `hold` and `local`, in this order, at the end
  explicit Ladder(LadderSettings settings);

  /// Decides who drives from this cycle's proposals and writes events for every move.
  /// The decision's bump is filled by Transfer.
  void decide(const LadderInputs& in, const std::vector<domain::Proposal>& proposals,
              domain::DutyDecision& out, domain::Bounded<domain::Event>& events) noexcept;

  /// What the guard made of this cycle's proposals of the driving rung; after `decide`.
  void note_guard(std::int64_t time_ns, bool corrected) noexcept {
    interventions_.note(time_ns, state_.rung, corrected);
  }

  /// What the predictive filter made of them. @param infeasible no setpoints keep the limits,
  /// whatever is asked: no controller may drive in the next cycle
  void note_filter(std::int64_t time_ns, bool changed, bool infeasible) noexcept {
    filtered_.note(time_ns, state_.rung, changed);
    state_.filter_infeasible = infeasible;
  }

  /// Why a rung may not drive now; none = it may. As of the last `decide`.
  domain::Reason blocked(std::size_t rung) const noexcept { return state_.blocked[rung]; }
  /// The driving rung, or nullptr while the application is off.
  const Rung* driving() const noexcept {
    return state_.rung == kOff ? nullptr : &settings_.rungs[state_.rung];
  }
  /// Its place, or kOff while the application is off.
  std::uint8_t seat() const noexcept { return state_.rung; }
  const LadderSettings& settings() const noexcept { return settings_; }
  /// Lets a controller that was locked out, or corrected too often, compete again (intent
  /// restart_controller).
  void pardon(domain::ControllerId controller) noexcept;

  void serialize(domain::Archive& archive) {
    State& s = state_;  // one by one: equal states give equal bytes
    archive(s.rung, s.reason, s.since_cycle, s.hold_since_ns, s.healthy_since, s.blocked, s.misses,
            s.locked, s.climbs_ns, s.climb_count, s.climb_block_told, s.filter_infeasible);
    interventions_.serialize(archive);
    filtered_.serialize(archive);
  }

  static constexpr std::uint8_t kOff = 0xFF;
  static constexpr std::size_t kMaxRungs = domain::kMaxRungs;

 private:
  struct State {
    std::uint8_t rung = kOff;
    domain::Reason reason = domain::Reason::started;
    std::uint64_t since_cycle = 0;
    std::int64_t hold_since_ns = 0;
    std::array<std::uint64_t, kMaxRungs> healthy_since{};
    std::array<domain::Reason, kMaxRungs> blocked{};
    std::array<std::uint64_t, kMaxRungs> misses{};  // bit i: missed i proposals ago
    std::array<bool, kMaxRungs> locked{};
    std::array<std::int64_t, 8> climbs_ns{};  // newest first
    std::int32_t climb_count = 0;
    bool climb_block_told = false;
    bool filter_infeasible = false;  // as of the last cycle
  };

  domain::Reason judge(std::size_t rung, const LadderInputs& in,
                       const std::vector<domain::Proposal>& proposals) noexcept;
  domain::Reason judge_controller(std::size_t rung, const LadderInputs& in,
                                  const domain::Proposal& proposal) noexcept;
  std::uint8_t best_from(std::size_t first) const noexcept;
  std::uint8_t choose(const LadderInputs& in, domain::Reason& why) noexcept;
  std::uint8_t climb(const LadderInputs& in, domain::Reason& why) noexcept;
  bool may_climb_by_itself(const LadderInputs& in, std::size_t to, domain::Reason& why) noexcept;
  std::uint8_t forced_floor(const LadderInputs& in, domain::Reason& why) const noexcept;
  std::uint8_t first_of(RungKind kind) const noexcept;
  std::uint8_t lowest_fixed_law() const noexcept;
  domain::Reason climb_needs(const LadderInputs& in) const noexcept;
  void note_climb(std::int64_t time_ns) noexcept;

  LadderSettings settings_;
  Interventions interventions_, filtered_;
  State state_;
};

}  // namespace saggar::control
