// The committed schema of training files is that of this code. To renew it:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/train_test --gtest_filter='*UpToDate*'
#include <gtest/gtest.h>

#include <cstdlib>

#include "hil/train/training_file.hpp"
#include "runtime/config/kinds.hpp"
#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

TEST(TrainingSchema, CommittedFileIsUpToDate) {
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/configs/schema";
  config::Kinds kinds;
  kinds.add<TrainingFile>("What a policy learns, from whom, and how.");
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    ASSERT_TRUE(config::write_schemas(folder, kinds).ok());
  }
  const auto text = config::read_file(folder / "training.schema.json");
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(text.value(), config::schema_text(*kinds.find("training")))
      << "renew it: see the top of this file";
}

}  // namespace
}  // namespace saggar::train
