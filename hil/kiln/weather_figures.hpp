// Figures of the weather around the kiln: stack, hall and what comes in with false air.
#pragma once

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// All amplitudes 0: no weather, the draught is gas.draft_Pa.
struct WeatherFigures {
  config::Figure day_of_year;
  config::Figure hour_of_day;
  config::Figure warmest_day;
  config::Figure warmest_hour;
  config::Figure outside_degC;
  config::Figure season_K;
  config::Figure day_K;
  config::Figure front_K;
  config::Figure front_h;
  config::Figure clear_share;
  config::Figure stack_m;
  config::Figure stack_degC;
  config::Figure drawn_degC;
  config::Figure stack_keep;
  config::Figure stack_lag_s;
  config::Figure hall_share;
  config::Figure hall_lag_h;
  config::Figure season_h2o_percent;
  config::Figure rain_h2o_percent;

  template <class V>
  void visit(V& v) {
    visit_air(v);
    visit_stack(v);
  }

 private:
  template <class V>
  void visit_air(V& v) {
    v("day_of_year", day_of_year,
      {.doc = "Day at the start, 1 to 366", .low = 1, .high = 366, .required = true});
    v("hour_of_day", hour_of_day,
      {.doc = "Hour at the start", .low = 0, .high = 24, .required = true});
    v("warmest_day", warmest_day,
      {.doc = "Warmest day of the year", .low = 1, .high = 366, .required = true});
    v("warmest_hour", warmest_hour,
      {.doc = "Warmest hour of the day", .low = 0, .high = 24, .required = true});
    v("outside_degC", outside_degC,
      {.doc = "Outside, mean of the year", .low = -30, .high = 45, .required = true});
    v("season_K", season_K,
      {.doc = "Half the difference of summer and winter", .low = 0, .high = 40, .required = true});
    v("day_K", day_K,
      {.doc = "Half the difference of day and night", .low = 0, .high = 30, .required = true});
    v("front_K", front_K,
      {.doc = "Standard deviation from day to day; clear is warmer",
       .low = 0,
       .high = 20,
       .required = true});
    v("front_h", front_h,
      {.doc = "How long such weather lasts: correlation time",
       .low = 1,
       .high = 1000,
       .required = true});
    v("season_h2o_percent", season_h2o_percent,
      {.doc = "Half the difference of water in the hall air in summer and winter",
       .low = 0,
       .high = 3,
       .required = true});
    v("rain_h2o_percent", rain_h2o_percent,
      {.doc = "Water in the hall air more in rain, per standard deviation",
       .low = 0,
       .high = 2,
       .required = true});
    v("hall_share", hall_share,
      {.doc = "Share of what the outside changes that the hall follows",
       .low = 0,
       .high = 1,
       .required = true});
    v("hall_lag_h", hall_lag_h,
      {.doc = "How slowly it follows", .low = 0.1, .high = 200, .required = true});
  }
  template <class V>
  void visit_stack(V& v) {
    v("clear_share", clear_share,
      {.doc =
           "Share of the draught more in clear weather, and less in rain, per standard deviation",
       .low = 0,
       .high = 0.5,
       .required = true});
    v("stack_m", stack_m,
      {.doc = "Height of the stack over the dampers: draught by buoyancy",
       .low = 0,
       .high = 100,
       .required = true});
    v("stack_degC", stack_degC,
      {.doc = "Gas in the stack when the draught is gas.draft_Pa",
       .low = 0,
       .high = 800,
       .required = true});
    v("drawn_degC", drawn_degC,
      {.doc = "Gas at the ports then", .low = 0, .high = 1200, .required = true});
    v("stack_keep", stack_keep,
      {.doc = "Share of a change at the ports that arrives in the stack",
       .low = 0,
       .high = 1,
       .required = true});
    v("stack_lag_s", stack_lag_s,
      {.doc = "How slowly it does: heat stored in ducts", .low = 1, .high = 1e5, .required = true});
  }
};

}  // namespace saggar::kiln
