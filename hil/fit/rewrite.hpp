// rewrite: a material or plant file with some of its figures replaced, and not one other character.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "hil/fit/fit.hpp"

namespace saggar::fit {

/// What a file is to say of its figures, by key. Of each estimate: the value, rounded far below its
/// interval, half of the interval as uncertainty, grade D, and as source `series` with what stood
/// there before. A factor whose energy moved with it is among them.
std::map<std::string, config::Figure> fitted_figures(const kiln::PlantParams& before,
                                                     const Outcome& outcome,
                                                     const std::string& series);

/// `text` of a material file with these figures. Errors: a figure that does not stand in a line of
/// its own; a text that does not load, or that loads as anything else than was asked for.
domain::Result<std::string> rewrite_material(const std::string& name, std::string_view text,
                                             const std::map<std::string, config::Figure>& figures);
/// The same of a plant file; `material` is the file of its powder, empty: as it stands.
domain::Result<std::string> rewrite_plant(const std::string& name, std::string_view text,
                                          const std::map<std::string, config::Figure>& figures,
                                          const std::string& material);

}  // namespace saggar::fit
