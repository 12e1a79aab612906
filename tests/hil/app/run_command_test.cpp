// saggar-hil run, list, show, compare, baseline and coverage as a person calls them, beside what
// the chapter of the first hour shows (first_hour_test.cpp).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class RunCommand : public ::testing::Test {
 protected:
  RunCommand() {
    fs::create_directories(folder_);
    story("good", "");
    story("bad", "[[bound]]\nkpi = \"electric_kWh_per_h\"\nmost = 1.0\n");
  }
  ~RunCommand() override { fs::remove_all(folder_); }
  void story(const std::string& name, const std::string& rest) const {
    std::ofstream(folder_ / (name + ".toml"))
        << "kind = \"scenario\"\nname = \"" << name
        << "\"\n[bench]\nkiln = \"p1\"\nrecipe = \"ncm622-p1\"\nduration_s = 120\nseeds = 2\n"
        << rest;
  }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  std::string out() const { return " --out " + file("out"); }
  const fs::path folder_ = fs::temp_directory_path() / ("saggar-run-" + std::to_string(::getpid()));
};

TEST_F(RunCommand, TheExitCodeIsTheVerdictAndAFailureSaysHowToRunItAgain) {
  const Said good = run("run " + file("good.toml") + out());
  EXPECT_EQ(good.code, 0) << good.text;
  EXPECT_THAT(good.text, HasSubstr("good: PASSED, 2 of 2 cases passed"));
  const Said bad = run("run " + file("bad.toml") + out());
  EXPECT_EQ(bad.code, 1) << bad.text;
  EXPECT_THAT(bad.text, HasSubstr("electric_kWh_per_h: required <= 1, got"));
  EXPECT_THAT(bad.text, HasSubstr("--only 'bad/pid/seed2'"));
  const Said again = run("run " + file("bad.toml") + " --only 'bad/pid/seed2'" + out());
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.text, HasSubstr("[1/1] failed"));
}

TEST_F(RunCommand, ABoundMayNameAFigureOfOneZone) {
  story("zone", "[[bound]]\nkpi = \"zone05_most_K\"\nmost = 0.0\n");
  const Said zone = run("run " + file("zone.toml") + out());
  EXPECT_EQ(zone.code, 1) << zone.text;
  EXPECT_THAT(zone.text, HasSubstr("zone05_most_K: required <= 0, got "));
  EXPECT_THAT(zone.text, Not(HasSubstr("no such key figure")));
}

TEST_F(RunCommand, ResumeKeepsWhatIsThereAndARunWithoutItBeginsAnew) {
  run("run " + file("good.toml") + " --only seed1" + out());
  const Said resumed = run("run " + file("good.toml") + " --resume" + out());
  EXPECT_THAT(resumed.text, HasSubstr("[1/1] passed  good/pid/seed2"));
  EXPECT_THAT(resumed.text, HasSubstr("2 of 2 cases passed"));
  EXPECT_THAT(resumed.text, Not(HasSubstr("earlier results")));
  const Said anew = run("run " + file("good.toml") + out());
  EXPECT_THAT(anew.text, HasSubstr("[2/2] passed"));
  EXPECT_THAT(anew.text, HasSubstr("earlier results: now in " + file("out/good.previous\n")));
  const Said third = run("run " + file("good.toml") + " --only seed1" + out());
  EXPECT_THAT(third.text, HasSubstr("good.previous, in place of those before them\n"));
  EXPECT_TRUE(fs::exists(folder_ / "out/good.previous/report.html"));
  const Said both = run("compare " + file("out/good") + " " + file("out/good.previous"));
  EXPECT_THAT(both.text, HasSubstr("1 cases the same to the bit"));
}

TEST_F(RunCommand, WhatWasStoppedSaysTheCommandThatReallyGoesOn) {
  std::ofstream(folder_ / "long.toml")
      << "kind = \"scenario\"\nname = \"long\"\n[bench]\nkiln = \"p1\"\nrecipe = "
         "\"ncm622-p1\"\nduration_s = 3000\nseeds = 12\n";
  const std::string words = " " + file("long.toml") + " --only seed1" + out() + " -j 1";
  // Stopped once its first case is there; seed1, 10, 11 and 12 are meant.
  const Said stopped = shell(SAGGAR_BINARY_DIR "/bin/saggar-hil run" + words +
                             " & p=$!; until ls " + file("out/long/results") +
                             "/*.json >/dev/null 2>&1; do sleep 0.1; done; kill -TERM $p; wait $p");
  ASSERT_EQ(stopped.code, 3) << stopped.text;
  EXPECT_THAT(stopped.text, HasSubstr("go on with: saggar-hil run" + words + " --resume"))
      << "the options in the order in which the test gives them";
  const Said done = run("run" + words + " --resume");
  EXPECT_EQ(done.code, 0) << done.text;
  EXPECT_THAT(done.text, HasSubstr("4 of 4 cases passed"));
  EXPECT_THAT(done.text, Not(HasSubstr("[4/4]"))) << "the first was there already";
}

TEST_F(RunCommand, WhatDoesNotExistIsNamedWithWhatDoes) {
  const Said unknown = run("run smok" + out());
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.text, HasSubstr("did you mean 'smoke'?"));
  const Said none = run("run " + file("good.toml") + " --only nothing" + out());
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.text, HasSubstr("no case"));
  fs::create_directories(folder_ / "foreign/good");
  std::ofstream(folder_ / "foreign/good/precious.txt") << "mine";
  const Said foreign = run("run " + file("good.toml") + " --out " + file("foreign"));
  EXPECT_EQ(foreign.code, 2);
  EXPECT_TRUE(fs::exists(folder_ / "foreign/good/precious.txt"));
}

TEST_F(RunCommand, ABenchIsInLockstepOrInRealTime) {
  EXPECT_NE(run("run " + file("good.toml") + " --wire --wall" + out()).code, 0);
  EXPECT_NE(run("run " + file("good.toml") + " --from x --wall" + out()).code, 0);
  EXPECT_THAT(run("run --help").text, HasSubstr("in real time"));
}

TEST_F(RunCommand, ListShowsSuitesScenariosAndFaultsWithTheirLevels) {
  const Said all = run("list");
  EXPECT_EQ(all.code, 0);
  EXPECT_THAT(all.text, HasSubstr("premerge"));
  EXPECT_THAT(all.text, HasSubstr("half_day"));
  const Said faults = run("list faults");
  EXPECT_THAT(faults.text, HasSubstr("o2_supply_drop (process"));
  EXPECT_THAT(faults.text, HasSubstr("recovery: "));
  const Said show = run("show half_day");
  EXPECT_THAT(show.text, HasSubstr("at 10800 s: feed_gap"));
  EXPECT_THAT(show.text, HasSubstr("1 cases, 12.0 simulated hours"));
}

TEST_F(RunCommand, AReplayOfOneCaseLeavesTheResultsOfTheSuiteAlone) {
  const Said failed = run("run " + file("bad.toml") + out());
  ASSERT_EQ(failed.code, 1) << failed.text;
  const std::size_t at = failed.text.find("  again: saggar-hil ");
  ASSERT_NE(at, std::string::npos) << failed.text;
  const std::size_t from = at + std::string("  again: saggar-hil ").size();
  const std::string command = failed.text.substr(from, failed.text.find('\n', from) - from);
  EXPECT_THAT(command, HasSubstr(" --out " + file("out/again")));
  const Said again = run(command);
  EXPECT_EQ(again.code, 1) << again.text;
  EXPECT_TRUE(fs::exists(folder_ / "out/again/bad/report.html"));
  EXPECT_TRUE(fs::exists(folder_ / "out/bad/report.html"));
  EXPECT_FALSE(fs::exists(folder_ / "out/bad.previous"));
}

TEST_F(RunCommand, AFolderWithoutConfigurationsIsNotAnEmptyOne) {
  for (const char* command : {"list", "run smoke"}) {
    const Said said = run(std::string(command) + " --configs " + file("nowhere"));
    EXPECT_EQ(said.code, 2) << said.text;
    EXPECT_THAT(said.text, HasSubstr("give it with --configs"));
  }
}

TEST_F(RunCommand, CompareHoldsTwoFoldersAgainstEachOther) {
  run("run " + file("good.toml") + out());
  run("run " + file("good.toml") + " --out " + file("other"));
  const Said same = run("compare " + file("out/good") + " " + file("other/good"));
  EXPECT_EQ(same.code, 0) << same.text;
  EXPECT_THAT(same.text, HasSubstr("records: 2 cases the same to the bit"));
  run("run " + file("bad.toml") + out());
  const Said strangers = run("compare " + file("out/good") + " " + file("out/bad"));
  EXPECT_EQ(strangers.code, 2) << strangers.text;
  EXPECT_THAT(strangers.text, HasSubstr("no case in common"));
  const Said none = run("compare " + file("out/good") + " " + file("nowhere"));
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.text, HasSubstr("holds no results"));
}

TEST_F(RunCommand, CompareSaysWhatDidNotPassAndShowsItsFigures) {
  story("half", "");
  run("run " + file("half.toml") + " --out " + file("a"));
  story("half", "[[bound]]\nkpi = \"electric_kWh_per_h\"\nmost = 1.0\n");
  run("run " + file("half.toml") + " --out " + file("b"));
  const Said failed = run("compare " + file("a/half") + " " + file("b/half"));
  EXPECT_EQ(failed.code, 1) << failed.text;
  EXPECT_THAT(failed.text, HasSubstr("that A is no worse is not shown"));
  const Said worse = run("compare " + file("b/half") + " " + file("a/half"));
  EXPECT_EQ(worse.code, 1);
  EXPECT_THAT(worse.text, HasSubstr("WORSE: 2 cases passed in B and not in A"));
  EXPECT_THAT(failed.text, HasSubstr("failed in " + file("b/half") +
                                     ": half/pid/seed2: electric_kWh_per_h: required <= 1, got"));
  EXPECT_THAT(failed.text, HasSubstr("2 of other inputs, 0 that came to nothing"));
  EXPECT_THAT(failed.text, HasSubstr("0 only in " + file("a/half")));
  EXPECT_THAT(failed.text, HasSubstr("electric_kWh_per_h [kW]: "));
  EXPECT_THAT(failed.text, HasSubstr("; previous release ")) << "its figures stand beside ours";
  story("half", "[[request]]\ntime_s = 5\nintent = \"climb\"\nduty = \"heat\"\nrung = \"no\"\n");
  run("run " + file("half.toml") + " --out " + file("c"));
  const Said refused = run("compare " + file("a/half") + " " + file("c/half"));
  EXPECT_THAT(refused.text, HasSubstr("refused in " + file("c/half") + ": half/pid/seed1: "));
  EXPECT_THAT(refused.text, HasSubstr("2 that came to nothing in " + file("c/half")));
  EXPECT_THAT(refused.text, HasSubstr(", 0 only in " + file("a/half")));
}

TEST_F(RunCommand, ABaselineIsAcceptedOnlyOfAWholeSuiteThatPassed) {
  fs::copy(SAGGAR_SOURCE_DIR "/configs", folder_ / "configs", fs::copy_options::recursive);
  std::ofstream(folder_ / "configs/suites/mine.toml")
      << "kind = \"suite\"\nname = \"mine\"\n[[run]]\nscenario = \"../../bad.toml\"\n";
  const std::string suite = file("configs/suites/mine.toml");
  const std::string places = " --configs " + file("configs") + out();
  const std::string accept = "baseline accept " + suite + " --author me --reason first" + places;
  EXPECT_THAT(run(accept).text, HasSubstr("run it first"));
  run("run " + suite + places);
  const Said refused = run(accept);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.text, HasSubstr("what did not pass cannot be accepted"));
  EXPECT_FALSE(fs::exists(folder_ / "configs/baselines/mine.toml"));
}

TEST_F(RunCommand, CoverageNamesEveryGap) {
  fs::copy(SAGGAR_SOURCE_DIR "/configs", folder_ / "configs", fs::copy_options::recursive);
  fs::create_directories(folder_ / "configs/coverage");
  std::ofstream(folder_ / "configs/coverage/some.toml")
      << "kind = \"coverage\"\nname = \"some\"\napplications = [\"OFF>PREPARE\"]\n";
  const std::string places = " --configs " + file("configs") + out();
  run("run " + file("good.toml") + places);
  const Said gaps = run("coverage " + file("good.toml") + " --coverage some" + places);
  EXPECT_EQ(gaps.code, 1) << gaps.text;
  EXPECT_THAT(gaps.text, HasSubstr("gap: applications OFF>PREPARE"));
  EXPECT_THAT(gaps.text, HasSubstr("gap: faults feed_gap"));
  EXPECT_THAT(gaps.text, Not(HasSubstr("gap: events runtime_started")));
}

}  // namespace
}  // namespace saggar::app
