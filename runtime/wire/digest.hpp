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
  std::uint8_t rung = 0xFF;                      ///< index into `rungs`; 0xFF = application off
  std::vector<std::string> rungs;                ///< best first, at most 16
  std::string controller;                        ///< who drives; empty for none
  domain::Reason reason = domain::Reason::none;  ///< of the last move
  std::uint64_t since_cycle = 0;
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
};

struct DigestEvent {
  std::uint64_t cycle = 0;
  domain::EventCode code{};
  domain::Severity severity = domain::Severity::info;
  std::string english;
  std::string korean;
  bool operator==(const DigestEvent&) const = default;
};

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
