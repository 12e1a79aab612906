#include "hil/cluster/folder.hpp"

#include <gmock/gmock.h>

#include <set>

#include "runtime/config/load.hpp"
#include "tests/hil/cluster/sample.hpp"

namespace saggar::cluster {
namespace {

using ::testing::HasSubstr;

/// The folder a test is in, put back when it is over.
class Inside {
 public:
  explicit Inside(const std::filesystem::path& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~Inside() { std::filesystem::current_path(before_); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  std::filesystem::path before_;
};

struct Made {
  explicit Made(const std::string& name, std::uint32_t shards = 4)
      : configs(name), build(sample_build()), plan(sample_plan(configs, build)) {
    const Inside inside(configs.path());
    auto folder = Folder::make("out", plan, build, shards, "again {id}", configs.path());
    if (!folder) throw std::runtime_error(folder.error().text());
    made.emplace(std::move(folder).value());
  }
  const Folder& folder() const { return *made; }

  testing::Folder configs;
  campaign::Build build;
  campaign::Plan plan;
  std::optional<Folder> made;
};

TEST(CampaignFolder, HoldsTheSameCasesInItsShardsAsThePlan) {
  const Made made("shards");
  const Inside inside(made.folder().files());
  std::map<std::string, std::pair<std::string, std::string>> expected, found;
  for (const campaign::Planned& p : made.plan.cases) {
    expected[p.one.id] = {p.inputs, config::save_text(p.one.story)};
  }
  for (std::uint32_t shard = 0; shard < 4; ++shard) {
    const auto plan = made.folder().shard(shard, made.build);
    ASSERT_TRUE(plan) << plan.error().text();
    EXPECT_EQ(plan.value().judged_by.name, "small");
    EXPECT_LE(plan.value().cases.size(), 2U);  // 6 cases of the same cost in 4
    for (const campaign::Planned& p : plan.value().cases) {
      EXPECT_TRUE(
          found.emplace(p.one.id, std::pair(p.inputs, config::save_text(p.one.story))).second);
      EXPECT_TRUE(std::filesystem::is_regular_file(p.one.files.plant));
      EXPECT_TRUE(p.one.files.plant.is_relative());
      EXPECT_EQ(p.one.id, p.one.group + "/seed" + std::to_string(p.one.seed));
    }
  }
  EXPECT_EQ(found, expected);
}

TEST(CampaignFolder, MayBeMovedAsAWhole) {
  const Made made("moved");
  const auto elsewhere = made.configs.path() / "elsewhere";
  std::filesystem::rename(made.folder().path(), elsewhere);
  const auto again = Folder::open(elsewhere);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_TRUE(again.value().check(made.build));
}

TEST(CampaignFolder, StaysWhatWasPlannedWhenTheConfigurationsGoOn) {
  const Made made("later");
  made.configs.write("control/c.toml", "another");
  const Inside inside(made.folder().files());
  const auto plan = made.folder().shard(0, made.build);
  EXPECT_TRUE(plan) << plan.error().text();
}

TEST(CampaignFolder, RefusesAnotherBuildAndSaysWhatOfIt) {
  const Made made("build");
  campaign::Build other = made.build;
  other.digest = std::string(64, 'e');
  other.parts[1].sha256 = std::string(64, '3');
  const auto checked = made.folder().check(other);
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().text(),
              HasSubstr("was planned with another build: plugin pid.so is another one"));
  EXPECT_FALSE(made.folder().shard(0, other));
}

TEST(CampaignFolder, RefusesFilesThatWereChangedAndNamesThem) {
  const Made made("changed");
  made.configs.write("out/files/recipes/r.toml", "another");
  std::filesystem::remove(made.folder().files() / "site/test.toml");
  const auto checked = made.folder().check(made.build);
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().text(),
              HasSubstr("site/test.toml is gone; recipes/r.toml was changed"));
}

// The folder says only that there is one more of what a plant may name; that is another input.
TEST(CampaignFolder, RefusesCasesWhoseInputsAreNotThePlannedOnes) {
  const Made made("inputs");
  made.configs.write("out/files/material/new.toml", "new");
  const Inside inside(made.folder().files());
  const auto plan = made.folder().shard(0, made.build);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().text(), HasSubstr("has other inputs than were planned"));
}

TEST(CampaignFolder, SaysWhichShardsThereAre) {
  const Made made("which", 3);
  const auto plan = made.folder().shard(3, made.build);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().text(), HasSubstr("0 to 2 would be right"));
}

TEST(CampaignFolder, IsMadeOnceOnly) {
  const Made made("once");
  const auto again = Folder::make(made.folder().path(), made.plan, made.build, 2, "", "configs");
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().text(), HasSubstr("is there already"));
}

TEST(CampaignFolder, SaysHowToMakeOne) {
  const auto none = Folder::open("no-such-folder");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text(), HasSubstr("campaign plan SUITE --out DIR"));
}

}  // namespace
}  // namespace saggar::cluster
