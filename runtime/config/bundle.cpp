#include "runtime/config/bundle.hpp"

#include <cmath>
#include <span>

#include "runtime/config/date.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::config {
namespace {

/// One table of a recipe against the kiln: count, then each figure.
struct Row {
  std::string key;
  const Figures* figures;
  std::size_t count;
  const char* what;  ///< "zone"
  const char* unit;
};

bool count_fits(const Row& row, Checks& checks) {
  const std::size_t n = row.figures->value.size();
  if (!checks.sound(row.key)) return false;
  if (n == row.count || n == 1) return true;
  checks.complain(row.key, "found " + std::to_string(n) + " figures, right is 1 or " +
                               std::to_string(row.count) + ", one per " + row.what +
                               " of the kiln");
  return false;
}

void check_range(const Row& row, std::size_t i, double value, double low, double high,
                 Checks& checks) {
  if (value >= low && value <= high) return;
  checks.complain(checks.element(row.key, i),
                  "found " + plain(value) + " for " + row.what + " " + std::to_string(i + 1) +
                      ", right is " + plain(low) + " to " + plain(high) + " " + row.unit);
}

void check_heat(const KilnConfig& kiln, const RecipeConfig& recipe, Checks& checks) {
  const Heat& heat = kiln.heat;
  const std::size_t zones = kiln.chamber.zones;
  const Row top{"heat.setpoint_degC", &recipe.heat.setpoint_degC, zones, "zone", "degC"};
  const Row offset{"heat.bottom_offset_K", &recipe.heat.bottom_offset_K, zones, "zone", "degC"};
  if (!count_fits(top, checks) || !count_fits(offset, checks)) return;
  for (std::size_t zone = 0; zone < zones; ++zone) {
    const double setpoint = at(recipe.heat.setpoint_degC, zone);
    const double bottom =
        kiln.chamber.loops_per_zone == 2 ? at(recipe.heat.bottom_offset_K, zone) : 0.0;
    const double ceiling = at(heat.trip_degC, zone) - heat.trip_margin_K.value;
    if (std::max(setpoint, setpoint + bottom) > ceiling) {
      checks.complain(checks.element(top.key, zone),
                      "found " + plain(std::max(setpoint, setpoint + bottom)) + " for zone " +
                          std::to_string(zone + 1) + ", right is at most " + plain(ceiling) +
                          " degC = trip " + plain(at(heat.trip_degC, zone)) + " - margin " +
                          plain(heat.trip_margin_K.value) + " (SC-38)");
      continue;
    }
    const double low = heat.setpoint_low_degC.value, high = at(heat.setpoint_high_degC, zone);
    check_range(top, zone, setpoint, low, high, checks);
    if (bottom != 0) check_range(offset, zone, setpoint + bottom, low, high, checks);
    if (std::fabs(bottom) > kiln.cross.top_bottom_K.value) {
      checks.complain(checks.element(offset.key, zone),
                      "found " + plain(bottom) + " for zone " + std::to_string(zone + 1) +
                          ", the kiln permits a difference of top_bottom_K = " +
                          plain(kiln.cross.top_bottom_K.value));
    }
    const double before = zone == 0 ? setpoint : at(recipe.heat.setpoint_degC, zone - 1);
    if (std::fabs(setpoint - before) > kiln.cross.adjacent_zone_K.value) {
      checks.complain(checks.element(top.key, zone),
                      "zone " + std::to_string(zone + 1) + " is " +
                          plain(std::fabs(setpoint - before)) +
                          " K from its neighbour; the kiln permits adjacent_zone_K = " +
                          plain(kiln.cross.adjacent_zone_K.value));
    }
  }
}

/// What the guard would hold the recipe away from, it must not ask for (SC-31).
void check_balance(const KilnConfig& kiln, const RecipeConfig& recipe, Checks& checks) {
  const double limit = kiln.cross.exhaust_balance_Nm3_per_h.value;
  double in = kiln.exhaust.load_gas_Nm3_per_h.value, out = 0;
  for (std::size_t i = 0; i < kiln.atmosphere.inlet_zones.size(); ++i) {
    in += at(recipe.atmosphere.inlet_flow_Nm3_per_h, i);
  }
  for (std::size_t i = 0; i < kiln.exhaust.damper_zones.size(); ++i) {
    out += at(kiln.exhaust.capacity_Nm3_per_h, i) * 0.01 * at(recipe.exhaust.damper_percent, i);
  }
  if (limit >= 1e6 || std::fabs(in - out) <= limit) return;
  checks.complain(
      "exhaust.damper_percent",
      plain(in) + " Nm3/h come in and the dampers draw " + plain(out) +
          "; the kiln permits a difference of exhaust_balance_Nm3_per_h = " + plain(limit));
}

void check_flows(const KilnConfig& kiln, const RecipeConfig& recipe, Checks& checks) {
  const Transport& t = kiln.transport;
  const Row speed{"transport.speed_mm_per_s", &recipe.transport.speed_mm_per_s, t.groups,
                  "drive group", "mm/s"};
  if (count_fits(speed, checks)) {
    for (std::size_t i = 0; i < t.groups; ++i) {
      check_range(speed, i, at(*speed.figures, i), t.low_mm_per_s.value, t.high_mm_per_s.value,
                  checks);
    }
  }
  const Atmosphere& gas = kiln.atmosphere;
  const std::size_t inlets = gas.inlet_zones.size();
  const Row flow{"atmosphere.inlet_flow_Nm3_per_h", &recipe.atmosphere.inlet_flow_Nm3_per_h, inlets,
                 "inlet", "Nm3/h"};
  const bool flows_fit = count_fits(flow, checks);
  if (flows_fit) {
    double sum = 0;
    for (std::size_t i = 0; i < inlets; ++i) {
      sum += at(*flow.figures, i);
      check_range(flow, i, at(*flow.figures, i), gas.low_Nm3_per_h.value, at(gas.high_Nm3_per_h, i),
                  checks);
    }
    if (sum > gas.supply_Nm3_per_h.value) {
      checks.complain(flow.key, "the flows together are " + plain(sum) +
                                    " Nm3/h; the supply gives supply_Nm3_per_h = " +
                                    plain(gas.supply_Nm3_per_h.value));
    }
  }
  const std::size_t dampers = kiln.exhaust.damper_zones.size();
  const Row damper{"exhaust.damper_percent", &recipe.exhaust.damper_percent, dampers, "damper",
                   "%"};
  if (!count_fits(damper, checks)) return;
  if (flows_fit) check_balance(kiln, recipe, checks);
  for (std::size_t i = 0; i < dampers; ++i) {
    check_range(damper, i, at(*damper.figures, i), kiln.exhaust.low_percent.value,
                kiln.exhaust.high_percent.value, checks);
  }
}

template <class T>
T read(const NamedText& from, Source& source, Complaints& complaints) {
  T value{};
  source.file = from.name;
  load_into(from.text, value, source, complaints);
  return value;
}

/// A file that cannot be read is complained of under its name.
NamedText text_of(const std::filesystem::path& path, Complaints& complaints) {
  auto text = read_file(path);
  if (text) return {path.string(), std::move(text).value()};
  complaints.add({path.string(), {}, "", text.error().what});
  return {path.string(), ""};
}

/// A row that fits no tag would screen nothing, in silence.
void check_unit(const ScreeningConfig& row, const domain::TagTable& tags, const std::string& path,
                Checks& checks) {
  std::string others;
  for (const domain::Tag& tag : tags.all()) {
    if (!row.tags.empty() && !domain::matches(row.tags, tag.name)) continue;
    const std::string unit(units::symbol(tag.unit));
    if (unit == row.unit) return;
    if (others.find("'" + unit + "'") == std::string::npos) {
      others += (others.empty() ? "'" : ", '") + unit + "'";
    }
  }
  if (others.empty()) return;  // its pattern is dangling, which has been said
  checks.complain(path, "found '" + row.unit + "', right is one of " + others + ": no tag " +
                            (row.tags.empty() ? "of the kiln" : "that matches '" + row.tags + "'") +
                            " has this unit, so the row would screen nothing");
}

bool any_against(const Complaints& complaints, const Source& source) {
  return !complaints.sound(source.file, "");
}

}  // namespace

void check_against(const KilnConfig& kiln, const RecipeConfig& recipe, Checks& checks) {
  if (checks.sound("kiln") && recipe.kiln != kiln.name) {
    checks.complain(
        "kiln", "the recipe is for kiln '" + recipe.kiln + "', this is kiln '" + kiln.name + "'");
    return;
  }
  check_heat(kiln, recipe, checks);
  check_flows(kiln, recipe, checks);
}

void check_against(const KilnConfig& kiln, const ControlConfig& control, Checks& checks) {
  const domain::TagTable tags = tags_of(kiln);
  std::vector<std::string> names;
  for (const domain::Tag& tag : tags.all()) names.push_back(tag.name);
  const auto known = [&](const std::string& pattern) {
    for (const std::string& name : names) {
      if (selects(pattern, name)) return true;
    }
    return false;
  };
  const auto dangling = [&](const std::string& path, const std::string& pattern) {
    if (known(pattern)) return;
    checks.complain(path, "no tag of kiln '" + kiln.name + "' matches '" + pattern + "'" +
                              did_you_mean(pattern, names));
  };
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const std::string path = "controller[" + std::to_string(i) + "].params.";
    for (const auto& [key, parameter] : control.controllers[i].params) {
      for (const auto& [pattern, value] : parameter.by_tag) {
        dangling(path + key + "." + pattern, pattern);
      }
    }
  }
  for (std::size_t i = 0; i < control.trust.size(); ++i) {
    for (std::size_t g = 0; g < control.trust[i].groups.size(); ++g) {
      const std::vector<std::string>& patterns = control.trust[i].groups[g].tags;
      for (std::size_t k = 0; k < patterns.size(); ++k) {
        dangling("trust[" + std::to_string(i) + "].group[" + std::to_string(g) + "].tags[" +
                     std::to_string(k) + "]",
                 patterns[k]);
      }
    }
  }
  for (std::size_t i = 0; i < control.screening.size(); ++i) {
    const ScreeningConfig& row = control.screening[i];
    const std::string path = "screening[" + std::to_string(i) + "]";
    if (!row.tags.empty()) dangling(path + ".tags", row.tags);
    check_unit(row, tags, path + ".unit", checks);
  }
}

void check_against(const SiteConfig& site, const ControlConfig& control, Checks& checks) {
  // A proposal older than the guard accepts would never reach the field (SC-26).
  for (std::size_t i = 0; i < control.controllers.size(); ++i) {
    const ControllerConfig& controller = control.controllers[i];
    const double oldest = control.guard.max_age_periods * site.cycle.supervisory_cycles;
    const std::string path = "controller[" + std::to_string(i) + "].";
    const std::string than = ", but the guard refuses inputs older than " + plain(oldest) +
                             " cycles = max_age_periods x supervisory_cycles of site '" +
                             site.name + "' (SC-26)";
    if (controller.latency_cycles > oldest) {
      checks.complain(path + "latency_cycles",
                      "found " + std::to_string(controller.latency_cycles) + than);
    } else if (controller.latency_cycles + controller.period_cycles - 1 > oldest) {
      // A proposal stands until the next one.
      checks.complain(path + "period_cycles",
                      "found " + std::to_string(controller.period_cycles) + " with a latency of " +
                          std::to_string(controller.latency_cycles) + ": the last of them is " +
                          std::to_string(controller.latency_cycles + controller.period_cycles - 1) +
                          " cycles old" + than);
    }
  }
  for (std::size_t i = 0; i < control.trust.size() && site.cycle.pacing == Pacing::wall; ++i) {
    if (control.trust[i].level == domain::Level::shadow) continue;
    checks.complain("trust[" + std::to_string(i) + "].level",
                    "found \"" + std::string(domain::name(control.trust[i].level)) +
                        "\", right is \"shadow\": site '" + site.name +
                        "' is paced by the wall clock, as a plant is, and there trust is given by "
                        "two people, one level after the other (SC-81)");
  }
}

std::string canonical_text(const SiteConfig& site, const KilnConfig& kiln,
                           const RecipeConfig& recipe, const ControlConfig& control) {
  return "# site\n" + save_text(site) + "\n# kiln\n" + save_text(kiln) + "\n# recipe\n" +
         save_text(recipe) + "\n# control\n" + save_text(control);
}

domain::Result<Bundle> load_bundle(const std::filesystem::path& site,
                                   const std::filesystem::path& kiln,
                                   const std::filesystem::path& recipe,
                                   const std::filesystem::path& control, const std::string& today) {
  Complaints unread;
  BundleTexts texts{text_of(site, unread),
                    text_of(kiln, unread),
                    text_of(recipe, unread),
                    text_of(control, unread),
                    {},
                    {},
                    today};
  if (unread.empty()) texts.models = read_models(texts.control, unread);
  if (unread.empty()) {
    texts.packages = read_packages(texts.control.name, texts.control.text, unread);
  }
  if (!unread.empty()) return unread.error();
  return load_bundle(texts);
}

domain::Result<Bundle> load_bundle(const BundleTexts& texts) {
  Complaints complaints;
  Source site, kiln, recipe, control;
  Bundle bundle;
  bundle.site = read<SiteConfig>(texts.site, site, complaints);
  bundle.kiln = read<KilnConfig>(texts.kiln, kiln, complaints);
  bundle.recipe = read<RecipeConfig>(texts.recipe, recipe, complaints);
  bundle.control = read<ControlConfig>(texts.control, control, complaints);
  Checks recipe_checks(recipe, complaints), control_checks(control, complaints);
  if (!any_against(complaints, control)) {
    if (!any_against(complaints, site)) check_against(bundle.site, bundle.control, control_checks);
    if (!any_against(complaints, kiln)) check_against(bundle.kiln, bundle.control, control_checks);
  }
  if (!any_against(complaints, recipe) && !any_against(complaints, kiln)) {
    check_against(bundle.kiln, bundle.recipe, recipe_checks);
  }
  if (!any_against(complaints, control)) {
    bundle.models = load_models(bundle.control, control, texts.models,
                                any_against(complaints, kiln) ? nullptr : &bundle.kiln, complaints);
    const PackageContext context{any_against(complaints, kiln) ? nullptr : &bundle.kiln,
                                 any_against(complaints, recipe) ? nullptr : &bundle.recipe,
                                 texts.today.empty() ? today_utc() : texts.today};
    bundle.packages = load_packages(bundle.control, control, texts.packages, context, complaints);
  }
  if (!complaints.empty()) return complaints.error();

  auto plant = make_plant(bundle.kiln, bundle.recipe);
  if (!plant) return plant.error();
  bundle.plant = std::move(plant).value();
  auto values = recipe_values(bundle.recipe, bundle.plant);
  if (!values) return values.error();
  bundle.recipe_values = std::move(values).value();
  bundle.canonical = canonical_text(bundle.site, bundle.kiln, bundle.recipe, bundle.control);
  for (const auto& [controller, model] : bundle.models) {
    bundle.canonical += "\n# model of " + controller + '\n' + save_text(model.config);
  }
  for (const auto& [controller, package] : bundle.packages) {
    bundle.canonical += "\n# package of " + controller + '\n' + save_text(package.manifest);
  }
  return bundle;
}

}  // namespace saggar::config
