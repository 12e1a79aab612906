#include "hil/cluster/spec.hpp"

#include <gmock/gmock.h>

#include <cstdio>

namespace saggar::cluster {
namespace {

TEST(Spec, PutsAnyTextIntoOneWordOfAShell) {
  const std::string text = "it's $HOME `id` \"x\" \\ *";
  FILE* pipe = popen(("printf %s " + shell_word(text)).c_str(), "r");
  char buffer[100] = "";
  const std::size_t count = fread(buffer, 1, sizeof buffer, pipe);
  pclose(pipe);
  EXPECT_EQ(std::string(buffer, count), text);
}

TEST(Spec, MakesNamesThatNothingTakesApart) {
  EXPECT_EQ(plain_name("faults-full_2.1"), "faults-full_2.1");
  EXPECT_EQ(plain_name("a b\n#SBATCH;\xc3\xa9"), "a-b--SBATCH---");
  EXPECT_EQ(plain_name(""), "campaign");
}

TEST(Spec, SaysWhatItIsOf) {
  EXPECT_EQ(headline("night", 200, 20, "0123456789abcdef"),
            "night, 200 cases in 20 shards, campaign 0123456789ab");
}

}  // namespace
}  // namespace saggar::cluster
