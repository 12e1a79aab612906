#include "hil/cluster/slurm.hpp"

#include <gmock/gmock.h>

namespace saggar::cluster {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Manifest of(std::uint32_t shards) {
  Manifest m;
  m.suite = "night";
  m.campaign = std::string(64, 'c');
  m.shards = shards;
  return m;
}

SlurmOptions options() {
  SlurmOptions o;
  o.program = "/opt/saggar/bin/saggar-hil";
  return o;
}

std::string complaint(const SlurmOptions& o) {
  const auto specs = slurm(of(10), o);
  return specs ? "none" : specs.error().text();
}

TEST(Slurm, WritesAnArrayWithItsThrottle) {
  SlurmOptions o = options();
  o.throttle = 20;
  o.partition = "night,day";
  o.jobs = 4;
  o.time = "2-00:30:00";
  const auto specs = slurm(of(200), o);
  ASSERT_TRUE(specs) << specs.error().text();
  const std::string& array = specs.value()[0].text;
  EXPECT_EQ(specs.value()[0].name, "array.sbatch");
  for (const char* line :
       {"#!/bin/sh\n", "\n#SBATCH --array=0-199%20\n", "\n#SBATCH --requeue\n",
        "\n#SBATCH --partition=night,day\n", "\n#SBATCH --cpus-per-task=4\n",
        "\n#SBATCH --time=2-00:30:00\n", "\n#SBATCH --mem=2G\n", "\n#SBATCH --output=%A_%a.log\n",
        "\n'/opt/saggar/bin/saggar-hil' campaign work .. --shard \"$SLURM_ARRAY_TASK_ID\" -j "
        "4\n"}) {
    EXPECT_THAT(array, HasSubstr(line));
  }
  EXPECT_THAT(array, Not(HasSubstr("--account")));
}

TEST(Slurm, MergesWhateverBecameOfTheShards) {
  const auto specs = slurm(of(3), options());
  ASSERT_TRUE(specs);
  EXPECT_THAT(specs.value()[1].text, HasSubstr("campaign merge .."));
  EXPECT_EQ(specs.value()[2].name, "submit.sh");
  EXPECT_TRUE(specs.value()[2].runnable);
  EXPECT_THAT(specs.value()[2].text, HasSubstr("--dependency=afterany:"));
}

TEST(Slurm, LeavesTheThrottleToTheClusterWithoutOne) {
  EXPECT_THAT(slurm(of(3), options()).value()[0].text, HasSubstr("#SBATCH --array=0-2\n"));
}

TEST(Slurm, NamesTheOptionThatSlurmWouldNotTake) {
  const auto with = [](auto member, const char* value) {
    SlurmOptions o = options();
    o.*member = value;
    return complaint(o);
  };
  for (const char* time : {"", "1h", "1:2:3:4", "01:00:00\n#SBATCH --uid=0", "-5"}) {
    EXPECT_THAT(with(&SlurmOptions::time, time), HasSubstr("--time: is \"")) << time;
  }
  for (const char* time : {"90", "90:00", "01:00:00", "1-12", "1-12:30", "1-12:30:00"}) {
    EXPECT_EQ(with(&SlurmOptions::time, time), "none") << time;
  }
  EXPECT_THAT(with(&SlurmOptions::mem, "2 GB"), HasSubstr("--mem: is \"2 GB\""));
  EXPECT_THAT(with(&SlurmOptions::mem, "0"), HasSubstr("--mem"));
  EXPECT_THAT(with(&SlurmOptions::partition, "a b"), HasSubstr("--partition"));
  EXPECT_THAT(with(&SlurmOptions::account, "a;b"), HasSubstr("--account"));
  EXPECT_THAT(with(&SlurmOptions::program, ""), HasSubstr("--program"));
  SlurmOptions none = options();
  none.jobs = 0;
  EXPECT_THAT(complaint(none), HasSubstr("--jobs: is 0; 1 to 1024 would be right"));
}

// MaxArraySize of Slurm is 1001 unless a cluster says more: indices 0 to 1000.
TEST(Slurm, RefusesMoreShardsThanAnArrayHolds) {
  EXPECT_TRUE(slurm(of(1001), options()));
  const auto many = slurm(of(1002), options());
  ASSERT_FALSE(many);
  EXPECT_THAT(many.error().text(), HasSubstr("MaxArraySize"));
  SlurmOptions larger = options();
  larger.max_array = 4001;
  EXPECT_TRUE(slurm(of(4001), larger));
}

}  // namespace
}  // namespace saggar::cluster
