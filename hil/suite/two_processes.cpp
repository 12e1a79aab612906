#include "hil/suite/two_processes.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "runtime/config/bundle.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/record/event_text.hpp"

namespace saggar::suite {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A local address that no path limits: of the abstract name space, one per process.
std::string inside(const char* what) {
  return "ipc://@saggar-hil-" + std::to_string(::getpid()) + "-" + what;
}

record::Names names_of(const config::Bundle& bundle) {
  std::vector<std::string> controllers;
  for (const auto& controller : bundle.control.controllers) controllers.push_back(controller.name);
  std::array<std::vector<std::string>, domain::kDutyCount> rungs;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    rungs[d] = bundle.control.ladder.of(static_cast<domain::Duty>(d)).rungs;
  }
  return record::make_names(bundle.plant, std::move(controllers), std::move(rungs));
}

}  // namespace

std::string TwoProcesses::prepare(config::Pacing pacing) {
  const scenario::BenchFiles& f = one.files;
  auto loaded = config::load_bundle(f.site, f.kiln, f.recipe, f.control);
  if (!loaded) return loaded.error().text();
  bundle = std::make_unique<config::Bundle>(std::move(loaded).value());
  period_s = bundle->site.period_s();
  // In virtual time the counter goes with the cycle, by the wall clock with the watchdog.
  const double beat_s = bundle->site.watchdog.heartbeat_s;
  heartbeat_s_ = pacing == config::Pacing::wall ? std::min(period_s, beat_s) : period_s;
  cycles = static_cast<std::uint64_t>(std::ceil(one.story.bench.duration_s / period_s));
  auto made = same_kiln();
  if (!made) return made.error().text();
  kiln = std::move(made).value();
  names = names_of(*bundle);
  auto asked = People::make(one.story, bundle->plant, names);
  if (!asked) return asked.error().text();
  people = std::make_unique<People>(std::move(asked).value());
  auto bound = wire::FieldServer::bind(context, {"tcp://127.0.0.1:*", "tcp://127.0.0.1:*"},
                                       bundle->plant.name, kiln->tags());
  if (!bound) return bound.error().text();
  server = std::move(bound).value();
  const double shed_s =
      pacing == config::Pacing::wall ? bundle->site.watchdog.shed_s : options.silence_s;
  field = std::make_unique<bridge::Field>(*kiln, *server, nullptr, period_s, shed_s, std::cerr);
  return start_runtime(pacing);
}

domain::Result<std::unique_ptr<kiln::Kiln>> TwoProcesses::same_kiln() const {
  auto made = make_kiln(*bundle, one.files.plant, one.seed, one.story.bench.drawn);
  if (!made) return made.error();
  made.value()->agree_heartbeat(heartbeat_s_);
  made.value()->schedule(events_of(one.story, faults::RealisedBy::kiln));
  return made;
}

std::string TwoProcesses::start_runtime(config::Pacing pacing) {
  config::SiteConfig site = bundle->site;
  site.cycle.pacing = pacing;
  site.endpoints = {server->endpoints().frames, server->endpoints().commands, inside("operator"),
                    inside("records"), ""};
  site.journal.enabled = true;
  site.journal.path = fs::absolute(file("run.journal")).string();
  site.log.level = config::LogLevel::warn;
  const auto written = config::write_new_file(file("site.toml").string(), config::save_text(site));
  if (!written) return written.error().text();
  const scenario::BenchFiles& f = one.files;
  std::vector<std::string> words = {options.program.string(),
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
                                    site.journal.path};
  if (pacing == config::Pacing::field) {  // by the wall clock the bench says when the story is over
    words.insert(words.end(), {"--for", std::to_string(static_cast<double>(cycles) * period_s)});
  }
  for (const fs::path& folder : options.plugin_dirs) {
    words.insert(words.end(), {"--plugins", folder.string()});
  }
  if (!process.start(words, file("runtime.err").string()))
    return options.program.string() + ": cannot be started";
  return wait_for_answer();
}

std::string TwoProcesses::wait_for_answer() {
  auto connected = Desk::connect(context, inside("operator"), names);
  if (!connected) return connected.error().text();
  desk = std::move(connected).value();
  const auto until = Clock::now() + std::chrono::duration<double>(options.silence_s);
  while (Clock::now() < until) {
    const std::string how = process.ended();
    if (!how.empty()) {
      const std::string why = said();
      return why.empty() ? "the runtime did not start: " + how : why;
    }
    if (desk->answers(0.2)) return {};
  }
  return hanging();
}

std::string TwoProcesses::said() const {
  std::ifstream in(file("runtime.err"));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string TwoProcesses::hanging() {
  const std::string how = process.wait_for(0.5);
  return how.empty() ? "the runtime does not answer" : "the runtime ended: " + how;
}

domain::Result<std::unique_ptr<record::JournalReader>> TwoProcesses::journal() const {
  return record::JournalReader::open(file("run.journal").string());
}

std::string TwoProcesses::differs(const domain::Record& record, const domain::Frame& shown) const {
  for (std::size_t i = 0; i < shown.samples.size(); ++i) {
    const domain::Sample &a = record.frame.samples[i], &b = shown.samples[i];
    if (std::memcmp(&a.value, &b.value, sizeof a.value) == 0 && a.quality == b.quality) continue;
    return "at cycle " + std::to_string(record.cycle) + " the runtime saw another value of " +
           names.tags[i] + " than this kiln shows";
  }
  return {};
}

void TwoProcesses::clean() const {
  if (const std::string text = said(); !text.empty()) std::cerr << text << "\n";
  std::error_code ignored;
  fs::remove(file("site.toml"), ignored);
  fs::remove(file("runtime.err"), ignored);
  if (options.keep_journal) return;
  for (const char* end : {"", "-wal", "-shm", "-lock"}) {
    fs::remove(file("run.journal").string() + end, ignored);
  }
  fs::remove(options.folder, ignored);  // if nothing is left in it
}

CaseResult run_two_processes(
    const scenario::Case& one, const WireOptions& options, config::Pacing pacing,
    const std::function<std::string(TwoProcesses& bench, CaseResult& result)>& run) {
  const auto began = Clock::now();
  CaseResult result = blank_result(one);
  std::error_code ignored;
  std::filesystem::create_directories(options.folder, ignored);
  TwoProcesses bench(one, options);
  std::string problem = bench.prepare(pacing);
  if (!problem.empty()) {
    tell_refusal(one, problem, result);
    bench.clean();
    return result;
  }
  problem = run(bench, result);
  bench.clean();
  result.hours = one.story.bench.duration_s / 3600.0;
  result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  result.problem = problem;
  if (problem.empty()) conclude(result);
  return result;
}

}  // namespace saggar::suite
