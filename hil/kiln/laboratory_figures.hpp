// Figures of the plant's laboratory.
#pragma once

#include <cstdint>

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// How the plant's laboratory works.
struct LaboratoryFigures {
  std::uint32_t every_columns = 25;
  config::Figure delay_h;
  config::Figure mixing_error;
  config::Figure ratio_error;
  config::Figure titration_percent;
  config::Figure size_percent;
  config::Figure capacity_mAh_per_g;

  template <class V>
  void visit(V& v) {
    v("every_columns", every_columns,
      {.doc = "A sample from each so many columns", .low = 1, .high = 100000, .required = true});
    v("delay_h", delay_h,
      {.doc = "From leaving the kiln to the result", .low = 0, .high = 1000, .required = true});
    v("mixing_error", mixing_error,
      {.doc = "Standard deviation of Li/Ni mixing by refinement",
       .low = 0,
       .high = 0.1,
       .required = true});
    v("ratio_error", ratio_error,
      {.doc = "The same of I003/I104", .low = 0, .high = 1, .required = true});
    v("titration_percent", titration_percent,
      {.doc = "The same of residual LiOH and Li2CO3", .low = 0, .high = 100, .required = true});
    v("size_percent", size_percent,
      {.doc = "The same of the primary size", .low = 0, .high = 100, .required = true});
    v("capacity_mAh_per_g", capacity_mAh_per_g,
      {.doc = "The same of the capacity", .low = 0, .high = 50, .required = true});
  }
};

}  // namespace saggar::kiln
