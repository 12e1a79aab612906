// Every misbehaving plugin of the zoo in the driver's seat above the PID: it loses its rung in the
// same cycle, with the right reason code, and the hand-over is bumpless (SC-55, SC-66, SC-67).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/closed_loop/allocations.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using domain::Reason;

constexpr int kFallsAt = 1200;  // on a step boundary of the subject

/// A control file with the subject above the PID.
std::filesystem::path control_file(const std::string& plugin, const std::string& extra) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("saggar-zoo-" + std::to_string(::getpid()) + "-" + plugin + ".toml");
  std::ofstream(path) << "kind = \"control\"\nname = \"zoo\"\n"
                         "[[controller]]\nname = \"subject\"\nplugin = \""
                      << SAGGAR_ZOO_DIR << '/' << plugin
                      << ".so\"\nduty = \"heat\"\nperiod_cycles = 10\n"
                      << extra << "[controller.params]\nfrom_cycle = " << kFallsAt
                      << "\n[[controller]]\nname = \"pid\"\nplugin = \"saggar-pid-trim\"\n"
                         "duty = \"heat\"\nperiod_cycles = 10\nlearned = false\n"
                         "[ladder.heat]\nrungs = [\"subject\", \"pid\", \"hold\", \"recipe\"]\n"
                         "min_confidence = 0.5\n"
                         "[ladder.atmosphere]\nrungs = [\"recipe\"]\n"
                         "[ladder.transport]\nrungs = [\"recipe\"]\n";
  return path;
}

struct Case {
  const char* plugin;
  Reason reason;
};

class Zoo : public ::testing::TestWithParam<Case> {};

TEST_P(Zoo, LosesItsRungInTheSameCycleAndThePidTakesOverWithoutABump) {
  suite::InProcessFiles files = testing::p2_files();
  files.control = control_file(GetParam().plugin, "");
  suite::InProcessOptions options;
  options.allocations = &testing::counted_allocations;
  auto run = testing::start(files, options);
  std::filesystem::remove(files.control);
  const int on = testing::switch_on(*run);
  ASSERT_LT(on, kFallsAt - 10) << "the subject must drive before it falls";
  while (run->record().cycle + 1 < kFallsAt) {
    run->cycle();
    ASSERT_EQ(run->record().decisions[0].rung, 0) << "cycle " << run->record().cycle;
  }
  testing::LimitChecker limits(run->plant());
  testing::FirstWrites writes(run->plant(), run->plant().of(domain::Duty::heat));
  writes.before(run->record());
  run->cycle();
  writes.after(run->record(), true);
  const domain::DutyDecision decision = run->record().decisions[0];
  EXPECT_EQ(decision.rung, 1);
  EXPECT_EQ(decision.reason, GetParam().reason) << domain::name(decision.reason);
  EXPECT_LE(decision.bump, 0.1);
  for (int i = 0; i < 300; ++i) {
    writes.before(run->record());
    run->cycle();
    writes.after(run->record(), false);
    limits.check(run->record());
  }
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
  EXPECT_LE(std::max(writes.at_once_K, writes.later_K), 0.1 + 1e-9);
  EXPECT_GT(writes.at_once_count + writes.later_count, 0U) << "the PID drives now";
  RecordProperty("at_once_K", std::to_string(writes.at_once_K));
  RecordProperty("later_K", std::to_string(writes.later_K));
}

std::vector<Case> cases() {
  std::vector<Case> all{
      {"throws_in_step", Reason::plugin_threw},  {"throws_an_int", Reason::plugin_threw},
      {"reports_fault", Reason::plugin_fault},   {"strange_status", Reason::plugin_fault},
      {"wrong_length", Reason::wrong_shape},     {"moves_pointers", Reason::wrong_shape},
      {"writes_past_end", Reason::wrong_shape},  {"not_a_number", Reason::non_finite},
      {"infinite", Reason::non_finite},          {"no_proposal", Reason::no_proposal},
      {"not_ready", Reason::not_tracking},       {"out_of_domain", Reason::out_of_domain},
      {"low_confidence", Reason::low_confidence}};
  // A sanitizer owns the allocator, so allocations cannot be watched under it.
  if (testing::counts_allocations()) all.push_back({"allocates", Reason::allocated});
  return all;
}

INSTANTIATE_TEST_SUITE_P(SC67, Zoo, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return std::string(test.param.plugin); });

TEST(ZooLimits, AnOscillatingGiantIsClippedEveryCycleAndCounted) {
  suite::InProcessFiles files = testing::p2_files();
  files.control = control_file("limitless", "");
  auto run = testing::start(files);
  std::filesystem::remove(files.control);
  testing::switch_on(*run);
  testing::LimitChecker limits(run->plant());
  std::uint64_t clips = 0;
  while (run->record().cycle < kFallsAt + 600) {
    run->cycle();
    limits.check(run->record());
    for (const auto& gate : run->record().gates) {
      clips += gate[static_cast<std::size_t>(domain::Outcome::clip)];
    }
  }
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
  EXPECT_GT(clips, 1000U);
}

}  // namespace
}  // namespace saggar
