#include "runtime/config/control_config.hpp"

#include <algorithm>
#include <map>

#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::config {
namespace {

std::string index(std::string_view path, std::size_t i) {
  return std::string(path) + "[" + std::to_string(i) + "]";
}

bool is_builtin(std::string_view rung) noexcept { return rung == kHoldRung || rung == kRecipeRung; }

void check_controllers(const ControlConfig& control, Checks& checks) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    const std::string path = index("controller", i);
    if (!checks.sound(path)) continue;
    if (is_builtin(controller.name)) {
      checks.complain(path + ".name",
                      "'" + controller.name + "' is a rung of the runtime; choose another name");
    } else if (!seen.emplace(controller.name, i).second) {
      checks.complain(path + ".name", "a controller '" + controller.name + "' exists already");
    }
    if (!controller.package.empty() && !controller.learned) {
      checks.complain(path + ".learned",
                      "found false, but a policy package was learnt: AI OFF must take it out");
    }
    if (controller.latency_cycles > controller.period_cycles) {
      checks.complain(path + ".latency_cycles", "found " +
                                                    std::to_string(controller.latency_cycles) +
                                                    ", must not be longer than period_cycles = " +
                                                    std::to_string(controller.period_cycles));
    }
  }
}

void check_estimators(const ControlConfig& control, Checks& checks) {
  std::vector<std::string> names;
  for (const ControllerConfig& controller : control.controllers) names.push_back(controller.name);
  for (std::size_t i = 0; i < control.estimators.size(); ++i) {
    const EstimatorConfig& estimator = control.estimators[i];
    const std::string path = index("estimator", i);
    if (!checks.sound(path)) continue;
    if (std::find(names.begin(), names.end(), estimator.name) != names.end()) {
      checks.complain(path + ".name", "a controller or estimator '" + estimator.name +
                                          "' exists already; choose another name");
    }
    names.push_back(estimator.name);
    if (estimator.latency_cycles > estimator.period_cycles) {
      checks.complain(path + ".latency_cycles", "found " +
                                                    std::to_string(estimator.latency_cycles) +
                                                    ", must not be longer than period_cycles = " +
                                                    std::to_string(estimator.period_cycles));
    }
    for (const auto& [key, parameter] : estimator.params) {
      if (parameter.by_tag.empty()) continue;
      checks.complain(path + ".params." + key,
                      "an estimator has no outputs, so a parameter has one value: give a number");
    }
  }
}

void check_rung(const ControlConfig& control, domain::Duty duty, std::size_t i,
                const std::string& path, Checks& checks) {
  const auto& rungs = control.ladder.of(duty).rungs;
  const std::string& rung = rungs[i];
  if (std::find(rungs.begin(), rungs.begin() + static_cast<std::ptrdiff_t>(i), rung) !=
      rungs.begin() + static_cast<std::ptrdiff_t>(i)) {
    return checks.complain(path, "rung '" + rung + "' stands here twice");
  }
  if (is_builtin(rung)) return;
  std::vector<std::string> names = {std::string(kHoldRung), std::string(kRecipeRung)};
  for (const ControllerConfig& controller : control.controllers) {
    names.push_back(controller.name);
    if (controller.name != rung) continue;
    if (controller.duty != duty) {
      checks.complain(path, "controller '" + rung + "' has the duty " +
                                std::string(domain::name(controller.duty)) +
                                "; only controllers with the duty " +
                                std::string(domain::name(duty)) + " can stand here");
    } else if (i > 0 && is_builtin(rungs[i - 1])) {
      checks.complain(path, "controller '" + rung + "' stands below '" + rungs[i - 1] +
                                "'; hold and recipe end the ladder");
    }
    return;
  }
  checks.complain(path, "no controller is called '" + rung + "'" + did_you_mean(rung, names) +
                            " known: " + listed(names));
}

void check_ladder(const ControlConfig& control, domain::Duty duty, Checks& checks) {
  const std::string path = "ladder." + std::string(domain::name(duty));
  if (!checks.sound(path)) return;
  const LadderConfig& ladder = control.ladder.of(duty);
  for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
    check_rung(control, duty, i, index(path + ".rungs", i), checks);
  }
  if (ladder.rungs.empty() || ladder.rungs.back() != kRecipeRung) {
    checks.complain(path + ".rungs",
                    "a ladder must end in 'recipe', the rung that cannot fail (SC-65)");
  }
  if (ladder.deadline_misses > ladder.deadline_window) {
    checks.complain(path + ".deadline_misses", "found " + std::to_string(ladder.deadline_misses) +
                                                   ", must not be more than deadline_window = " +
                                                   std::to_string(ladder.deadline_window));
  }
}

void check_use(const ControlConfig& control, Checks& checks) {
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    const auto& rungs = control.ladder.of(controller.duty).rungs;
    if (std::find(rungs.begin(), rungs.end(), controller.name) != rungs.end()) continue;
    if (!checks.sound(index("controller", i)) || !checks.sound("ladder")) continue;
    checks.complain(index("controller", i) + ".name",
                    "controller '" + controller.name + "' is no rung of [ladder." +
                        std::string(domain::name(controller.duty)) + "]; it would never run");
  }
}

void check_screening(const ControlConfig& control, Checks& checks) {
  std::vector<std::string> units;
  for (const std::string_view symbol : saggar::units::kUnitSymbols) units.emplace_back(symbol);
  for (std::size_t i = 0; i < control.screening.size(); ++i) {
    const std::string path = index("screening", i) + ".unit";
    const std::string& unit = control.screening[i].unit;
    if (!checks.sound(path) || saggar::units::parse_unit(unit)) continue;
    checks.complain(path, "unknown unit '" + unit + "'" + did_you_mean(unit, units) +
                              " known: " + listed(units));
  }
}

void check_filter(const ControlConfig& control, Checks& checks) {
  const FilterConfig& filter = control.filter;
  if (!checks.sound("filter")) return;
  for (std::size_t i = 0; !filter.model.empty() && i < control.controllers.size(); ++i) {
    if (control.controllers[i].name != kFilterModel) continue;
    checks.complain(index("controller", i) + ".name",
                    "'filter' names the model of [filter] in the journal; choose another name");
  }
  if (!filter.model.empty()) return;
  const struct {
    const char *error, *figure;
    double error_is, figure_is;
  } pairs[] = {
      {"gain_error", "gain", filter.gain_error, filter.gain},
      {"lag_error_s", "lag_s", filter.lag_error_s, filter.lag_s},
      {"dead_time_error_s", "dead_time_s", filter.dead_time_error_s, filter.dead_time_s},
  };
  for (const auto& pair : pairs) {
    const bool may_be_zero = pair.figure_is == filter.dead_time_s && pair.figure[0] == 'd';
    if (may_be_zero ? pair.error_is <= pair.figure_is : pair.error_is < pair.figure_is) continue;
    checks.complain(std::string("filter.") + pair.error,
                    "found " + plain(pair.error_is) + ", right is " +
                        (may_be_zero ? "at most " : "less than ") + pair.figure + " = " +
                        plain(pair.figure_is) + ": the " +
                        (may_be_zero ? "dead time cannot be below 0" : "answer would vanish"));
  }
}

}  // namespace

void ControlConfig::check(Checks& checks) const {
  check_controllers(*this, checks);
  check_estimators(*this, checks);
  check_trust(*this, checks);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    check_ladder(*this, static_cast<domain::Duty>(d), checks);
  }
  check_use(*this, checks);
  check_screening(*this, checks);
  check_filter(*this, checks);
}

bool selects(std::string_view pattern, std::string_view tag) noexcept {
  for (;;) {
    if (domain::matches(pattern, tag)) return true;
    const std::size_t dot = tag.rfind('.');
    if (dot == std::string_view::npos) return false;
    tag = tag.substr(0, dot);
  }
}

std::vector<double> parameter_values(const Parameter& parameter, double plugin_default,
                                     const std::vector<std::string>& tags) {
  std::vector<double> values(tags.size(), parameter.has_value ? parameter.value : plugin_default);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::size_t longest = 0;
    for (const auto& [pattern, value] : parameter.by_tag) {
      // The longer pattern is the more particular one.
      if (pattern.size() < longest || !selects(pattern, tags[i])) continue;
      longest = pattern.size();
      values[i] = value;
    }
  }
  return values;
}

}  // namespace saggar::config
