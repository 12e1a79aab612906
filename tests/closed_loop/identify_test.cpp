// A planned test on a whole simulated kiln: begun and ended by intents, under ladder and guard, and
// a model out of its journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "runtime/app/identify_command.hpp"
#include "runtime/app/model_file.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

namespace fs = std::filesystem;
using domain::IntentKind;

class PlannedTestOnAKiln : public ::testing::Test {
 protected:
  PlannedTestOnAKiln() {
    dir_ = fs::temp_directory_path() /
           (std::string("saggar_identify_") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(dir_);
    fs::create_directories(dir_);
  }
  ~PlannedTestOnAKiln() override { fs::remove_all(dir_); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name) << text;
    return (dir_ / name).string();
  }
  /// Zones 17 to 21 at once, for `group_s`.
  suite::InProcessFiles files(double group_s) const {
    const auto shipped = testing::p2_files("planned-test.toml");
    std::ifstream in(shipped.control);
    std::stringstream text;
    text << in.rdbuf();
    std::string control = text.str();
    const std::size_t at = control.find("params = {"), end = control.find('\n', at);
    control.replace(at, end - at,
                    "params = { amplitude_K = { default = 0, \"zone17.*\" = 4, \"zone18.*\" = 4, "
                    "\"zone19.*\" = 4, \"zone20.*\" = 4, \"zone21.*\" = 4 }, switching_s = 1800, "
                    "groups = 1, group_s = " +
                        std::to_string(group_s) + ", rest_s = 600, band_K = 15 }");
    auto out = shipped;
    out.control = write("control.toml", control);
    return out;
  }
  static void ask(suite::InProcess& run, IntentKind kind, double value) {
    static std::uint64_t id = 1'000'000;
    domain::Intent intent = testing::person_asks(kind, ++id);
    intent.controller = 0;
    intent.key.assign("run");
    intent.rung = 0;
    intent.value = value;
    EXPECT_TRUE(run.offer(intent));
  }
  /// Heat ON under PID, then the test in its seat.
  static void begin(suite::InProcess& run) {
    testing::switch_on(run);
    run.cycles(600);
    EXPECT_EQ(run.record().decisions[0].rung, 1);  // PID: the test has no proposal
    ask(run, IntentKind::set_parameter, 1);
    run.cycles(120);
    ask(run, IntentKind::climb, 0);
    run.cycles(30);
    EXPECT_EQ(run.record().decisions[0].rung, 0);
  }

  fs::path dir_;
};

TEST_F(PlannedTestOnAKiln, APersonBeginsAndEndsItAndTheNextRungTakesOverWithoutABump) {
  auto run = testing::start(files(14400));
  begin(*run);
  testing::LimitChecker limits(run->plant());
  double moved = 0;
  for (int i = 0; i < 3600; ++i) {
    run->cycle();
    limits.check(run->record());
    const std::size_t mv = 2 * 18;  // zone19.top
    moved = std::max(moved, std::fabs(run->record().command.value[mv] - run->record().recipe[mv]));
  }
  EXPECT_GT(moved, 3);
  EXPECT_EQ(run->record().decisions[0].rung, 0);
  ask(*run, IntentKind::set_parameter, 0);
  int until = 0;
  while (run->record().decisions[0].rung == 0 && until < 1200) {
    run->cycle();
    limits.check(run->record());
    ++until;
  }
  EXPECT_EQ(run->record().decisions[0].rung, 1);
  EXPECT_LT(until, 400);  // 4 K and the trim of before at 1.5 K/min
  EXPECT_LE(std::fabs(run->record().decisions[0].bump), 0.1);  // SC-55
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
}

TEST_F(PlannedTestOnAKiln, AThermocoupleThatOpensEndsIt) {
  auto run = testing::start(files(14400));
  begin(*run);
  run->cycles(1200);
  run->kiln().inject({0, faults::Kind::thermocouple_open, "zone03.top", 1, 0});
  run->cycles(600);
  EXPECT_NE(run->record().decisions[0].rung, 0);
}

TEST_F(PlannedTestOnAKiln, ItsJournalGivesAModelThatIsWrittenReadAndGuardedByItsHash) {
  suite::InProcessOptions options;
  options.journal = (dir_ / "test.journal").string();
  options.drawn = true;
  options.seed = 7;
  {
    auto run = testing::start(files(36000), options);
    begin(*run);
    run->cycles(36000 + 1200);
  }
  app::IdentifyOptions how;
  how.journal = options.journal;
  std::string plan = "kind = \"identification\"\nname = \"soak\"\norder = 4\n";
  for (const char* zone : {"17", "18", "19", "20", "21"})
    plan += std::string("[[input]]\ntags = \"zone") + zone +
            ".*.working_setpoint\"\njoin = \"zone\"\nrange = 15\n";
  plan += "[[output]]\ntags = \"zone19.*.temperature\"\njoin = \"zone\"\n";
  how.plan = write("plan.toml", plan);
  how.out = (dir_ / "model.toml").string();
  std::ostringstream said;
  ASSERT_EQ(app::identify_journal(how, said), 0) << said.str();
  const auto model = app::load_model(how.out);
  ASSERT_TRUE(model) << model.error().text();
  ASSERT_EQ(model.value().outputs.size(), 1U);
  EXPECT_EQ(model.value().outputs[0].unit, "degC");
  EXPECT_EQ(model.value().origin.kiln, "p2");
  EXPECT_EQ(model.value().origin.journal, "test.journal");
  EXPECT_EQ(model.value().origin.journal_sha256.size(), 64U);
  for (const config::ModelChannel& c : model.value().channels) {
    // Furnace controllers with integral action: the own zone follows its setpoint, gain 1, the
    // others hold theirs, gain 0. Bars of three standard errors of this run, about.
    EXPECT_NEAR(c.gain, c.input == "zone19.working_setpoint" ? 1 : 0, 0.2) << c.input;
  }
  std::ostringstream again;
  EXPECT_EQ(app::identify_journal(how, again), 1);  // a model is there, and stays
  std::ifstream in(how.out);
  std::stringstream text;
  text << in.rdbuf();
  std::string changed = text.str();
  changed.replace(changed.find("range = 15"), 10, "range = 16");
  const auto refused = app::load_model(write("changed.toml", changed));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, ::testing::HasSubstr("another hash"));
}

TEST_F(PlannedTestOnAKiln, AJournalWithoutATestIsRefusedWithTheTestThatWouldDo) {
  suite::InProcessOptions options;
  options.journal = (dir_ / "quiet.journal").string();
  {
    auto run = testing::start(testing::p2_files(), options);
    testing::switch_on(*run);
    run->cycles(3 * 3600);
  }
  app::IdentifyOptions how;
  how.journal = options.journal;
  how.plan = std::string(SAGGAR_SOURCE_DIR) + "/configs/identification/zones.toml";
  how.out = (dir_ / "model.toml").string();
  std::ostringstream said;
  EXPECT_EQ(app::identify_journal(how, said), 2);
  EXPECT_THAT(said.str(), ::testing::HasSubstr("was not moved; what would do: a test of "
                                               "zone01.working_setpoint with +-7.5 degC"));
  EXPECT_FALSE(fs::exists(how.out));
}

}  // namespace
}  // namespace saggar
