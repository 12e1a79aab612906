#include "runtime/app/run_command.hpp"

#include <cmath>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <thread>

#include "runtime/app/drain_thread.hpp"
#include "runtime/app/io_thread.hpp"
#include "runtime/app/summary.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/wire/field_client.hpp"
#include "runtime/wire/operator_link.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::app {
namespace {

volatile std::sig_atomic_t g_signal = 0;
void on_signal(int signal) { g_signal = signal; }

std::string utc_now() {
  char text[32];
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

int complain(const domain::Error& error) {
  std::cerr << "saggar: " << error.text() << '\n';
  return 1;
}

record::Meta meta_of(const assembly::Assembly& assembly, const RunOptions& options) {
  record::Meta meta(assembly.plugins.begin(), assembly.plugins.end());
  meta["runtime"] = "saggar " SAGGAR_VERSION;
  meta["kiln"] = assembly.bundle.plant.name;
  meta["started"] = utc_now();
  meta["config"] = assembly.bundle.canonical;
  meta["config/sha256"] = record::hex(record::sha256(assembly.bundle.canonical));
  meta["config/site"] = options.files.site.string();
  meta["config/kiln"] = options.files.kiln.string();
  meta["config/recipe"] = options.files.recipe.string();
  meta["config/control"] = options.files.control.string();
  return meta;
}

/// Links and stores of one run; each may be missing except the field.
struct Outside {
  wire::Context context;
  std::unique_ptr<record::Log> log;
  std::unique_ptr<record::JournalWriter> journal;
  std::unique_ptr<wire::FieldClient> field;
  std::unique_ptr<wire::OperatorServer> operators;
  std::unique_ptr<wire::DigestPublisher> publisher;
};

template <class T>
bool take(domain::Result<std::unique_ptr<T>> from, std::unique_ptr<T>& to) {
  if (!from) {
    complain(from.error());
    return false;
  }
  to = std::move(from).value();
  return true;
}

bool open_stores(const assembly::Assembly& assembly, const RunOptions& options, Outside& outside) {
  const config::SiteConfig& site = assembly.bundle.site;
  record::LogOptions log;
  log.path = site.log.path;
  log.level = static_cast<domain::Severity>(site.log.level);
  log.korean = site.log.language == config::Language::ko;
  log.to_stderr = !options.quiet;
  if (!take(record::Log::open(log), outside.log)) return false;

  const std::string path = options.journal.empty() ? site.journal.path : options.journal;
  if (options.journal == "none" || (options.journal.empty() && !site.journal.enabled)) return true;
  record::JournalOptions journal;
  journal.max_bytes = static_cast<std::uint64_t>(site.journal.max_MB * 1e6);
  journal.max_age_ns = static_cast<std::int64_t>(site.journal.max_days * 86400e9);
  std::error_code ignored;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  return take(
      record::JournalWriter::open(path, assembly.layout, meta_of(assembly, options), journal),
      outside.journal);
}

bool open_links(const assembly::Assembly& assembly, Outside& outside) {
  const config::SiteConfig& site = assembly.bundle.site;
  wire::HeartbeatSettings heartbeat;
  heartbeat.step_s = site.watchdog.heartbeat_s;
  heartbeat.warn_s = site.watchdog.warn_s;
  heartbeat.lost_s = site.watchdog.shed_s;
  return take(wire::FieldClient::connect(outside.context,
                                         {site.endpoints.frames, site.endpoints.commands},
                                         assembly.bundle.plant, heartbeat),
              outside.field) &&
         take(wire::OperatorServer::bind(outside.context, site.endpoints.operators,
                                         assembly.bundle.plant, assembly.controllers),
              outside.operators) &&
         take(wire::DigestPublisher::bind(outside.context, site.endpoints.records),
              outside.publisher);
}

void queue_switch_on(const RunOptions& options, loop::Cycle& cycle) {
  std::uint64_t id = 1;
  for (const std::string& name : options.switch_on) {
    const auto duty = domain::parse_duty(name);
    if (!duty) continue;
    domain::Intent intent;
    intent.id = id++;
    intent.kind = domain::IntentKind::switch_on;
    intent.duty = *duty;
    intent.who.assign("command line");
    intent.station.assign("console");
    intent.reason.assign("started with --switch-on");
    cycle.offer(intent);
  }
}

loop::ThreadSettings thread_settings(const config::SiteConfig& site) {
  loop::ThreadSettings s;
  s.pacing = site.cycle.pacing == config::Pacing::wall ? loop::Pacing::wall : loop::Pacing::field;
  s.period_ns = static_cast<std::int64_t>(site.cycle.period_ms * 1e6);
  s.wishes.lock_memory = site.realtime.lock_memory;
  s.wishes.fifo_priority = site.realtime.fifo_priority;
  s.wishes.cpu = site.realtime.control_cpu;
  return s;
}

/// Returns when a signal came, or the asked number of cycles is done.
void wait_for_end(const loop::Channels& channels) {
  while (g_signal == 0 && !channels.ended.load(std::memory_order_acquire)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

int run(const RunOptions& options) {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  auto bundle = config::load_bundle(options.files.site, options.files.kiln, options.files.recipe,
                                    options.files.control);
  if (!bundle) return complain(bundle.error());
  loop::ThreadSettings threads = thread_settings(bundle.value().site);
  threads.cycles = static_cast<std::uint64_t>(
      std::llround(options.for_s * 1e9 / static_cast<double>(threads.period_ns)));
  const bool field_paced = threads.pacing == loop::Pacing::field;

  assembly::AssemblyOptions how;
  how.plugin_dirs = options.plugin_dirs;
  how.roster.lateness = field_paced ? control::Lateness::awaited : control::Lateness::measured;
  how.roster.allocations = options.allocations;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (!made) return complain(made.error());
  assembly::Assembly& assembly = *made.value();
  const config::SiteConfig& site = assembly.bundle.site;

  Outside outside;
  if (!open_stores(assembly, options, outside) || !open_links(assembly, outside)) return 1;
  const auto patience_s = site.supervisory_period_s() + 0.5 * site.supervisory_period_s();
  loop::Channels channels(assembly.bundle.plant, assembly.cycle->prototype(), 512,
                          static_cast<std::int64_t>(patience_s * 1e9));
  Blackboard board;
  const auto pacing = field_paced ? wire::Pacing::field : wire::Pacing::wall;
  DrainThread drain(channels, assembly.bundle.plant, assembly.layout, outside.journal.get(),
                    outside.log.get(), outside.publisher.get(), board, pacing,
                    {.settle_ns = static_cast<std::int64_t>(options.settle_s * 1e9),
                     .period_ns = threads.period_ns});
  if (outside.journal != nullptr) threads.last_cycle = outside.journal->last_cycle();
  loop::ControlThread control(*assembly.cycle, channels, threads);
  IoThread io(channels, assembly.bundle.plant, *outside.field, outside.operators.get(), board,
              {.pacing = threads.pacing,
               .heartbeat_ns = static_cast<std::int64_t>(site.watchdog.heartbeat_s * 1e9),
               .field_address = site.endpoints.commands,
               .log = outside.log.get()});

  queue_switch_on(options, *assembly.cycle);
  drain.start();
  for (const std::string& line : control.start()) {
    outside.log->write(domain::Severity::info, line);
  }
  io.start();
  wait_for_end(channels);

  io.stop();
  channels.stop.store(true);
  control.join();
  domain::Record* last = nullptr;
  while ((last = channels.records.claim()) == nullptr) channels.records.wait_writable();
  last->cycle = loop::kStopCycle;
  channels.records.publish();
  drain.join();
  print_summary(std::cout, assembly, drain, channels, outside.journal.get());
  if (!options.summary.empty()) {
    write_summary(options.summary, assembly, drain, channels, outside.journal.get());
  }
  return 0;
}

}  // namespace saggar::app
