#include "runtime/config/trust_config.hpp"

#include <gmock/gmock.h>

#include "runtime/config/bundle.hpp"
#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kText =
    "kind = \"control\"\n"                          // 1
    "name = \"c\"\n"                                // 2
    "[[controller]]\n"                              // 3
    "name = \"policy\"\n"                           // 4
    "plugin = \"x\"\n"                              // 5
    "duty = \"heat\"\n"                             // 6
    "[ladder.heat]\n"                               // 7
    "rungs = [\"policy\", \"hold\", \"recipe\"]\n"  // 8
    "[[trust]]\n"                                   // 9
    "controller = \"policy\"\n"                     // 10
    "[[trust.group]]\n"                             // 11
    "name = \"canary\"\n"                           // 12
    "tags = [\"zone03.*\"]\n";                      // 13

std::vector<std::string> with(const std::string& from, const std::string& to) {
  return complaints_of<ControlConfig>(replaced(kText, from, to));
}

TEST(TrustConfig, DefaultsAreThoseOfTheRequirements) {
  const auto control = right<ControlConfig>(kText);
  ASSERT_EQ(control.trust.size(), 1U);
  const TrustConfig& trust = control.trust[0];
  EXPECT_EQ(trust.level, domain::Level::shadow);  // SC-81
  EXPECT_EQ(trust.card_s, 600);                   // SC-84
  EXPECT_EQ(trust.sheds, 2U);                     // SC-83
  EXPECT_EQ(trust.sheds_s, 86400);                // SC-83
  EXPECT_EQ(trust.groups[0].name, "canary");
}

TEST(TrustConfig, NamesAControllerThatExistsOnceEach) {
  EXPECT_THAT(
      with("controller = \"policy\"", "controller = \"polcy\""),
      ElementsAre(HasSubstr("10:14: no controller is called 'polcy'; did you mean 'policy'?")));
  EXPECT_THAT(with("[[trust.group]]", "[[trust]]\ncontroller = \"policy\"\n[[trust.group]]"),
              ElementsAre(HasSubstr("12:14: trust in 'policy' is set already")));
}

TEST(TrustConfig, GroupsHaveNamesOfTheirOwn) {
  EXPECT_THAT(with("name = \"canary\"", "name = \"rest\""),
              ElementsAre(HasSubstr("12:8: a group 'rest' exists already")));
  EXPECT_THAT(with("name = \"canary\"", "name = \"\""),
              ElementsAre(HasSubstr("12:8: name: must not be empty")));
  EXPECT_THAT(with("\"canary\"", '"' + std::string(48, 'c') + '"'),
              ElementsAre(HasSubstr("found 48 bytes, right is 1 to 47")));
  EXPECT_THAT(with("[\"zone03.*\"]", "[]"), testing::SizeIs(1));
  EXPECT_THAT(with("controller = \"policy\"", "controller = \"policy\"\nlevel = \"all\""),
              ElementsAre(HasSubstr("confirm")));
  EXPECT_THAT(with("controller = \"policy\"", "controller = \"policy\"\nlevel = \"full\""),
              IsEmpty());
}

}  // namespace
}  // namespace saggar::config
