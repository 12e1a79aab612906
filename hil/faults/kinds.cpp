#include "hil/faults/kinds.hpp"

namespace saggar::faults {
namespace {

constexpr Meaning kPlain(Where where) { return {where, false, 0.0, 1.0}; }
constexpr Meaning kDegree(Where where, double low, double high) { return {where, true, low, high}; }

/// In the order of the kinds. Bounds are what a plant could still be asked to show, not what is
/// usual: that is in the fault catalogue.
constexpr std::array<Meaning, kKindCount> kMeanings = {
    kPlain(Where::loop),                    // thermocouple_open
    kPlain(Where::loop),                    // thermocouple_stuck
    kDegree(Where::loop, 0, 1),             // heater_open
    kPlain(Where::loop),                    // scr_short
    kPlain(Where::nothing),                 // link_loss
    kDegree(Where::nothing, 0, 1),          // o2_supply_drop
    kPlain(Where::nothing),                 // feed_gap
    kPlain(Where::loop_or_all),             // limiter_reset
    kDegree(Where::nothing, -0.6, 0.6),     // overfill
    kDegree(Where::nothing, 0, 10),         // wet_lot
    kDegree(Where::nothing, -0.05, 0.05),   // li_ratio
    kDegree(Where::damper_or_all, 0, 1),    // exhaust_block
    kDegree(Where::nothing, 0, 1),          // exhaust_fan_fail
    kDegree(Where::nothing, 0, 1),          // mains_dip
    kPlain(Where::nothing),                 // mains_outage
    kDegree(Where::end, 0, 1),              // door_open
    kDegree(Where::loop_or_all, -0.5, 5),   // element_ageing
    kPlain(Where::loop),                    // scr_open
    kDegree(Where::loop, -100000, 100000),  // thermocouple_drift
    kDegree(Where::loop, -300, 300),        // thermocouple_offset
    kDegree(Where::analyser, -100, 100),    // analyser_drift
    kDegree(Where::group, -0.5, 1),         // drive_slip
    kDegree(Where::nothing, 0, 100),        // o2_purity_drop
    kDegree(Where::loop, -63, 63),          // thermocouple_swap
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

}  // namespace saggar::faults
