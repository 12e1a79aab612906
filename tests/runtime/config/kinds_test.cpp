// `saggar check`, as a function.
#include "runtime/config/kinds.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

namespace fs = std::filesystem;

class CheckFiles : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) /
           (std::string("saggar_check_") +
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
  }
  void TearDown() override { fs::remove_all(dir_); }

  void put(const std::string& name, const std::string& text) {
    std::ofstream(dir_ / name, std::ios::binary) << text;
    paths_.push_back(dir_ / name);
  }
  int run(const Kinds& kinds = Kinds::builtin()) {
    std::ostringstream out;
    const int code = check_files(paths_, out, kinds);
    out_ = out.str();
    const std::string prefix = dir_.string() + "/";
    for (std::size_t at = out_.find(prefix); at != std::string::npos; at = out_.find(prefix)) {
      out_.erase(at, prefix.size());
    }
    return code;
  }

  fs::path dir_;
  std::vector<fs::path> paths_;
  std::string out_;
};

TEST_F(CheckFiles, RightFilesAreSaidToBeRight) {
  put("k.toml", kiln_text(3));
  put("r.toml", recipe_text());
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(out_, "k.toml: ok\nr.toml: ok\n");
}

TEST_F(CheckFiles, EveryComplaintIsALine) {
  put("k.toml", replaced(kiln_text(3), "zones = 3\n", "zones = 300\nzoness = 1\n"));
  put("r.toml", recipe_text());
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(out_,
            "k.toml:4:9: zones: found 300, right is 1 to 64\n"
            "k.toml:5:1: unknown key 'zoness'; did you mean 'zones'?\n"
            "r.toml: ok\n");
}

TEST_F(CheckFiles, TheKindSaysWhatAFileIs) {
  put("a.toml", "kind = \"klin\"\n");
  put("b.toml", "name = \"x\"\n");
  put("c.toml", "kind = [1]\n");
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(out_,
            "a.toml:1:8: kind: found the text \"klin\", right is one of kiln, recipe, control, "
            "site, identification, model, policy, policy_domain, "
            "policy_card, policy_data_sheet; did you mean 'kiln'?\n"
            "b.toml:1:1: missing key 'kind': write kind = \"...\" at the top, one of kiln, recipe, "
            "control, site, identification, model, policy, policy_domain, policy_card, "
            "policy_data_sheet\n"
            "c.toml:1:8: kind: found an array, right is one of kiln, recipe, control, site, "
            "identification, model, policy, policy_domain, policy_card, policy_data_sheet\n");
}

TEST_F(CheckFiles, ARecipeIsCheckedAgainstTheKilnItNames) {
  put("k.toml", kiln_text(3));
  put("r.toml", replaced(recipe_text(), "setpoint_degC = 700", "setpoint_degC = [1, 2]"));
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(out_, testing::HasSubstr("r.toml:6:17: found 2 figures, right is 1 or 3"));
  EXPECT_THAT(out_, testing::EndsWith("\ntogether: refused\n"));
}

// Alone it would pass with any number of zones; its kiln stands where kilns stand.
TEST_F(CheckFiles, ARecipeAloneIsCheckedAgainstTheKilnBesideIt) {
  fs::create_directories(dir_ / "kiln");
  fs::create_directories(dir_ / "recipes");
  std::ofstream(dir_ / "kiln" / "k.toml") << kiln_text(3);
  put("recipes/r.toml", recipe_text());
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(out_, "recipes/r.toml: ok\nrecipes/r.toml: checked against kiln/k.toml\n");
  put("recipes/r.toml", replaced(recipe_text(), "setpoint_degC = 700", "setpoint_degC = [1, 2]"));
  paths_.pop_back();
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(out_, testing::HasSubstr("recipes/r.toml:6:17: found 2 figures, right is 1 or 3"));
}

TEST_F(CheckFiles, ARecipeWhoseKilnIsNowhereSaysWhatWasNotChecked) {
  put("r.toml", replaced(recipe_text(), "kiln = \"k\"", "kiln = \"../../k\""));
  EXPECT_EQ(run(), 0);
  EXPECT_THAT(out_,
              testing::HasSubstr("r.toml: its kiln '../../k' is neither among these files nor "));
  EXPECT_THAT(out_, testing::HasSubstr("limits of the kiln are not checked\n"));
}

TEST_F(CheckFiles, ARecipeForAnotherKilnIsCheckedAlone) {
  put("k.toml", kiln_text(3));
  put("r.toml", replaced(replaced(recipe_text(), "setpoint_degC = 700", "setpoint_degC = [1, 2]"),
                         "kiln = \"k\"", "kiln = \"other\""));
  EXPECT_EQ(run(), 0);
}

TEST_F(CheckFiles, WhichFilesWereRightIsToldByKind) {
  put("k.toml", kiln_text(3));
  put("r.toml", recipe_text());
  put("bad.toml", replaced(recipe_text(), "setpoint_degC", "setpoint_degD"));
  std::ostringstream out;
  FilesByKind by_kind;
  EXPECT_EQ(check_files(paths_, out, Kinds::builtin(), &by_kind), 1);
  EXPECT_EQ(by_kind, (FilesByKind{{"kiln", {dir_ / "k.toml"}}, {"recipe", {dir_ / "r.toml"}}}));
}

TEST_F(CheckFiles, AFileThatCannotBeReadIsSaid) {
  paths_.push_back(dir_ / "none.toml");
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(out_, testing::StartsWith("none.toml: cannot be read: "));
}

TEST_F(CheckFiles, OtherFoldersAddTheirOwnKinds) {
  put("s.toml", "kind = \"sample\"\nname = \"x\"\ncount = 0\n");
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(out_, testing::HasSubstr("right is one of kiln, recipe, control, site"));
  Kinds kinds = Kinds::builtin();
  kinds.add<Sample>("A sample.");
  EXPECT_EQ(run(kinds), 1);
  EXPECT_EQ(out_, "s.toml:3:9: count: found 0, right is 1 to 65535\n");
}

TEST(KindsList, AddingAKindAgainReplacesIt) {
  Kinds kinds = Kinds::builtin();
  kinds.add<KilnConfig>("Another title.");
  EXPECT_EQ(kinds.all().size(), 10U);
  EXPECT_EQ(kinds.find("kiln")->title, "Another title.");
  EXPECT_EQ(kinds.find("none"), nullptr);
}

TEST_F(CheckFiles, SchemasAndPageAreWritten) {
  ASSERT_TRUE(write_schemas(dir_ / "schema").ok());
  EXPECT_TRUE(fs::exists(dir_ / "schema" / "kiln.schema.json"));
  EXPECT_TRUE(fs::exists(dir_ / "schema" / "site.schema.json"));
  ASSERT_TRUE(write_reference(dir_ / "docs" / "page.md").ok());
  EXPECT_TRUE(fs::exists(dir_ / "docs" / "page.md"));
  put("file", "x");
  EXPECT_FALSE(write_reference(dir_ / "file" / "page.md").ok());
}

}  // namespace
}  // namespace saggar::config
