// 100,000 cycles with every shipped plugin of this kiln: no allocation, lock, wait or write on the
// control thread, neither in the cycle nor where its parts are handed to the other threads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "runtime/config/load.hpp"
#include "runtime/loop/control_thread.hpp"
#include "tests/closed_loop/harm.hpp"
#include "tests/support/gate.hpp"

namespace saggar {
namespace {

constexpr int kCycles = 100'000;

void add(gate::Counts& sum, const gate::Counts& counts) {
  sum.allocations += counts.allocations;
  sum.frees += counts.frees;
  sum.locks += counts.locks;
  sum.waits += counts.waits;
  sum.writes += counts.writes;
  sum.available = counts.available;
}

void expect_none(const gate::Counts& sum, int cycles = kCycles) {
  EXPECT_EQ(sum.allocations, 0U);
  EXPECT_EQ(sum.frees, 0U);
  EXPECT_EQ(sum.locks, 0U);
  EXPECT_EQ(sum.waits, 0U);
  EXPECT_EQ(sum.writes, 0U);
  // A count means something only where the gate could see the call.
  EXPECT_TRUE(sum.available);
  const auto note = [](const char* what, std::uint64_t count) {
    ::testing::Test::RecordProperty(what, std::to_string(count));
  };
  note("cycles", static_cast<std::uint64_t>(cycles));
  note("allocations", sum.allocations);
  note("frees", sum.frees);
  note("locks", sum.locks);
  note("waits", sum.waits);
  note("writes", sum.writes);
}

TEST(GateRun, AHundredThousandCyclesAllocateLockAndWriteNothing) {
  auto run = testing::start(testing::p2_files());
  testing::switch_on(*run);
  gate::Counts sum;
  domain::Record record = run->record();
  domain::Ack ack(run->plant().mvs.size());
  for (int i = 0; i < kCycles; ++i) {
    run->kiln().read(record.frame);
    ++record.cycle;
    record.frame.sequence = record.cycle;
    record.frame.link_up = true;
    record.time_ns = record.frame.time_ns;
    {
      const gate::Scope scope;
      run->assembly().cycle->run(record);
      add(sum, scope.counts());
    }
    run->kiln().apply(record.command, ack);
    run->kiln().advance(1.0);
  }
  expect_none(sum);
}

// A controller that swings from edge to edge keeps the whole of the filter busy, and trust has two
// groups to look after; it loses them when it loses its seat.
TEST(GateRun, AFilterThatInterferesAndTrustThatIsLostAllocateLockAndWriteNothing) {
  constexpr int kBusyCycles = 6000;
  testing::HarmSetUp how;
  how.animal = "asks_bang_bang";
  how.adjust = [](config::ControlConfig& control) {
    config::TrustConfig trust;
    trust.controller = "subject";
    trust.level = domain::Level::full;
    trust.groups = {{"canary", {"zone13.*"}}};
    control.trust = {trust};
    control.guard.intervention_percent = 50;
    control.guard.intervention_window_s = 1800;
  };
  testing::Harm harm(how);
  gate::Counts sum;
  std::uint64_t changed = 0, planned = 0, driven = 0;
  for (int i = 0; i < kBusyCycles; ++i) {
    harm.see();
    {
      const gate::Scope scope;
      harm.decide();
      add(sum, scope.counts());
    }
    harm.act();
    const filter::Verdict verdict = harm.assembly().cycle->filter()->outcome().verdict;
    changed += verdict == filter::Verdict::changed || verdict == filter::Verdict::fallen ? 1 : 0;
    planned += verdict == filter::Verdict::caught ? 1 : 0;
    driven += harm.record().decisions[0].rung == 0 ? 1 : 0;
  }
  expect_none(sum, kBusyCycles);
  EXPECT_GT(changed, 100U);
  EXPECT_GT(planned, 10U);
  EXPECT_GT(driven, 500U);
  EXPECT_FALSE(harm.record().trust.empty());
}

/// P2 with a second PID beside the first, which answers two cycles later from a thread of its own.
/// @param control file of the repository
std::unique_ptr<assembly::Assembly> with_a_deferred_controller(const std::string& control_file) {
  const suite::InProcessFiles files = testing::p2_files(control_file);
  auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!bundle) throw std::runtime_error(bundle.error().text());
  config::ControlConfig& control = bundle.value().control;
  config::ControllerConfig slow = control.controllers.front();
  slow.name = "slow";
  slow.latency_cycles = 2;
  control.controllers.push_back(slow);
  control.ladder.heat.rungs = {"pid", "slow", "hold", "recipe"};
  assembly::AssemblyOptions how;
  how.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
  how.roster.lateness = control::Lateness::measured;  // wall pacing: nothing is ever waited for
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// The threads that the control thread hands its work to, until the end of the test.
class OtherThreads {
 public:
  OtherThreads(loop::Channels& channels, std::size_t mvs)
      : channels_(channels), field_(domain::Command(mvs)) {
    drain_ = std::thread([this] { drain(); });
    io_ = std::thread([this] { io(); });
  }
  ~OtherThreads() {
    ended_ = true;
    drain_.join();
    io_.join();
  }
  std::uint64_t records() const { return records_; }
  std::uint64_t states() const { return states_; }
  std::uint64_t commands() const { return commands_; }
  std::uint64_t answers() const { return answers_; }
  /// Waits until the others have what was theirs so far, so that the run shows the same on a busy
  /// machine: all records, and at least one command since the last call.
  void catch_up() {
    while (channels_.records.size() != 0 || commands_ == caught_up_) std::this_thread::yield();
    caught_up_ = commands_;
  }
  /// What the field got since the last call, or nullptr.
  const domain::Command* command() { return field_.take(); }

 private:
  void drain() {
    while (!ended_) {
      if (channels_.records.front() == nullptr) {
        std::this_thread::yield();
        continue;
      }
      while (channels_.states.front() != nullptr) channels_.states.pop(), ++states_;
      channels_.records.pop();
      ++records_;
    }
  }
  void io() {
    domain::Intent intent;
    intent.kind = domain::IntentKind::acknowledge;
    intent.who.assign("operator");
    intent.station.assign("panel");
    intent.reason.assign("test");
    while (!ended_) {
      if (const domain::Command* command = channels_.outbox.take()) {
        field_.writable() = *command;
        field_.publish();
        if (++commands_ % 100 == 0) ++intent.id, channels_.intents.push(intent);
      }
      while (channels_.answers.front() != nullptr) channels_.answers.pop(), ++answers_;
      std::this_thread::yield();
    }
  }

  loop::Channels& channels_;
  exchange::latest<domain::Command> field_;
  std::uint64_t caught_up_ = 0;
  std::atomic<bool> ended_{false};
  std::atomic<std::uint64_t> records_{0}, states_{0}, commands_{0}, answers_{0};
  std::thread drain_, io_;
};

struct Handed {
  gate::Counts sum;
  std::uint64_t records = 0, states = 0, commands = 0, answers = 0;
};

/// Runs the control thread's part of `cycles` cycles beside other threads.
/// @param rests each so many cycles, the workers come to rest, as they would in cycles of a second
Handed hand_over(assembly::Assembly& assembly, int cycles, int rests) {
  auto plant = testing::start(testing::p2_files());  // for its kiln
  kiln::Kiln& kiln = plant->kiln();
  std::vector<std::uint8_t> state;
  assembly.cycle->snapshot(state);
  loop::Channels channels(assembly.bundle.plant, assembly.cycle->prototype(), 512, 1'000'000'000,
                          state.size());
  loop::ThreadSettings settings;
  settings.snapshot_cycles = 600;
  settings.pacing = loop::Pacing::wall;
  loop::ControlThread control(*assembly.cycle, channels, settings);
  OtherThreads others(channels, assembly.bundle.plant.mvs.size());
  domain::Intent on;
  on.kind = domain::IntentKind::switch_on;
  on.who.assign("operator");
  on.station.assign("panel");
  on.reason.assign("test");
  EXPECT_TRUE(assembly.cycle->offer(on));

  Handed handed;
  domain::Frame frame = assembly.cycle->prototype().frame;
  domain::Ack ack(assembly.bundle.plant.mvs.size());
  for (int i = 0; i < cycles; ++i) {
    kiln.read(frame);
    frame.sequence = static_cast<std::uint64_t>(i) + 1;
    frame.link_up = true;
    {
      const gate::Scope scope;
      control.one(frame, frame.time_ns, frame.time_ns, 0);
      if (i > 0) add(handed.sum, scope.counts());  // from the second cycle on
    }
    if (const domain::Command* command = others.command()) kiln.apply(*command, ack);
    kiln.advance(1.0);
    if (i % 50 == 49) others.catch_up();
    while (rests > 0 && i % rests == rests - 1 && !assembly.cycle->at_rest()) {
      std::this_thread::yield();
    }
  }
  handed.records = others.records();
  handed.states = others.states();
  handed.commands = others.commands();
  handed.answers = others.answers();
  return handed;
}

TEST(GateRun, HandingOverToTheOtherThreadsAllocatesLocksAndWritesNothing) {
  const auto assembly = with_a_deferred_controller("pid.toml");
  const Handed handed = hand_over(*assembly, kCycles, 0);
  expect_none(handed.sum);
  // The run was a real one: the other threads got what was theirs.
  EXPECT_GT(handed.records, static_cast<std::uint64_t>(kCycles) / 2);
  EXPECT_GT(handed.states, 50U);
  EXPECT_GT(handed.commands, 1000U);
  EXPECT_GT(handed.answers, 10U);
}

// The twin steps at cycles 30, 60, ..; each time it comes to rest before its values are due.
TEST(GateRun, AnEstimatorOfThousandsOfVirtualTagsAllocatesLocksAndWritesNothing) {
  const auto assembly = with_a_deferred_controller("pid-twin.toml");
  EXPECT_GT(assembly->bundle.plant.estimates.size(), 3000U);
  const Handed handed = hand_over(*assembly, 3000, 30);
  expect_none(handed.sum);
  EXPECT_GT(handed.records, 1500U);
  EXPECT_GE(handed.states, 4U);  // with the state of the twin, after 600 cycles each
}

}  // namespace
}  // namespace saggar
