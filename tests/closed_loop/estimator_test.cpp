// The twin in its seat: what a run of P2 with it gives, and that it gives the same again.
#include <gtest/gtest.h>

#include <cstdio>

#include "runtime/record/compare.hpp"
#include "tests/closed_loop/bench.hpp"
#include "tests/controllers/twin/reader.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar {
namespace {

suite::InProcessFiles with_twin() { return testing::p2_files("pid-twin.toml"); }

const domain::Sample& estimate(const suite::InProcess& run, std::string_view name) {
  const auto id = run.plant().estimates.find(name);
  if (!id) throw std::runtime_error("no virtual tag " + std::string(name));
  return run.record().estimate.samples[*id];
}

// Steps at cycles 30, 60, ..; each takes effect 5 cycles later.
TEST(EstimatorSeat, TheTwinsValuesTakeEffectFiveCyclesAfterTheirInputs) {
  auto run = testing::start(with_twin());
  run->cycles(34);
  EXPECT_EQ(estimate(*run, "row001.position").quality, domain::Quality::bad);
  EXPECT_EQ(run->record().estimators[0].status, domain::ProposalStatus::pending);
  run->cycle();
  ASSERT_EQ(run->record().cycle, 35U);
  EXPECT_EQ(run->record().estimators[0].status, domain::ProposalStatus::ok);
  EXPECT_EQ(run->record().estimators[0].job, domain::JobFact::fresh);
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 30U);
  // Uncertain while the rounds of the start last, as the twin says.
  EXPECT_EQ(estimate(*run, "row001.position").quality, domain::Quality::uncertain);
  EXPECT_EQ(estimate(*run, "row216.position").quality, domain::Quality::bad);  // P2 holds 212
  EXPECT_EQ(estimate(*run, "zone07.temperature").quality, domain::Quality::good);
  run->cycles(29);
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 30U);
  run->cycle();
  EXPECT_EQ(run->record().estimators[0].inputs_sequence, 60U);
}

TEST(EstimatorSeat, TheCoreOfWetPowderIsFarBelowItsZone) {
  auto run = testing::start(with_twin());
  run->cycles(301);
  const double zone = estimate(*run, "zone05.temperature").value;
  const double core = estimate(*run, "zone05.core.temperature").value;
  EXPECT_GT(zone - core, 100);  // docs/engineer/twin.md: 230 to 450 K at its most
  EXPECT_LT(zone - core, 500);
  EXPECT_GT(estimate(*run, "zone05.load").value, 0);
}

// The law by itself, fed by the reader of its own tests with the frames of cycles 30, 60, ..,
// says what the plugin says five cycles later, to the steps in which that is given (0.01 K, 1 mm,
// 1 W): every port is wired as it should be.
TEST(EstimatorSeat, TheTwinSeesWhatItsLawSeesInTheSameFrames) {
  auto run = testing::start(with_twin());
  const twin::Places places =
      twin::places_of(kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml"));
  twin::Twin law({}, places, {});
  twin::Reader reader(run->kiln(), places);
  twin::Measured measured(places);
  for (std::uint64_t c = 1; c <= 215; ++c) {
    if (c % 30 == 0) {
      reader.read(run->kiln(), measured);
      law.step(30, measured);
    }
    run->cycle();
    if (c < 35 || c % 30 != 5) continue;
    const twin::Seen& seen = law.seen();
    for (std::size_t row = 0; row < seen.count; ++row) {
      char name[64];
      std::snprintf(name, sizeof name, "row%03zu.core.temperature", row + 1);
      ASSERT_NEAR(estimate(*run, name).value, seen.core_degC.value[row], 0.005001) << c << name;
      std::snprintf(name, sizeof name, "row%03zu.position", row + 1);
      ASSERT_NEAR(estimate(*run, name).value, seen.position_m[row], 0.0005001) << c << name;
    }
    ASSERT_NEAR(estimate(*run, "zone08.load").value, 1e-3 * seen.zone_load_W[7], 0.0005001) << c;
  }
}

// All digits of 3,000 values and sigmas each 30 s would be 1,600 bytes per cycle.
TEST(EstimatorSeat, TheJournalKeepsTheTwinInLessThanAKilobyteACycle) {
  auto without = testing::start(testing::p2_files());
  auto with = testing::start(with_twin());
  for (auto* run : {without.get(), with.get()}) run->cycles(60);
  const std::uint64_t before = with->bytes() - without->bytes();
  for (auto* run : {without.get(), with.get()}) run->cycles(450);
  const double extra = static_cast<double>(with->bytes() - without->bytes() - before) / 450;
  ::testing::Test::RecordProperty("bytes_per_cycle", std::to_string(extra));
  std::printf("the twin adds %.0f bytes to a record\n", extra);
  EXPECT_LT(extra, 1000);
}

TEST(EstimatorSeat, ASnapshotWithTheTwinGoesOnBitForBit) {
  auto straight = testing::start(with_twin());
  testing::switch_on(*straight);
  straight->cycles(33);  // whatever is under way
  const std::vector<std::uint8_t> state = straight->snapshot();
  auto branch = testing::start(with_twin());
  ASSERT_TRUE(branch->restore(state));
  for (int i = 0; i < 180; ++i) {
    straight->cycle();
    branch->cycle();
    const auto differs = record::compare(straight->record(), branch->record(), straight->plant(),
                                         record::Depth::everything);
    ASSERT_FALSE(differs) << differs->text();
  }
}

/// The runtime of P2 from its files, with threads or as a replay, fed from outside.
std::unique_ptr<assembly::Assembly> runtime(exchange::Lateness lateness, bool threads) {
  const suite::InProcessFiles files = with_twin();
  auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!bundle) throw std::runtime_error(bundle.error().text());
  assembly::AssemblyOptions how;
  how.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
  how.roster.lateness = lateness;
  how.roster.threads = threads;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

// Beside the loop on a thread of its own, and again as a replay: the same records.
TEST(EstimatorSeat, AWorkerAndAReplayGiveTheRecordsOfTheLoopItself) {
  auto run = testing::start(with_twin());
  const auto worker = runtime(exchange::Lateness::awaited, true);
  const auto replay = runtime(exchange::Lateness::repeated, false);
  domain::Record beside = worker->cycle->prototype(), again = replay->cycle->prototype();
  for (int i = 0; i < 200; ++i) {
    run->cycle();
    const domain::Record& record = run->record();
    for (domain::Record* other : {&beside, &again}) {
      other->cycle = record.cycle;
      other->time_ns = record.time_ns;
      other->frame = record.frame;
    }
    worker->cycle->run(beside);
    replay->cycle->run(again, &record);
    for (const domain::Record* other : {&beside, &again}) {
      const auto differs = record::compare(record, *other, run->plant(), record::Depth::everything);
      ASSERT_FALSE(differs) << differs->text();
    }
  }
}

// A controller of the zoo whose input names virtual tags: it steps on what the twin says.
TEST(EstimatorSeat, APortOfAControllerReadsVirtualTags) {
  const suite::InProcessFiles files = with_twin();
  auto bundle = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  ASSERT_TRUE(bundle);
  config::ControllerConfig reads;
  reads.name = "reads";
  reads.plugin = std::string(SAGGAR_ZOO_DIR) + "/reads_cores.so";
  reads.period_cycles = 1;
  bundle.value().control.controllers.push_back(reads);
  bundle.value().control.ladder.heat.rungs = {"pid", "reads", "hold", "recipe"};
  assembly::AssemblyOptions how;
  how.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
  how.roster.threads = false;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  ASSERT_TRUE(made) << made.error().text();
  auto source = testing::start(with_twin());  // for its kiln
  domain::Record record = made.value()->cycle->prototype();
  const auto id = made.value()->bundle.plant.estimates.find("zone05.core.temperature");
  ASSERT_TRUE(id);
  const auto heat = made.value()->bundle.plant.of(domain::Duty::heat);
  for (std::uint64_t c = 1; c <= 40; ++c) {
    source->kiln().read(record.frame);
    record.cycle = record.frame.sequence = c;
    record.frame.link_up = true;
    record.time_ns = record.frame.time_ns;
    made.value()->cycle->run(record);
    source->kiln().advance(1);
    const domain::Proposal& p = record.proposals[1];
    if (c < 35) {
      ASSERT_EQ(p.status, domain::ProposalStatus::none) << c;  // what it reads is bad
      continue;
    }
    ASSERT_EQ(p.status, domain::ProposalStatus::ok) << c;
    // It proposes the reference plus a thousandth of the fifth core it reads.
    ASSERT_DOUBLE_EQ(p.value[0], record.recipe[heat[0]] + 1e-3 * record.estimate.samples[*id].value)
        << c;
  }
}

}  // namespace
}  // namespace saggar
