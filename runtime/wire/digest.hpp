// Digest and Truth: what screens show, as plain values with names inside.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <saggar/plugin/units.hpp>

#include "runtime/domain/event.hpp"
#include "runtime/domain/mode.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/reason.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/sample.hpp"

namespace saggar::wire {

enum class Pacing : std::uint8_t { wall, field };
std::string_view name(Pacing pacing) noexcept;

/// One duty: its application and its ladder.
struct DigestDuty {
  domain::Duty duty = domain::Duty::heat;
  domain::AppState state = domain::AppState::off;
  std::uint8_t rung = 0xFF;        ///< index into `rungs`; 0xFF = application off
  std::vector<std::string> rungs;  ///< best first; the last two: hold, recipe
  std::string controller;          ///< who drives; empty for none
  /// Of the last move; while no rung drives, of the end of the application.
  domain::Reason reason = domain::Reason::none;
  std::uint64_t since_cycle = 0;
  /// Bit i = operate::Permissive i is missing (SC-75, SC-76); 0 = none, or not known yet.
  std::uint32_t missing_permissives = 0;
  domain::Reason climb_blocked = domain::Reason::none;  ///< why the ladder may not climb now
  std::uint32_t ended_by = 0;             ///< the permissives whose loss ended the application
  std::vector<domain::Reason> blocked{};  ///< why a rung may not drive, in the order of `rungs`
  bool operator==(const DigestDuty&) const = default;
};

/// One MV with its loop. Values in `unit`; NaN where there is none.
struct DigestLoop {
  std::string tag;  ///< the written tag
  units::Unit unit = units::Unit::none;
  domain::Duty duty = domain::Duty::heat;
  std::uint16_t zone = 0;
  std::uint16_t loop = 0;
  double recipe_sp = 0;
  double working_sp = 0;
  double requested_sp = 0;
  double pv = 0;
  domain::Quality quality = domain::Quality::bad;  ///< of the PV
  domain::Mode target = domain::Mode::oos;
  domain::Mode actual = domain::Mode::oos;
  double output_percent = 0;
  domain::Limited limited = domain::Limited::no;
  domain::Reason why = domain::Reason::none;  ///< `actual` is not `target`
};

struct DigestEvent {
  std::uint64_t cycle = 0;
  domain::EventCode code{};
  domain::Severity severity = domain::Severity::info;
  std::string english;
  std::string korean;
  bool operator==(const DigestEvent&) const = default;
};

/// How far a controller is trusted with a group of MVs (SC-80).
struct DigestTrust {
  std::string controller;
  std::string group;
  domain::Duty duty = domain::Duty::heat;
  domain::Level level = domain::Level::shadow;
  domain::Reason reason = domain::Reason::none;  ///< why the level is what it is
  std::uint64_t card = 0;                        ///< of the move that waits; 0 = none
  // moves since the level began
  std::uint32_t shown = 0, accepted = 0, modified = 0, rejected = 0, expired = 0;
  bool operator==(const DigestTrust&) const = default;
};

/// What the monitors outside of a controller found (LC-20..22); shares as in MonitorReport.
struct DigestMonitor {
  std::string controller;
  domain::Duty duty = domain::Duty::heat;
  double distance = 0, spread = 0, residual = 0, band = 0, coverage = 0, bias = 0;
  std::uint8_t over = 0;  ///< bit i: Signal i
  domain::Drift drift = domain::Drift::ok;
  domain::Reason reason = domain::Reason::none;  ///< why it is not believed
  std::uint64_t periods = 0;                     ///< judged
  bool operator==(const DigestMonitor&) const = default;
};

/// The field link as the io thread sees it, also while there is no cycle.
struct DigestLink {
  bool up = false;
  std::string english;  ///< why it is not up, or what is wrong with it; lines, at most 16,000 bytes
  std::string korean;
  std::uint64_t missed = 0;        ///< frames lost between delivered ones
  std::uint64_t malformed = 0;     ///< messages refused here, of another session or sequence
  std::uint64_t unsent = 0;        ///< commands and heartbeats that nobody was there to take
  std::uint64_t disconnects = 0;   ///< connections lost
  std::uint64_t acks_refused = 0;  ///< values that the field did not take
  bool operator==(const DigestLink&) const = default;
};

/// Something that stands and needs a person (SC-105).
struct DigestTrouble {
  domain::EventCode code{};
  domain::Severity severity = domain::Severity::error;
  std::string english;
  std::string korean;
  std::string response;           ///< what to do
  std::string response_korean{};  ///< empty: there is none in Korean
  bool operator==(const DigestTrouble&) const = default;
};

enum class JournalState : std::uint8_t { none, well, failing };

/// The state of the runtime after one cycle.
struct Digest {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;  ///< the field's time
  std::string kiln;
  Pacing pacing = Pacing::wall;
  std::vector<DigestDuty> duties;  ///< at most domain::kDutyCount
  std::vector<DigestLoop> loops;   ///< at most domain::kMaxMvs
  std::array<std::array<std::uint64_t, domain::kOutcomeCount>, domain::kGateCount> gates{};
  std::uint32_t heartbeat = 0;
  bool link_up = false;
  double frame_age_s = 0;
  double cycle_p50_us = 0;
  double cycle_p99_us = 0;
  double cycle_p999_us = 0;
  double cycle_max_us = 0;
  std::uint64_t overruns = 0;
  std::uint64_t records_dropped = 0;
  std::vector<DigestEvent> events;  ///< newest last, at most 128
  DigestLink link;
  JournalState journal = JournalState::none;
  std::uint64_t journal_records = 0;    ///< written in this run
  std::uint64_t records_lost = 0;       ///< of this run: not in the journal, or not recorded at all
  std::uint64_t log_lines_lost = 0;     ///< dropped on their way to a file or a screen
  std::vector<DigestTrouble> troubles;  ///< that stand now, at most 32
  std::vector<DigestTrust> trust;       ///< of governed controllers, at most 128
  std::vector<DigestMonitor> monitors;  ///< of watched controllers, at most kMaxControllers
};

/// What really happens in a simulated kiln. Never seen by runtime or controllers.
struct Truth {
  std::int64_t time_ns = 0;
  std::vector<double> zone_position_m;  ///< centre, from the entry; zone_* have one length
  std::vector<double> zone_gas_degC;
  std::vector<double> column_position_m;  ///< saggar columns; column_* have one length
  std::vector<double> column_core_degC;
  std::vector<double> column_surface_degC;
  std::vector<double> column_dryness;  ///< 0 wet .. 1 dry
  bool operator==(const Truth&) const = default;
};
inline constexpr std::size_t kMaxTruthColumns = 4096;

}  // namespace saggar::wire
