// What people really answer to a controller in the loop is what the report of its gate counts.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "runtime/app/earned.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

namespace fs = std::filesystem;
using domain::IntentKind;
using domain::Level;

/// The drill above PID on P1, trusted with zone 12 as a canary.
class EarnedInTheLoop : public ::testing::Test {
 protected:
  EarnedInTheLoop()
      : journal_(fs::path(::testing::TempDir()) /
                 ("earned_" + std::to_string(::getpid()) + ".journal")) {
    fs::remove(journal_);
    suite::InProcessFiles files = testing::p1_files();
    files.control = files.control.parent_path() / "trusted.toml";
    suite::InProcessOptions options;
    options.journal = journal_.string();
    run_ = testing::start(files, options);
    testing::switch_on(*run_);
  }
  ~EarnedInTheLoop() override {
    run_.reset();
    fs::remove(journal_);
  }
  domain::Intent asks(IntentKind kind, const char* who = "kim") {
    domain::Intent intent = testing::person_asks(kind, ++ids_);
    intent.who.assign(who);
    intent.controller = 0;  // the drill
    intent.key.assign("canary");
    return intent;
  }
  void one(const domain::Intent& intent) {
    ASSERT_TRUE(run_->offer(intent));
    run_->cycle();
  }
  void raise(Level to) {
    for (const char* who : {"kim", "lee"}) {
      domain::Intent intent = asks(IntentKind::set_level, who);
      intent.value = static_cast<double>(to);
      one(intent);
    }
    ASSERT_EQ(run_->record().trust[0].level, to);
  }
  /// Until a move of the canary waits for a person.
  void wait_for_a_card() {
    for (int i = 0; i < 3600 && run_->record().trust[0].card == 0; ++i) run_->cycle();
    ASSERT_NE(run_->record().trust[0].card, 0U);
  }
  app::EarnedGroup judged() {
    run_.reset();
    app::EarnedOptions options;
    options.journals = {journal_.string()};
    options.group = "canary";
    const auto earned = app::read_earned(options);
    EXPECT_TRUE(earned) << earned.error().text();
    EXPECT_EQ(earned.value().groups.size(), 1U);
    return earned.value().groups.at(0);
  }

  fs::path journal_;
  std::unique_ptr<suite::InProcess> run_;
  std::uint64_t ids_ = 100;
};

TEST_F(EarnedInTheLoop, AnswersAndRefusalsWithTheirReasons) {
  raise(Level::advise);
  wait_for_a_card();
  one(asks(IntentKind::accept_move));
  wait_for_a_card();
  domain::Intent change = asks(IntentKind::modify_move);
  change.mv = run_->plant().mv_of(*run_->plant().tags.find("zone12.top.setpoint"));
  change.value = run_->record().recipe[change.mv] + 0.5;
  one(change);
  one(asks(IntentKind::accept_move));
  wait_for_a_card();
  domain::Intent no = asks(IntentKind::reject_move, "lee");
  no.reason.assign("zone 12 has a new element");
  one(no);
  one(asks(IntentKind::reject_move));  // no card: refused, and counted nowhere
  const std::uint32_t expired = run_->record().trust[0].expired;
  const app::EarnedGroup group = judged();
  EXPECT_EQ(group.tally.level, Level::advise);
  EXPECT_EQ(group.tally.begun, promote::Begun::level);
  EXPECT_EQ(group.tally.accepted, 1U);
  EXPECT_EQ(group.tally.modified, 1U);
  EXPECT_EQ(group.tally.rejected, 1U);
  EXPECT_EQ(group.tally.expired, expired);
  ASSERT_EQ(group.rejections.size(), 1U);
  EXPECT_EQ(group.rejections[0].who, "lee");
  EXPECT_EQ(group.rejections[0].reason, "zone 12 has a new element");
  EXPECT_EQ(group.judgement->gate.to, Level::confirm);
  EXPECT_FALSE(group.judgement->open);
}

TEST_F(EarnedInTheLoop, AMoveThatAPersonTakesBackIsAnOverride) {
  // PID follows a thermocouple that reads too low, which the drill would not.
  faults::Fault low;
  low.fault = faults::Kind::thermocouple_offset;
  low.target = "zone12.top";
  low.severity = -3;
  run_->kiln().schedule({low});
  run_->cycles(600);
  raise(Level::advise);
  raise(Level::confirm);
  one(asks(IntentKind::climb));
  wait_for_a_card();
  one(asks(IntentKind::accept_move));
  run_->cycles(600);
  domain::Intent manual = asks(IntentKind::set_mode);
  manual.mv = run_->plant().mv_of(*run_->plant().tags.find("zone12.top.setpoint"));
  manual.mode = domain::Mode::man;
  one(manual);
  run_->cycles(5);
  const app::EarnedGroup group = judged();
  EXPECT_EQ(group.tally.level, Level::confirm);
  EXPECT_EQ(group.tally.accepted, 1U);
  EXPECT_EQ(group.tally.undone, 1U);
  EXPECT_GT(group.tally.moved_s, 590);
  const promote::Condition& overrides =
      group.judgement->conditions.at(static_cast<std::size_t>(promote::Asked::overrides));
  EXPECT_EQ(overrides.measured, 1) << "one of one";
  EXPECT_EQ(overrides.because, promote::Because::too_few);
}

TEST_F(EarnedInTheLoop, ALevelThatPeopleTakeAwayBeginsAnewAndIsListed) {
  raise(Level::advise);
  run_->cycles(100);
  domain::Intent down = asks(IntentKind::set_level);
  down.value = 0;
  one(down);
  run_->cycles(50);
  const app::EarnedGroup group = judged();
  EXPECT_EQ(group.tally.level, Level::shadow);
  EXPECT_NEAR(group.tally.held_s, 50, 1);
  ASSERT_EQ(group.falls.size(), 1U);
  EXPECT_EQ(group.falls[0].why, domain::Reason::operator_request);
}

}  // namespace
}  // namespace saggar
