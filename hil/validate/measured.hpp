// Measured: a series that somebody measured, from a text file: a header of `# key: value` lines
// and `##` remarks,
// a line with the names of the columns, rows of numbers. docs/qa/validate.md says how to write one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hil/kiln/single_saggar.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::validate {

enum class MeasuredKind : std::uint8_t { tga, thermocouple_in_powder, xrd };

struct MeasuredColumn {
  std::string name;  ///< with its unit, such as mass_percent
  std::vector<double> values;
};

struct Measured {
  // Most that is read; more is refused.
  static constexpr std::size_t kMostRows = 100'000, kMostColumns = 16, kMostHeader = 64,
                               kMostPoints = 500, kMostLine = 4096;
  static constexpr double kMost_h = 1000;

  std::string name;  ///< of the file
  MeasuredKind kind = MeasuredKind::tga;
  std::string material;     ///< a name of configs/material
  std::string material_at;  ///< file:line:column of that name
  double mix_kg = 0, sample_mg = 0, li_per_m = 1.03, moisture_percent = 0;
  kiln::Breath gas = {0, 1, 0};
  std::vector<double> position_mm;  ///< under the surface, one per thermocouple
  /// Of one value, in the unit of its column, one per column; empty: not stated.
  std::vector<double> standard_error;
  kiln::Profile muffle;                 ///< at most kMostPoints
  std::vector<double> time_h;           ///< rising
  std::vector<MeasuredColumn> columns;  ///< what was measured; time and muffle are not among them
};

/// Error: file:line:column, what was found and what would be right.
domain::Result<Measured> read_measured(const std::string& name, std::string_view text);
domain::Result<Measured> load_measured(const std::string& path);

}  // namespace saggar::validate
