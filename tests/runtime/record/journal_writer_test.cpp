#include "runtime/record/journal_writer.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

using Writing = example::JournalTest;

TEST_F(Writing, KeepsEveryRecordAndItsDigest) {
  const std::string digest = write(1000);
  const Verified v = verified();
  EXPECT_EQ(v.records, 1000U);
  EXPECT_EQ(v.first_cycle, 1U);
  EXPECT_EQ(v.last_cycle, 1000U);
  EXPECT_EQ(v.gaps, 0U);
  EXPECT_EQ(v.digest, digest);
}

TEST_F(Writing, ItsSizeIsThatOfTheFileOnceTheWriterIsGone) {
  auto writer = open();
  Recorder recorder(layout_, writer.get());
  for (int i = 0; i < 900; ++i) recorder.take(steady_.next());
  ASSERT_TRUE(writer->flush());
  const std::uint64_t bytes = writer->health().bytes;
  EXPECT_LT(std::filesystem::file_size(path_), bytes) << "the rest waits in the WAL";
  writer.reset();
  EXPECT_EQ(std::filesystem::file_size(path_), bytes);
}

TEST_F(Writing, CommitsAtEachRecordWhenTheIntervalIsZero) {
  JournalOptions options;
  options.commit_ns = 0;
  const auto writer = open(options);
  Recorder recorder(layout_, writer.get());
  for (int i = 0; i < 10; ++i) {
    recorder.take(steady_.next());
    EXPECT_EQ(writer->health().pending, 0U);
    EXPECT_EQ(read()->last_cycle(), steady_.record().cycle);  // a live journal can be read
  }
}

TEST_F(Writing, CommitsAfterTheGivenNumberOfRecords) {
  JournalOptions options;
  options.commit_ns = std::int64_t{1} << 60;
  options.commit_records = 4;
  const auto writer = open(options);
  Recorder recorder(layout_, writer.get());
  for (int i = 1; i <= 9; ++i) {
    recorder.take(steady_.next());
    EXPECT_EQ(writer->health().pending, static_cast<std::uint64_t>(i % 4));
  }
  EXPECT_EQ(writer->health().written, 8U);
  writer->poll();
  EXPECT_EQ(writer->health().written, 8U);
  EXPECT_TRUE(writer->flush());
  EXPECT_EQ(writer->health().written, 9U);
}

TEST_F(Writing, GoesOnInAnOldJournalWithTheChainUnbroken) {
  write(300);
  {
    const auto writer = open({}, {{"runtime", "2"}});
    EXPECT_EQ(writer->last_cycle(), 300U);
    Recorder recorder(layout_, writer.get());
    for (int i = 0; i < 300; ++i) ASSERT_TRUE(recorder.take(steady_.next()));
  }
  const Verified v = verified();
  EXPECT_EQ(v.records, 600U);
  EXPECT_EQ(v.gaps, 0U);
  const auto reader = read();
  ASSERT_EQ(reader->runs().size(), 2U);
  EXPECT_EQ(reader->runs()[1].first_cycle, 301U);
  EXPECT_EQ(reader->runs()[1].meta.at("runtime"), "2");
}

TEST_F(Writing, ARunMayHaveAnotherPlant) {
  write(300);
  const domain::Plant larger = example::make_plant(2);
  example::Steady steady(larger, 2);
  steady.record().cycle = 300;
  const Layout layout = example::layout_of(larger, steady.record());
  {
    auto writer = JournalWriter::open(path_, layout, {});
    ASSERT_TRUE(writer);
    Recorder recorder(layout, writer.value().get());
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(recorder.take(steady.next()));
  }
  EXPECT_EQ(verified().records, 310U);
  const auto reader = read();
  ASSERT_TRUE(reader->seek(305));
  ASSERT_TRUE(reader->next().value());
  EXPECT_EQ(reader->record().frame.samples.size(), larger.tags.size());
}

TEST_F(Writing, ARunThatWroteNothingLeavesNoTrace) {
  write(10);
  open();
  open();
  write(10);
  EXPECT_EQ(read()->runs().size(), 2U);
  EXPECT_EQ(verified().records, 20U);
}

TEST_F(Writing, SetsAnOldJournalAsideWhenAsked) {
  write(10);
  JournalOptions options;
  options.existing = JournalOptions::Existing::replace;
  steady_.record().cycle = 0;
  write(5, options);
  EXPECT_EQ(verified().records, 5U);
  path_ += ".1";
  EXPECT_EQ(verified().records, 10U);
}

TEST_F(Writing, RefusesACycleThatDoesNotRise) {
  const auto writer = open();
  Recorder recorder(layout_, writer.get());
  EXPECT_TRUE(recorder.take(steady_.next()));
  EXPECT_FALSE(recorder.take(steady_.record()));
  EXPECT_EQ(writer->health().lost, 1U);
  EXPECT_EQ(writer->health().error, "cycle 1 does not rise");
}

TEST_F(Writing, ASecondWriterIsRefusedInThisProcessAndInAnother) {
  const auto writer = open();
  const auto second = JournalWriter::open(path_, layout_, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().what, "is being written by another runtime (process " +
                                     std::to_string(::getpid()) +
                                     "); stop it or use another journal");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(JournalWriter::open(path_, layout_, {}) ? 1 : 0);
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  // The failed attempts have not disturbed the first.
  Recorder recorder(layout_, writer.get());
  EXPECT_TRUE(recorder.take(steady_.next()));
  EXPECT_TRUE(writer->flush());
}

TEST_F(Writing, AFolderThatCannotBeWrittenIsAnError) {
  const auto in_proc = JournalWriter::open("/proc/run.journal", layout_, {});
  ASSERT_FALSE(in_proc);
  EXPECT_NE(in_proc.error().text().find("/proc/run.journal"), std::string::npos);
  EXPECT_NE(in_proc.error().text().find("cannot be created"), std::string::npos);
  std::ofstream(folder_ / "file") << "x";
  const auto under_file = JournalWriter::open(folder_ / "file/run.journal", layout_, {});
  ASSERT_FALSE(under_file);
  EXPECT_NE(under_file.error().what.find("its folder cannot be created"), std::string::npos);
}

TEST_F(Writing, AFileThatIsSomethingElseIsNotTouched) {
  std::ofstream(path_) << std::string(8192, 'x');
  const auto writer = JournalWriter::open(path_, layout_, {});
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().what.find("is not a journal"), std::string::npos);
  EXPECT_EQ(std::filesystem::file_size(path_), 8192U);
}

TEST_F(Writing, MakesTheFoldersOfItsPath) {
  path_ = folder_ / "a/b/run.journal";
  write(3);
  EXPECT_EQ(verified().records, 3U);
}

/// While it lives no file of this process may grow beyond `bytes`: a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    before_signal_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_signal_);
  }

 private:
  rlimit before_{};
  void (*before_signal_)(int) = nullptr;
};

TEST_F(Writing, AFullDiskLosesNothingWhileMemoryLasts) {
  JournalOptions options;
  options.commit_ns = 0;
  const auto writer = open(options);
  Recorder recorder(layout_, writer.get());
  std::uint64_t failures = 0;
  {
    FullDisk full(256 << 10);
    for (int i = 0; i < 5000; ++i) EXPECT_TRUE(recorder.take(steady_.next()));
    failures = writer->health().failures;
    EXPECT_GE(failures, 1U);
    EXPECT_TRUE(writer->health().failing);
    EXPECT_NE(writer->health().error, "");
    EXPECT_GT(writer->health().pending, 1000U);
    EXPECT_FALSE(writer->flush());
  }
  EXPECT_TRUE(writer->flush());
  EXPECT_FALSE(writer->health().failing);
  EXPECT_EQ(writer->health().lost, 0U);
  const Verified v = verified();
  EXPECT_EQ(v.records, 5000U);
  EXPECT_EQ(v.digest, recorder.digest());
}

TEST_F(Writing, WhatAFullDiskLosesEndsWithAKeyRecordAndIsCounted) {
  JournalOptions options;
  options.commit_ns = 0;
  options.pending_bytes = 64 << 10;
  const auto writer = open(options);
  Recorder recorder(layout_, writer.get());
  std::uint64_t refused = 0;
  {
    FullDisk full(256 << 10);
    for (int i = 0; i < 5000; ++i) refused += recorder.take(steady_.next()) ? 0U : 1U;
  }
  EXPECT_GT(refused, 1000U);
  EXPECT_TRUE(writer->flush());
  for (int i = 0; i < 600; ++i) refused += recorder.take(steady_.next()) ? 0U : 1U;
  EXPECT_TRUE(writer->flush());
  EXPECT_EQ(writer->health().lost, refused);
  const Verified v = verified();
  EXPECT_EQ(v.records, 5600U - refused);
  EXPECT_GE(v.gaps, 1U);
  EXPECT_EQ(v.digest, recorder.digest());  // the hash does not depend on the disk
}

/// Shared between the test and the child it kills.
struct Progress {
  std::atomic<std::uint64_t> durable{0};
};

TEST_F(Writing, KilledAtAnyMomentTheJournalOpensUndamagedWithAllThatWasCommitted) {
  void* shared =
      ::mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(shared, MAP_FAILED);
  auto* progress = new (shared) Progress;
  std::mt19937 random(20);
  std::uint64_t before = 0;
  for (int kill = 0; kill < 20; ++kill) {
    const pid_t child = ::fork();
    if (child == 0) {
      JournalOptions options;
      options.commit_ns = 10'000'000;
      options.max_bytes = 400'000;  // retention is at work too
      auto writer = JournalWriter::open(path_, layout_, {}, options);
      if (!writer) ::_exit(1);
      Recorder recorder(layout_, writer.value().get());
      steady_.record().cycle = writer.value()->last_cycle();
      for (;;) {
        recorder.take(steady_.next());
        if (writer.value()->health().pending == 0) progress->durable = steady_.record().cycle;
        if (steady_.record().cycle % 8 == 0) {
          std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(30'000 + random() % 60'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child could not open the journal";
    if (progress->durable == 0) continue;  // killed before it was a journal
    const auto reader = read();
    ASSERT_TRUE(reader);
    const auto v = reader->verify();
    ASSERT_TRUE(v) << v.error().text();
    EXPECT_EQ(v.value().gaps, 0U);
    EXPECT_GE(v.value().last_cycle, progress->durable.load());
    EXPECT_GE(v.value().last_cycle, before);
    before = v.value().last_cycle;
  }
  EXPECT_GT(before, 1000U);
  ::munmap(shared, sizeof(Progress));
}

}  // namespace
}  // namespace saggar::record
