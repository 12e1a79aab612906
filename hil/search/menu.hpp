// Menu: the faults that can befall one bench: kinds by family, and where each may be put.
#pragma once

#include <string>
#include <vector>

#include "hil/faults/catalogue.hpp"
#include "hil/scenario/files.hpp"

namespace saggar::search {

/// One kind of fault on one bench.
struct Dish {
  faults::Kind kind = faults::Kind::thermocouple_open;
  std::vector<std::string> places;  ///< targets; one empty text where the kind needs none
};

/// Dishes of one family.
struct Family {
  std::string name;  ///< as suites call it
  std::vector<Dish> dishes;
};

/// Names that suites may give: all but what people do.
std::vector<std::string> family_names();

/// Families in that order, without those of which this bench can have nothing: loops, dampers,
/// groups and analysers are those of its kiln file; faults of the software need a drill controller
/// (plugin `saggar-drill`) in its control file, and are those that leave the process alive.
/// Errors: a file that cannot be read.
domain::Result<std::vector<Family>> menu_of(const scenario::BenchFiles& files);

}  // namespace saggar::search
