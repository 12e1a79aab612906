// From configuration files to a cycle: the shipped ones work, a wrong one is refused in plain
// words.
#include "runtime/assembly/assembly.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::assembly {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";

config::Bundle bundle(const std::string& kiln, const std::string& recipe,
                      const std::string& control = "pid.toml") {
  auto loaded = config::load_bundle(kConfigs / "site/simulated.toml", kConfigs / "kiln" / kiln,
                                    kConfigs / "recipes" / recipe, kConfigs / "control" / control);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return std::move(loaded).value();
}
config::Bundle p2() { return bundle("p2.toml", "ncm811-p2.toml"); }

AssemblyOptions options() {
  AssemblyOptions o;
  o.plugin_dirs.push_back(fs::path(SAGGAR_BINARY_DIR) / "plugins");
  o.roster.threads = false;
  return o;
}

/// What `assemble` says about a bundle that it refuses.
std::string refusal(config::Bundle wrong, const AssemblyOptions& how = options()) {
  const auto made = assemble(std::move(wrong), how);
  EXPECT_FALSE(made);
  return made ? "" : made.error().text();
}

TEST(Assembly, TheShippedFilesMakeACycle) {
  for (auto& [kiln, recipe] :
       {std::pair("p1.toml", "ncm622-p1.toml"), std::pair("p2.toml", "ncm811-p2.toml")}) {
    const auto made = assemble(bundle(kiln, recipe), options());
    ASSERT_TRUE(made) << made.error().text();
    Assembly& a = *made.value();
    EXPECT_THAT(a.controllers, ElementsAre("pid"));
    EXPECT_THAT(a.plugins["plugin/pid/file"], HasSubstr("saggar-pid-trim.so"));
    EXPECT_FALSE(a.plugins["plugin/pid/version"].empty());
    const domain::Record prototype = a.cycle->prototype();
    EXPECT_EQ(prototype.command.value.size(), a.bundle.plant.mvs.size());
    ASSERT_EQ(prototype.proposals.size(), 1U);
    EXPECT_EQ(prototype.proposals[0].value.size(), a.bundle.plant.of(domain::Duty::heat).size());
    EXPECT_EQ(a.layout.names.tags.size(), a.bundle.plant.tags.size());
    EXPECT_EQ(a.layout.names.controllers, a.controllers);
  }
}

TEST(Assembly, TheCycleRunsFromTheFirstCall) {
  const auto made = assemble(p2(), options());
  ASSERT_TRUE(made) << made.error().text();
  domain::Record record = made.value()->cycle->prototype();
  record.cycle = 1;
  made.value()->cycle->run(record);
  EXPECT_EQ(record.command.cycle, 1U);
  EXPECT_EQ(record.recipe, made.value()->bundle.recipe_values);
}

TEST(Assembly, EveryLadderEndsInHoldAndRecipeWhateverTheFileSays) {
  for (const std::vector<std::string>& written :
       {std::vector<std::string>{"pid", "hold", "recipe"}, {"pid", "recipe"}, {"pid"}}) {
    config::Bundle b = p2();
    b.control.ladder.heat.rungs = written;
    const auto made = assemble(std::move(b), options());
    ASSERT_TRUE(made) << made.error().text();
    EXPECT_THAT(made.value()->rungs[0], ElementsAre("pid", "hold", "recipe"));
    EXPECT_THAT(made.value()->rungs[1], ElementsAre("hold", "recipe"));
    EXPECT_THAT(made.value()->rungs[2], ElementsAre("hold", "recipe"));
    const auto& rungs = made.value()->cycle->ladder(domain::Duty::heat).settings().rungs;
    EXPECT_EQ(rungs[1].kind, control::RungKind::hold);
    EXPECT_EQ(rungs[2].kind, control::RungKind::local);
  }
}

TEST(Assembly, ARungIsOldAfterPeriodAndLatencyOfItsController) {  // SC-26
  config::Bundle b = p2();
  b.control.controllers[0].period_cycles = 10;
  b.control.controllers[0].latency_cycles = 5;
  const auto made = assemble(std::move(b), options());
  ASSERT_TRUE(made) << made.error().text();
  const control::Rung& rung = made.value()->cycle->ladder(domain::Duty::heat).settings().rungs[0];
  EXPECT_EQ(rung.period_s, 15);  // cycles of 1 s
  EXPECT_EQ(rung.controller, 0);
}

TEST(Assembly, WithoutControllersTheRecipeRuns) {
  const auto made = assemble(bundle("p2.toml", "ncm811-p2.toml", "recipe.toml"), options());
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_TRUE(made.value()->controllers.empty());
  EXPECT_THAT(made.value()->rungs[0], ElementsAre("hold", "recipe"));
}

TEST(Assembly, AMissingPluginIsNamedWithEveryFolderThatWasLookedIn) {
  config::Bundle b = p2();
  b.control.controllers[0].plugin = "no-such-plugin";
  b.site.plugin_dirs = {"/nowhere/site"};
  AssemblyOptions how;
  how.plugin_dirs = {"/nowhere/first", "/nowhere/second"};
  const std::string said = refusal(std::move(b), how);
  EXPECT_THAT(said, HasSubstr("no-such-plugin"));
  EXPECT_THAT(said, HasSubstr("/nowhere/first, /nowhere/second, /nowhere/site"));
}

TEST(Assembly, AMissingPluginComesWithTheOptionThatHelpsAndItsController) {
  config::Bundle b = p2();
  b.control.controllers[0].plugin = "saggar-pid-trin";
  EXPECT_THAT(refusal(std::move(b)),
              ::testing::AllOf(HasSubstr("controller 'pid': plugin 'saggar-pid-trin': is not in"),
                               HasSubstr("(--plugins DIR adds one)"),
                               HasSubstr("did you mean 'saggar-pid-trim'?")));
}

TEST(Assembly, AnIdInPlaceOfAFileNameIsRefusedWithTheFileThatHasIt) {
  config::Bundle b = p2();
  b.control.controllers[0].plugin = "com.saggar.pid-trim";
  EXPECT_THAT(refusal(std::move(b)), HasSubstr("saggar-pid-trim.so: write plugin = "
                                               "\"saggar-pid-trim\", the name of the file"));
}

TEST(Assembly, APathIsTakenAsItIs) {
  config::Bundle b = p2();
  b.site.plugin_dirs.clear();
  b.control.controllers[0].plugin = SAGGAR_BINARY_DIR "/plugins/saggar-pid-trim.so";
  EXPECT_TRUE(assemble(std::move(b), AssemblyOptions()));
  b = p2();
  b.control.controllers[0].plugin = "/nowhere/saggar-pid-trim.so";
  EXPECT_THAT(refusal(std::move(b)), HasSubstr("/nowhere/saggar-pid-trim.so"));
}

TEST(Assembly, WhatThePluginRefusesIsPassedOn) {
  config::Bundle b = p2();
  config::Parameter gain;
  gain.has_value = true;
  gain.value = 0.5;
  b.control.controllers[0].params["kpp"] = gain;
  const std::string said = refusal(std::move(b));
  EXPECT_THAT(said, HasSubstr("pid"));
  EXPECT_THAT(said, HasSubstr("kpp"));
  EXPECT_THAT(said, HasSubstr("kp"));
  b = p2();
  gain.value = 1e12;
  b.control.controllers[0].params["kp"] = gain;
  EXPECT_THAT(refusal(std::move(b)), HasSubstr("kp"));
}

// A journal's snapshots and a warm start rest on what a controller saves.
TEST(Assembly, AControllerThatDoesNotKeepItsStateIsRefused) {
  for (const auto& [animal, said] :
       {std::pair("unstable_state", "the state differs right after"),
        std::pair("forgets_state", "differs at step 1 after a restore"),
        std::pair("takes_any_state", "one byte short"),
        std::pair("refuses_state", "refuses the saved state")}) {
    config::Bundle b = p2();
    b.control.controllers[0].plugin = std::string(SAGGAR_ZOO_DIR "/") + animal + ".so";
    b.control.controllers[0].params.clear();
    const std::string refused = refusal(std::move(b));
    EXPECT_THAT(refused, HasSubstr(said)) << animal;
    EXPECT_THAT(refused, HasSubstr("controller 'pid'"));
  }
}

TEST(Assembly, LimitsThatCouldNeverBeKeptAreRefused) {
  config::Bundle b = p2();
  const domain::MvId mv = b.plant.of(domain::Duty::heat)[3];
  b.plant.mvs[mv].resolution = 10 * b.plant.mvs[mv].limits.per_period;
  const std::string name = b.plant.tags[b.plant.mvs[mv].tag].name;
  EXPECT_THAT(refusal(std::move(b)), HasSubstr(name));
}

TEST(Screening, TheLastRowThatFitsATagCounts) {
  domain::TagTable tags;
  const auto add = [&](const char* name, domain::Unit unit, domain::Access access) {
    return tags.add({name, unit, 0, 100, 0, access}).value();
  };
  const auto first = add("zone01.top.temperature", domain::Unit::degC, domain::Access::read);
  const auto second = add("zone02.top.temperature", domain::Unit::degC, domain::Access::read);
  const auto pressure = add("kiln.pressure", domain::Unit::Pa, domain::Access::read);
  const auto written = add("zone01.top.setpoint", domain::Unit::degC, domain::Access::write);
  config::ControlConfig control;
  control.screening = {
      {"degC", "", 5, 600, 3}, {"degC", "zone02.*.*", 7, 0, 4}, {"degC", "zone03.*.*", 9, 60, 9}};
  const auto limits = screening_of(control, tags);
  ASSERT_EQ(limits.size(), 4U);
  EXPECT_EQ(limits[first].rate_per_s, 5);
  EXPECT_EQ(limits[first].freeze_s, 600);
  EXPECT_EQ(limits[first].stale_s, 3);
  EXPECT_EQ(limits[second].rate_per_s, 7);
  EXPECT_EQ(limits[second].stale_s, 4);
  EXPECT_TRUE(std::isinf(limits[second].freeze_s));  // its row says 0: not looked at
  EXPECT_TRUE(std::isinf(limits[pressure].stale_s));
  EXPECT_TRUE(std::isinf(limits[written].stale_s));  // what we wrote ourselves is not a reading
}

TEST(ProgramRoot, IsTheFolderAboveTheProgramsOwn) {
  EXPECT_TRUE(fs::equivalent(program_root(), SAGGAR_BINARY_DIR));
}

}  // namespace
}  // namespace saggar::assembly
