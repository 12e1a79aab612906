#include "hil/scenario/suite_file.hpp"

#include "runtime/config/suggest.hpp"

namespace saggar::scenario {

void SuiteFile::check(config::Checks& checks) const {
  if (name.empty() || name.find_first_of("/ \t\n") != std::string::npos) {
    checks.complain("name", "is one word without slash or blank: results are kept under it");
  }
  if (runs.empty() && swarms.empty()) checks.complain("run", "a suite needs at least one scenario");
  std::vector<std::string> known{"baseline"};
  for (std::size_t i = 0; i < arms.size(); ++i) {
    for (const std::string& other : known) {
      if (arms[i].name == other) {
        checks.complain("arm[" + std::to_string(i) + "].name", "\"" + other + "\" is taken");
      }
    }
    known.push_back(arms[i].name);
  }
  for (std::size_t i = 0; i < margins.size(); ++i) {
    bool found = false;
    for (const std::string& name_known : known) found = found || name_known == margins[i].against;
    if (!found) {
      checks.complain("margin[" + std::to_string(i) + "].against",
                      "there is no arm \"" + margins[i].against + "\"" +
                          config::did_you_mean(margins[i].against, known) +
                          "; there are: " + config::listed(known));
    }
  }
}

}  // namespace saggar::scenario
