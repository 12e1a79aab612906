#include "hil/faults/kinds.hpp"

namespace saggar::faults {
namespace {

constexpr Meaning kPlain(Where where) { return {where, false, 0.0, 1.0}; }
constexpr Meaning kDegree(Where where, double low, double high) { return {where, true, low, high}; }

/// In the order of the kinds. Bounds are what a plant could still be asked to show, not what is
/// usual: that is in the fault catalogue.
constexpr std::array<Meaning, kKindCount> kMeanings = {
    kPlain(Where::loop),                        // thermocouple_open
    kPlain(Where::loop),                        // thermocouple_stuck
    kDegree(Where::loop, 0, 1),                 // heater_open
    kPlain(Where::loop),                        // scr_short
    kPlain(Where::nothing),                     // link_loss
    kDegree(Where::nothing, 0, 1),              // o2_supply_drop
    kPlain(Where::nothing),                     // feed_gap
    kPlain(Where::loop_or_all),                 // limiter_reset
    kDegree(Where::nothing, -0.6, 0.6),         // overfill
    kDegree(Where::nothing, 0, 10),             // wet_lot
    kDegree(Where::nothing, -0.05, 0.05),       // li_ratio
    kDegree(Where::damper_or_all, 0, 1),        // exhaust_block
    kDegree(Where::nothing, 0, 1),              // exhaust_fan_fail
    kDegree(Where::nothing, 0, 1),              // mains_dip
    kPlain(Where::nothing),                     // mains_outage
    kDegree(Where::end, 0, 1),                  // door_open
    kDegree(Where::loop_or_all, -0.5, 5),       // element_ageing
    kPlain(Where::loop),                        // scr_open
    kDegree(Where::loop, -100000, 100000),      // thermocouple_drift
    kDegree(Where::loop, -300, 300),            // thermocouple_offset
    kDegree(Where::analyser, -100, 100),        // analyser_drift
    kDegree(Where::group, -0.5, 1),             // drive_slip
    kDegree(Where::nothing, 0, 100),            // o2_purity_drop
    kDegree(Where::loop, -63, 63),              // thermocouple_swap
    kDegree(Where::direction_or_all, 0, 3600),  // link_delay
    kDegree(Where::direction_or_all, 0, 3600),  // link_jitter
    kDegree(Where::direction_or_all, 0, 1),     // link_random_loss
    kDegree(Where::direction_or_all, 0, 0.8),   // link_burst_loss
    kDegree(Where::direction_or_all, 0, 1),     // link_reorder
    kDegree(Where::direction_or_all, 0, 1),     // link_duplicate
    kDegree(Where::direction_or_all, 0, 1),     // link_corrupt
    kDegree(Where::direction_or_all, 0, 3600),  // link_rate_limit
    kPlain(Where::direction),                   // link_half_open
    kDegree(Where::direction_or_all, 0, 1),     // link_partition
    kDegree(Where::nothing, -3600, 3600),       // clock_skew
    kDegree(Where::nothing, -86400, 86400),     // clock_jump
    kDegree(Where::nothing, -0.5, 0.5),         // clock_ntp_step
    kPlain(Where::nothing),                     // clock_freeze
    kDegree(Where::nothing, -1, 1),             // clock_leap_second
    kDegree(Where::nothing, -1, 1),             // clock_dst_label
    kPlain(Where::controller),                  // plugin_nan
    kPlain(Where::controller),                  // plugin_inf
    kPlain(Where::controller),                  // plugin_denormal
    kPlain(Where::controller),                  // plugin_huge
    kPlain(Where::controller),                  // plugin_wrong_length
    kPlain(Where::controller),                  // plugin_late
    kPlain(Where::controller),                  // plugin_throws
    kPlain(Where::controller),                  // plugin_reports_fault
    kPlain(Where::controller),                  // plugin_no_proposal
    kPlain(Where::controller),                  // plugin_not_ready
    kPlain(Where::controller),                  // plugin_out_of_domain
    kPlain(Where::controller),                  // plugin_low_confidence
    kPlain(Where::controller),                  // plugin_allocates
    kPlain(Where::controller),                  // plugin_leak
    kPlain(Where::controller),                  // plugin_thread_bomb
    kPlain(Where::controller),                  // plugin_fd_leak
    kPlain(Where::controller),                  // plugin_log_flood
    kPlain(Where::controller),                  // plugin_oscillates
    kPlain(Where::controller),                  // plugin_stale
    kPlain(Where::controller),                  // plugin_ignores_limits
    kPlain(Where::controller),                  // plugin_blocks_signals
    kPlain(Where::controller),                  // plugin_segfault
    kPlain(Where::controller),                  // plugin_abort
    kPlain(Where::controller),                  // plugin_exits
    kPlain(Where::controller),                  // plugin_hangs
    kDegree(Where::loop, -1000, 1000),          // thermocouple_spike
    kDegree(Where::loop, 0, 1000),              // thermocouple_noise
    kDegree(Where::loop, 0, 1),                 // thermocouple_dropout
    kDegree(Where::loop, 0, 100),               // thermocouple_quantised
    kDegree(Where::loop, 0, 3600),              // thermocouple_lag
    kPlain(Where::loop),                        // thermocouple_reversed
    kDegree(Where::loop_or_all, -60, 60),       // cold_junction_error
    kDegree(Where::loop, -50, 50),              // thermocouple_gain
    kPlain(Where::loop_or_all),                 // fahrenheit
    kPlain(Where::analyser),                    // analyser_stuck
    kDegree(Where::analyser, -100, 100),        // analyser_offset
    kDegree(Where::nothing, -500, 500),         // pressure_offset
    kPlain(Where::nothing),                     // pressure_stuck
    kPlain(Where::write_tag),                   // actuator_stuck
    kDegree(Where::write_tag, 0, 1),            // actuator_saturated
    kDegree(Where::write_tag, 0, 1),            // actuator_dead_band
    kDegree(Where::write_tag, 0, 7200),         // actuator_slow
    kDegree(Where::write_tag, 0, 1),            // actuator_weak
    kPlain(Where::write_tag),                   // actuator_reversed
    kPlain(Where::loop),                        // scr_half_wave
    kPlain(Where::group),                       // drive_stall
    kDegree(Where::group, 0, 1),                // roller_broken
    kPlain(Where::damper_or_all),               // damper_jam
    kDegree(Where::inlet, 0, 1000),             // o2_valve_leak
    kDegree(Where::nothing, 0, 1),              // supply_pressure_dip
    kDegree(Where::nothing, -1, 1),             // weather_draught
    kPlain(Where::group),                       // saggar_jam
    kPlain(Where::nothing),                     // double_load
    kDegree(Where::nothing, 0, 1),              // cooling_fail
    kDegree(Where::nothing, 0, 20),             // co2_ingress
    kDegree(Where::nothing, 0, 0.5),            // carbonate_lot
    kDegree(Where::nothing, 0, 5),              // refractory_ageing
    kDegree(Where::nothing, 0, 0.2),            // mains_rise
    kPlain(Where::write_tag),                   // eeprom_worn
    kPlain(Where::write_tag),                   // device_restart
    kDegree(Where::write_tag, 0, 60000),        // device_slow
};

}  // namespace

const Meaning& meaning(Kind kind) noexcept {
  const auto i = static_cast<std::size_t>(kind);
  return kMeanings[i < kKindCount ? i : 0];
}

std::string_view name(Kind kind) noexcept {
  const auto& names = config::Spelling<Kind>::names;
  const auto i = static_cast<std::size_t>(kind);
  return i < names.size() ? names[i] : "unknown";
}

RealisedBy realised_by(Kind kind) noexcept {
  if (kind >= Kind::link_delay && kind <= Kind::clock_dst_label) return RealisedBy::line;
  if (kind >= Kind::plugin_nan && kind <= Kind::plugin_hangs) return RealisedBy::drill;
  return RealisedBy::kiln;
}

}  // namespace saggar::faults
