// measured_fit: a fit to files that somebody measured, with the model beside them before and after.
#pragma once

#include <string>
#include <vector>

#include "hil/fit/fit.hpp"
#include "hil/report/page.hpp"
#include "hil/validate/measured.hpp"
#include "hil/validate/score.hpp"

namespace saggar::fit {

/// A factor whose energy was adjusted: its rate at the anchor is held, so it moves.
struct Moved {
  std::string key, with;
  double before = 0, after = 0;
};

struct MeasuredFit {
  std::string material;
  std::vector<Moved> moved;
  Outcome outcome;
  std::vector<validate::Score> before, after;  ///< of each column, in the order of `sigma`
  std::vector<bool> error_stated;              ///< of each column
  std::vector<std::string> stopped;            ///< in words, what kept the search from going on
};

/// The powder of `plant` is that of all files. Errors: files of another powder, thermocouples below
/// the bed of `plant`, and those of `fit`.
domain::Result<MeasuredFit> fit_measured(const kiln::PlantParams& plant,
                                         const std::vector<validate::Measured>& data,
                                         const std::vector<Parameter>& parameters,
                                         const Options& options = {});

/// For a terminal.
std::string text_of(const MeasuredFit& fit);
/// Figures, series, what the data cannot tell, and both curves of each column beside the points.
/// `date` as it is to be read.
report::Page page_of(const MeasuredFit& fit, const std::string& date);

}  // namespace saggar::fit
