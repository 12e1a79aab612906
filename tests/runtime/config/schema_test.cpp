// The committed schemas are those of this code. To renew them and the reference page:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/config_test --gtest_filter='*UpToDate*'
#include <gmock/gmock.h>

#include <cstdlib>

#include "runtime/config/kinds.hpp"
#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

using testing::HasSubstr;

const std::filesystem::path kFolder =
    std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs" / "schema";

TEST(Schema, CommittedFilesAreUpToDate) {
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    ASSERT_TRUE(write_schemas(kFolder).ok());
  }
  const Kinds kinds = Kinds::builtin();
  for (const Kind& kind : kinds.all()) {
    const auto text = read_file(kFolder / (kind.name + ".schema.json"));
    ASSERT_TRUE(text.ok()) << text.error().text();
    EXPECT_EQ(text.value(), schema_text(kind)) << "renew it: see the top of schema_test.cpp";
  }
}

std::string sample_schema() {
  Kinds kinds;
  kinds.add<Sample>("A sample.");
  return schema_text(*kinds.find("sample"));
}

TEST(Schema, TellsTypeRangeUnitDefaultAndWhatIsRequired) {
  const std::string text = sample_schema();
  EXPECT_THAT(text, HasSubstr("\"kind\": {\"const\": \"sample\"}"));
  EXPECT_THAT(text, HasSubstr("\"period_s\": {\"description\": \"how often [s]\", \"type\": "
                              "\"number\", \"minimum\": 0.01, \"maximum\": 60, \"default\": 1}"));
  EXPECT_THAT(text, HasSubstr("\"count\": {\"description\": \"how many\", \"type\": \"integer\", "
                              "\"minimum\": 1, \"maximum\": 65535, \"default\": 4}"));
  EXPECT_THAT(text, HasSubstr("\"on\": {\"description\": \"on or off\", \"type\": \"boolean\", "
                              "\"default\": false}"));
  EXPECT_THAT(text, HasSubstr("\"enum\": [\"red\", \"green\", \"blue\"], \"default\": \"green\"}"));
  EXPECT_THAT(text, HasSubstr("\"enum\": [\"R\", \"D\", \"M\", \"E\"]"));
  EXPECT_THAT(text, HasSubstr("\"minItems\": 1, \"maxItems\": 3"));
  EXPECT_THAT(text, HasSubstr("\"required\": [\"kind\", \"name\"]"));
  EXPECT_THAT(text, HasSubstr("\"additionalProperties\": false"));
}

TEST(Schema, BracketsAndQuotesAreBalanced) {
  Kinds kinds = Kinds::builtin();
  kinds.add<Sample>("A sample.");
  for (const Kind& kind : kinds.all()) {
    int depth = 0;
    bool quoted = false;
    const std::string text = schema_text(kind);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"' && text[i - 1] != '\\') quoted = !quoted;
      if (quoted) continue;
      if (text[i] == '{' || text[i] == '[') ++depth;
      if (text[i] == '}' || text[i] == ']') --depth;
      ASSERT_GE(depth, 0);
    }
    EXPECT_EQ(depth, 0) << kind.name;
    EXPECT_FALSE(quoted) << kind.name;
  }
}

}  // namespace
}  // namespace saggar::config
