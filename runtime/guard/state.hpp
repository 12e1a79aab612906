// What the guard knows between two cycles, and the stages of one pass. Internal to runtime/guard.
#pragma once

#include <array>
#include <vector>

#include "runtime/guard/cross.hpp"
#include "runtime/guard/grid.hpp"
#include "runtime/guard/guard.hpp"
#include "runtime/guard/horizon.hpp"
#include "runtime/guard/readback.hpp"

namespace saggar::guard {

/// Of one MV, from the plant, never changed.
struct Fixed {
  Bounds hard;  ///< absolute limits and trip ceiling (SC-38)
  double trim_low = 0, trim_high = 0;
  double recipe_up_per_s = 0, recipe_down_per_s = 0;
  double readback_tolerance = 0;
  Grid grid;
  domain::TagId working = domain::kNoTag;
  domain::TagId pv = domain::kNoTag;
  double pv_low = 0, pv_high = 0;
  bool heats = false;
  bool valid = true;  ///< false: its limits make no sense, nothing is ever written
};

/// Of one MV, over the cycles.
struct Moving {
  double reference = 0;   ///< what trims are measured from
  double owed = 0;        ///< error feedback of the grid, within one step
  double working = 0;     ///< last usable working SP
  double init_s = -1e18;  ///< when the field was last asked to go remote
  Readback readback;
  domain::Reason told = domain::Reason::none;  ///< rejection last reported
  double clipped_s = -1e18;  ///< guard's time of the last clip: one event per run of clips
  bool known = false;        ///< a working SP was read, so `in_force` means something
  bool driven = false;       ///< the field follows what we wrote last
  bool fault = false;
  bool missed = false;  ///< a read-back miss was found in this cycle
};

/// How far an MV got in this pass.
enum class Path : std::uint8_t { done, frozen, initialise, moving };

/// Of one MV, in this pass only.
struct Work {
  Path path = Path::done;
  Bounds bounds;  ///< G4 to G6; contains the value in force while driven
  bool clipped_low = false, clipped_high = false;
  bool crossed = false;  ///< G7 held it back
  double goal_before_cross = 0, goal_after_cross = 0;
  domain::Reason cross_reason = domain::Reason::none;
  domain::Reason clip_reason = domain::Reason::none;  ///< of the first gate that clipped
};

struct Pass {
  const GuardInputs& in;
  domain::Command& command;
  domain::Bounded<domain::GuardAction>& actions;
  domain::GateCounts& counts;
  std::vector<domain::Limited>& limited;
  domain::Bounded<domain::Event>& events;

  void count(domain::Gate gate, domain::Outcome outcome, std::uint32_t n = 1) noexcept {
    counts[static_cast<std::size_t>(gate)][static_cast<std::size_t>(outcome)] += n;
  }
  void passed(domain::Gate gate) noexcept { count(gate, domain::Outcome::pass); }
  void clip(std::size_t mv, domain::Gate gate, domain::Reason why, double before,
            double after) noexcept {
    count(gate, domain::Outcome::clip);
    actions.push({static_cast<domain::MvId>(mv), gate, domain::Outcome::clip, why, before, after});
  }
};

struct Guard::State {
  State(const domain::Plant& plant, Settings wanted);

  // The stages, in the order of the call.
  bool shapes_fit(Pass& pass) noexcept;
  void follow_clock(const GuardInputs& in) noexcept;
  void follow_field(Pass& pass) noexcept;
  void admit(Pass& pass) noexcept;    // G1 G2 G3
  void bound(Pass& pass) noexcept;    // G4 G5 G6
  void predict(Pass& pass) noexcept;  // G8
  void settle(Pass& pass) noexcept;   // G7
  void write(Pass& pass) noexcept;    // G9 and the command
  void serialize(domain::Archive& archive);

  // Parts of the stages.
  void observe(std::size_t i, Pass& pass) noexcept;
  void check_readback(std::size_t i, Pass& pass) noexcept;
  struct Band {
    double low = 0, high = 0;
  };
  Band trim_band(std::size_t i) const noexcept;
  void track(std::size_t i, double recipe) noexcept;
  void carry(std::size_t i, double recipe) noexcept;
  domain::Reason form(std::size_t i, const GuardInputs& in) const noexcept;
  domain::Reason age(std::size_t i, const GuardInputs& in) const noexcept;
  domain::Reason authority(std::size_t i, const GuardInputs& in) const noexcept;
  void reject(std::size_t i, domain::Gate gate, domain::Reason why, Pass& pass) noexcept;
  void clip_goal(std::size_t i, domain::Gate gate, const Bounds& bounds, Pass& pass) noexcept;
  Bounds rate_bounds(std::size_t i) const noexcept;
  void survey_reach() noexcept;
  void direct(std::size_t i, Pass& pass) noexcept;
  void accept(std::size_t i, bool power_full) noexcept;
  void send(std::size_t i, Pass& pass) noexcept;
  void tell_clip(std::size_t i, Pass& pass) noexcept;
  void initialise(std::size_t i, Pass& pass) noexcept;

  Settings settings;
  Cross cross;
  std::vector<Fixed> fixed;
  std::size_t tags = 0;  ///< size of a frame
  std::vector<Moving> moving;
  std::vector<double> reference_view;
  std::vector<std::uint64_t> writes, suppressed;
  std::vector<double> in_force;  ///< before this cycle
  std::vector<double> value;     ///< of this cycle
  std::vector<double> goals;
  std::vector<Work> work;
  std::vector<double> reference_now, reach_low, reach_high;  ///< what G8 is shown
  std::array<Horizon, 4> horizons;  ///< per supervisory period, minute, 8 h, hour
  PredictiveStage predictive = nullptr;
  void* predictive_self = nullptr;

  // The guard's own time: it advances with the field's, never faster, and never falls.
  double now_s = 0;
  double dt_s = 0;
  std::int64_t last_time_ns = 0;
  std::uint64_t last_sequence = 0;
  std::uint64_t restart_sequence = 0;
  int restart_count = 0;
  int heard = 0;           ///< frames believed since the link came up, at most 2
  bool backwards = false;  ///< this frame is older than one already used
  bool link_was_up = false;
};

}  // namespace saggar::guard
