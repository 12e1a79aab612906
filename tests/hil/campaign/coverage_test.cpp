// What configs/coverage/release.toml asks for is what the runtime can do.
#include "hil/campaign/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "runtime/config/load.hpp"
#include "runtime/operate/applications.hpp"
#include "runtime/operate/mode_engine.hpp"

namespace saggar::campaign {
namespace {

using domain::Mode;

Coverage release() {
  auto file = config::load<Coverage>(std::filesystem::path(SAGGAR_SOURCE_DIR) /
                                     "configs/coverage/release.toml");
  EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().text());
  return file.ok() ? file.value() : Coverage{};
}

template <class State>
std::string step(State from, State to) {
  return std::string(domain::name(from)) + ">" + std::string(domain::name(to));
}

TEST(ReleaseCoverage, ListsTheTransitionsOfTheTableOfApplications) {
  std::set<std::string> table;
  for (const operate::Transition& t : operate::transitions()) table.insert(step(t.from, t.to));
  const Coverage file = release();
  EXPECT_EQ(std::set<std::string>(file.applications.begin(), file.applications.end()), table);
  EXPECT_EQ(file.applications.size(), table.size());
}

// The actual mode is IMAN whatever the target, when the way to the field is broken; LO while HOLD
// stands in place of CAS and RCAS; AUTO in place of them while the working setpoint cannot be read;
// else the target. ROUT is locked (PF-25). Out of OOS target_step leads to MAN and AUTO alone.
TEST(ReleaseCoverage, ListsTheChangesOfModeThatTheRuntimeCanMake) {
  std::set<std::string> possible;
  const Mode seen[] = {Mode::oos,   Mode::iman, Mode::lo,  Mode::man,
                       Mode::auto_, Mode::cas,  Mode::rcas};
  for (const Mode from : seen) {
    for (const Mode to : seen) {
      const bool found = to == Mode::iman;
      const Mode target = to == Mode::lo ? Mode::cas : to;
      const bool asked = operate::target_step(from, target) == operate::Step::yes;
      const bool held = from == Mode::cas && to == Mode::lo;  // the target stays
      if (from != to && (found || asked || held)) possible.insert(step(from, to));
    }
  }
  const Coverage file = release();
  EXPECT_EQ(std::set<std::string>(file.modes.begin(), file.modes.end()), possible);
}

/// "Suite.Name" of every test in the sources.
std::set<std::string> tests_there_are() {
  static const std::regex kTest(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  std::set<std::string> names;
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/tests";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = config::read_file(entry.path()).value();
    for (std::sregex_iterator at(text.begin(), text.end(), kTest), end; at != end; ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

TEST(ReleaseCoverage, NamesATestForWhatNoCaseReaches) {
  const std::set<std::string> tests = tests_there_are();
  ASSERT_GT(tests.size(), 1000U);
  for (const Unreached& one : release().unreached) {
    EXPECT_TRUE(tests.contains(one.shown_by))
        << one.kind << " " << one.name << ": there is no test " << one.shown_by;
  }
}

TEST(Coverage, WantsTransitionsThatAreListedButForThoseThatAreUnreached) {
  Coverage file;
  file.applications = {"OFF>PREPARE", "SWITCH_OFF>FAULT"};
  file.unreached = {{"applications", "SWITCH_OFF>FAULT", "the fallback cannot fail", "a test"},
                    {"reasons", "watchdog", "no such process on this bench", "a test"}};
  const auto names = wanted(file);
  EXPECT_EQ(names.at("applications"), std::set<std::string>{"OFF>PREPARE"});
  EXPECT_FALSE(names.at("reasons").contains("watchdog"));
  EXPECT_TRUE(names.at("reasons").contains("late"));
}

TEST(Coverage, RefusesAnExceptionForATransitionThatIsNotListed) {
  Coverage file;
  file.unreached = {{"modes", "CAS>RCAS", "said to be impossible", "a test"}};
  config::Complaints complaints;
  config::Source source;
  config::Checks checks(source, complaints);
  file.check(checks);
  EXPECT_FALSE(complaints.empty());
}

using ::testing::ElementsAre;
using ::testing::HasSubstr;

domain::Result<Coverage> load_coverage(const std::string& rest) {
  return config::load_text<Coverage>("c.toml", "kind = \"coverage\"\nname = \"c\"\n" + rest);
}
std::string except(const std::string& kind, const std::string& name) {
  return "[[unreached]]\nkind = \"" + kind + "\"\nname = \"" + name +
         "\"\nwhy = \"nothing on this bench does that\"\n";
}

TEST(Coverage, EverythingIsWantedButForWhatIsExcepted) {
  const auto coverage = load_coverage(except("reasons", "watchdog"));
  ASSERT_TRUE(coverage.ok()) << coverage.error().text();
  const auto names = wanted(coverage.value());
  EXPECT_FALSE(names.at("reasons").contains("watchdog"));
  EXPECT_TRUE(names.at("reasons").contains("late"));
  EXPECT_TRUE(names.at("faults").contains("feed_gap"));
}

TEST(Coverage, AnExceptionMustNameWhatThereIsAndSayWhy) {
  EXPECT_THAT(load_coverage(except("reasons", "watchdock")).error().text(),
              HasSubstr("did you mean 'watchdog'?"));
  EXPECT_FALSE(load_coverage(except("colours", "red")).ok());
  EXPECT_THAT(
      load_coverage("[[unreached]]\nkind = \"events\"\nname = \"link_lost\"\nwhy = \"no\"\n")
          .error()
          .text(),
      HasSubstr("too little"));
}

TEST(Coverage, RequirementsAreWantedThatAreListedButForThoseThatAreExcepted) {
  const auto coverage =
      load_coverage("requirements = [\"SC-55\", \"SC-36\"]\n" + except("requirements", "SC-36"));
  ASSERT_TRUE(coverage.ok()) << coverage.error().text();
  EXPECT_EQ(wanted(coverage.value()).at("requirements"), std::set<std::string>{"SC-55"});
  EXPECT_THAT(load_coverage(except("requirements", "SC-36")).error().text(),
              HasSubstr("there is no \"SC-36\" among the requirements"));
  EXPECT_THAT(load_coverage("requirements = [\"SC 55\"]\n").error().text(),
              HasSubstr("such as SC-55"));
}

TEST(Coverage, AnExceptedRequirementIsStaleOnlyOnceACaseWithItPasses) {
  const auto coverage =
      load_coverage("requirements = [\"SC-36\"]\n" + except("requirements", "SC-36"));
  suite::CaseResult result;
  result.requirements = {"SC-36"};
  result.outcome = "failed";
  EXPECT_TRUE(stale(coverage.value(), std::vector{result}).empty());
  result.outcome = "passed";
  EXPECT_THAT(stale(coverage.value(), std::vector{result}), ElementsAre("requirements SC-36"));
  result.compared = true;
  EXPECT_TRUE(stale(coverage.value(), std::vector{result}).empty());
}

TEST(Coverage, AnExceptionThatIsReachedAllTheSameIsTold) {
  const auto coverage =
      load_coverage(except("reasons", "watchdog") + except("events", "link_lost"));
  suite::CaseResult result;
  result.reached.reasons["watchdog"] = 2;
  EXPECT_THAT(stale(coverage.value(), std::vector{result}), ElementsAre("reasons watchdog"));
  EXPECT_TRUE(stale(coverage.value(), {}).empty());
}

}  // namespace
}  // namespace saggar::campaign
