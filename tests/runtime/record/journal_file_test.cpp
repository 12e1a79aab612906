#include "runtime/record/journal_file.hpp"

#include <optional>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

TEST(WriterLock, IsHeldByOneAndFreeAgainWhenItsHolderGoes) {
  const example::Folder folder;
  std::optional<WriterLock> held;
  {
    auto first = WriterLock::take(folder / "x.journal");
    ASSERT_TRUE(first);
    held = std::move(first).value();
  }
  EXPECT_FALSE(WriterLock::take(folder / "x.journal"));
  EXPECT_TRUE(WriterLock::take(folder / "y.journal"));
  held.reset();
  EXPECT_TRUE(WriterLock::take(folder / "x.journal"));
}

TEST(JournalFile, IsSetAsideUnderTheFirstFreeNumberWithItsWal) {
  const example::Folder folder;
  const std::string path = folder / "x.journal";
  EXPECT_TRUE(set_aside(path));  // nothing there
  std::ofstream(path) << "a";
  std::ofstream(path + "-wal") << "w";
  std::ofstream(path + ".1") << "older";
  ASSERT_TRUE(set_aside(path));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(std::filesystem::exists(path + ".2"));
  EXPECT_TRUE(std::filesystem::exists(path + ".2-wal"));
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
}

TEST(JournalFile, IsMarkedInItsHeader) {
  const example::Folder folder;
  auto db = Database::open(folder / "x.journal", true);
  ASSERT_TRUE(prepare_file(db.value()));
  EXPECT_EQ(db.value().integer("PRAGMA application_id").value(), kApplicationId);
  EXPECT_EQ(db.value().integer("PRAGMA user_version").value(), kFormat);
  EXPECT_TRUE(prepare_file(db.value()));  // an old one is left as it is
}

}  // namespace
}  // namespace saggar::record
