#include "hil/scenario/suite_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/load.hpp"

namespace saggar::scenario {
namespace {

using ::testing::HasSubstr;

std::string complaint(const std::string& rest) {
  const auto loaded =
      config::load_text<SuiteFile>("s.toml", "kind = \"suite\"\nname = \"s\"\n" + rest);
  return loaded.ok() ? std::string() : loaded.error().text();
}

const std::string kRun = "[[run]]\nscenario = \"quiet\"\n";

TEST(SuiteFile, NeedsAScenarioAndOneWordAsName) {
  EXPECT_EQ(complaint(kRun), "");
  EXPECT_THAT(complaint(""), HasSubstr("at least one scenario"));
  const auto blank = config::load_text<SuiteFile>("s.toml", "kind = \"suite\"\nname = \"a b\"\n");
  ASSERT_FALSE(blank.ok());
  EXPECT_THAT(blank.error().text(), HasSubstr("one word"));
}

TEST(SuiteFile, AMarginIsAgainstAnArmThatThereIs) {
  const std::string arm = "[[arm]]\nname = \"pid\"\ncontrol = \"pid\"\n";
  const auto margin = [](const std::string& against) {
    return "[[margin]]\nkpi = \"kWh_per_kg\"\nagainst = \"" + against + "\"\n";
  };
  EXPECT_EQ(complaint(kRun + arm + margin("pid")), "");
  EXPECT_EQ(complaint(kRun + margin("baseline")), "");
  EXPECT_THAT(complaint(kRun + arm + margin("pit")), HasSubstr("did you mean 'pid'?"));
  EXPECT_THAT(complaint(kRun + arm + arm), HasSubstr("\"pid\" is taken"));
}

}  // namespace
}  // namespace saggar::scenario
