#include "hil/search/swarm.hpp"

#include <gmock/gmock.h>

#include <set>

#include "hil/search/keep.hpp"
#include "runtime/config/load.hpp"

namespace saggar::search {
namespace {

using ::testing::HasSubstr;

scenario::LoadedScenario quiet() {
  const scenario::Place place{SAGGAR_SOURCE_DIR "/configs", SAGGAR_SOURCE_DIR};
  return scenario::load_scenario(place, "quiet").value();
}

scenario::Swarm seeds(std::uint64_t seed, std::uint32_t count) {
  scenario::Swarm how;
  how.scenario = "quiet";
  how.seed = seed;
  how.seeds = count;
  return how;
}

TEST(Swarm, OneCasePerSeedWithOrdinaryFaults) {
  const auto cases = swarm(quiet(), seeds(7, 50));
  ASSERT_TRUE(cases.ok()) << cases.error().text();
  ASSERT_EQ(cases.value().size(), 50U);
  std::set<std::string> kinds;
  std::size_t faults = 0;
  for (const scenario::Case& one : cases.value()) {
    ASSERT_GE(one.story.events.size(), 1U);
    ASSERT_LE(one.story.events.size(), 3U);
    for (const scenario::Event& event : one.story.events) {
      EXPECT_GE(event.time_s, 0);
      EXPECT_LT(event.time_s, 3600);
      EXPECT_TRUE(event.duration_s > 0 || faults::momentary(event.fault));
      kinds.insert(std::string(faults::name(event.fault)));
      ++faults;
    }
  }
  EXPECT_EQ(cases.value()[0].id, "quiet/swarm/pid/seed7");
  EXPECT_EQ(cases.value()[0].group, "quiet/swarm/pid");
  EXPECT_GT(kinds.size(), 20U) << "of " << faults << " faults";
}

// What one seed draws is its own: a failing one can be run alone.
TEST(Swarm, ASeedDrawsTheSameWhateverItsNeighbours) {
  const auto many = swarm(quiet(), seeds(1, 30)).value();
  const auto one = swarm(quiet(), seeds(17, 1)).value();
  EXPECT_EQ(config::save_text(many[16].story), config::save_text(one[0].story));
  EXPECT_NE(config::save_text(many[15].story), config::save_text(one[0].story));
}

TEST(Swarm, ACaseCanBeKeptAsAScenarioFile) {
  const auto cases = swarm(quiet(), seeds(1, 20)).value();
  for (const scenario::Case& one : cases) {
    const auto read =
        config::load_text<scenario::Scenario>(one.id, brief_text(one.story, {one.id}));
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(config::save_text(read.value()), config::save_text(one.story));
  }
}

TEST(Swarm, TakesOnlyTheFamiliesAndOnsetsAskedFor) {
  scenario::Swarm how = seeds(1, 40);
  how.families = {"time", "communication"};
  how.from_s = 1000;
  how.until_s = 2000;
  const auto cases = swarm(quiet(), how).value();
  for (const scenario::Case& one : cases) {
    for (const scenario::Event& event : one.story.events) {
      const std::string_view family = faults::name(faults::row(event.fault).family);
      EXPECT_TRUE(family == "time" || family == "communication");
      EXPECT_GE(event.time_s, 1000);
      EXPECT_LT(event.time_s, 2000);
    }
  }
}

TEST(Swarm, DrawsEachFamilyOnceBeforeAnyTwice) {
  const auto menu = menu_of(quiet().files).value();
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::set<std::string_view> families;
    const auto faults = draw_faults(menu, seed, 5, 0, 3600, 3600);
    for (const faults::Fault& fault : faults)
      families.insert(faults::name(faults::row(fault.fault).family));
    EXPECT_EQ(families.size(), std::min(faults.size(), menu.size()));
  }
}

TEST(Swarm, SaysWhatItCannotDraw) {
  scenario::Swarm how = seeds(1, 1);
  how.families = {"sensors"};
  EXPECT_THAT(swarm(quiet(), how).error().text(), HasSubstr("did you mean 'sensor'?"));
  how.families = {"software"};
  EXPECT_THAT(swarm(quiet(), how).error().text(),
              HasSubstr("this bench has no faults of the family \"software\""));
  how.families.clear();
  how.until_s = 7200;
  EXPECT_THAT(swarm(quiet(), how).error().text(), HasSubstr("do not lie within a run of 3600 s"));
}

}  // namespace
}  // namespace saggar::search
