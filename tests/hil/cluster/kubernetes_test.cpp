// What it says, line by line; specs_test.py holds whole files against the schema.
#include "hil/cluster/kubernetes.hpp"

#include <gmock/gmock.h>

namespace saggar::cluster {
namespace {

using ::testing::HasSubstr;

Manifest of(std::uint32_t shards) {
  Manifest m;
  m.suite = "Faults_Full";
  m.campaign = "0123456789" + std::string(54, 'c');
  m.shards = shards;
  return m;
}

KubernetesOptions options() {
  KubernetesOptions o;
  o.image = "registry.local:5000/saggar/qa:1.2";
  o.claim = "campaigns";
  return o;
}

TEST(Kubernetes, WritesOneIndexForEachShard) {
  KubernetesOptions o = options();
  o.parallelism = 50;
  o.folder = "night/7";
  const auto specs = kubernetes(of(200), o);
  ASSERT_TRUE(specs) << specs.error().text();
  const std::string& shards = specs.value()[0].text;
  for (const char* line :
       {"apiVersion: batch/v1\n", "\n  name: saggar-faults-full-01234567\n",
        "\n  completionMode: Indexed\n", "\n  completions: 200\n", "\n  parallelism: 50\n",
        "\n  backoffLimitPerIndex: 3\n", "restartPolicy: Never\n",
        "\"--shard\", \"$(JOB_COMPLETION_INDEX)\"", "subPath: \"night/7\"\n",
        "claimName: \"campaigns\"\n", "image: \"registry.local:5000/saggar/qa:1.2\"\n"}) {
    EXPECT_THAT(shards, HasSubstr(line));
  }
}

// HI-57: a test that failed is not tried again; a machine that failed is.
TEST(Kubernetes, TriesAgainWhatIsNotTheTests) {
  const std::string shards = kubernetes(of(2), options()).value()[0].text;
  const std::size_t ignore = shards.find("action: Ignore"),
                    index = shards.find("action: FailIndex"), job = shards.find("action: FailJob");
  EXPECT_LT(ignore, index);
  EXPECT_LT(index, job);
  EXPECT_THAT(shards.substr(ignore, index - ignore), HasSubstr("DisruptionTarget"));
  EXPECT_THAT(shards.substr(index, job - index), HasSubstr("values: [1]"));
  EXPECT_THAT(shards.substr(job), HasSubstr("values: [2]"));
}

TEST(Kubernetes, NeverAsksForMoreAtATimeThanThereAre) {
  KubernetesOptions o = options();
  EXPECT_THAT(kubernetes(of(7), o).value()[0].text, HasSubstr("\n  parallelism: 7\n"));
  o.parallelism = 9;
  EXPECT_THAT(kubernetes(of(7), o).value()[0].text, HasSubstr("\n  parallelism: 7\n"));
}

TEST(Kubernetes, NamesTheOptionThatKubernetesWouldNotTake) {
  const auto complaint = [](auto member, const char* value) {
    KubernetesOptions o = options();
    o.*member = value;
    const auto specs = kubernetes(of(7), o);
    return specs ? std::string("none") : specs.error().text();
  };
  EXPECT_THAT(complaint(&KubernetesOptions::image, ""), HasSubstr("--image"));
  EXPECT_THAT(complaint(&KubernetesOptions::image, "a\"\nb"), HasSubstr("--image"));
  EXPECT_THAT(complaint(&KubernetesOptions::space, "Night"),
              HasSubstr("--namespace: is \"Night\""));
  EXPECT_THAT(complaint(&KubernetesOptions::claim, ""), HasSubstr("--claim"));
  EXPECT_THAT(complaint(&KubernetesOptions::folder, "/abs"), HasSubstr("--folder"));
  EXPECT_THAT(complaint(&KubernetesOptions::folder, "a/../../b"), HasSubstr("--folder"));
  EXPECT_THAT(complaint(&KubernetesOptions::memory, "2 GB"), HasSubstr("--memory"));
  EXPECT_THAT(complaint(&KubernetesOptions::program, "a b"), HasSubstr("--program"));
}

// A pod is called after its job and its index, which together are one label: 63 characters.
TEST(Kubernetes, KeepsNamesShortEnoughForTheirIndex) {
  Manifest m = of(10000);
  m.suite = std::string(200, 'x');
  const std::string merge = kubernetes(m, options()).value()[1].text;
  const std::size_t at = merge.find("  name: ") + 8;
  EXPECT_LE(merge.find('\n', at) - at, 57U);
}

}  // namespace
}  // namespace saggar::cluster
