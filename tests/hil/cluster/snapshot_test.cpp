#include "hil/cluster/snapshot.hpp"

#include <gmock/gmock.h>

#include "runtime/record/hash_chain.hpp"
#include "tests/hil/scenario/folder.hpp"

namespace saggar::cluster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string sha(const std::string& text) { return record::hex(record::sha256(text)); }

TEST(Snapshot, KeepsPathsFromTheFolderOfThePlan) {
  EXPECT_EQ(place_of("configs/control/pid.toml", "/here"), "configs/control/pid.toml");
  EXPECT_EQ(place_of("/here/configs/kiln/../site/a.toml", "/here/"), "configs/site/a.toml");
  EXPECT_EQ(place_of("/there/x.toml", "/here"), "outside/there/x.toml");
  EXPECT_EQ(place_of("../x.toml", "/here/below"), "outside/here/x.toml");
}

TEST(Snapshot, CopiesWhatItWasToldAndNothingElse) {
  const testing::Folder folder("copy");
  folder.write("a/x.toml", "one");
  const auto made =
      copy(folder.path() / "a/x.toml", folder.path(), folder.path() / "to", sha("one"));
  ASSERT_TRUE(made) << made.error().text();
  EXPECT_EQ(made.value().path, "a/x.toml");
  EXPECT_THAT(differences({made.value()}, folder.path() / "to"), IsEmpty());
  const auto other =
      copy(folder.path() / "a/x.toml", folder.path(), folder.path() / "to", sha("two"));
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().text(), HasSubstr("a/x.toml: was changed while"));
}

TEST(Snapshot, NamesEveryFileThatIsNotAsItWas) {
  const testing::Folder folder("differ");
  for (const char* file : {"a.toml", "b.toml"}) folder.write(file, "one");
  const std::vector<FileCopy> files = {
      {"a.toml", sha("one")}, {"b.toml", sha("two")}, {"c.toml", sha("one")}};
  EXPECT_THAT(differences(files, folder.path()),
              ElementsAre("b.toml was changed", "c.toml is gone"));
}

TEST(Snapshot, NamesEveryPartOfABuildThatIsNotTheSame) {
  const std::vector<campaign::BuildPart> planned = {{"program", "1"}, {"a.so", "2"}, {"b.so", "3"}};
  EXPECT_THAT(differences(planned, planned), IsEmpty());
  const std::vector<campaign::BuildPart> here = {{"program", "9"}, {"a.so", "2"}, {"c.so", "4"}};
  EXPECT_THAT(differences(planned, here),
              ElementsAre("the program is another one", "plugin b.so is not there",
                          "plugin c.so is there in addition"));
}

}  // namespace
}  // namespace saggar::cluster
