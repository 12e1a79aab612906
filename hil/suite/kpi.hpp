// Kpi: the key figures of a closed loop, from the hidden truth of the kiln and the records of the
// runtime. Same definitions for every controller; what a controller sees plays no part.
#pragma once

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "hil/kiln/account.hpp"
#include "hil/kiln/quality.hpp"
#include "hil/suite/alarms.hpp"
#include "hil/suite/by_lot.hpp"
#include "hil/suite/figure.hpp"
#include "hil/suite/service.hpp"
#include "hil/suite/tally.hpp"
#include "hil/suite/tracking.hpp"
#include "runtime/domain/plant.hpp"

namespace saggar::suite {

/// What is judged, and by which limits.
struct KpiRules {
  double warm_up_s = 86400;  ///< of the run, not judged: the residence of P2 is 24 h
  double sample_s = 60;      ///< how often the truth is looked at
  /// A saggar counts as settled after so long in soak zones: the time in which its core comes up
  /// (plant facts 2.6: "after ~3 h at soak the bed is isothermal").
  double settled_s = 3 * 3600.0;
  /// What the powder is to have over the recipe's setpoint of its zone; for a recipe that was
  /// commissioned against a measured offset between thermocouples and powder.
  double target_offset_K = 0;
  double narrow_K = 3, wide_K = 5;  ///< plant facts 4.1: +-3 K one position, +-5 K the section
  double dry_share = 0.99;          ///< of hydrate and hydroxide of every node, for "dry"
  // Interlocks of the plant facts, section 5.
  double pressure_low_Pa = -5, pressure_high_Pa = 50, pressure_hold_s = 30;
  double soak_oxygen_low = 0.80, soak_oxygen_hold_s = 600;  ///< mole fraction
  /// The same in a kiln that is blown with air: the facts name 80 % where the supply brings 93 %.
  double soak_oxygen_low_in_air = 0.18;
  double near_trip_K = 10;  ///< HI-38
  TrackingRules tracking;
  AlarmRules alarms;
};

/// Of the MVs of one duty (HI-36); per MV and hour, in the unit of the MV.
struct Effort {
  double travel_per_h = 0, moves_per_h = 0, reversals_per_h = 0;
  double writes_per_day = 0;       ///< to the register of one MV, whether its value changed or not
  double most_writes_per_day = 0;  ///< of the MV that was written most often
};

/// Time on one rung of one ladder, share of the time judged; the application off is no rung.
struct RungTime {
  std::string name;
  double share = 0;
};

/// All figures of one run after its warm-up. kg count every saggar of the kiln. NaN where there was
/// nothing to judge.
struct Kpi {
  double hours = 0;

  // HI-37, economy
  kiln::Account account;    ///< of the time judged
  double product_kg = 0;    ///< of all saggars that left
  double off_spec_kg = 0;   ///< of those with any defect
  double wide_spec_kg = 0;  ///< of those with a defect other than the peaks
  std::array<double, material::kDefectCount> defect_kg{};  ///< by bit of Defect; they overlap
  std::array<double, material::kDefectCount> only_kg{};    ///< of saggars with this one alone
  double peak_kW = std::nan("");                           ///< highest mean of a quarter of an hour
  double kWh_per_kg() const noexcept { return account.kWh_per_kg(); }
  double oxygen_Nm3_per_kg() const noexcept { return account.Nm3_per_kg(); }
  double off_spec_share() const noexcept { return off_spec_kg / product_kg; }
  double throughput_kg_per_h() const noexcept { return product_kg / hours; }

  // HI-35, tracking: (saggar, node) against the recipe of the zone where the saggar stands
  Bands settled;               ///< in soak zones for `settled_s` and more
  std::vector<Bands> by_zone;  ///< the same, per zone of the kiln; empty outside the soak
  Bands soak;                  ///< all in soak zones, settled or not
  Spread sensor_K;             ///< thermocouples of soak zones less recipe
  double sensor_within_1K = std::nan("");   ///< share of them
  double sensor_mean_abs_K = std::nan("");  ///< IAE over time
  /// Thermocouples of all zones against the recipe in every cycle, per zone of the kiln.
  std::vector<TrackingSums> zones;
  /// The same against the working setpoint of the device, which a controller may move away from the
  /// recipe: loop seconds, and those of them within `wide_K`.
  double followed_s = 0, on_setpoint_s = 0;

  // What the product went through: over saggars (mean of rows side by side)
  Spread dry_m;                          ///< where a column became dry
  Spread size_nm, mixing;                ///< d and z at the exit, means of saggars
  Spread size_within_nm, mixing_within;  ///< their deviations over the nodes of one saggar
  Spread hottest_degC, coldest_peak_degC;
  ByLot lots;  ///< the same and the settled samples, of every lot that was seen

  // HI-36, effort, by duty
  std::array<Effort, domain::kDutyCount> effort{};

  // HI-38, safety
  std::uint64_t guard_rejections = 0, guard_clips = 0, ladder_moves = 0;
  Excursions face_K;       ///< a brick face over the trip of its zone
  Excursions pressure_Pa;  ///< true pressure at the transmitter outside its interlock
  Excursions oxygen;       ///< lack of oxygen in the worst soak zone
  double near_trip_min = 0, hottest_element_degC = std::nan("");
  std::uint64_t sheds = 0;  ///< MVs that were shed, and controllers that lost their seat
  std::array<Interventions, domain::kDutyCount> guard{};
  std::uint64_t hard_violations() const noexcept {
    return face_K.count() + pressure_Pa.count() + oxygen.count();
  }

  // HI-39, people
  std::uint64_t warnings = 0, errors = 0;
  Alarms alarms;
  std::uint64_t operator_actions = 0;   ///< intents of people
  std::uint64_t proposals_expired = 0;  ///< refused because their data were too old by then
  // HI-40, computing: controllers and estimators in one cycle of this machine; high: 99 of 100 of
  // the cycles in which one of them ran were faster
  double controllers_us = 0, controllers_high_us = 0, controllers_most_us = 0;
  double controllers_ratio = 0;        ///< seconds of controllers per simulated second
  std::uint64_t deadlines_missed = 0;  ///< results that came late or whose step was skipped
  double peak_MB = 0;                  ///< memory of the whole process so far
  // HI-41, service: by duty, rungs in the order of the ladder
  std::array<std::vector<RungTime>, domain::kDutyCount> rungs;
  std::array<Service, domain::kDutyCount> service{};
};

/// Adds what left in one saggar.
/// @param saggars  that the report stands for: the rows side by side
void tally(Kpi& kpi, const kiln::SaggarReport& report, double saggars);

/// Every figure, always in this order; only the rungs depend on the configuration. Of a run without
/// a judged hour all but the hours and those of the machine are NaN.
std::vector<Figure> figures(const Kpi& kpi);
/// The same by zone, such as "zone07_mean_K", by reason, such as "heat_away_late", and by lot, such
/// as "lot12_off_spec_kg": which there are depends on the plant and on the run.
std::vector<Figure> detail_figures(const Kpi& kpi);
/// The short name of a defect, such as "too_cold".
std::string_view key(material::Defect defect) noexcept;
/// An object with one number, or null, per figure, and the lists by zone.
std::string json(const Kpi& kpi);

}  // namespace saggar::suite
