// The plants: power, energy and its split, zone control, balances over days with upsets (V20, V21,
// plant facts 1.1, 1.6, 1.9); and P2 as pictures.
#pragma once

#include <string>
#include <vector>

#include "hil/validate/check.hpp"
#include "hil/validate/subject.hpp"
#include "hil/validate/zone_step.hpp"

namespace saggar::validate {

/// How long the runs are. The step takes five of the facts' mean time constant of a zone, 1.0 h, as
/// one gives a first-order response to settle: what comes later are the bricks' depth and the
/// neighbours.
struct PlantHours {
  double plain = 48, upset = 72, step = 5;
};
constexpr PlantHours quick_hours() noexcept { return {3, 6, 0}; }

/// What the runs of P2 leave for the page.
struct PlantFilm {
  // along the kiln
  std::vector<double> zone_m, setpoint_degC, face_degC, gas_degC, o2_percent, h2o_percent;
  std::vector<double> column_m, core_degC, surface_degC, conversion;
  // of what left
  std::vector<double> capacity, mixing_percent, size_nm, hydroxide_ppm;
  // kWh per kg of product: model, and facts for the same gas
  std::vector<std::string> split_names;
  std::vector<double> split_model, split_facts;
  ZoneStep step;
};

/// Error: what does not load.
domain::Result<PlantFilm> check_plants(const Subject& subject, const PlantHours& hours,
                                       Checks& checks);

}  // namespace saggar::validate
