#include "runtime/config/given_model.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "runtime/config/bundle.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string kControl =
    "kind = \"control\"\n"             // 1
    "name = \"c\"\n"                   // 2
    "[[controller]]\n"                 // 3
    "name = \"mpc\"\n"                 // 4
    "plugin = \"p\"\n"                 // 5
    "duty = \"heat\"\n"                // 6
    "model = \"models/m.toml\"\n"      // 7
    "[ladder.heat]\n"                  // 8
    "rungs = [\"mpc\", \"recipe\"]\n"  // 9
    "[[screening]]\n"                  // 10
    "unit = \"degC\"\n";               // 11

const std::string kModel =
    "kind = \"model\"\n"                     // 1
    "name = \"m\"\n"                         // 2
    "period_s = 60\n"                        // 3
    "[[input]]\n"                            // 4
    "name = \"u\"\n"                         // 5
    "unit = \"degC\"\n"                      // 6
    "tags = [\"zone01.top.setpoint\"]\n"     // 7
    "operating_point = 700\n"                // 8
    "[[output]]\n"                           // 9
    "name = \"y\"\n"                         // 10
    "unit = \"degC\"\n"                      // 11
    "tags = [\"zone01.top.temperature\"]\n"  // 12
    "operating_point = 700\n"                // 13
    "order = 1\n"                            // 14
    "inputs = [\"u\"]\n"                     // 15
    "a = [0.9]\n"                            // 16
    "b = [0.1]\n"                            // 17
    "c = [1]\n"                              // 18
    "[[channel]]\n"                          // 19
    "output = \"y\"\n"                       // 20
    "input = \"u\"\n";                       // 21

/// A control file in a folder, its model in a folder beneath it.
class GivenModelFiles : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) /
           (std::string("saggar_given_model_") +
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_ / "models");
    put("site.toml", "kind = \"site\"\nname = \"s\"\n" + endpoints_text());
    put("kiln.toml", kiln_text(3));
    put("recipe.toml", recipe_text());
    put("control.toml", kControl);
    put("models/m.toml", kModel);
  }
  void TearDown() override { fs::remove_all(dir_); }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
  }
  domain::Result<Bundle> bundle() const {
    return load_bundle(dir_ / "site.toml", dir_ / "kiln.toml", dir_ / "recipe.toml",
                       dir_ / "control.toml");
  }
  std::string error() const {
    const auto result = bundle();
    return result ? "" : result.error().text();
  }
  fs::path dir_;
};

TEST_F(GivenModelFiles, AModelIsFoundFromTheFolderOfTheControlFile) {
  const auto result = bundle();
  ASSERT_TRUE(result.ok()) << result.error().text();
  const GivenModels& models = result.value().models;
  ASSERT_EQ(models.size(), 1U);
  const GivenModel& model = models.at("mpc");
  EXPECT_EQ(model.config.name, "m");
  EXPECT_EQ(model.file, (dir_ / "models/m.toml").string());
  EXPECT_EQ(model.at, (dir_ / "control.toml").string() + ":7:9");
}

TEST_F(GivenModelFiles, TheFilterHasAModelOfItsOwn) {
  put("models/n.toml", kModel);
  put("control.toml", std::string(kControl) + "[filter]\nmodel = \"models/n.toml\"\n");
  const auto result = bundle();
  ASSERT_TRUE(result.ok()) << result.error().text();
  ASSERT_EQ(result.value().models.size(), 2U);
  EXPECT_EQ(result.value().models.at("filter").file, (dir_ / "models/n.toml").string());
}

TEST_F(GivenModelFiles, AnAbsolutePathIsTakenAsItIs) {
  fs::create_directories(dir_ / "elsewhere");
  fs::rename(dir_ / "models/m.toml", dir_ / "elsewhere/n.toml");
  put("control.toml", replaced(kControl, "models/m.toml", (dir_ / "elsewhere/n.toml").string()));
  EXPECT_EQ(error(), "");
}

TEST_F(GivenModelFiles, AModelCountsInTheCanonicalText) {
  const auto one = bundle();
  put("models/m.toml", replaced(kModel, "input = \"u\"", "input = \"u\"\ngain = 0.9"));
  const auto other = bundle();
  ASSERT_TRUE(one.ok() && other.ok()) << other.error().text();
  EXPECT_NE(one.value().canonical, other.value().canonical);
}

TEST_F(GivenModelFiles, AFileThatIsNotThereIsComplainedOfWhereItIsNamed) {
  fs::remove(dir_ / "models/m.toml");
  EXPECT_THAT(error(), HasSubstr("control.toml:7:9: model " + (dir_ / "models/m.toml").string()));
}

TEST_F(GivenModelFiles, AFileThatIsWrongIsComplainedOfAtItsOwnLine) {
  put("models/m.toml", replaced(kModel, "a = [0.9]", "a = [0.9, 1]"));
  EXPECT_THAT(error(), HasSubstr("models/m.toml:16:5: found 2 numbers, right is 1"));
  put("models/m.toml", kControl);
  EXPECT_THAT(error(), HasSubstr("models/m.toml:1:8: "));
}

TEST_F(GivenModelFiles, AModelOfAnotherKilnIsRefused) {
  put("models/m.toml", replaced(kModel, "zone01.top.temperature", "zone09.top.temperature"));
  EXPECT_THAT(error(), HasSubstr("m.toml:12:9: kiln 'k' has no tag 'zone09.top.temperature'"));
  put("models/m.toml", replaced(kModel, "zone01.top.temperature", "zone01.top.output"));
  EXPECT_THAT(error(), HasSubstr("m.toml:11:8: found 'degC', but zone01.top.output is in '%'"));
}

TEST_F(GivenModelFiles, RecordedTextsGiveTheSameBundleWithoutAFile) {
  const auto made = bundle();
  ASSERT_TRUE(made.ok());
  const Bundle& b = made.value();
  BundleTexts texts{{"s", save_text(b.site)},
                    {"k", save_text(b.kiln)},
                    {"r", save_text(b.recipe)},
                    {"c", save_text(b.control)},
                    {{"mpc", {"m", save_text(b.models.at("mpc").config)}}}};
  const auto again = load_bundle(texts);
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(again.value().canonical, b.canonical);
  texts.models.clear();
  const auto without = load_bundle(texts);
  ASSERT_FALSE(without.ok());
  EXPECT_THAT(without.error().text(), HasSubstr("the text of model 'models/m.toml' is not among"));
}

}  // namespace
}  // namespace saggar::config
