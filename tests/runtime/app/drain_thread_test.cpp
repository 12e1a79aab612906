// The drain thread while its stores fail: records flow, somebody is told, the screens know.
#include "runtime/app/drain_thread.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using domain::EventCode;
using ::testing::HasSubstr;

/// While it lives no file of this process may grow beyond `bytes`: a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    rlimit limit = old_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    ::signal(SIGXFSZ, old_handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int) = nullptr;
};

class DrainThreadTest : public ::testing::Test {
 protected:
  DrainThreadTest()
      : record_(plant_, 0, {}),
        layout_(record::make_layout(plant_, record_, {})),
        channels_(plant_, record_, 64, 1) {
    folder_ = fs::temp_directory_path() / ("saggar-drain-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  ~DrainThreadTest() override {
    drain_.reset();
    log_.reset();
    journal_.reset();
    fs::remove_all(folder_);
  }
  void open_journal(std::size_t pending_bytes) {
    record::JournalOptions options;
    options.commit_ns = 0;
    options.pending_bytes = pending_bytes;
    auto made = record::JournalWriter::open(folder_ / "run.journal", layout_, {}, options);
    ASSERT_TRUE(made) << made.error().text();
    journal_ = std::move(made).value();
  }
  void open_log(bool to_stderr) {
    record::LogOptions options;
    if (!to_stderr) options.path = folder_ / "run.log";
    options.to_stderr = to_stderr;
    log_ = std::move(record::Log::open(options)).value();
  }
  void start() {
    DrainSettings settings;
    settings.look_ns = 20'000'000;
    settings.period_ns = 1'000'000'000;
    drain_ = std::make_unique<DrainThread>(channels_, plant_, layout_, journal_.get(), log_.get(),
                                           nullptr, board_, wire::Pacing::wall, settings);
    drain_->start();
  }
  void put() {
    record_.cycle = ++cycle_;
    record_.time_ns = static_cast<std::int64_t>(cycle_) * 1'000'000'000;
    publish();
  }
  void publish() {
    channels_.records.wait_writable();
    *channels_.records.claim() = record_;
    channels_.records.publish();
  }
  void stop() {
    record_.cycle = loop::kStopCycle;
    publish();
    drain_->join();
  }
  /// Waits for a digest of which this is true.
  bool shown(const std::function<bool(const wire::Digest&)>& what) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < until) {
      const auto digest = board_.read();
      if (digest != nullptr && what(*digest)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
  static bool stands(const wire::Digest& digest, EventCode code) {
    for (const wire::DigestTrouble& t : digest.troubles) {
      if (t.code == code) return true;
    }
    return false;
  }
  bool happened(EventCode code) const {
    for (const wire::DigestEvent& e : board_.read()->events) {
      if (e.code == code) return true;
    }
    return false;
  }
  std::string logged() const {
    std::stringstream text;
    text << std::ifstream(folder_ / "run.log").rdbuf();
    return text.str();
  }

  fs::path folder_;
  domain::Plant plant_ = testing::small_plant(2);
  domain::Record record_;
  record::Layout layout_;
  loop::Channels channels_;
  Blackboard board_;
  std::unique_ptr<record::JournalWriter> journal_;
  std::unique_ptr<record::Log> log_;
  std::unique_ptr<DrainThread> drain_;
  std::uint64_t cycle_ = 0;
};

TEST_F(DrainThreadTest, AFullDiskIsAnAlarmThatStandsUntilTheJournalIsWrittenAgain) {  // SC-105
  open_journal(64U << 20U);
  open_log(false);
  start();
  put();
  {
    const FullDisk full(0);
    for (int i = 0; i < 20; ++i) put();
    ASSERT_TRUE(shown([](const wire::Digest& d) {
      return d.journal == wire::JournalState::failing && stands(d, EventCode::journal_failing);
    }));
    const auto digest = board_.read();
    EXPECT_THAT(digest->troubles[0].response, HasSubstr("Check the disk"));
    EXPECT_EQ(digest->records_lost, 0U) << "they wait in memory";
  }
  ASSERT_TRUE(shown([](const wire::Digest& d) { return d.journal == wire::JournalState::well; }));
  EXPECT_TRUE(board_.read()->troubles.empty());
  stop();
  log_->flush();
  EXPECT_THAT(logged(), HasSubstr("level=info"));
  EXPECT_THAT(logged(), HasSubstr("event=journal_written_again"));
  EXPECT_EQ(journal_->health().written, cycle_);
}

TEST_F(DrainThreadTest, RecordsThatADiskRefusesForTooLongAreLostAloud) {  // SC-105
  open_journal(4096);
  open_log(false);
  start();
  {
    const FullDisk full(0);
    for (int i = 0; i < 200; ++i) put();
    ASSERT_TRUE(shown([](const wire::Digest& d) {
      return d.records_lost > 0 && stands(d, EventCode::records_lost);
    }));
  }
  stop();  // the log was on the same full disk: the screens are told all the same
  EXPECT_TRUE(happened(EventCode::records_lost));
  EXPECT_THAT(board_.read()->troubles.back().response, HasSubstr("Check the disk"));
  EXPECT_GT(journal_->health().lost, 0U);
}

TEST_F(DrainThreadTest, RecordsThatFoundNoPlaceAndOverrunsAreSaidWithoutAJournal) {
  open_log(false);
  start();
  record_.timing.duration_ns = 1'400'000'000;
  put();
  channels_.records.count_drop();
  channels_.overruns.store(1);
  ASSERT_TRUE(shown([](const wire::Digest& d) {
    return stands(d, EventCode::records_lost) && stands(d, EventCode::cycle_overrun);
  }));
  stop();
  log_->flush();
  EXPECT_THAT(logged(), HasSubstr("event=cycle_overrun text=\"cycle took 1400 ms of 1000 ms\""));
  EXPECT_TRUE(happened(EventCode::records_lost));
}

TEST_F(DrainThreadTest, AStandardErrorThatNobodyReadsStopsNoRecord) {  // IF-25
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
  const std::string block(4096, '.');
  while (::write(ends[1], block.data(), block.size()) > 0) {
  }
  ::fcntl(ends[1], F_SETFL, 0);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  open_log(true);
  start();
  record_.events.push({EventCode::link_lost});
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 5000; ++i) put();
  stop();
  const auto took = std::chrono::steady_clock::now() - began;
  ::dup2(saved, STDERR_FILENO);
  for (const int fd : {saved, ends[0], ends[1]}) ::close(fd);
  EXPECT_LT(took, std::chrono::seconds(10));
  EXPECT_EQ(drain_->recorder().records(), 5000U);
  EXPECT_GT(log_->lost(), 0U);
  EXPECT_TRUE(stands(*board_.read(), EventCode::log_lines_lost));
}

TEST_F(DrainThreadTest, WithoutACycleTheScreensStillHearOfTheLink) {
  board_.write_link({false, "no field answers", "응답 없음", 0, 0, 0, 0, 0});
  start();
  ASSERT_TRUE(shown([](const wire::Digest& d) { return d.link.english == "no field answers"; }));
  EXPECT_EQ(board_.read()->kiln, "small");
  stop();
}

TEST_F(DrainThreadTest, TheNewestRecordIsShownEvenIfNoneFollowsIt) {
  start();
  // Closer than two digests may come: but for waiting, the last would stay unseen for ever.
  for (int i = 0; i < 5; ++i) put();
  EXPECT_TRUE(shown([](const wire::Digest& d) { return d.cycle == 5; }));
  stop();
}

TEST_F(DrainThreadTest, EndsWithoutAStopRecordWhenToldTo) {
  start();
  for (int i = 0; i < 10; ++i) put();
  drain_->end_now();
  drain_->join();
  EXPECT_TRUE(drain_->ended());
  EXPECT_EQ(drain_->recorder().records(), 10U);
}

}  // namespace
}  // namespace saggar::app
