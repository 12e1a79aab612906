#include "runtime/app/recover_command.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::app {
namespace {

class RecoverCommandTest : public record::example::JournalTest {};

TEST_F(RecoverCommandTest, SaysWhatIsInTheNewJournalOrWhyThereIsNone) {
  write(20);
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(recover(path_, folder_ / "new.journal"), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "20 records, cycles 1 to 20, are in " + (folder_ / "new.journal") + "\n");
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(recover(path_, folder_ / "new.journal"), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("exists already"));
}

}  // namespace
}  // namespace saggar::app
