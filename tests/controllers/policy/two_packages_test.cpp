// Two packages of a policy in one ladder on a whole kiln: one intent goes back to the older, and a
// journal of both is judged side by side on the same frames (SC-82, SC-86).
#include <gmock/gmock.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "hil/suite/in_process.hpp"
#include "runtime/app/gate_command.hpp"
#include "tests/controllers/policy/torch_mlp.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar {
namespace {

namespace fs = std::filesystem;
using domain::IntentKind;
using domain::Level;
using ::testing::HasSubstr;

constexpr int kZones = 19;             // of P1
constexpr double kResolution_K = 0.1;  // of its setpoints

/// Wants every zone `trim_K` over its recipe, at 1 K/min, and foretells zone 14 at its recipe.
void write_package(const fs::path& folder, const std::string& version, double trim_K) {
  std::vector<double> bias(kZones, trim_K / 10);  // an output of 1 is 10 K
  bias.push_back(0);
  const auto network = [&](std::uint64_t seed) {
    return policy::torchscript_bytes({2 * kZones, kZones + 1, {8}, seed, 0, bias});
  };
  testing::PolicyPackage package(kZones, "p1", "ncm622-p1",
                                 {{"a.pt", network(1)}, {"b.pt", network(2)}});
  package.manifest.version = version;
  package.manifest.predictions = {{"zone14.top.temperature", "degC", 60, 875, 1}};
  package.agree();
  package.domain.distance = 40;  // the kiln is at home here, whatever it does
  package.write(folder);
}

/// Levels of both policies at the start; the younger is above the older.
std::string control(Level younger, Level older) {
  std::ifstream file(fs::path(SAGGAR_SOURCE_DIR) / "configs/control/pid.toml");
  std::stringstream pid;
  pid << file.rdbuf();
  std::string text = pid.str();
  const auto at = text.find("rungs = [\"pid\"");
  text.insert(at + 9, "\"policy-1.1\", \"policy-1.0\", ");
  for (const auto& [version, level] : {std::pair("1.1", younger), std::pair("1.0", older)}) {
    const std::string name = "policy-" + std::string(version);
    text += "\n[[controller]]\nname = \"" + name +
            "\"\nplugin = \"saggar-policy-heat\"\nduty = \"heat\"\nperiod_cycles = 10\n"
            "latency_cycles = 1\npackage = \"../" +
            name + "\"\n";
    text += "\n[[trust]]\ncontroller = \"" + name + "\"\nlevel = \"" +
            std::string(domain::name(level)) + "\"\n";
    // Two minutes of either are a block, so that half an hour can be judged.
    text +=
        "[[trust.gate]]\nto = \"full\"\ndays = 0.005\nharm_s = 0\nmargin = 10\nblock_s = 120\n"
        "figures = [\"zone_error\", \"power\"]\n";
  }
  return text;
}

class TwoPackages : public ::testing::Test {
 protected:
  TwoPackages()
      : dir_(fs::path(::testing::TempDir()) / ("two_packages_" + std::to_string(::getpid()))) {
    fs::remove_all(dir_);
    fs::create_directories(dir_ / "control");
    write_package(dir_ / "policy-1.1", "1.1.0", 3);
    write_package(dir_ / "policy-1.0", "1.0.0", 1);
  }
  ~TwoPackages() override {
    run_.reset();
    fs::remove_all(dir_);
  }

  void start(Level younger, Level older) {
    std::ofstream(dir_ / "control/two.toml") << control(younger, older);
    const fs::path configs = fs::path(SAGGAR_SOURCE_DIR) / "configs";
    suite::InProcessOptions how;
    how.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    how.journal = journal_;
    auto made = suite::InProcess::make(
        {configs / "site/simulated.toml", configs / "kiln/p1.toml", configs / "kiln/p1.plant.toml",
         configs / "recipes/ncm622-p1.toml", dir_ / "control/two.toml"},
        how);
    ASSERT_TRUE(made) << made.error().text();
    run_ = std::move(made).value();
    run_->cycles(60);  // both have a proposal before anybody takes the seat
    run_->offer(IntentKind::switch_on);
    for (int i = 0; i < 1800 && run_->record().applications[0] != domain::AppState::on; ++i) {
      run_->cycle();
    }
    ASSERT_EQ(run_->record().applications[0], domain::AppState::on);
  }
  std::string driver() const {
    const domain::ControllerId id = run_->record().decisions[0].controller;
    return id == domain::kNoController ? "" : run_->assembly().controllers[id];
  }
  /// The largest step of any setpoint that the field uses, in one cycle of so many.
  double largest_step(int cycles) {
    double largest = 0;
    for (int c = 0; c < cycles; ++c) {
      const std::vector<double> before = in_force();
      run_->cycle();
      const std::vector<double> after = in_force();
      for (std::size_t i = 0; i < after.size(); ++i) {
        largest = std::max(largest, std::abs(after[i] - before[i]));
      }
    }
    return largest;
  }
  /// One intent of one person, and the largest step while it is carried out.
  double one_intent(IntentKind kind, std::uint8_t rung, double level = 0) {
    domain::Intent intent;
    intent.id = ++ids_;
    intent.kind = kind;
    intent.duty = domain::Duty::heat;
    intent.rung = rung;
    intent.controller = id("policy-1.1");
    intent.value = level;
    intent.who.assign("kim");
    intent.station.assign("panel");
    intent.reason.assign("the new package runs hot");
    EXPECT_TRUE(run_->offer(intent));
    return largest_step(2);  // what is commanded in one cycle is read back in the next
  }
  std::vector<double> in_force() const {
    std::vector<double> values;
    for (const domain::MvId mv : run_->plant().of(domain::Duty::heat)) {
      values.push_back(run_->record().frame.samples[run_->plant().mvs[mv].working].value);
    }
    return values;
  }
  domain::ControllerId id(const std::string& name) const {
    const auto& names = run_->assembly().controllers;
    return static_cast<domain::ControllerId>(std::find(names.begin(), names.end(), name) -
                                             names.begin());
  }
  /// The report of the journal of the run, which ends here.
  std::pair<int, std::string> report(app::GateOptions options) {
    run_.reset();
    options.what.journals = {journal_};
    std::ostringstream out;
    const int code = app::gate(options, out);
    return {code, out.str()};
  }

  fs::path dir_;
  std::string journal_ = (dir_ / "run.journal").string();
  std::unique_ptr<suite::InProcess> run_;
  std::uint64_t ids_ = 1000;
};

TEST_F(TwoPackages, OneStepDownGoesBackToTheOlderPackageWithoutABump) {
  start(Level::narrow, Level::narrow);
  run_->cycles(900);
  ASSERT_EQ(driver(), "policy-1.1");
  const double before_K = in_force()[20] - run_->record().recipe[20];
  EXPECT_GT(before_K, 1) << "they differ, so that a bump could be seen";
  const double largest_K = one_intent(IntentKind::step_down, 1);
  EXPECT_LE(largest_K, kResolution_K + 1e-9);
  EXPECT_EQ(driver(), "policy-1.0");
  RecordProperty("apart_K", std::to_string(before_K));
  RecordProperty("largest_step_K", std::to_string(largest_K));
  RecordProperty("bump_K", std::to_string(run_->record().decisions[0].bump));
  EXPECT_EQ(run_->record().decisions[0].reason, domain::Reason::operator_request);
  EXPECT_LE(run_->record().decisions[0].bump, kResolution_K + 1e-9);
  double later_K = 0;
  for (int i = 0; i < 1800; ++i) {
    later_K = std::max(later_K, largest_step(1));
    ASSERT_EQ(driver(), "policy-1.0") << "nobody asked for the younger again";
  }
  // 1 K/min in periods of 10 s is 0.17 K, on the grid of the device 0.2.
  EXPECT_LE(later_K, 0.2 + 1e-9);
  RecordProperty("later_step_K", std::to_string(later_K));
  RecordProperty("after_K", std::to_string(in_force()[20] - run_->record().recipe[20]));
  EXPECT_LT(in_force()[20] - run_->record().recipe[20], before_K) << "it has another opinion";
}

// The same by trust: it also stays so where the ladder may climb by itself.
TEST_F(TwoPackages, OneIntentOfTrustGoesBackAndKeepsTheYoungerOut) {
  start(Level::narrow, Level::narrow);
  run_->cycles(900);
  ASSERT_EQ(driver(), "policy-1.1");
  const double largest_K = one_intent(IntentKind::set_level, 0xFF, 0);
  EXPECT_LE(largest_K, kResolution_K + 1e-9);
  RecordProperty("largest_step_K", std::to_string(largest_K));
  EXPECT_EQ(driver(), "policy-1.0");
  one_intent(IntentKind::climb, 0);
  run_->cycles(60);
  EXPECT_EQ(driver(), "policy-1.0") << "a climb alone does not bring it back";
}

TEST_F(TwoPackages, AnOlderPackageThatIsNotTrustedIsPassedOver) {
  start(Level::narrow, Level::advise);
  run_->cycles(300);
  ASSERT_EQ(driver(), "policy-1.1");
  EXPECT_LE(one_intent(IntentKind::step_down, 1), kResolution_K + 1e-9);
  EXPECT_EQ(driver(), "pid");
}

TEST_F(TwoPackages, AreLaidSideBySideWhileBothOnlyWatch) {
  start(Level::shadow, Level::shadow);
  run_->cycles(1200);
  EXPECT_EQ(driver(), "pid");
  app::GateOptions options;
  options.what.against = "policy-1.0";
  options.what.block_s = 300;
  const auto [code, text] = report(options);
  EXPECT_EQ(code, 1) << text;
  EXPECT_THAT(text, HasSubstr("policy-1.1, group rest: shadow -> advise: the gate is shut"));
  EXPECT_THAT(text, HasSubstr("policy-1.0, group rest: shadow -> advise: the gate is shut"));
  EXPECT_THAT(text, HasSubstr("policy-1.1 beside policy-1.0 on the same frames, "));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("policy-1.0 beside"))) << "not with itself";
}

TEST_F(TwoPackages, AreLaidSideBySideOnTheSameFrames) {
  start(Level::narrow, Level::narrow);
  run_->cycles(1800);
  one_intent(IntentKind::step_down, 1);
  run_->cycles(1800);
  app::GateOptions options;
  options.what.controller = "policy-1.1";
  options.what.against = "policy-1.0";
  options.what.block_s = 300;
  options.json = (dir_ / "gate.json").string();
  const auto [code, text] = report(options);
  RecordProperty("report", text);
  EXPECT_THAT(text, HasSubstr("policy-1.1, group rest: narrow -> full: the gate is open")) << text;
  EXPECT_EQ(code, 0) << text;
  EXPECT_THAT(text, HasSubstr("policy-1.1 beside policy-1.0 on the same frames"));
  EXPECT_THAT(text, HasSubstr("mean distance from the recipe, K"));
  EXPECT_THAT(text, HasSubstr("share of predictions inside the band"));

  const auto earned = app::read_earned([&] {
    app::EarnedOptions what = options.what;
    what.journals = {journal_};
    return what;
  }());
  ASSERT_TRUE(earned) << earned.error().text();
  const app::EarnedGroup& group = earned.value().groups.at(0);
  ASSERT_TRUE(group.beside);
  EXPECT_GE(group.beside->blocks(), 11U) << "an hour and some in pieces of 5 min";
  // One drives in each piece and the other follows a step away, the younger always above the older.
  const auto pull = group.beside->of(promote::Measure::pull);
  EXPECT_GT(pull.difference.mean, 0);
  EXPECT_GT(pull.a, pull.b);
  EXPECT_GT(group.beside->of(promote::Measure::from_recipe).difference.mean, 0);
  const auto both = group.beside->of(promote::Measure::proposing);
  EXPECT_GT(both.a, 0.9);
  EXPECT_NEAR(both.a, both.b, 1e-9);
  EXPECT_GT(group.tally.periods, 100U) << "predictions of a minute, every ten seconds";
  EXPECT_EQ(group.judgement->baseline, "policy-1.0");
  std::ifstream json(options.json);
  std::string first;
  std::getline(json, first);
  EXPECT_THAT(first, HasSubstr("{"));
}

}  // namespace
}  // namespace saggar
