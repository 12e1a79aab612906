#include "hil/search/menu.hpp"

#include "hil/faults/drill_intent.hpp"
#include "runtime/config/control_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::search {
namespace {

using faults::Kind;
using faults::Where;

/// Names of one bench.
struct Names {
  std::vector<std::string> loops, heated, dampers, groups, inlets, analysers, drills;
  std::size_t loops_per_zone = 1;
};

domain::Result<Names> names_of(const scenario::BenchFiles& files) {
  const auto read = config::load<config::KilnConfig>(files.kiln);
  if (!read) return read.error();
  const config::KilnConfig& kiln = read.value();
  const auto tags = config::tag_table(kiln);
  if (!tags) return tags.error();
  Names names;
  names.loops_per_zone = kiln.chamber.loops_per_zone;
  for (std::size_t zone = 0; zone < kiln.chamber.zones; ++zone) {
    for (std::size_t loop = 0; loop < names.loops_per_zone; ++loop) {
      names.loops.push_back(config::loop_name(zone, loop));
      if (config::at(kiln.heat.rated_kW, zone) > 0) names.heated.push_back(names.loops.back());
    }
  }
  for (std::size_t d = 0; d < kiln.exhaust.damper_zones.size(); ++d) {
    names.dampers.push_back(config::damper_name(d));
  }
  for (std::size_t g = 0; g < kiln.transport.groups; ++g) {
    names.groups.push_back(config::group_name(g));
  }
  for (std::size_t t = 0; t < tags.value().size(); ++t) {
    const std::string& name = tags.value()[static_cast<domain::TagId>(t)].name;
    if (name.rfind("gas.", 0) == 0) names.analysers.push_back(name);
  }
  for (std::size_t i = 0; i < kiln.atmosphere.inlet_zones.size(); ++i) {
    names.inlets.push_back(config::inlet_name(i));
  }
  const auto control = config::load<config::ControlConfig>(files.control);
  if (!control) return control.error();
  for (const config::ControllerConfig& controller : control.value().controllers) {
    if (std::filesystem::path(controller.plugin).stem() == "saggar-drill") {
      names.drills.push_back(controller.name);
    }
  }
  return names;
}

bool needs_heater(Kind kind) {
  return kind == Kind::heater_open || kind == Kind::scr_short || kind == Kind::scr_open ||
         kind == Kind::element_ageing;
}

std::vector<std::string> places_of(Kind kind, const Names& names) {
  switch (faults::meaning(kind).where) {
    case Where::nothing: {
      const bool of_supply = kind == Kind::o2_supply_drop || kind == Kind::o2_purity_drop;
      return of_supply && names.inlets.empty() ? std::vector<std::string>{}
                                               : std::vector<std::string>{""};
    }
    case Where::loop:
    case Where::loop_or_all:
      return needs_heater(kind) ? names.heated : names.loops;
    case Where::damper_or_all:
      return names.dampers;
    case Where::group:
      return names.groups;
    case Where::end:
      return {"entry", "exit"};
    case Where::analyser:
      return names.analysers;
    case Where::direction:
      return {"frames", "commands"};
    case Where::direction_or_all:
      return {"", "frames", "commands"};
    case Where::controller:
      return names.drills;
    case Where::inlet:
      return names.inlets;
    case Where::write_tag: {
      std::vector<std::string> written = names.heated;
      for (const auto* more : {&names.groups, &names.inlets, &names.dampers}) {
        written.insert(written.end(), more->begin(), more->end());
      }
      return written;
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> family_names() {
  std::vector<std::string> names;
  for (std::size_t f = 0; f < faults::kFamilyCount; ++f) {
    const auto family = static_cast<faults::Family>(f);
    if (family != faults::Family::human) names.emplace_back(faults::name(family));
  }
  return names;
}

domain::Result<std::vector<Family>> menu_of(const scenario::BenchFiles& files) {
  const auto names = names_of(files);
  if (!names) return names.error();
  std::vector<Family> menu;
  for (const std::string& family : family_names()) {
    Family one{family, {}};
    for (const faults::Row& row : faults::catalogue()) {
      if (faults::name(row.family) != family || faults::ends_process(row.kind)) continue;
      Dish dish{row.kind, places_of(row.kind, names.value())};
      if (!dish.places.empty()) one.dishes.push_back(std::move(dish));
    }
    if (!one.dishes.empty()) menu.push_back(std::move(one));
  }
  return menu;
}

}  // namespace saggar::search
