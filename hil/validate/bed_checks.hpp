// One saggar: conductivity and time constants of its bed, the table of bed behaviour of the plant
// facts (2.6), what its walls take (V17 to V19), how oxygen comes in; and a firing as pictures.
#pragma once

#include <vector>

#include "hil/kiln/single_saggar.hpp"
#include "hil/validate/check.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

void check_beds(const Preset& p2, Checks& checks);

/// A firing over time and depth: values[node * columns + time].
struct BedFilm {
  std::vector<double> time_h, depth_mm, muffle_degC;
  std::vector<double> lag_K, conversion, oxygen, mixing;
};

/// 5 kg on the reference firing in the gas of a soak zone, a picture each `every_s`.
BedFilm film_of(const kiln::PlantParams& params, double every_s);

}  // namespace saggar::validate
