// The drill controller above the PID (HI-25): each way loses its seat with the right reason, or is
// shown to be nobody's business; and after its end it may be climbed again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "hil/drill/ways.hpp"
#include "hil/faults/drill_intent.hpp"
#include "tests/closed_loop/allocations.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using domain::Reason;
using drill::Way;
using faults::Kind;

std::filesystem::path control_file() {
  const auto path = std::filesystem::temp_directory_path() /
                    ("saggar-drill-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << R"(kind = "control"
name = "drill"
[[controller]]
name = "subject"
plugin = "saggar-drill"
duty = "heat"
period_cycles = 10
[[controller]]
name = "pid"
plugin = "saggar-pid-trim"
duty = "heat"
period_cycles = 10
learned = false
[guard]
intervention_window_s = 600.0
[ladder.heat]
rungs = ["subject", "pid", "hold", "recipe"]
min_confidence = 0.5
dwell_cycles = 60
[ladder.atmosphere]
rungs = ["recipe"]
[ladder.transport]
rungs = ["recipe"]
)";
  return path;
}

constexpr domain::ControllerId kSubject = 0;

class Drill {
 public:
  explicit Drill(suite::InProcessOptions options = {}) {
    suite::InProcessFiles files = testing::p1_files();
    files.control = control_file();
    run_ = testing::start(files, options);
    std::filesystem::remove(files.control);
    limits_.emplace(run_->plant());
    testing::switch_on(*run_);
    cycles(30);
  }

  void ask(domain::Intent intent) {
    intent.id = ++id_;
    intent.duty = domain::Duty::heat;
    intent.who.assign("trainer");
    intent.station.assign("bench");
    intent.reason.assign("drill");
    run_->offer(intent);
    run_->cycle();
    ASSERT_EQ(run_->record().answers.size(), 1U);
    answer_ = run_->record().answers[0];
  }
  void begin(Kind kind) { ask(faults::misbehave({0, kind, "subject", 1, 0}, kSubject)); }
  /// As a trainer does it: well again, restarted if need be, let up again.
  void end(Kind kind) {
    ask(faults::behave(kSubject));
    if (faults::needs_restart(kind)) {
      domain::Intent restart;
      restart.kind = domain::IntentKind::restart_controller;
      restart.controller = kSubject;
      ask(restart);
    }
    cycles(80);
    domain::Intent climb;
    climb.kind = domain::IntentKind::climb;
    climb.rung = 0;
    ask(climb);
  }
  /// Runs until the subject does not drive. @return the reason, none if it still drives
  Reason falls(int limit = 30) {
    for (int i = 0; i < limit; ++i) {
      if (rung() != 0) return run_->record().decisions[0].reason;
      cycles(1);
    }
    return rung() != 0 ? run_->record().decisions[0].reason : Reason::none;
  }
  void cycles(int n) {
    for (int i = 0; i < n; ++i) {
      run_->cycle();
      limits_->check(run_->record());
    }
  }
  int rung() const { return run_->record().decisions[0].rung; }
  suite::InProcess& run() { return *run_; }
  const testing::LimitChecker& limits() const { return *limits_; }
  const domain::IntentAnswer& answer() const { return answer_; }

 private:
  std::unique_ptr<suite::InProcess> run_;
  std::optional<testing::LimitChecker> limits_;
  std::uint64_t id_ = 100;
  domain::IntentAnswer answer_;
};

struct Case {
  Kind kind;
  Reason reason;
};

class Drills : public ::testing::TestWithParam<Case> {};

TEST_P(Drills, LoseTheSeatForTheRightReasonAndMayBeClimbedAgainWhenTheyAreOver) {
  suite::InProcessOptions options;
  options.allocations = &testing::counted_allocations;
  Drill d(options);
  ASSERT_EQ(d.rung(), 0);
  d.begin(GetParam().kind);
  EXPECT_EQ(d.answer().kind, domain::AnswerKind::done);
  EXPECT_EQ(d.falls(400), GetParam().reason);
  EXPECT_EQ(d.rung(), 1) << "the PID drives";
  d.cycles(40);
  EXPECT_EQ(d.rung(), 1);
  d.end(GetParam().kind);
  d.cycles(30);
  EXPECT_EQ(d.rung(), 0) << "climbed again; refused: " << domain::name(d.answer().reason);
  EXPECT_EQ(d.limits().violations(), 0U) << d.limits().first();
}

std::vector<Case> cases() {
  std::vector<Case> all{{Kind::plugin_nan, Reason::non_finite},
                        {Kind::plugin_inf, Reason::non_finite},
                        {Kind::plugin_denormal, Reason::intervention},
                        {Kind::plugin_huge, Reason::intervention},
                        {Kind::plugin_ignores_limits, Reason::intervention},
                        {Kind::plugin_oscillates, Reason::intervention},
                        {Kind::plugin_wrong_length, Reason::wrong_shape},
                        {Kind::plugin_throws, Reason::plugin_threw},
                        {Kind::plugin_reports_fault, Reason::plugin_fault},
                        {Kind::plugin_no_proposal, Reason::no_proposal},
                        {Kind::plugin_not_ready, Reason::not_tracking},
                        {Kind::plugin_out_of_domain, Reason::out_of_domain},
                        {Kind::plugin_low_confidence, Reason::low_confidence}};
  if (testing::counts_allocations()) {
    all.push_back({Kind::plugin_allocates, Reason::allocated});
    all.push_back({Kind::plugin_leak, Reason::allocated});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(HI25, Drills, ::testing::ValuesIn(cases()), [](const auto& test) {
  return std::string(faults::name(test.param.kind));
});

class QuietDrills : public ::testing::TestWithParam<Kind> {};

// What the runtime has no eye for within its process, or does not mind: the guard and the devices
// must be enough.
TEST_P(QuietDrills, KeepTheSeatAndEveryLimit) {
  Drill d;
  d.begin(GetParam());
  d.cycles(300);
  EXPECT_EQ(d.rung(), 0);
  EXPECT_EQ(d.limits().violations(), 0U) << d.limits().first();
  d.ask(faults::behave(kSubject));
  EXPECT_EQ(d.answer().kind, domain::AnswerKind::done);
  d.cycles(20);
  EXPECT_EQ(d.rung(), 0);
}

INSTANTIATE_TEST_SUITE_P(HI25, QuietDrills,
                         ::testing::Values(Kind::plugin_stale, Kind::plugin_thread_bomb,
                                           Kind::plugin_fd_leak, Kind::plugin_log_flood,
                                           Kind::plugin_blocks_signals),
                         [](const auto& test) { return std::string(faults::name(test.param)); });

TEST(DrillLate, IsOverItsBudgetWhereTimeIsMeasuredThenLockedOut) {
  suite::InProcessOptions options;
  options.measured_lateness = true;
  Drill d(options);
  d.begin(Kind::plugin_late);
  EXPECT_EQ(d.falls(), Reason::over_budget);
  d.cycles(30);  // three late steps of ten lock it out
  EXPECT_EQ(d.run().assembly().cycle->ladder(domain::Duty::heat).blocked(0), Reason::deadline_miss);
  d.end(Kind::plugin_late);
  d.cycles(30);
  EXPECT_EQ(d.rung(), 0);
}

TEST(DrillLate, IsNothingInVirtualTime) {
  Drill d;
  d.begin(Kind::plugin_late);
  d.cycles(20);
  EXPECT_EQ(d.rung(), 0);
}

TEST(DrillParameter, RefusesWhatIsNoWay) {
  Drill d;
  domain::Intent intent = faults::behave(kSubject);
  intent.value = 26;
  d.ask(intent);
  EXPECT_EQ(d.answer().reason, Reason::out_of_limits);
  intent.value = 1.5;
  d.ask(intent);
  EXPECT_EQ(d.answer().kind, domain::AnswerKind::error);
  d.cycles(20);
  EXPECT_EQ(d.rung(), 0);
}

TEST(DrillDuties, EachHasItsOwnPlugin) {
  suite::InProcessFiles files = testing::p2_files();
  files.control = std::filesystem::temp_directory_path() /
                  ("saggar-drills-" + std::to_string(::getpid()) + ".toml");
  std::ofstream out(files.control);
  out << "kind = \"control\"\nname = \"drills\"\n";
  for (const auto& [duty, plugin] : {std::pair{"heat", "saggar-drill"},
                                     {"atmosphere", "saggar-drill-atmosphere"},
                                     {"transport", "saggar-drill-transport"}}) {
    out << "[[controller]]\nname = \"" << plugin << "\"\nplugin = \"" << plugin << "\"\nduty = \""
        << duty << "\"\nperiod_cycles = 10\n[ladder." << duty << "]\nrungs = [\"" << plugin
        << "\", \"hold\", \"recipe\"]\n";
  }
  out.close();
  auto run = testing::start(files);
  std::filesystem::remove(files.control);
  run->cycles(30);
  for (const domain::Proposal& proposal : run->record().proposals) {
    EXPECT_EQ(proposal.status, domain::ProposalStatus::ok) << domain::name(proposal.reason);
  }
}

// Two steps after it was restored it still does what it was told before.
TEST(DrillState, TheWayIsPartOfASnapshot) {
  Drill a, b;
  a.begin(Kind::plugin_no_proposal);
  const auto state = a.run().snapshot();
  ASSERT_TRUE(b.run().restore(state));
  for (int i = 0; i < 30; ++i) {
    a.cycles(1);
    b.cycles(1);
    ASSERT_EQ(a.rung(), b.rung());
  }
  EXPECT_EQ(b.rung(), 1);
}

}  // namespace
}  // namespace saggar
