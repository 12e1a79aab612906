#include "hil/suite/over_wire.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <thread>

#include "hil/bridge/field.hpp"
#include "hil/suite/people.hpp"
#include "runtime/config/bundle.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/event_text.hpp"
#include "runtime/record/journal_reader.hpp"
#include "runtime/wire/operator_link.hpp"

extern char** environ;

namespace saggar::suite {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kAnswer(30000);
/// The runtime shows no two states in less than 100 ms of wall time: after a longer rest it shows
/// that of the very next cycle.
constexpr milliseconds kRest(120);

/// A child process; killed when it is no longer wanted.
class Process {
 public:
  Process() = default;
  ~Process() { end(SIGKILL); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool start(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return ::posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) == 0;
  }
  /// Empty while it runs, else how it ended.
  std::string ended() {
    if (pid_ <= 0) return how_;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return {};
    pid_ = 0;
    how_ = WIFSIGNALED(status) ? std::string("signal ") + ::strsignal(WTERMSIG(status))
                               : "exit code " + std::to_string(WEXITSTATUS(status));
    return how_;
  }
  std::string wait_for(double seconds) {
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    std::string how = ended();
    while (how.empty() && Clock::now() < until) {
      ::usleep(5000);
      how = ended();
    }
    return how;
  }
  void end(int signal) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
  std::string how_;
};

/// A local address that no path limits: of the abstract name space, one per process.
std::string inside(const char* what) {
  return "ipc://@saggar-hil-" + std::to_string(::getpid()) + "-" + what;
}

/// One run over the wire; problems are texts, empty when there is none.
class WireRun {
 public:
  WireRun(const scenario::Case& one, const WireOptions& options) : one_(one), options_(options) {}

  std::string prepare();
  std::string drive();
  std::string judge(CaseResult& result);
  void clean() const;

 private:
  std::string start_runtime(const config::SiteConfig& site);
  std::string connect();
  std::string one_cycle(std::uint64_t cycle);
  std::string tell(const std::vector<domain::Intent>& intents);
  wire::IntentByName by_name(const domain::Intent& intent) const;
  std::string see(std::uint64_t cycle);
  fs::path file(const char* name) const { return options_.folder / name; }
  std::string hanging() {
    const std::string how = process_.wait_for(0.5);
    return how.empty() ? "the runtime does not answer" : "the runtime ended: " + how;
  }

  const scenario::Case& one_;
  const WireOptions& options_;
  std::unique_ptr<config::Bundle> bundle_;
  record::Names names_;
  std::unique_ptr<kiln::Kiln> kiln_;
  wire::Context context_;
  std::unique_ptr<wire::FieldServer> server_;
  std::unique_ptr<wire::OperatorClient> desk_;
  std::unique_ptr<bridge::Field> field_;
  std::unique_ptr<People> people_;
  Process process_;
  Seen seen_;
  std::uint64_t cycles_ = 0;
  double period_s_ = 1;
  const volatile int never_ = 0;
};

record::Names names_of(const config::Bundle& bundle) {
  std::vector<std::string> controllers;
  for (const auto& controller : bundle.control.controllers) controllers.push_back(controller.name);
  std::array<std::vector<std::string>, domain::kDutyCount> rungs;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    rungs[d] = bundle.control.ladder.of(static_cast<domain::Duty>(d)).rungs;
  }
  return record::make_names(bundle.plant, std::move(controllers), std::move(rungs));
}

std::string WireRun::prepare() {
  const scenario::BenchFiles& f = one_.files;
  auto bundle = config::load_bundle(f.site, f.kiln, f.recipe, f.control);
  if (!bundle) return bundle.error().text();
  bundle_ = std::make_unique<config::Bundle>(std::move(bundle).value());
  if (bundle_->site.cycle.pacing != config::Pacing::field) {
    return f.site.string() + ": cycle.pacing must be \"field\" for a bench in virtual time";
  }
  auto kiln = make_kiln(*bundle_, f.plant, one_.seed, one_.story.bench.drawn);
  if (!kiln) return kiln.error().text();
  kiln_ = std::move(kiln).value();
  period_s_ = bundle_->site.period_s();
  cycles_ = static_cast<std::uint64_t>(std::ceil(one_.story.bench.duration_s / period_s_));
  kiln_->agree_heartbeat(period_s_);
  kiln_->schedule(events_of(one_.story, faults::RealisedBy::kiln));
  names_ = names_of(*bundle_);
  auto people = People::make(one_.story, bundle_->plant, names_);
  if (!people) return people.error().text();
  people_ = std::make_unique<People>(std::move(people).value());
  auto server = wire::FieldServer::bind(context_, {"tcp://127.0.0.1:*", "tcp://127.0.0.1:*"},
                                        bundle_->plant.name, kiln_->tags());
  if (!server) return server.error().text();
  server_ = std::move(server).value();
  field_ = std::make_unique<bridge::Field>(*kiln_, *server_, nullptr, period_s_, options_.silence_s,
                                           std::cerr);
  return start_runtime(bundle_->site);
}

std::string WireRun::start_runtime(const config::SiteConfig& as_given) {
  config::SiteConfig site = as_given;
  site.endpoints = {server_->endpoints().frames, server_->endpoints().commands, inside("operator"),
                    inside("records"), ""};
  site.journal.enabled = true;
  site.journal.path = fs::absolute(file("run.journal")).string();
  site.log.level = config::LogLevel::warn;
  const auto written = config::write_new_file(file("site.toml").string(), config::save_text(site));
  if (!written) return written.error().text();
  const scenario::BenchFiles& f = one_.files;
  std::vector<std::string> words = {options_.program.string(),
                                    "run",
                                    "--site",
                                    file("site.toml").string(),
                                    "--kiln",
                                    f.kiln,
                                    "--recipe",
                                    f.recipe,
                                    "--control",
                                    f.control,
                                    "--journal",
                                    site.journal.path,
                                    "--for",
                                    std::to_string(static_cast<double>(cycles_) * period_s_)};
  for (const fs::path& folder : options_.plugin_dirs) {
    words.insert(words.end(), {"--plugins", folder.string()});
  }
  if (!process_.start(words)) return options_.program.string() + ": cannot be started";
  return connect();
}

std::string WireRun::connect() {
  auto desk = wire::OperatorClient::connect(context_, inside("operator"));
  if (!desk) return desk.error().text();
  desk_ = std::move(desk).value();
  const auto until = Clock::now() + std::chrono::duration<double>(options_.silence_s);
  while (Clock::now() < until) {
    const std::string how = process_.ended();
    if (!how.empty()) return "the runtime did not start: " + how;
    if (desk_->status(milliseconds(200))) return {};
  }
  return hanging();
}

wire::IntentByName WireRun::by_name(const domain::Intent& intent) const {
  wire::IntentByName out;
  out.id = intent.id;
  out.not_before = intent.not_before;
  out.kind = intent.kind;
  if (intent.mv != domain::kNoMv) out.mv = names_.mvs[intent.mv];
  out.duty = intent.duty;
  out.mode = intent.mode;
  out.rung = intent.rung;
  if (intent.controller != domain::kNoController) {
    out.controller = names_.controllers[intent.controller];
  }
  out.value = intent.value;
  out.key = std::string(intent.key.view());
  out.who = std::string(intent.who.view());
  out.station = std::string(intent.station.view());
  out.reason = std::string(intent.reason.view());
  return out;
}

/// Sends intents, and makes sure that the runtime has them before its next frame.
std::string WireRun::tell(const std::vector<domain::Intent>& intents) {
  if (intents.empty()) return {};
  for (const domain::Intent& intent : intents) {
    const auto sent = desk_->post(by_name(intent), kAnswer);
    if (!sent) return sent.error().text();
  }
  return desk_->status(kAnswer) ? std::string() : hanging();
}

/// What people see of this cycle, once the runtime shows it.
std::string WireRun::see(std::uint64_t cycle) {
  const auto until = Clock::now() + kAnswer;
  while (Clock::now() < until) {
    const auto digest = desk_->status(kAnswer);
    if (!digest) return hanging();
    if (digest.value().cycle < cycle) continue;
    for (const wire::DigestDuty& duty : digest.value().duties) {
      const auto d = static_cast<std::size_t>(duty.duty);
      seen_.rung[d] = duty.rung;
      seen_.applications[d] = duty.state;
    }
    return {};
  }
  return "the runtime does not show cycle " + std::to_string(cycle);
}

std::string WireRun::one_cycle(std::uint64_t cycle) {
  const double time_s = static_cast<double>(cycle - 1) * period_s_;
  if (people_->look(time_s + period_s_)) std::this_thread::sleep_for(kRest);
  if (people_->look(time_s)) {
    if (std::string problem = see(cycle - 1); !problem.empty()) return problem;
  }
  std::vector<domain::Intent> intents;
  people_->ask(cycle, time_s, seen_, intents);
  if (std::string problem = tell(intents); !problem.empty()) return problem;
  const auto limit = milliseconds(static_cast<long>(1000 * options_.silence_s));
  if (!field_->exchange(limit, &never_)) {
    return kiln_->link_down() ? "link_loss has no place on a bench in lockstep: run it in process"
                              : hanging();
  }
  field_->advance();
  return {};
}

std::string WireRun::drive() {
  for (std::uint64_t cycle = 1; cycle <= cycles_; ++cycle) {
    if (std::string problem = one_cycle(cycle); !problem.empty()) return problem;
  }
  const std::string how = process_.wait_for(options_.silence_s);
  if (how.empty()) return "the runtime did not end by itself";
  return how == "exit code 0" ? std::string() : "the runtime ended: " + how;
}

/// Where a recorded frame is not what this kiln shows; empty when it is.
std::string different(const domain::Frame& recorded, const domain::Frame& shown,
                      const record::Names& names) {
  for (std::size_t i = 0; i < shown.samples.size(); ++i) {
    const domain::Sample &a = recorded.samples[i], &b = shown.samples[i];
    if (std::memcmp(&a.value, &b.value, sizeof a.value) == 0 && a.quality == b.quality) continue;
    return names.tags[i];
  }
  return {};
}

std::string WireRun::judge(CaseResult& result) {
  auto journal = record::JournalReader::open(file("run.journal").string());
  if (!journal) return journal.error().text();
  record::JournalReader& reader = *journal.value();
  auto again = make_kiln(*bundle_, one_.files.plant, one_.seed, one_.story.bench.drawn);
  if (!again) return again.error().text();
  kiln::Kiln& kiln = *again.value();
  kiln.agree_heartbeat(period_s_);
  kiln.schedule(events_of(one_.story, faults::RealisedBy::kiln));
  Observers observers(one_, bundle_->plant, kiln, reader.runs().front().layout.names);
  domain::Frame shown(kiln.tags().size());
  domain::Ack ack(kiln.mv_count());
  std::uint64_t records = 0;
  for (auto more = reader.next(); records < cycles_; more = reader.next()) {
    if (!more) return more.error().text();
    if (!more.value()) break;
    const domain::Record& record = reader.record();
    kiln.read(shown);
    const std::string tag = different(record.frame, shown, names_);
    if (!tag.empty()) {
      return "at cycle " + std::to_string(record.cycle) + " the runtime saw another value of " +
             tag + " than this kiln shows";
    }
    kiln.apply(record.command, ack);
    kiln.advance(period_s_);
    observers.add(record);
    ++records;
  }
  if (records != cycles_) {
    return "the journal has " + std::to_string(records) + " of " + std::to_string(cycles_) +
           " cycles";
  }
  if (!one_.story.bench.measures_time) result.hash = record::hex(reader.chain());
  std::vector<faults::Statement> faults = kiln.fault_statements();
  for (const faults::Fault& fault : events_of(one_.story, faults::RealisedBy::line)) {
    faults.push_back(
        {fault, faults::State::not_realised,
         "a bench in lockstep has no line between kiln and runtime: run it in process"});
  }
  observers.tell(faults, result);
  return {};
}

void WireRun::clean() const {
  std::error_code ignored;
  fs::remove(file("site.toml"), ignored);
  if (options_.keep_journal) return;
  for (const char* end : {"", "-wal", "-shm", "-lock"}) {
    fs::remove(file("run.journal").string() + end, ignored);
  }
  fs::remove(options_.folder, ignored);  // if nothing is left in it
}

}  // namespace

CaseResult run_case_over_wire(const scenario::Case& one, const WireOptions& options) {
  const auto began = Clock::now();
  CaseResult result = blank_result(one);
  std::error_code ignored;
  fs::create_directories(options.folder, ignored);
  WireRun run(one, options);
  std::string problem = run.prepare();
  if (!problem.empty()) {
    tell_refusal(one, problem, result);
    run.clean();
    return result;
  }
  problem = run.drive();
  if (problem.empty()) problem = run.judge(result);
  run.clean();
  result.hours = one.story.bench.duration_s / 3600.0;
  result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  result.problem = problem;
  if (problem.empty()) conclude(result);
  return result;
}

}  // namespace saggar::suite
