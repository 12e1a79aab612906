#include "hil/suite/over_wire.hpp"

#include <chrono>

#include "runtime/config/bundle.hpp"

namespace saggar::suite {
namespace {

using std::chrono::milliseconds;

/// A run in lockstep; problems are texts, empty when there is none.
class Lockstep {
 public:
  explicit Lockstep(TwoProcesses& bench) : bench_(bench) {}

  std::string drive();
  std::string judge(CaseResult& result) const;

 private:
  std::string one_cycle(std::uint64_t cycle);

  TwoProcesses& bench_;
  Seen seen_;
  const volatile int never_ = 0;
};

std::string Lockstep::one_cycle(std::uint64_t cycle) {
  const double time_s = static_cast<double>(cycle - 1) * bench_.period_s;
  People& people = *bench_.people;
  std::string problem;
  if (people.look(time_s)) problem = bench_.desk->see(cycle - 1, seen_);
  std::vector<domain::Intent> intents;
  people.ask(cycle, time_s, seen_, intents);
  if (problem.empty()) problem = bench_.desk->tell(intents, true);
  if (!problem.empty()) return bench_.hanging() + " (" + problem + ")";
  const auto limit = milliseconds(static_cast<long>(1000 * bench_.options.silence_s));
  if (!bench_.field->exchange(limit, &never_)) return bench_.hanging();
  bench_.field->advance();
  return {};
}

std::string Lockstep::drive() {
  for (std::uint64_t cycle = 1; cycle <= bench_.cycles; ++cycle) {
    if (std::string problem = one_cycle(cycle); !problem.empty()) return problem;
  }
  const std::string how = bench_.process.wait_for(bench_.options.silence_s);
  if (how.empty()) return "the runtime did not end by itself";
  return how == "exit code 0" ? std::string() : "the runtime ended: " + how;
}

std::string Lockstep::judge(CaseResult& result) const {
  const scenario::Case& one = bench_.one;
  auto journal = bench_.journal();
  if (!journal) return journal.error().text();
  record::JournalReader& reader = *journal.value();
  auto again = bench_.same_kiln();
  if (!again) return again.error().text();
  kiln::Kiln& kiln = *again.value();
  Observers observers(one, bench_.bundle->plant, kiln, reader.runs().front().layout.names);
  domain::Frame shown(kiln.tags().size());
  domain::Ack ack(kiln.mv_count());
  std::uint64_t records = 0;
  for (auto more = reader.next(); records < bench_.cycles; more = reader.next()) {
    if (!more) return more.error().text();
    if (!more.value()) break;
    const domain::Record& record = reader.record();
    kiln.read(shown);
    if (std::string problem = bench_.differs(record, shown); !problem.empty()) return problem;
    kiln.apply(record.command, ack);
    kiln.advance(bench_.period_s);
    observers.add(record);
    ++records;
  }
  if (records != bench_.cycles) {
    return "the journal has " + std::to_string(records) + " of " + std::to_string(bench_.cycles) +
           " cycles";
  }
  if (!one.story.bench.measures_time) result.hash = record::hex(reader.chain());
  std::vector<faults::Statement> faults = kiln.fault_statements();
  for (const faults::Fault& fault : events_of(one.story, faults::RealisedBy::line)) {
    faults.push_back(
        {fault, faults::State::not_realised,
         "a bench in lockstep has no line between kiln and runtime: run it in process"});
  }
  observers.tell(faults, result);
  return {};
}

/// What a story has that nothing can show in lockstep; empty if all of it can be.
std::string no_place(const scenario::Scenario& story) {
  const std::string where =
      " has no place on a bench in lockstep: run it in process, or in real time";
  if (story.bench.measures_time) return "bench.measures_time" + where;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    if (story.events[i].fault != faults::Kind::link_loss) continue;
    return "event[" + std::to_string(i) + "]: link_loss" + where;
  }
  return {};
}

}  // namespace

CaseResult run_case_over_wire(const scenario::Case& one, const WireOptions& options) {
  if (const std::string why = no_place(one.story); !why.empty()) {
    CaseResult refused = blank_result(one);
    tell_refusal(one, why, refused);
    return refused;
  }
  return run_two_processes(one, options, config::Pacing::field,
                           [](TwoProcesses& bench, CaseResult& result) {
                             Lockstep run(bench);
                             const std::string problem = run.drive();
                             return problem.empty() ? run.judge(result) : problem;
                           });
}

}  // namespace saggar::suite
