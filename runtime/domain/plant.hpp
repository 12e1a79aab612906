// Plant: what the runtime knows of the kiln: tags, zones, MVs with their limits, duties.
// Made from the configuration once, then read-only. Not the simulator's parameters.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/mode.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::domain {

/// Index into Plant::mvs.
using MvId = std::uint16_t;
inline constexpr MvId kNoMv = 0xFFFF;
inline constexpr std::size_t kMaxMvs = 256;
inline constexpr std::size_t kMaxZones = 64;

/// A set of MVs that one controller drives at a time.
enum class Duty : std::uint8_t { heat, atmosphere, transport };
inline constexpr std::size_t kDutyCount = 3;
std::string_view name(Duty duty) noexcept;
std::optional<Duty> parse_duty(std::string_view text) noexcept;

/// What a field device does when its host falls silent (SC-51).
enum class CommsLossReaction : std::uint8_t {
  hold_setpoint,
  local_setpoint,
  output_off,
  alarm_only
};

/// Where an MV goes when its remote value is not refreshed (SC-05).
enum class ShedTo : std::uint8_t { auto_, man, retained, normal };

/// Limits of one MV, in the unit of its tag (SC-37). All finite; a non-limit is infinity.
struct MvLimits {
  double low = 0, high = 0;            ///< absolute, of the value written (G4)
  double trim_low = 0, trim_high = 0;  ///< of value - recipe value (G4), low <= 0 <= high
  double per_period = 0;               ///< |change| per supervisory period (G5)
  double per_minute = 0;               ///< |change| per minute (G5)
  double per_shift = 0;                ///< |net change of the trim| over 8 h (G5)
  double per_hour =
      std::numeric_limits<double>::infinity();  ///< |net change of the trim| over 1 h (G5)
};

/// One value the runtime may move.
struct Mv {
  TagId tag = kNoTag;      ///< written
  TagId working = kNoTag;  ///< read back: the working SP the field really uses; required
  TagId pv = kNoTag;       ///< CV it steers (zone temperature), or kNoTag
  TagId output = kNoTag;   ///< power output of its loop in percent, or kNoTag
  TagId remote = kNoTag;   ///< boolean tag: 1 while the field follows the remote SP, or kNoTag
  Duty duty = Duty::heat;
  std::uint16_t zone = 0;  ///< zone index from 0, meaningless for transport
  std::uint16_t loop = 0;  ///< 0 top, 1 bottom for zone SPs; element index else
  MvLimits limits;
  double resolution = 0;           ///< step of the device
  double trip = 0;                 ///< independent limiter of the zone, read-only; 0 = none (SC-38)
  double pv_low = 0, pv_high = 0;  ///< CV limits for G6; equal = none
  double rated_kW = 0;             ///< heating power at 100 % output, 0 if not a heater
  double exhaust_Nm3_per_h = 0;    ///< what a damper draws fully open, 0 if not a damper
  ModeMask permitted = 0;
  Mode normal = Mode::rcas;
  ShedTo shed_to = ShedTo::auto_;
  bool shed_return = false;  ///< return by itself when healthy again (SC-05, SC-06)
  CommsLossReaction reaction = CommsLossReaction::local_setpoint;
};

/// Limits across MVs (G7). Infinity = none.
struct CrossLimits {
  double adjacent_zone_K = 0;      ///< |SP(k) - SP(k+1)| of the same loop
  double top_bottom_K = 0;         ///< |SP top - SP bottom| of one zone
  double total_power_kW = 0;       ///< sum of output * rated
  double o2_supply_Nm3_per_h = 0;  ///< sum of the atmosphere MVs in Nm3/h
  /// |inlets + load gas - exhaust|, the exhaust by the opening of the dampers
  double exhaust_balance_Nm3_per_h = std::numeric_limits<double>::infinity();
  double load_gas_Nm3_per_h = 0;  ///< what the load gives off, less what it takes up
};

/// The kiln as the runtime knows it. Zone k owns mvs whose zone == k.
struct Plant {
  std::string name;
  TagTable tags;                        ///< of the field
  TagTable estimates{kMaxVirtualTags};  ///< virtual tags: entry k of an Estimate is k here
  std::vector<Mv> mvs;
  std::uint16_t zones = 0;
  std::vector<bool> soak_zone;  ///< per zone: true in the holding section
  CrossLimits cross;
  double trip_margin_K = 15;  ///< no SP above trip - this (SC-38)
  std::vector<TagId> trips;   ///< read-only, 1 while an independent trip stands; may be none

  /// The MVs of a duty, in id order.
  std::vector<MvId> of(Duty duty) const;
  /// The MV that writes this tag, or kNoMv.
  MvId mv_of(TagId tag) const noexcept;

  /// A tag of the field, or, from tags.size() on, a virtual tag.
  const Tag& tag(TagId id) const noexcept {
    return id < tags.size() ? tags[id] : estimates[static_cast<TagId>(id - tags.size())];
  }
  /// All tags that a pattern names, in id order: those of the field, and virtual tags only if it
  /// names none of these, so that an estimator more changes no port of a controller.
  std::vector<TagId> match(std::string_view pattern) const;
};

}  // namespace saggar::domain
