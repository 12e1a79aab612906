// The committed schemas of the simulator's own kinds are those of this code. To renew them:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/kiln_test --gtest_filter='*UpToDate*'
// Those of the runtime's kinds: tests/runtime/config/schema_test.cpp, which cannot know these.
#include <gtest/gtest.h>

#include <cstdlib>

#include "hil/kiln/parameters.hpp"
#include "runtime/config/kinds.hpp"

namespace saggar::kiln {
namespace {

TEST(Schema, CommittedFilesOfPlantAndMaterialAreUpToDate) {
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/configs/schema";
  config::Kinds kinds;
  kinds.add<PlantParams>("Physics of a simulated kiln.");
  kinds.add<MaterialFigures>("What is known of one cathode material.");
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
}  // namespace saggar::kiln
