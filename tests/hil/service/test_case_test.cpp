#include "hil/service/test_case.hpp"

#include <gmock/gmock.h>

namespace saggar::service {
namespace {

TEST(TestCases, AreTheRecipesWithTheirKilns) {
  const auto cases = find_test_cases(SAGGAR_SOURCE_DIR "/configs");
  ASSERT_TRUE(cases.ok()) << cases.error().text();
  std::vector<std::string> names;
  for (const TestCase& c : cases.value()) names.push_back(c.name);
  EXPECT_THAT(names, ::testing::IsSupersetOf({"ncm622-p1", "ncm811-p2"}));
  EXPECT_THAT(cases.value()[0].description, ::testing::HasSubstr("kiln p1, "));
}

TEST(TestCases, AFolderWithoutAnyIsAnError) {
  const auto cases = find_test_cases("/no/such/folder");
  ASSERT_FALSE(cases.ok());
  EXPECT_THAT(cases.error().text(), ::testing::HasSubstr("has no recipes/NAME.toml"));
}

}  // namespace
}  // namespace saggar::service
