// From a control file to a package that was held against kiln, recipe, duty and date. Hashes are
// compared later: tests/runtime/assembly/package_test.cpp.
#include "runtime/config/given_package.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "runtime/config/bundle.hpp"
#include "tests/runtime/config/texts.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar::config {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kControl =
    "kind = \"control\"\n"                // 1
    "name = \"c\"\n"                      // 2
    "[[controller]]\n"                    // 3
    "name = \"policy\"\n"                 // 4
    "plugin = \"p\"\n"                    // 5
    "duty = \"heat\"\n"                   // 6
    "package = \"packages/one\"\n"        // 7
    "[ladder.heat]\n"                     // 8
    "rungs = [\"policy\", \"recipe\"]\n"  // 9
    "[[screening]]\n"                     // 10
    "unit = \"degC\"\n";                  // 11

class GivenPackageFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(::testing::TempDir()) /
           (std::string("saggar_given_package_") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
    put("site.toml", "kind = \"site\"\nname = \"s\"\n" + endpoints_text());
    put("kiln.toml", kiln_text(3));
    put("recipe.toml", recipe_text());
    put("control.toml", kControl);
    package_.write(folder());
  }
  void TearDown() override { fs::remove_all(dir_); }
  fs::path folder() const { return dir_ / "packages/one"; }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
  }
  domain::Result<Bundle> bundle(const std::string& today = "2026-06-01") const {
    return load_bundle(dir_ / "site.toml", dir_ / "kiln.toml", dir_ / "recipe.toml",
                       dir_ / "control.toml", today);
  }
  std::string error(const std::string& today = "2026-06-01") const {
    const auto result = bundle(today);
    return result ? "" : result.error().text();
  }
  /// What is said once the package was changed and written anew.
  template <class Change>
  std::string after(Change&& change) {
    saggar::testing::PolicyPackage changed = package_;
    change(changed.manifest);
    changed.agree();
    changed.write(folder());
    return error();
  }
  fs::path dir_;
  saggar::testing::PolicyPackage package_{3, "k", "r", {{"members/a.pt", "one"}, {"b.pt", "two"}}};
};

TEST_F(GivenPackageFiles, AFolderIsReadFromWhereTheControlFileStands) {
  const auto result = bundle();
  ASSERT_TRUE(result) << result.error().text();
  const GivenPackage& package = result.value().packages.at("policy");
  EXPECT_EQ(package.manifest.id, "com.saggar.test");
  EXPECT_EQ(package.content.folder, folder().string());
  EXPECT_EQ(package.content.files.at("members/a.pt"), "one");
  EXPECT_EQ(package.at, (dir_ / "control.toml").string() + ":7:11");
  EXPECT_EQ(package.accepted, "2026-06-01");
}

TEST_F(GivenPackageFiles, TheManifestCountsInTheCanonicalText) {
  const auto one = bundle();
  ASSERT_EQ(after([](PolicyConfig& m) { m.version = "1.0.1"; }), "");
  const auto other = bundle();
  EXPECT_NE(one.value().canonical, other.value().canonical);
}

TEST_F(GivenPackageFiles, AnotherKilnRecipeOrDutyIsRefusedAtItsLine) {
  EXPECT_THAT(
      after([](PolicyConfig& m) {
        m.kilns = {"p1", "p2"};
      }),
      AllOf(HasSubstr("manifest.toml:"), HasSubstr("is for kiln p1, p2, this is kiln 'k'")));
  EXPECT_THAT(after([](PolicyConfig& m) { m.recipes = {"other"}; }),
              HasSubstr("covers recipe other, this is recipe 'r'"));
  EXPECT_THAT(after([](PolicyConfig& m) { m.duty = domain::Duty::transport; }),
              HasSubstr("is for duty transport, controller 'policy' has duty heat"));
}

TEST_F(GivenPackageFiles, OnItsLastDayItIsLoadedAndNoDayLonger) {
  EXPECT_EQ(error("2099-12-31"), "");
  EXPECT_THAT(error("2100-01-01"),
              HasSubstr("the package expired on 2099-12-31, today is 2100-01-01"));
}

TEST_F(GivenPackageFiles, WhatIsNotListedOrNotThereIsRefused) {
  put("packages/one/notes.txt", "x");
  EXPECT_THAT(error(), HasSubstr("notes.txt is in the folder, but not in the list"));
  fs::remove(folder() / "notes.txt");
  fs::create_directories(folder() / "empty");
  EXPECT_EQ(error(), "");
  fs::remove(folder() / "b.pt");
  EXPECT_THAT(error(), HasSubstr("there is no file " + (folder() / "b.pt").string()));
}

TEST_F(GivenPackageFiles, AnEmptyMemberIsRefused) {
  put("packages/one/b.pt", "");
  EXPECT_THAT(error(), HasSubstr("b.pt is empty"));
}

TEST_F(GivenPackageFiles, LinksAreRefusedWhereverTheyLead) {
  fs::remove(folder() / "b.pt");
  fs::create_symlink(dir_ / "control.toml", folder() / "b.pt");
  EXPECT_THAT(error(), AllOf(HasSubstr("control.toml:7:11: policy package"), HasSubstr("b.pt"),
                             HasSubstr("is a link")));
  fs::remove(folder() / "b.pt");
  fs::create_directory_symlink(dir_, folder() / "b.pt");
  EXPECT_THAT(error(), HasSubstr("is a link"));
}

TEST_F(GivenPackageFiles, SizesOutOfReasonAreRefused) {
  fs::resize_file(folder() / "b.pt", kMostFileBytes + 1);
  EXPECT_THAT(error(), HasSubstr("a file of a package has at most 64 MiB"));
  fs::resize_file(folder() / "b.pt", 3);
  for (std::size_t k = 0; k <= kMostPackageFiles; ++k) {
    put("packages/one/" + std::to_string(k), "x");
  }
  EXPECT_THAT(error(), HasSubstr("holds more than 256 files"));
}

TEST_F(GivenPackageFiles, AFolderThatIsNoneIsComplainedOfWhereItIsNamed) {
  fs::remove(folder() / "manifest.toml");
  EXPECT_THAT(error(),
              AllOf(HasSubstr("control.toml:7:11: "), HasSubstr("holds no manifest.toml")));
  fs::remove_all(folder());
  EXPECT_THAT(error(), HasSubstr("is no folder; name the folder of a policy package"));
}

TEST_F(GivenPackageFiles, AManifestThatIsWrongIsComplainedOfAtItsOwnLine) {
  EXPECT_THAT(after([](PolicyConfig& m) { m.outputs[0].trim = 0; }),
              AllOf(HasSubstr("one/manifest.toml:"), HasSubstr("trim: found")));
}

TEST_F(GivenPackageFiles, APolicyIsALearnedController) {
  put("control.toml",
      replaced(kControl, "duty = \"heat\"\n", "duty = \"heat\"\nlearned = false\n"));
  EXPECT_THAT(error(), HasSubstr("a policy package was learnt"));
}

TEST_F(GivenPackageFiles, TextsWithoutTheirFilesAreRefused) {
  const auto made = bundle();
  ASSERT_TRUE(made);
  const Bundle& b = made.value();
  BundleTexts texts{{"s", save_text(b.site)},
                    {"k", save_text(b.kiln)},
                    {"r", save_text(b.recipe)},
                    {"c", save_text(b.control)},
                    {},
                    {{"policy", b.packages.at("policy").content}},
                    "2026-06-01"};
  const auto again = load_bundle(texts);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again.value().canonical, b.canonical);
  texts.packages.clear();
  const auto without = load_bundle(texts);
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().text(),
              HasSubstr("the files of package 'packages/one' were not read"));
}

// ---- against a plant, and papers -------------------------------------------------------------

class GivenPackageChecks : public GivenPackageFiles {
 protected:
  std::string tags_said() {
    const auto made = bundle();
    if (!made) return made.error().text();
    Complaints complaints;
    check_tags(made.value().plant, made.value().packages.at("policy"), complaints);
    check_papers(made.value().packages.at("policy"), complaints);
    return complaints.empty() ? "" : complaints.error().text();
  }
  template <class Change>
  std::string said_after(Change&& change) {
    saggar::testing::PolicyPackage changed = package_;
    change(changed);
    changed.write(folder());
    return tags_said();
  }
};

TEST_F(GivenPackageChecks, TagsUnitsAndRangesAreTheKilns) {
  EXPECT_EQ(tags_said(), "");
  const auto feature = [&](auto change) {
    return said_after([&](saggar::testing::PolicyPackage& p) {
      change(p.manifest.features[0]);
      p.agree();
    });
  };
  EXPECT_THAT(feature([](PolicyFeature& f) { f.tag = "zone01.topp.temperature"; }),
              AllOf(HasSubstr("has no tag 'zone01.topp.temperature', measured or estimated"),
                    HasSubstr("did you mean 'zone01.top.temperature'")));
  EXPECT_THAT(feature([](PolicyFeature& f) { f.unit = "K"; }),
              HasSubstr("found 'K', but zone01.top.temperature is in 'degC'"));
  EXPECT_THAT(feature([](PolicyFeature& f) { f.over = "zone01.top.output"; }),
              HasSubstr("found 'zone01.top.output', which is no MV of kiln 'k'"));
  EXPECT_THAT(feature([](PolicyFeature& f) { f.low = 5000, f.high = 6000; }),
              HasSubstr("was trained on 5000 to 6000, but here it can be"));
}

TEST_F(GivenPackageChecks, OutputsAreMvsOfItsDuty) {
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) {
                p.manifest.outputs[0].tags = {"zone01.top.temperature"};
              }),
              HasSubstr("found 'zone01.top.temperature', which is no MV of duty heat"));
  EXPECT_THAT(
      said_after([](saggar::testing::PolicyPackage& p) { p.manifest.outputs[0].unit = "K"; }),
      HasSubstr("found 'K', but zone01.top.setpoint is in 'degC'"));
}

TEST_F(GivenPackageChecks, PredictionsAreOfTagsToo) {
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) {
                p.manifest.predictions = {{"gas.point1.o2", "degC", 600, 0, 1}};
                p.agree();
              }),
              HasSubstr("found 'degC', but gas.point1.o2 is in '%'"));
}

TEST_F(GivenPackageChecks, PapersSayWhatTheManifestSays) {
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) { p.card.kilns = {"x"}; }),
              AllOf(HasSubstr("card.toml:"), HasSubstr("is not what the manifest says")));
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) { p.card.expires = "2030-01-01"; }),
              HasSubstr("is not what the manifest says"));
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) { p.card.features.pop_back(); }),
              HasSubstr("is not what the manifest says"));
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) { p.domain.spread = {1}; }),
              HasSubstr("found 1 numbers, right is 3, one per output"));
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) {
                p.manifest.features[0].lags_s = {0, 10};
              }),
              HasSubstr("found 6 numbers, right is 7, one per feature and lag"));
  EXPECT_THAT(said_after([](saggar::testing::PolicyPackage& p) { p.sheet.licence.clear(); }),
              HasSubstr("licence"));
  package_.write(folder());
  put("packages/one/card.ko.md", "");
  EXPECT_THAT(tags_said(), HasSubstr("card.ko.md: is empty"));
}

}  // namespace
}  // namespace saggar::config
