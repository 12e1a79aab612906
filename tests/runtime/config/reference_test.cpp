#include <gmock/gmock.h>

#include <cstdlib>

#include "runtime/config/kinds.hpp"
#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

using testing::HasSubstr;

const std::filesystem::path kPage =
    std::filesystem::path(SAGGAR_SOURCE_DIR) / "docs" / "reference" / "configuration.md";

TEST(Reference, TheCommittedPageIsUpToDate) {
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    ASSERT_TRUE(write_reference(kPage).ok());
  }
  const auto text = read_file(kPage);
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(text.value(), reference_text()) << "renew it: see the top of schema_test.cpp";
}

TEST(Reference, HasARowPerFieldAndASectionPerTable) {
  Kinds kinds;
  kinds.add<Sample>("A sample.");
  const std::string text = reference_text(kinds);
  EXPECT_THAT(text, HasSubstr("## kind = \"sample\"\n\nA sample.\n"));
  EXPECT_THAT(text, HasSubstr("| `name` | text |  | **required** |  | the name |\n"));
  EXPECT_THAT(text, HasSubstr("| `period_s` | number | s | 1 | 0.01 to 60 | how often |\n"));
  EXPECT_THAT(text, HasSubstr("| `colour` | one of `red`, `green`, `blue` |  | green |"));
  EXPECT_THAT(text, HasSubstr("### `[inner]`\n\na table.\n"));
  EXPECT_THAT(text, HasSubstr("### `[[inner.item]]`\n\nthings.\n"));
}

}  // namespace
}  // namespace saggar::config
