// Figure: one key figure by name, for tables, comparisons and files.
#pragma once

#include <string>

namespace saggar::suite {

/// A plain value. Equal runs give equal figures, but for those marked `machine`.
struct Figure {
  std::string name;      ///< with its unit, such as "kWh_per_kg"
  std::string unit;      ///< as people write it
  int better = 0;        ///< -1: less is better, 1: more is better, 0: neither
  double value = 0;      ///< NaN: nothing to judge
  bool machine = false;  ///< depends on the machine and its load: no part of any hash or verdict
  bool runtime =
      false;  ///< of guard, ladder, alarms, people or controllers: none without a runtime
};

}  // namespace saggar::suite
