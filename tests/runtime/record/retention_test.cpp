#include "runtime/record/retention.hpp"

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

class Keeping : public example::JournalTest {
 protected:
  /// Writes records with a snapshot every `every` cycles (0 = none).
  void write_with(const JournalOptions& options, int count, std::uint64_t every) {
    const auto writer = open(options);
    Recorder recorder(layout_, writer.get());
    const std::vector<std::uint8_t> state(100, 1);
    for (int i = 0; i < count; ++i) {
      domain::Record record = steady_.next();
      record.events.push({domain::EventCode::mode_changed, 0, 6, 0, 0});
      ASSERT_TRUE(recorder.take(record));
      if (every != 0 && record.cycle % every == 0) writer->snapshot(record.cycle, state);
      largest_ = std::max(largest_, writer->health().bytes);
    }
    ASSERT_TRUE(writer->flush());
    writer->poll();
    health_ = writer->health();
  }
  JournalOptions often() const {
    JournalOptions options;
    options.commit_records = 64;
    return options;
  }
  std::uint64_t largest_ = 0;
  JournalHealth health_;
};

TEST_F(Keeping, BySizeTheFileStaysBounded) {
  JournalOptions options = often();
  options.max_bytes = 1'000'000;
  write_with(options, 30'000, 0);
  EXPECT_FALSE(health_.failing) << health_.error;
  EXPECT_GT(health_.deleted, 10'000U);
  EXPECT_LT(largest_, 1'200'000U);
  const Verified v = verified();
  EXPECT_EQ(v.first_cycle % kKeyInterval, 0U);  // whole groups
  EXPECT_EQ(v.last_cycle, 30'000U);
  EXPECT_EQ(v.records, 30'000U - v.first_cycle + 1);
  EXPECT_EQ(health_.deleted, v.first_cycle - 1);
  const auto events = read()->events(0, 30'000).value();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events[0].cycle, v.first_cycle);
}

// What the runtime does at one cycle a second: it flushes before anything is due.
TEST_F(Keeping, AWriterThatIsFlushedAfterEachRecordKeepsItsSizeToo) {
  JournalOptions options;
  options.max_bytes = 100'000;
  {
    const auto writer = open(options);
    Recorder recorder(layout_, writer.get());
    for (int i = 0; i < 4'000; ++i) {
      ASSERT_TRUE(recorder.take(steady_.next()));
      const bool flushed = i % 8 != 0 || writer->flush();
      ASSERT_TRUE(flushed);
      largest_ = std::max(largest_, writer->health().bytes);
    }
    EXPECT_GT(writer->health().deleted, 1'000U);
  }
  EXPECT_LT(largest_, 300'000U);
}

TEST_F(Keeping, BySizeWhatIsLeftBeginsAtTheGroupOfASnapshot) {
  JournalOptions options = often();
  options.max_bytes = 1'000'000;
  write_with(options, 30'000, 1000);
  const Verified v = verified();
  EXPECT_GT(v.first_cycle, 1U);
  const auto reader = read();
  const auto snapshot = reader->snapshot_at(v.first_cycle + kKeyInterval).value();
  ASSERT_TRUE(snapshot);
  // The record after the snapshot is there, and so is the key record it needs.
  EXPECT_GE(snapshot->cycle + 1, v.first_cycle);
}

TEST_F(Keeping, ByAgeAtLeastTheGivenTimeIsKept) {
  JournalOptions options = often();
  options.max_age_ns = 2'000'000'000'000;  // 2000 s = 2000 records
  write_with(options, 10'000, 0);
  const Verified v = verified();
  EXPECT_GE(v.records, 2000U);
  EXPECT_LE(v.records, 2000U + 2 * kKeyInterval);
}

TEST_F(Keeping, WithoutLimitsNothingGoes) {
  write_with(often(), 3000, 500);
  EXPECT_EQ(health_.deleted, 0U);
  EXPECT_EQ(verified().records, 3000U);
}

TEST_F(Keeping, TheNewestGroupStaysHoweverSmallTheLimit) {
  JournalOptions options = often();
  options.max_bytes = 1;
  write_with(options, 1000, 0);
  const Verified v = verified();
  EXPECT_EQ(v.first_cycle, 768U);
  EXPECT_EQ(v.last_cycle, 1000U);
}

TEST_F(Keeping, RunsWithoutRecordsGoWithTheirTexts) {
  JournalOptions options = often();
  options.max_bytes = 1;
  write_with(options, 300, 0);
  write_with(options, 1000, 0);
  const auto reader = read();
  ASSERT_EQ(reader->runs().size(), 1U);
  EXPECT_EQ(reader->runs()[0].first_cycle, 301U);
  EXPECT_EQ(verified().last_cycle, 1300U);
}

}  // namespace
}  // namespace saggar::record
