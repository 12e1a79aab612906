#include "hil/campaign/inputs.hpp"

#include <gmock/gmock.h>

#include "tests/hil/scenario/folder.hpp"

namespace saggar::campaign {
namespace {

using ::testing::HasSubstr;

class InputsTest : public ::testing::Test {
 protected:
  InputsTest() : folder_("inputs") {
    folder_.write("material/m.toml", "m");
    folder_.scenario("quiet", "duration_s = 60\n");
    const auto loaded = scenario::load_scenario(folder_.place(), "quiet");
    if (!loaded) throw std::runtime_error(loaded.error().text());
    one_ = scenario::expand(loaded.value()).value().at(0);
  }
  std::string of(const scenario::Case& one) { return Inputs().of(one).value(); }

  testing::Folder folder_;
  scenario::Case one_;
};

TEST_F(InputsTest, AreOthersWhenAnythingIsThatAResultDependsOn) {
  const std::string before = of(one_);
  EXPECT_EQ(of(one_), before);
  scenario::Case other = one_;
  other.story.bench.seed = 2;
  EXPECT_NE(of(other), before);
  for (const char* file : {"kiln/k.toml", "kiln/k.plant.toml", "recipes/r.toml", "control/c.toml",
                           "site/test.toml", "material/m.toml"}) {
    const std::string old = of(one_);
    folder_.write(file, std::string("changed ") + file);
    EXPECT_NE(of(one_), old) << file;
  }
}

TEST_F(InputsTest, AreTheSameWhereverTheFilesStand) {
  const std::string before = of(one_);
  const testing::Folder other("inputs-elsewhere");
  std::filesystem::copy(
      folder_.path(), other.path(),
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  scenario::Case there = one_;
  for (auto* path : {&there.files.site, &there.files.kiln, &there.files.plant, &there.files.recipe,
                     &there.files.control}) {
    *path = other.path() / path->lexically_relative(folder_.path());
  }
  EXPECT_EQ(of(there), before);
}

TEST_F(InputsTest, ReadEachFileOnce) {
  Inputs inputs;
  const std::string before = inputs.of(one_).value();
  folder_.write("control/c.toml", "changed");
  EXPECT_EQ(inputs.of(one_).value(), before);
  EXPECT_EQ(inputs.files(one_.files).size(), 6U);  // five of the bench, one material
}

TEST_F(InputsTest, NameTheFileThatIsNotThere) {
  std::filesystem::remove(one_.files.recipe);
  const auto none = Inputs().of(one_);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text(), HasSubstr("r.toml: cannot be read"));
}

// SHA-256 of "abc": FIPS 180-2, appendix B.1.
TEST_F(InputsTest, AreDigestsOfWholeFiles) {
  folder_.write("abc", "abc");
  EXPECT_EQ(digest_of_file(folder_.path() / "abc").value(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_FALSE(digest_of_file(folder_.path()));
}

}  // namespace
}  // namespace saggar::campaign
