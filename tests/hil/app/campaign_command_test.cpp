// Campaigns as a person and a scheduler call them: on kiln P1, a minute of it per case.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <regex>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CampaignCommand : public ::testing::Test {
 protected:
  CampaignCommand() : folder_(::testing::TempDir() + "campaign-" + std::to_string(::getpid())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~CampaignCommand() override { fs::remove_all(folder_); }

  /// A suite of some seeds; what else is wanted of each case is added.
  std::string suite(int seeds, const std::string& more = "", const std::string& duration_s = "60") {
    std::ofstream(folder_ + "/short.toml")
        << "kind = \"scenario\"\nname = \"short\"\n[bench]\nkiln = \"p1\"\nrecipe = \"ncm622-p1\"\n"
        << "duration_s = " << duration_s << "\n"
        << more;
    std::ofstream(folder_ + "/many.toml")
        << "kind = \"suite\"\nname = \"many\"\n[[run]]\nscenario = \"short.toml\"\nseeds = "
        << seeds << "\n";
    return folder_ + "/many.toml";
  }
  Said plan(const std::string& suite, int shards) {
    return run("campaign plan " + suite + " --shards " + std::to_string(shards) + " --out " +
               out());
  }
  Said work(int shard) {
    return run("campaign work " + out() + " --shard " + std::to_string(shard));
  }
  std::string out() const { return folder_ + "/out"; }
  static std::string hash_of(const std::string& text) {
    std::smatch match;
    return std::regex_search(text, match, std::regex("hash ([0-9a-f]{16})")) ? match[1].str()
                                                                             : text;
  }

  std::string folder_;
};

// HI-58: whatever the split and the order, and however often.
TEST_F(CampaignCommand, ShardsMergeToTheHashOfALocalRun) {
  const std::string many = suite(7);
  const Said local = run("run " + many + " --out " + folder_ + "/local");
  ASSERT_EQ(local.code, 0) << local.text;
  ASSERT_EQ(plan(many, 3).code, 0);
  for (const int shard : {2, 0, 2}) {
    const Said said = work(shard);
    EXPECT_EQ(said.code, 0) << said.text;
  }
  const Said early = run("campaign merge " + out());
  EXPECT_EQ(early.code, 3);
  EXPECT_THAT(early.text, HasSubstr("shards to run again: 1, hash"));
  EXPECT_EQ(work(1).code, 0);
  const Said merged = run("campaign merge " + out());
  EXPECT_EQ(merged.code, 0) << merged.text;
  EXPECT_THAT(merged.text, HasSubstr("many: PASSED, 7 of 7 cases passed"));
  EXPECT_EQ(hash_of(merged.text), hash_of(local.text));
}

// What a refusal says names files: as they are called where it was planned, not where it is run.
TEST_F(CampaignCommand, ARefusalThatWasExpectedSaysTheSameInACopy) {
  const std::string many = suite(1);
  std::ofstream(folder_ + "/short.toml")
      << "kind = \"scenario\"\nname = \"short\"\n[bench]\nkiln = \"p1\"\nrecipe = "
         "\"ncm811-p2\"\n[[expect]]\nsee = \"refused\"\nis = \"configs/recipes/\"\n";
  const Said local = run("run " + many + " --out " + folder_ + "/local");
  ASSERT_EQ(local.code, 0) << local.text;
  ASSERT_EQ(plan(many, 1).code, 0);
  EXPECT_EQ(work(0).code, 0);
  EXPECT_EQ(hash_of(run("campaign merge " + out()).text), hash_of(local.text));
}

TEST_F(CampaignCommand, AShardMayBeRunTwiceAtOnce) {
  ASSERT_EQ(plan(suite(4), 1).code, 0);
  const std::string one = " campaign work " + out() + " --shard 0 -j 2";
  const std::string program = std::string("exec ") + SAGGAR_BINARY_DIR "/bin/saggar-hil";
  const Said said = shell("(" + program + one + ") & first=$!; (" + program + one +
                          ") & second=$!; wait $first && wait $second");
  EXPECT_EQ(said.code, 0) << said.text;
  const Said merged = run("campaign merge " + out());
  EXPECT_EQ(merged.code, 0) << merged.text;
  // Nothing of a half-written file is left over.
  for (const auto& entry : fs::directory_iterator(out() + "/results")) {
    EXPECT_EQ(entry.path().extension(), ".json") << entry.path();
  }
}

TEST_F(CampaignCommand, AFailedCaseIsNotWorthAnotherTry) {
  ASSERT_EQ(plan(suite(2, "[[bound]]\nkpi = \"hours\"\nleast = 100\n"), 1).code, 0);
  EXPECT_EQ(work(0).code, 1);
  const Said again = work(0);
  EXPECT_EQ(again.code, 1) << "nothing was run, and it still failed";
  EXPECT_THAT(again.text, HasSubstr("2 of 2 cases done, 2 of them before, 2 failed"));
  const Said merged = run("campaign merge " + out());
  EXPECT_EQ(merged.code, 1);
  EXPECT_THAT(merged.text, HasSubstr("failed: short/pid/seed1\n  hours: required >= 100, got "));
  EXPECT_THAT(merged.text, HasSubstr("  again: saggar-hil run " + folder_ +
                                     "/many.toml --only 'short/pid/seed1'"));
}

TEST_F(CampaignCommand, WhatWasStoppedOrKilledIsWorthAnotherTry) {
  ASSERT_EQ(plan(suite(1, "", "2e7"), 1).code, 0);  // most of a year: it ends when it is ended
  const std::string start = std::string(SAGGAR_BINARY_DIR "/bin/saggar-hil campaign work ") +
                            out() +
                            " --shard 0 & worker=$!; until [ -n \"$(cat /proc/$worker/task/$worker/"
                            "children)\" ]; do sleep 0.05; done; ";
  const Said stopped = shell(start + "kill $worker; wait $worker");
  EXPECT_EQ(stopped.code, 3) << stopped.text;
  const Said killed =
      shell(start + "kill -9 $(cat /proc/$worker/task/$worker/children); wait $worker");
  EXPECT_EQ(killed.code, 3) << killed.text;
  EXPECT_THAT(killed.text, HasSubstr("0 of 1 cases done"));
  EXPECT_EQ(run("campaign merge " + out()).code, 3);
}

TEST_F(CampaignCommand, RefusesFilesThatAreNotThoseOfThePlan) {
  ASSERT_EQ(plan(suite(1), 1).code, 0);
  std::ofstream(out() + "/files/configs/control/pid.toml", std::ios::app) << "# changed\n";
  const Said said = work(0);
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text, HasSubstr("configs/control/pid.toml was changed; put it back, or plan"));
  EXPECT_THAT(run("campaign merge " + folder_).text, HasSubstr("manifest.json: is not there"));
  EXPECT_EQ(plan(suite(1), 1).code, 2) << "a folder is planned into once";
}

TEST_F(CampaignCommand, WritesWhatSchedulersTake) {
  ASSERT_EQ(plan(suite(3), 3).code, 0);
  const Said slurm = run("campaign slurm " + out() + " --throttle 2");
  EXPECT_EQ(slurm.code, 0) << slurm.text;
  EXPECT_THAT(text_of(out() + "/slurm/array.sbatch"), HasSubstr("--array=0-2%2\n"));
  EXPECT_EQ(::access((out() + "/slurm/submit.sh").c_str(), X_OK), 0);
  const Said wrong = run("campaign slurm " + out() + " --mem lots");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.text, HasSubstr("--mem: is \"lots\""));
  const Said kubernetes = run("campaign kubernetes " + out() + " --image qa:1 --claim data");
  EXPECT_EQ(kubernetes.code, 0) << kubernetes.text;
  EXPECT_THAT(text_of(out() + "/kubernetes/shards.yaml"), HasSubstr("completions: 3\n"));
}

// Every command of the page does what the page says, in its order.
TEST_F(CampaignCommand, DoesWhatItsPageSays) {
  const auto commands = commands_of(text_of(SAGGAR_SOURCE_DIR "/docs/qa/cluster.md"));
  ASSERT_EQ(commands.size(), 8U);
  for (std::string command : commands) {
    ASSERT_EQ(command.rfind("saggar-hil ", 0), 0U) << command;
    const std::size_t at = command.find("var/night");
    ASSERT_NE(at, std::string::npos) << command;
    command.replace(at, 9, out());
    const Said said = run(command.substr(11));
    EXPECT_EQ(said.code, 0) << command << ": " << said.text;
    if (command.find(" merge ") == std::string::npos) continue;
    EXPECT_THAT(said.text, HasSubstr("two-hundred: PASSED, 11 of 11 cases passed"));
  }
}

}  // namespace
}  // namespace saggar::app
