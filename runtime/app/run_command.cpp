#include "runtime/app/run_command.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <thread>

#include "runtime/app/budget_command.hpp"
#include "runtime/app/drain_thread.hpp"
#include "runtime/app/io_thread.hpp"
#include "runtime/app/kept_trust.hpp"
#include "runtime/app/last_resort.hpp"
#include "runtime/app/summary.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/wire/field_client.hpp"
#include "runtime/wire/operator_link.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::app {
namespace {

/// How long a controller may take to come back when the runtime is asked to end.
constexpr auto kStopPatience = std::chrono::seconds(2);
constexpr auto kFlushPatience = std::chrono::seconds(5);
constexpr auto kStorePatience = std::chrono::seconds(30);

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

/// Without a stream: the process may end before a buffer is written, and nobody may read it.
void say(const std::string& text) {
  const std::string line = "saggar: " + text + "\n";
  pollfd ready{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&ready, 1, 100) != 1) return;
  [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, line.data(), line.size());
}

record::Meta meta_of(const assembly::Assembly& assembly, const RunOptions& options) {
  record::Meta meta = assembly::journal_meta(assembly);
  meta["runtime"] = "saggar " SAGGAR_VERSION;
  meta["started"] = utc_now();
  meta["file/site"] = options.files.site.string();
  meta["file/kiln"] = options.files.kiln.string();
  meta["file/recipe"] = options.files.recipe.string();
  meta["file/control"] = options.files.control.string();
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

bool open_stores(assembly::Assembly& assembly, const RunOptions& options, Outside& outside) {
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
  for (const std::string& line : keep_trust(path, assembly)) say("trust: " + line);
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
                                         assembly.bundle.plant, assembly.actors(), assembly.rungs),
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
  s.overrun = site.cycle.overrun == config::Overrun::skip ? loop::OverrunPolicy::skip
                                                          : loop::OverrunPolicy::catch_up;
  s.snapshot_cycles = static_cast<std::uint64_t>(
      std::max(1.0, std::ceil(site.journal.snapshot_s / site.period_s())));
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

/// The threads of a run and what they share; `assembly` and `outside` outlive it.
struct Running {
  Running(assembly::Assembly& made, Outside& links, const loop::ThreadSettings& threads,
          const RunOptions& options);
  void stop();

  assembly::Assembly& assembly;
  Outside& outside;
  const bool field_paced;
  loop::Channels channels;
  Blackboard board;
  DrainThread drain;
  loop::ControlThread control;
  IoThread io;

  std::string suspects(bool beside) const;

 private:
  void flush_now();
};

std::int64_t patience_ns(const config::SiteConfig& site) {
  return static_cast<std::int64_t>(1e9 * heartbeat_patience_s(site));
}

/// Room for what the journal keeps of the runtime now and then.
std::size_t state_bytes(loop::Cycle& cycle) {
  std::vector<std::uint8_t> state;
  cycle.snapshot(state);
  return state.size();
}

DrainSettings drain_settings(const loop::ThreadSettings& threads, const RunOptions& options) {
  DrainSettings s;
  s.settle_ns = static_cast<std::int64_t>(options.settle_s * 1e9);
  s.period_ns = threads.period_ns;
  return s;
}

IoSettings io_settings(const assembly::Assembly& made, loop::Pacing pacing, record::Log* log) {
  const config::SiteConfig& site = made.bundle.site;
  IoSettings s;
  s.pacing = pacing;
  s.heartbeat_ns = static_cast<std::int64_t>(site.watchdog.heartbeat_s * 1e9);
  s.field_address = site.endpoints.commands;
  s.log = log;
  s.ladders = made.rungs;
  return s;
}

Running::Running(assembly::Assembly& made, Outside& links, const loop::ThreadSettings& threads,
                 const RunOptions& options)
    : assembly(made),
      outside(links),
      field_paced(threads.pacing == loop::Pacing::field),
      channels(made.bundle.plant, made.cycle->prototype(), 512, patience_ns(made.bundle.site),
               state_bytes(*made.cycle)),
      drain(channels, made.bundle.plant, made.layout, links.journal.get(), links.log.get(),
            links.publisher.get(), board, field_paced ? wire::Pacing::field : wire::Pacing::wall,
            drain_settings(threads, options)),
      control(*made.cycle, channels, threads),
      io(channels, made.bundle.plant, *links.field, links.operators.get(), board,
         io_settings(made, threads.pacing, links.log.get())) {}

/// Controllers and estimators that may be the ones that do not return: of workers, those that owe a
/// result, else all; of the control thread, those it steps or waits for.
std::string Running::suspects(bool beside) const {
  std::string owing, all;
  const auto& controllers = assembly.bundle.control.controllers;
  for (std::size_t i = 0; i < controllers.size(); ++i) {
    const bool on_worker = controllers[i].latency_cycles > 0;
    if (beside ? !on_worker : on_worker && !field_paced) continue;
    const std::string name = "'" + controllers[i].name + "'";
    all += (all.empty() ? "" : ", ") + name;
    if (beside && drain.owes(static_cast<domain::ControllerId>(i))) {
      owing += (owing.empty() ? "" : ", ") + name;
    }
  }
  for (const config::EstimatorConfig& estimator : assembly.bundle.control.estimators) {
    const bool on_worker = estimator.latency_cycles > 0;
    if (beside ? !on_worker : on_worker && !field_paced) continue;
    all += (all.empty() ? "'" : ", '") + estimator.name + "'";
  }
  return !owing.empty() ? owing : all.empty() ? "none is configured there" : "one of " + all;
}

/// For a control thread that does not come back: what it has recorded goes to the disk.
void Running::flush_now() {
  drain.end_now();
  const auto until = std::chrono::steady_clock::now() + kFlushPatience;
  while (!drain.ended() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void Running::stop() {
  {
    const LastResort patience(kStopPatience, [this] {
      flush_now();
      say("the control thread does not come back; controller: " + suspects(false) +
          ". The journal is written, the process ends without it.");
    });
    io.stop();
    channels.stop.store(true);
    control.join();
  }
  const LastResort patience(kStorePatience, [] {
    say("the disk of the journal or the log does not answer. The process ends; the newest records "
        "may be missing.");
  });
  domain::Record* last = nullptr;
  while ((last = channels.records.claim()) == nullptr) channels.records.wait_writable();
  last->cycle = loop::kStopCycle;
  channels.records.publish();
  drain.join();
}

/// Workers are waited for when the cycle goes: a plugin that hangs would keep the process for ever.
void end_controllers(Running& running, const std::string& suspects) {
  const LastResort patience(kStopPatience, [&] {
    say("a controller does not return from its step: " + suspects +
        ". The journal is written, the process ends without it.");
  });
  running.assembly.cycle.reset();
}

}  // namespace

int run(const RunOptions& options) {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);  // a reader of our output that leaves takes no kiln with it
  const std::array<config::NewFile, 1> files = {{{"--summary", options.summary}}};
  if (const auto sound = config::check_new_files(files, options.force); !sound) {
    complain(sound.error());
    return 2;
  }
  auto bundle = config::load_bundle(options.files.site, options.files.kiln, options.files.recipe,
                                    options.files.control);
  if (!bundle) return complain(bundle.error());
  loop::ThreadSettings threads = thread_settings(bundle.value().site);
  threads.cycles = static_cast<std::uint64_t>(
      std::llround(options.for_s * 1e9 / static_cast<double>(threads.period_ns)));

  assembly::AssemblyOptions how;
  how.plugin_dirs = options.plugin_dirs;
  how.roster.lateness = threads.pacing == loop::Pacing::field ? control::Lateness::awaited
                                                              : control::Lateness::measured;
  how.roster.allocations = options.allocations;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (!made) return complain(made.error());
  assembly::Assembly& assembly = *made.value();

  Outside outside;
  if (!open_stores(assembly, options, outside) || !open_links(assembly, outside)) return 1;
  if (outside.journal != nullptr) threads.last_cycle = outside.journal->last_cycle();
  Running running(assembly, outside, threads, options);

  queue_switch_on(options, *assembly.cycle);
  running.drain.start();
  for (const std::string& line : running.control.start()) {
    outside.log->write(domain::Severity::info, line);
  }
  for (const std::string& line : assembly.cycle->roster().worker_lines()) {
    outside.log->write(domain::Severity::info, line);
  }
  for (const std::string& line : assembly.worker_lines) {
    outside.log->write(domain::Severity::info, line);
  }
  running.io.start();
  wait_for_end(running.channels);

  running.stop();
  int code = 0;
  print_summary(std::cout, assembly, running.drain, running.channels, outside.journal.get());
  if (!options.summary.empty()) {
    const auto figures = write_summary(options.summary, assembly, running.drain, running.channels,
                                       outside.journal.get());
    if (!figures) code = complain(figures.error());
    if (figures) std::cout << config::wrote(options.summary, figures.value(), "figures");
  }
  end_controllers(running, running.suspects(true));
  return code;
}

}  // namespace saggar::app
