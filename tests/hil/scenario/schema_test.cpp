// The committed schemas of scenarios, suites and mappings are those of this code. To renew them:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/scenario_test --gtest_filter='*UpToDate*'
#include <gtest/gtest.h>

#include <cstdlib>

#include "hil/scenario/mapping.hpp"
#include "hil/scenario/suite_file.hpp"
#include "runtime/config/kinds.hpp"

namespace saggar::scenario {
namespace {

TEST(Schema, CommittedFilesOfScenariosSuitesAndMappingsAreUpToDate) {
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/configs/schema";
  config::Kinds kinds;
  kinds.add<Scenario>("What a kiln and its runtime are put through.");
  kinds.add<SuiteFile>("Scenarios that are run and judged together.");
  kinds.add<Mapping>("What the abstract names of scenarios are on one bench.");
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
}  // namespace saggar::scenario
