// The page of a validation: all checks, and the pictures beside them.
#pragma once

#include "hil/report/page.hpp"
#include "hil/validate/bed_checks.hpp"
#include "hil/validate/check.hpp"
#include "hil/validate/plant_checks.hpp"
#include "hil/validate/subject.hpp"

namespace saggar::validate {

/// Checks first, then pictures. `date` as it is to be read.
report::Page page_of(const Checks& checks, const Subject& subject, const BedFilm& bed,
                     const PlantFilm& plant, const std::string& date);

/// Thermogravimetry of the chosen materials at 5 K/min in oxygen to 800 degC.
report::LineChart masses_chart(const Subject& subject);
/// One saggar over time and depth.
std::vector<report::Block> bed_charts(const BedFilm& film);
/// P2 along its length, what left it, its energy, and the step of power if there was one.
std::vector<report::Block> plant_charts(const PlantFilm& film);

}  // namespace saggar::validate
