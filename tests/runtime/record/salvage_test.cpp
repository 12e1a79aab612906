#include "runtime/record/salvage.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A whole journal of some 30 pages, and copies of it cut at a length.
class Cut : public example::JournalTest {
 protected:
  Cut() {
    write(1200);
    size_ = fs::file_size(path_);
  }
  std::string cut(std::uintmax_t bytes) {
    const std::string file = folder_ / ("cut-" + std::to_string(bytes));
    fs::copy_file(path_, file, fs::copy_options::overwrite_existing);
    fs::resize_file(file, bytes);
    return file;
  }
  static std::string refusal(const std::string& file) {
    const auto reader = JournalReader::open(file);
    return reader ? "" : reader.error().what;
  }
  std::uintmax_t size_ = 0;
};

TEST_F(Cut, AtAnyLengthItIsCalledACutJournalNeverNoJournal) {
  for (const std::uintmax_t bytes :
       {std::uintmax_t{100}, std::uintmax_t{1000}, std::uintmax_t{4096}, std::uintmax_t{5000},
        std::uintmax_t{8192}, size_ / 3, size_ / 2, size_ / 2 + 100, size_ - 4096, size_ - 1}) {
    EXPECT_THAT(refusal(cut(bytes)),
                AllOf(HasSubstr("is a journal that was cut: " + std::to_string(bytes) + " of " +
                                std::to_string(size_) + " bytes are there; "),
                      HasSubstr("can be read"), HasSubstr("its -wal file"),
                      Not(HasSubstr("not a journal"))))
        << bytes;
  }
  for (const std::uintmax_t bytes : {1, 15, 16, 50, 99}) {
    EXPECT_THAT(refusal(cut(bytes)),
                HasSubstr("is only the first " + std::to_string(bytes) + " bytes of a database"));
  }
}

TEST_F(Cut, TheMessageSaysHowFarItCanBeReadAndTheCopyHoldsJustThat) {
  for (const std::uintmax_t bytes : {size_ / 2, size_ - 4096, size_ - 1}) {
    const std::string file = cut(bytes), to = file + ".new";
    const auto part = salvage(file, to);
    ASSERT_TRUE(part) << part.error().text();
    EXPECT_GT(part.value().records, 20U);
    EXPECT_EQ(part.value().first_cycle, 1U);
    EXPECT_THAT(refusal(file), HasSubstr("cycles 1 to " + std::to_string(part.value().last_cycle) +
                                         " can be read: 'saggar recover OLD NEW' copies"));
    const auto reader = JournalReader::open(to);
    ASSERT_TRUE(reader) << reader.error().text();
    const auto verified = reader.value()->verify();
    ASSERT_TRUE(verified) << verified.error().text();
    EXPECT_EQ(verified.value().records, part.value().records);
    EXPECT_EQ(verified.value().last_cycle, part.value().last_cycle);
    EXPECT_EQ(fs::file_size(file), bytes) << "the cut one is only read";
  }
}

TEST_F(Cut, NoWriterGoesOnInIt) {
  const auto writer = JournalWriter::open(cut(size_ / 2), layout_, {});
  ASSERT_FALSE(writer);
  EXPECT_THAT(writer.error().what, HasSubstr("is a journal that was cut"));
}

TEST_F(Cut, AWholeJournalIsCopiedWhole) {
  EXPECT_EQ(cut_short(path_), std::nullopt);
  const auto part = salvage(path_, path_ + ".new");
  ASSERT_TRUE(part) << part.error().text();
  EXPECT_EQ(part.value().records, 1200U);
  EXPECT_EQ(JournalReader::open(path_ + ".new").value()->verify().value().digest,
            verified().digest);
}

TEST_F(Cut, NothingIsWrittenOverAndNothingIsMadeOfNothing) {
  std::ofstream(folder_ / "there") << "x";
  EXPECT_THAT(salvage(path_, folder_ / "there").error().text(), HasSubstr("exists already"));
  EXPECT_THAT(salvage(folder_ / "there", folder_ / "new").error().text(),
              HasSubstr("is not a journal"));
  EXPECT_THAT(salvage(folder_ / "absent", folder_ / "new").error().text(),
              HasSubstr("is not a file"));
  EXPECT_THAT(salvage(cut(4096), folder_ / "new").error().text(),
              HasSubstr("no record of it can be read"));
  EXPECT_FALSE(fs::exists(folder_ / "new"));
}

}  // namespace
}  // namespace saggar::record
