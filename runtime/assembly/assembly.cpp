#include "runtime/assembly/assembly.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string_view>

#include "plugins/host/estimator.hpp"
#include "plugins/host/instance.hpp"
#include "plugins/host/library.hpp"
#include "plugins/host/scan.hpp"
#include "runtime/assembly/filter.hpp"
#include "runtime/assembly/given.hpp"
#include "runtime/assembly/package.hpp"
#include "runtime/assembly/trust.hpp"
#include "runtime/assembly/watch.hpp"
#include "runtime/config/load.hpp"
#include "runtime/domain/tag.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::assembly {
namespace fs = std::filesystem;

using domain::Error;
using domain::Result;

namespace {

constexpr auto kScanPatience = std::chrono::seconds(2);
constexpr std::string_view kModelKey = "config/model/";  ///< of the journal; the controller follows
constexpr std::string_view kPackageKey = "package/", kAcceptedKey = "/accepted";

/// The refusal of a plugin that is in no folder: names what is near, by file or by the id that
/// libraries say of themselves. Only here is every library opened, each in a child.
Error not_found(const std::string& who, const std::string& name,
                const std::vector<fs::path>& dirs) {
  std::string tried, hint;
  std::vector<std::string> files;
  for (const fs::path& dir : dirs) {
    tried += (tried.empty() ? "" : ", ") + dir.string();
    const auto libraries = host::libraries_in(dir);
    if (!libraries) continue;
    for (const fs::path& library : libraries.value()) {
      files.push_back(library.stem().string());
      if (!hint.empty()) continue;
      const auto plugin = host::describe(library, kScanPatience);
      if (!plugin || plugin.value().id != name) continue;
      hint = "; '" + name + "' is the id of " + library.string() + ": write plugin = \"" +
             files.back() + "\", the name of the file, which tells versions apart";
    }
  }
  const std::string near = domain::nearest_word(name, files);
  if (hint.empty() && !near.empty()) hint = "; did you mean '" + near + "'?";
  return {who + ": plugin '" + name + "'", "is not in any plugin folder; looked in " +
                                               (tried.empty() ? "none" : tried) +
                                               " (--plugins DIR adds one)" + hint};
}

/// A path is taken as it is; a bare name is looked for in the folders, with ".so" if it lacks it.
/// @param who for the message, such as "controller 'pid'"
Result<fs::path> find_plugin(const std::string& who, const std::string& name,
                             const std::vector<fs::path>& dirs) {
  if (name.find('/') != std::string::npos) return fs::path(name);
  for (const fs::path& dir : dirs) {
    for (const std::string& file : {name, name + ".so"}) {
      std::error_code ignored;
      if (fs::is_regular_file(dir / file, ignored)) return dir / file;
    }
  }
  return not_found(who, name, dirs);
}

/// What controllers and estimators have in common.
template <class Config>
host::InstanceSpec spec_of(const Config& config, double cycle_s) {
  host::InstanceSpec spec;
  spec.name = config.name;
  spec.period_s = cycle_s * config.period_cycles;
  spec.latency_cycles = config.latency_cycles;
  for (const auto& [key, parameter] : config.params) {
    host::ParamSpec param;
    param.key = key;
    if (parameter.has_value) param.value = parameter.value;
    for (const auto& [pattern, value] : parameter.by_tag) {
      param.overrides.push_back({pattern, value});
    }
    spec.params.push_back(std::move(param));
  }
  return spec;
}

control::LadderSettings ladder_of(const config::Bundle& bundle, domain::Duty duty,
                                  const std::vector<std::string>& controllers) {
  const config::LadderConfig& from = bundle.control.ladder.of(duty);
  control::LadderSettings to;
  to.duty = duty;
  to.auto_climb = from.auto_climb;
  to.dwell_cycles = from.dwell_cycles;
  to.climb_wait_s = from.climb_wait_s;
  to.climbs_per_8h = static_cast<int>(from.climbs_per_8h);
  to.hold_max_s = from.hold_max_s;
  to.deadline_misses = static_cast<int>(from.deadline_misses);
  to.deadline_window = static_cast<int>(from.deadline_window);
  to.interventions = {bundle.control.guard.intervention_percent,
                      bundle.control.guard.intervention_window_s,
                      bundle.site.supervisory_period_s()};
  to.filter = {bundle.control.filter.max_share_percent, bundle.control.filter.share_window_s,
               bundle.site.supervisory_period_s()};
  const auto cycle_s = bundle.site.period_s();
  for (const std::string& name : from.rungs) {
    if (name == config::kHoldRung || name == config::kRecipeRung) continue;
    const auto at = std::find(controllers.begin(), controllers.end(), name) - controllers.begin();
    const config::ControllerConfig& about =
        bundle.control.controllers[static_cast<std::size_t>(at)];
    to.rungs.push_back({name, control::RungKind::controller, static_cast<domain::ControllerId>(at),
                        from.min_confidence, cycle_s * (about.period_cycles + about.latency_cycles),
                        about.learned});
  }
  // Every ladder ends in the two rungs that cannot fail, whether or not the file names `hold`.
  to.rungs.push_back({std::string(config::kHoldRung), control::RungKind::hold});
  to.rungs.push_back({std::string(config::kRecipeRung), control::RungKind::local});
  return to;
}

loop::CycleSettings settings_of(const config::Bundle& bundle) {
  const config::SiteConfig& site = bundle.site;
  loop::CycleSettings s;
  s.period_s = site.period_s();
  s.supervisory_period_s = site.supervisory_period_s();
  s.command_valid_ns = static_cast<std::int64_t>(site.watchdog.command_valid_s * 1e9);
  const double age_s =
      std::min(bundle.control.guard.max_age_periods * s.supervisory_period_s, site.watchdog.shed_s);
  s.stale_frame_ns = static_cast<std::int64_t>(std::max(age_s, 1.5 * s.period_s) * 1e9);
  s.screening = screening_of(bundle.control, bundle.plant.tags);
  s.recipe = bundle.recipe_values;
  s.guard.period_s = s.supervisory_period_s;
  s.guard.age_periods = bundle.control.guard.max_age_periods;
  s.guard.readback_s = bundle.control.guard.readback_s;
  s.guard.readback_misses = static_cast<int>(bundle.control.guard.readback_misses);
  s.modes.shed_s = site.watchdog.shed_s;
  for (const domain::Mv& mv : bundle.plant.mvs) {
    // SC-57 for temperatures; other duties bleed off as fast as they may move.
    const double bleed = mv.duty == domain::Duty::heat
                             ? bundle.control.ladder.heat.bias_bleed_K_per_min
                             : mv.limits.per_minute;
    s.bleed_per_min.push_back(std::isfinite(bleed) ? bleed : 1.0);
  }
  return s;
}

/// SHA-256 of a file, as 64 digits.
Result<std::string> digest_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.good() && !file.eof()) return Error{path.string(), "cannot be read"};
  return record::hex(record::sha256(bytes));
}

std::vector<fs::path> dirs_of(const Assembly& assembly, const AssemblyOptions& options) {
  std::vector<fs::path> dirs = options.plugin_dirs;
  for (const std::string& dir : assembly.bundle.site.plugin_dirs) {
    dirs.push_back(fs::path(dir).is_absolute() ? fs::path(dir) : program_root() / dir);
  }
  return dirs;
}

/// A plugin from its file to an instance that steps; notes its file, version and digest.
Result<host::Active> activate(Assembly& assembly, const std::string& plugin,
                              host::InstanceSpec spec, const std::vector<fs::path>& dirs) {
  const std::string name = spec.name;
  const std::string who =
      (spec.role == host::Role::estimator ? "estimator '" : "controller '") + name + "'";
  const auto path = find_plugin(who, plugin, dirs);
  if (!path) return path.error();
  const auto library = host::Library::open(path.value());
  if (!library) return library.error();
  auto created = host::instantiate(library.value(), assembly.bundle.plant, std::move(spec));
  if (!created) return created.error();
  const auto given = give(assembly, created.value());
  if (!given) return given.error();
  auto configured = std::move(created).value().configure();
  if (!configured) {
    if (given.value().at.empty()) return configured.error();
    return Error{given.value().at, "with " + given.value().what + ", " + configured.error().text()};
  }
  auto active = std::move(configured).value().activate();
  if (!active) return active.error();
  if (active.value().state_size() > 0) {  // what it saves is what a replay will go on from
    const domain::Status verified = active.value().verify_state();
    if (!verified) return verified.error();
  }
  assembly.plugins["plugin/" + name + "/file"] = path.value().string();
  assembly.plugins["plugin/" + name + "/version"] = std::string(library.value().version());
  const auto digest = digest_of(path.value());
  if (!digest) return digest.error();
  assembly.plugins["plugin/" + name + "/sha256"] = digest.value();
  return active;
}

/// Their virtual tags enter the plant one estimator after the other, those of the zones first.
Result<std::vector<estimate::EstimatorSeat>> estimators_of(Assembly& assembly,
                                                           const AssemblyOptions& options) {
  const std::vector<fs::path> dirs = dirs_of(assembly, options);
  domain::Plant& plant = assembly.bundle.plant;
  for (domain::Tag& tag : estimate::ZoneMean::tags(plant)) {
    const auto added = plant.estimates.add(std::move(tag));
    if (!added) return added.error();
  }
  std::vector<estimate::EstimatorSeat> seats;
  for (const config::EstimatorConfig& about : assembly.bundle.control.estimators) {
    host::InstanceSpec spec = spec_of(about, assembly.bundle.site.period_s());
    spec.role = host::Role::estimator;
    auto active = activate(assembly, about.plugin, std::move(spec), dirs);
    if (!active) return active.error();
    const std::size_t first = plant.estimates.size();
    const auto declared = host::declare_virtual_tags(active.value(), plant);
    if (!declared) return declared.error();
    seats.push_back(
        {about.name, std::move(active).value(), about.period_cycles, about.latency_cycles, first});
    assembly.estimators.push_back(about.name);
  }
  return seats;
}

Result<std::vector<control::Seat>> seats_of(Assembly& assembly, const AssemblyOptions& options) {
  const std::vector<fs::path> dirs = dirs_of(assembly, options);
  std::vector<control::Seat> seats;
  for (const config::ControllerConfig& about : assembly.bundle.control.controllers) {
    host::InstanceSpec spec = spec_of(about, assembly.bundle.site.period_s());
    spec.duty = about.duty;
    auto active = activate(assembly, about.plugin, std::move(spec), dirs);
    if (!active) return active.error();
    control::Seat seat{about.name, about.duty, std::move(active).value(), about.period_cycles,
                       about.latency_cycles};
    const auto package = assembly.bundle.packages.find(about.name);
    if (package != assembly.bundle.packages.end()) {
      auto watch = watch_of(package->second, assembly.bundle.plant, seat.active);
      if (!watch) return watch.error();
      seat.watch = std::move(watch).value();
    }
    seats.push_back(std::move(seat));
    assembly.controllers.push_back(about.name);
  }
  return seats;
}

/// They follow the clock of the controllers.
estimate::EstimatorSettings estimator_settings(const control::RosterSettings& roster,
                                               std::size_t controllers) {
  estimate::EstimatorSettings s;
  s.cycle_period_s = roster.cycle_period_s;
  s.lateness = roster.lateness;
  s.threads = roster.threads;
  s.allocations = roster.allocations;
  s.first_id = static_cast<std::uint16_t>(controllers);
  return s;
}

}  // namespace

std::vector<std::string> Assembly::actors() const {
  std::vector<std::string> names = controllers;
  names.insert(names.end(), estimators.begin(), estimators.end());
  return names;
}

std::map<std::string, std::string> journal_meta(const Assembly& assembly) {
  std::map<std::string, std::string> meta = assembly.plugins;
  const config::Bundle& bundle = assembly.bundle;
  meta.merge(trust_meta(assembly));
  meta["kiln"] = bundle.plant.name;
  meta["config/sha256"] = record::hex(record::sha256(bundle.canonical));
  meta["config/site"] = config::save_text(bundle.site);
  meta["config/kiln"] = config::save_text(bundle.kiln);
  meta["config/recipe"] = config::save_text(bundle.recipe);
  meta["config/control"] = config::save_text(bundle.control);
  for (const auto& [controller, model] : bundle.models) {
    meta[std::string(kModelKey) + controller] = config::save_text(model.config);
  }
  return meta;
}

Result<config::BundleTexts> recorded_config(const std::map<std::string, std::string>& meta) {
  config::BundleTexts texts;
  for (const auto& [key, to] :
       {std::pair("config/site", &texts.site), std::pair("config/kiln", &texts.kiln),
        std::pair("config/recipe", &texts.recipe), std::pair("config/control", &texts.control)}) {
    const auto found = meta.find(key);
    if (found == meta.end()) return Error{"the journal", std::string("has no text '") + key + "'"};
    *to = {std::string("recorded ") + key, found->second};
  }
  for (const auto& [key, text] : meta) {
    if (!key.starts_with(kModelKey)) continue;
    texts.models[key.substr(kModelKey.size())] = {"recorded " + key, text};
  }
  for (const auto& [key, accepted] : meta) {
    if (!key.starts_with(kPackageKey) || !key.ends_with(kAcceptedKey)) continue;
    const std::string controller =
        key.substr(kPackageKey.size(), key.size() - kPackageKey.size() - kAcceptedKey.size());
    auto package = recorded_package(meta, controller);
    if (!package) return package.error();
    texts.packages[controller] = std::move(package).value();
    texts.today = accepted;  // a replay is of that day
  }
  return texts;
}

fs::path program_root() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : self.parent_path().parent_path();
}

std::vector<estimate::ScreeningLimits> screening_of(const config::ControlConfig& control,
                                                    const domain::TagTable& tags) {
  std::vector<estimate::ScreeningLimits> limits(tags.size());
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const domain::Tag& tag = tags[static_cast<domain::TagId>(i)];
    if (tag.access == domain::Access::write) continue;  // what we wrote ourselves is not a reading
    for (const config::ScreeningConfig& row : control.screening) {
      if (row.unit != units::symbol(tag.unit)) continue;
      if (!row.tags.empty() && !domain::matches(row.tags, tag.name)) continue;
      limits[i] = {};
      limits[i].rate_per_s = row.rate_per_s;
      if (row.freeze_s > 0) limits[i].freeze_s = row.freeze_s;  // 0: not looked at
      limits[i].stale_s = row.stale_s;
    }
  }
  return limits;
}

Result<std::unique_ptr<Assembly>> assemble(config::Bundle bundle, const AssemblyOptions& options) {
  auto assembly = std::make_unique<Assembly>();
  assembly->bundle = std::move(bundle);
  auto estimators = estimators_of(*assembly, options);
  if (!estimators) return estimators.error();
  auto seats = seats_of(*assembly, options);
  if (!seats) return seats.error();

  loop::CycleSettings settings = settings_of(assembly->bundle);
  const auto limits = guard::check_limits(assembly->bundle.plant, settings.guard);
  if (!limits) return limits.error();
  auto filter = filter_settings(assembly->bundle);
  if (!filter) return filter.error();
  settings.filter = std::move(filter).value();
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    settings.ladders[d] =
        ladder_of(assembly->bundle, static_cast<domain::Duty>(d), assembly->controllers);
    for (const control::Rung& rung : settings.ladders[d].rungs) {
      assembly->rungs[d].push_back(rung.name);
    }
  }
  settings.trust = trust_of(assembly->bundle, assembly->controllers);
  control::RosterSettings roster = options.roster;
  roster.cycle_period_s = settings.period_s;
  const auto& cpus = assembly->bundle.site.realtime.worker_cpus;
  roster.worker_cpus.assign(cpus.begin(), cpus.end());
  estimate::Estimators observers(std::move(estimators).value(),
                                 estimator_settings(roster, assembly->controllers.size()));
  assembly->worker_lines = observers.pin(roster.worker_cpus);
  assembly->cycle = std::make_unique<loop::Cycle>(
      assembly->bundle.plant, std::move(settings),
      control::Roster(assembly->bundle.plant, std::move(seats).value(), roster),
      std::move(observers));
  assembly->layout = record::make_layout(assembly->bundle.plant, assembly->cycle->prototype(),
                                         assembly->actors(), assembly->rungs);
  for (const operate::TrustSettings& trust : assembly->cycle->settings().trust) {
    for (const operate::TrustSettings::Group& group : trust.groups) {
      assembly->layout.names.groups.push_back(group.name);
    }
  }
  assembly->layout.names.causes = assembly->cycle->estimators().causes();
  return assembly;
}

}  // namespace saggar::assembly
