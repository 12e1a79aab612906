#include "plugins/host/scan.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const std::string& animal) {
  const auto plugin = describe(zoo_path(animal), std::chrono::milliseconds(20'000));
  return plugin.ok() ? "accepted" : plugin.error().text();
}

TEST(Describe, TellsAllALibrarySaysAboutItself) {
  const auto got = describe(zoo_path("complete"));
  ASSERT_TRUE(got.ok()) << got.error().text();
  const PluginDescription& d = got.value();
  EXPECT_EQ(d.id, "org.saggar.zoo.complete");
  EXPECT_EQ(d.abi, "1.0");
  EXPECT_EQ(d.duties, "heat");
  ASSERT_EQ(d.ports.size(), 3U);
  EXPECT_TRUE(d.ports[1].is_optional);
  EXPECT_TRUE(d.ports[2].is_output);
  ASSERT_EQ(d.params.size(), 4U);
  EXPECT_EQ(d.params[0].key, "gain");
  EXPECT_TRUE(d.params[0].is_tunable && d.params[0].is_per_output);
  EXPECT_THAT(d.extensions,
              ElementsAre("saggar.state/1", "saggar.explain/1", "saggar.horizon/1",
                          "saggar.confidence/1", "saggar.tune/1", "saggar.last_error/1",
                          "saggar.model/1", "saggar.package/1", "saggar.ensemble/1"));
}

// TR-06: what a library does while it is opened happens to a child process only.
TEST(Describe, SurvivesLibrariesThatCrashExitOrHang) {
  EXPECT_THAT(refusal("crashes_when_opened"), HasSubstr("crashed while it was opened: signal 11"));
  EXPECT_THAT(refusal("exits_when_opened"), HasSubstr("exit code 3"));
  const auto hung = describe(zoo_path("hangs_when_opened"), std::chrono::milliseconds(300));
  ASSERT_FALSE(hung.ok());
  EXPECT_THAT(hung.error().what, HasSubstr("took longer than 300 ms to open"));
}

TEST(Describe, CarriesTheRefusalOfTheLibrary) {
  EXPECT_THAT(refusal("wrong_major"), HasSubstr("is made for ABI 2.0"));
  EXPECT_THAT(refusal("truncated"), HasSubstr("is truncated"));
  EXPECT_THAT(refusal("throws_in_create"), HasSubstr("threw an exception"));
}

TEST(List, NamesEachLibraryOfAFolderInOrder) {
  namespace fs = std::filesystem;
  const fs::path dir = fs::path(::testing::TempDir()) / "saggar_list_test";
  fs::remove_all(dir);
  fs::create_directories(dir);
  for (const char* animal : {"plain_c", "newer_minor", "crashes_when_opened"}) {
    fs::copy_file(zoo_path(animal), dir / (std::string(animal) + ".so"));
  }
  std::ofstream(dir / "notes.txt") << "not looked at";
  std::ostringstream out;
  const auto count = list(dir, out);
  ASSERT_TRUE(count.ok());
  EXPECT_EQ(count.value().usable, 1U);
  EXPECT_EQ(count.value().refused, 2U);
  EXPECT_THAT(out.str(), ::testing::StartsWith("refused  crashes_when_opened.so: crashed"));
  EXPECT_THAT(out.str(), HasSubstr("refused  newer_minor.so: is made for ABI 1.1"));
  EXPECT_THAT(out.str(), HasSubstr("ok       plain_c.so: org.saggar.zoo.plain-c 1.0.0"));
  EXPECT_THAT(out.str(), HasSubstr("1 usable, 2 refused"));
  fs::remove_all(dir);
}

TEST(List, WithAKilnSaysOfEachLibraryWhetherItsPortsBindThere) {
  namespace fs = std::filesystem;
  const fs::path dir = fs::path(::testing::TempDir()) / "saggar_bind_test";
  fs::remove_all(dir);
  fs::create_directories(dir);
  for (const char* animal : {"plain_c", "wrong_unit", "unknown_port"}) {
    fs::copy_file(zoo_path(animal), dir / (std::string(animal) + ".so"));
  }
  std::ostringstream without, with;
  EXPECT_EQ(list(dir, without).value().usable, 3U) << "each is sound on its own";
  const auto count = list(dir, with, &small());
  ASSERT_TRUE(count.ok());
  EXPECT_EQ(count.value().usable, 1U);
  EXPECT_EQ(count.value().refused, 2U);
  EXPECT_THAT(with.str(), HasSubstr("heat of kiln 'small': binds, reads 4 tags, drives 4\n"));
  EXPECT_THAT(with.str(), HasSubstr("refused  wrong_unit.so: port '"));
  EXPECT_THAT(with.str(), HasSubstr("' is in K, but tag zone01.top."));
  EXPECT_THAT(with.str(), HasSubstr("refused  unknown_port.so: port '"));
  EXPECT_THAT(with.str(), HasSubstr("matches no tag of kiln 'small'"));
  fs::remove_all(dir);
}

// What a configuration would be told by `run` is what the list says.
TEST(Describe, ABindingSaysWhatAnInstanceWouldBeToldOnThisKiln) {
  const auto described = describe(zoo_path("wrong_unit"), kPatience, &small());
  ASSERT_TRUE(described.ok()) << described.error().text();
  const auto made = instantiate(open_animal("wrong_unit"), small(), spec_of());
  ASSERT_FALSE(made.ok());
  ASSERT_EQ(described.value().bindings.size(), 1U);
  EXPECT_EQ(described.value().bindings[0].problem, made.error().what);
}

TEST(List, RefusesWhatIsNoFolder) {
  std::ostringstream out;
  EXPECT_THAT(list("/nowhere", out).error().text(), HasSubstr("/nowhere: is not a folder"));
}

TEST(Print, ShowsPortsAndParametersWithUnitsAndRanges) {
  std::ostringstream out;
  print(describe(zoo_path("complete")).value(), out);
  EXPECT_THAT(out.str(), HasSubstr("output   setpoint [degC] zone*.*.setpoint, 1 to 128"));
  EXPECT_THAT(out.str(), HasSubstr("param    limit_K [K] 0 to 50, default 10: largest trim"));
}

TEST(Print, WithAKilnEndsInWhatBindsThere) {
  std::ostringstream fits, not_here;
  EXPECT_TRUE(print(describe(zoo_path("complete"), kPatience, &small()).value(), fits, &small()));
  EXPECT_THAT(fits.str(), HasSubstr("duty     heat of kiln 'small': binds, reads "));
  EXPECT_FALSE(
      print(describe(zoo_path("wrong_unit"), kPatience, &small()).value(), not_here, &small()));
  EXPECT_THAT(not_here.str(), HasSubstr("duty     heat of kiln 'small': port '"));
}

}  // namespace
}  // namespace saggar::host
