// The committed schema of coverage files is that of this code. To renew it:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/campaign_test --gtest_filter='*UpToDate*'
#include <gtest/gtest.h>

#include <cstdlib>

#include "hil/campaign/coverage.hpp"
#include "runtime/config/kinds.hpp"

namespace saggar::campaign {
namespace {

TEST(Schema, CommittedFileOfCoverageIsUpToDate) {
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/configs/schema";
  config::Kinds kinds;
  kinds.add<Coverage>("What the cases of a release must reach between them.");
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    ASSERT_TRUE(config::write_schemas(folder, kinds).ok());
  }
  for (const config::Kind& kind : kinds.all()) {
    const auto text = config::read_file(folder / (kind.name + ".schema.json"));
    ASSERT_TRUE(text.ok()) << text.error().text();
    EXPECT_EQ(text.value(), config::schema_text(kind)) << "renew it: see the top of this file";
  }
}

}  // namespace
}  // namespace saggar::campaign
