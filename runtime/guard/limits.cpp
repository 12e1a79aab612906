// Limits that cannot work are refused at start, in plain words.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "runtime/guard/guard.hpp"

namespace saggar::guard {
namespace {

using domain::Error;
using domain::Mv;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

// Empty when all is well.
std::string complaint(const domain::Plant& plant, const Mv& mv) {
  const domain::MvLimits& l = mv.limits;
  const double ceiling = mv.trip > 0 ? std::min(l.high, mv.trip - plant.trip_margin_K) : l.high;
  if (!std::isfinite(l.low) || !std::isfinite(l.high) || !(l.low < ceiling)) {
    return "lowest value " + number(l.low) + " is not below the highest " + number(ceiling) +
           " (the smaller of the absolute limit " + number(l.high) + " and trip " +
           number(mv.trip) + " less " + number(plant.trip_margin_K) + ")";
  }
  if (!(l.trim_low <= 0) || !(l.trim_high >= 0)) {
    return "the trim band " + number(l.trim_low) + " to " + number(l.trim_high) +
           " does not contain 0: without trim the recipe could not be run";
  }
  if (l.trim_high - l.trim_low < mv.resolution) {
    return "the trim band is narrower than one resolution step of " + number(mv.resolution) +
           ": the MV could never follow its recipe";
  }
  const struct {
    const char* name;
    double value;
  } rates[] = {{"per period", l.per_period},
               {"per minute", l.per_minute},
               {"per hour", l.per_hour},
               {"per 8 h", l.per_shift}};
  for (const auto& rate : rates) {
    if (!(rate.value > 0) || rate.value < mv.resolution) {
      return std::string("the rate limit ") + rate.name + " is " + number(rate.value) +
             ", less than one resolution step of " + number(mv.resolution) +
             ": the MV could never move";
    }
  }
  if (mv.working == domain::kNoTag) return "has no working value to read back";
  return "";
}

}  // namespace

domain::Status check_limits(const domain::Plant& plant, const Settings& settings) {
  if (!(settings.period_s > 0) || !(settings.age_periods > 0) || !(settings.readback_s > 0) ||
      settings.readback_misses < 1 || settings.restart_frames < 1 ||
      !(settings.recipe_up_K_per_h > 0) || !(settings.recipe_down_K_per_h > 0) ||
      !(settings.longest_step_s > 0)) {
    return Error{"guard", "every setting must be above zero"};
  }
  for (const Mv& mv : plant.mvs) {
    const std::string what = complaint(plant, mv);
    if (!what.empty()) return Error{"tag " + plant.tags[mv.tag].name, what};
  }
  return domain::Done{};
}

}  // namespace saggar::guard
