// validate: all checks of the kiln in one go, with the page that shows them.
#pragma once

#include <string>
#include <vector>

#include "hil/report/page.hpp"
#include "hil/validate/check.hpp"
#include "hil/validate/score.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::validate {

struct Options {
  std::string configs = "configs";     ///< folder
  std::vector<std::string> materials;  ///< names or files; none: all of the folder
  bool quick = false;                  ///< shorter runs of the plants, no step of power
  std::vector<std::string> data = {};  ///< files of measured series
  std::string date = {};               ///< for the page, as it is to be read
  std::string plant = {};  ///< file of the plant whose saggar they are scored in; empty: P2
};

struct Outcome {
  Checks checks;
  std::vector<Score> scores;  ///< of the measured series
  report::Page page;          ///< its tables are the checks and the scores

  /// No check misses, and no series is outside the error that its file states.
  bool no_miss() const noexcept;
};

/// Takes about a minute, a quarter of that if quick. Errors: files that do not load.
domain::Result<Outcome> validate(const Options& options);

}  // namespace saggar::validate
