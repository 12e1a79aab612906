#include "hil/bridge/serve.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <iostream>
#include <sstream>

#include "hil/bridge/field.hpp"
#include "hil/bridge/snapshot.hpp"
#include "hil/kiln/account_table.hpp"
#include "hil/kiln/draw.hpp"
#include "hil/kiln/parameters.hpp"
#include "hil/scenario/scenario.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/config/plant.hpp"
#include "runtime/config/site_config.hpp"

namespace saggar::bridge {
namespace {

volatile int g_stop = 0;
void on_signal(int) { g_stop = 1; }

int complain(const domain::Error& error) {
  std::cerr << "saggar kiln: " << error.text() << '\n';
  return 1;
}

/// configs/kiln/p2.toml has its physics in configs/kiln/p2.plant.toml.
std::filesystem::path plant_beside(std::filesystem::path kiln) {
  return kiln.replace_extension(".plant.toml");
}

struct Loaded {
  config::SiteConfig site;
  std::unique_ptr<kiln::Kiln> kiln;
  std::string name;
  Origin origin;
};

/// The snapshot to begin with, if any.
domain::Result<Snapshot> snapshot_of(const ServeOptions& options) {
  if (options.restore.empty()) return Snapshot{};
  auto read = read_snapshot(options.restore);
  if (!read) return read.error();
  const std::uint64_t seed = read.value().origin.seed;
  // Noise, lots and sensor errors of the seed are part of the saved plant: another one would say
  // what is not so.
  if (options.seed.value_or(seed) != seed) {
    return domain::Error{options.restore, "is of a plant with seed " + std::to_string(seed) +
                                              ", which goes on with it: leave --seed " +
                                              std::to_string(*options.seed) + " out"};
  }
  return read;
}

std::size_t changed_lines(const std::string& a, const std::string& b) {
  std::istringstream left(a), right(b);
  std::string x, y;
  std::size_t changed = 0;
  while (std::getline(left, x) && std::getline(right, y)) changed += x != y ? 1 : 0;
  return changed;
}

/// The plant of this run: of the file, or drawn around it by a seed that was asked for. A snapshot
/// goes on with the one it was made of.
kiln::PlantParams plant_of(const ServeOptions& options, const kiln::PlantParams& nominal,
                           const Snapshot* snapshot, std::uint64_t seed) {
  const bool asked = options.seed.has_value() && !options.nominal;
  if (snapshot == nullptr) return asked ? kiln::draw_plant(nominal, seed) : nominal;
  // Whichever it is nearer to: what then differs is what was changed in the files since.
  kiln::PlantParams drawn = kiln::draw_plant(nominal, seed);
  const std::string& saved = snapshot->origin.plant;
  return changed_lines(saved, kiln::text_of(nominal)) <= changed_lines(saved, kiln::text_of(drawn))
             ? nominal
             : drawn;
}

domain::Result<Loaded> load(const ServeOptions& options, const Snapshot* snapshot,
                            std::uint64_t seed) {
  auto site = config::load<config::SiteConfig>(options.site);
  if (!site) return site.error();
  auto kiln = config::load<config::KilnConfig>(options.kiln);
  if (!kiln) return kiln.error();
  auto params =
      kiln::load_plant(options.plant.empty() ? plant_beside(options.kiln) : options.plant);
  if (!params) return params.error();
  const kiln::PlantParams own = plant_of(options, params.value(), snapshot, seed);
  auto recipe = config::load<config::RecipeConfig>(options.recipe);
  if (!recipe) return recipe.error();
  auto plant = config::make_plant(kiln.value(), recipe.value());
  if (!plant) return plant.error();
  auto values = config::recipe_values(recipe.value(), plant.value());
  if (!values) return values.error();
  auto made = kiln::Kiln::make(kiln.value(), own, values.value(), seed);
  if (!made) return made.error();
  // In virtual time the counter goes with the cycle, by the wall clock with the watchdog.
  made.value()->agree_heartbeat(
      std::min(site.value().period_s(), site.value().watchdog.heartbeat_s));
  return Loaded{std::move(site).value(), std::move(made).value(), plant.value().name,
                Origin::of(kiln.value(), own, recipe.value(), seed)};
}

/// Files, snapshot and scenario together.
domain::Result<Loaded> prepare(const ServeOptions& options) {
  const auto snapshot = snapshot_of(options);
  if (!snapshot) return snapshot.error();
  const bool restored = !options.restore.empty();
  auto loaded = load(options, restored ? &snapshot.value() : nullptr,
                     options.seed.value_or(restored ? snapshot.value().origin.seed : 1));
  if (!loaded) return loaded.error();
  std::vector<faults::Fault> events;
  if (!options.scenario.empty()) {
    const auto scenario = config::load<scenario::Scenario>(options.scenario);
    if (!scenario) return scenario.error();
    events = scenario.value().faults();
  }
  kiln::Kiln& kiln = *loaded.value().kiln;
  if (restored) {
    const auto done =
        snapshot.value().restore(options.restore, loaded.value().origin, events, kiln);
    if (!done) return done.error();
  } else {
    kiln.schedule(std::move(events));
  }
  return loaded;
}

bool ended(const ServeOptions& options, const kiln::Kiln& kiln) {
  return g_stop != 0 ||
         (options.for_s > 0 && static_cast<double>(kiln.time_ns()) * 1e-9 >= options.for_s);
}

/// Snapshot and account; one that cannot be written does not take the other with it.
/// @return exit code
int write_files(const ServeOptions& options, const Origin& origin, kiln::Kiln& kiln) {
  int code = 0;
  if (!options.save.empty()) {
    const auto bytes = write_snapshot(options.save, Snapshot::of(origin, kiln));
    if (!bytes) code = complain(bytes.error());
    if (bytes) std::cout << config::wrote(options.save, bytes.value(), "bytes");
  }
  if (!options.account.empty()) {
    const std::string table = kiln::table_of(kiln.accounts(), kiln.lot_accounts(),
                                             kiln.load().lot_steps().columns_per_lot());
    const auto done = config::write_new_file(options.account, table);
    if (!done) code = complain(done.error());
    if (done) std::cout << config::wrote(options.account, config::rows_of(table), "rows");
  }
  return code;
}

/// A frame, its command, one period onward. While the link fault is on, the kiln is alone.
void run_lockstep(Field& field, const ServeOptions& options) {
  while (!ended(options, field.kiln())) {
    if (field.exchange(std::chrono::milliseconds(-1), &g_stop) || field.kiln().link_down()) {
      field.advance();
    }
  }
}

/// Lockstep held back to `speed`; a runtime that stays silent for the shed time is lost, and until
/// one answers again the kiln goes on without it.
void run_throttled(Field& field, const ServeOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto step = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(field.period_s() / options.speed));
  const auto patience = std::chrono::milliseconds(static_cast<long>(field.shed_s() * 1000));
  auto next = Clock::now();
  bool alone = true;  // until the first runtime answers
  while (!ended(options, field.kiln())) {
    const bool answered = field.exchange(
        alone ? std::chrono::duration_cast<std::chrono::milliseconds>(step) : patience, &g_stop);
    if (!answered && !alone && g_stop == 0 && !field.kiln().link_down()) {
      field.lose("no command came in time: link lost");
    }
    alone = !answered;
    field.advance();
    next = std::max(next + step, Clock::now() - step);
    field.serve_until(next, &g_stop);
  }
}

/// Real time: devices supervise the runtime's heartbeat by themselves.
void run_wall(Field& field, const ServeOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto step =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(field.period_s()));
  auto next = Clock::now();
  field.follow_clock();
  while (!ended(options, field.kiln())) {
    next += step;
    field.one_period(next, &g_stop);
  }
}

}  // namespace

int serve(const ServeOptions& options) {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  const std::array<config::NewFile, 2> files = {
      {{"--save", options.save}, {"--account", options.account}}};
  if (const auto sound = config::check_new_files(files, options.force); !sound) {
    complain(sound.error());
    return 2;
  }
  auto loaded = prepare(options);
  if (!loaded) return complain(loaded.error());
  kiln::Kiln& kiln = *loaded.value().kiln;
  const config::SiteConfig& site = loaded.value().site;
  wire::Context context;
  auto server = wire::FieldServer::bind(context, {site.endpoints.frames, site.endpoints.commands},
                                        loaded.value().name, kiln.tags());
  if (!server) return complain(server.error());
  std::unique_ptr<wire::TruthPublisher> truths;
  if (!site.endpoints.truth.empty()) {
    auto bound = wire::TruthPublisher::bind(context, site.endpoints.truth);
    if (!bound) return complain(bound.error());
    truths = std::move(bound).value();
  }
  Field field(kiln, *server.value(), truths.get(), site.period_s(), site.watchdog.shed_s,
              std::cout);
  std::cout << "field: kiln " << loaded.value().name << ", seed " << loaded.value().origin.seed
            << ", " << kiln.tags().size() << " tags, frames on "
            << server.value()->endpoints().frames << std::endl;
  switch (options.clock) {
    case Clock::lockstep:
      run_lockstep(field, options);
      break;
    case Clock::throttled:
      run_throttled(field, options);
      break;
    case Clock::wall:
      run_wall(field, options);
      break;
  }
  const int code = write_files(options, loaded.value().origin, kiln);
  std::cout << "field: ended at " << static_cast<double>(kiln.time_ns()) * 1e-9 << " s"
            << std::endl;
  return code;
}

}  // namespace saggar::bridge
