// rewrite: a material or plant file with some of its figures replaced, not one other character of
// it, and what has to be said of the fit as comments at its top.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hil/fit/fit.hpp"

namespace saggar::fit {

/// What a file is to say of its figures, by key. Of each estimate: the value, rounded far below its
/// interval, half of the interval as uncertainty, grade D, and as source `series` with what stood
/// there before. A factor whose energy moved with it is among them.
std::map<std::string, config::Figure> fitted_figures(const kiln::PlantParams& before,
                                                     const Outcome& outcome,
                                                     const std::string& series);

/// What a file must remember of the fit beside its figures, a line each: which were fitted to what,
/// the doubts, and what the data could not tell.
std::vector<std::string> remarks_of(const Outcome& outcome, const std::string& series);

/// `text` of a material file with these figures, and with `remarks` as comments at its top. Errors:
/// a figure that does not stand in a line of its own; a text that does not load, or that loads as
/// anything else than was asked for.
domain::Result<std::string> rewrite_material(const std::string& name, std::string_view text,
                                             const std::map<std::string, config::Figure>& figures,
                                             const std::vector<std::string>& remarks = {});
/// The same of a plant file; `material` is the file of its powder, empty: as it stands.
domain::Result<std::string> rewrite_plant(const std::string& name, std::string_view text,
                                          const std::map<std::string, config::Figure>& figures,
                                          const std::string& material,
                                          const std::vector<std::string>& remarks = {});

}  // namespace saggar::fit
