// Replay reproduces every command of a journal, and names the first difference where it does not.
#include "runtime/app/replay_command.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "runtime/record/journal_reader.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

class ReplayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    journal_ = (std::filesystem::temp_directory_path() /
                ("saggar-replay-" + std::to_string(::getpid()) + ".journal"))
                   .string();
    remove();
  }
  void TearDown() override { remove(); }
  void remove() const {
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(journal_ + tail);
  }

  /// A run with everything in it: switch-on, a person, an emergency, a climb.
  void record(const suite::InProcessFiles& files, suite::InProcessOptions options = {}) const {
    options.journal = journal_;
    auto run = testing::start(files, options);
    testing::switch_on(*run);
    run->cycles(200);
    const domain::MvId mv = run->plant().of(domain::Duty::heat)[4];
    domain::Intent intent = testing::person_asks(domain::IntentKind::set_mode, 50);
    intent.mv = mv;
    intent.mode = domain::Mode::man;
    run->offer(intent);
    run->cycles(60);
    intent.id = 51;
    intent.kind = domain::IntentKind::hold;
    run->offer(intent);
    run->cycles(60);
    intent.id = 52;
    intent.kind = domain::IntentKind::climb;
    intent.duty = domain::Duty::heat;
    intent.mv = domain::kNoMv;
    intent.rung = 0;
    run->offer(intent);
    run->cycles(300);
  }

  app::ReplayOptions options(bool everything = false) const {
    app::ReplayOptions o;
    o.journal = journal_;
    o.everything = everything;
    o.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
    return o;
  }

  /// What replay prints.
  std::string replay(const app::ReplayOptions& how, int expected) const {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = app::replay(how);
    const std::string out = ::testing::internal::GetCapturedStdout();
    const std::string err = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(code, expected) << out << err;
    return out + err;
  }
  std::string journal_;
};

TEST_F(ReplayTest, EveryCommandOfARunWithIntentsComesOutBitForBit) {
  record(testing::p2_files());
  EXPECT_NE(replay(options(), 0).find("every command identical"), std::string::npos);
}

TEST_F(ReplayTest, NotOnlyTheCommandsButEveryPartOfEveryRecord) {
  record(testing::p2_files());
  replay(options(true), 0);
}

TEST_F(ReplayTest, AnotherGainIsCaughtWithCycleAndTag) {
  record(testing::p2_files());
  std::ifstream in(testing::p2_files().control);
  std::stringstream text;
  text << in.rdbuf();
  std::string changed = text.str();
  const std::string before = "latency_cycles = 0\n";
  const auto at = changed.find(before);
  ASSERT_NE(at, std::string::npos);
  changed.insert(at + before.size(), "[controller.params]\nkp = 0.9\n");
  const std::string path = journal_ + ".control.toml";
  std::ofstream(path) << changed;
  app::ReplayOptions how = options();
  how.control = path;
  const std::string said = replay(how, 2);
  std::filesystem::remove(path);
  EXPECT_NE(said.find("DIFFERS at cycle "), std::string::npos) << said;
  EXPECT_NE(said.find("setpoint"), std::string::npos) << said;
  EXPECT_NE(said.find("config/control is not the recorded one"), std::string::npos) << said;
}

/// Retention that keeps only the newest 256 records.
suite::InProcessOptions keeping_little(std::uint64_t snapshot_cycles) {
  suite::InProcessOptions options;
  options.journal_options.max_bytes = 1;
  options.journal_options.commit_records = 1;
  options.snapshot_cycles = snapshot_cycles;
  return options;
}

TEST_F(ReplayTest, AfterRetentionItGoesOnFromAKeptState) {
  record(testing::p2_files(), keeping_little(100));
  const auto reader = record::JournalReader::open(journal_);
  ASSERT_TRUE(reader);
  ASSERT_GT(reader.value()->first_cycle(), 1U);
  const std::string said = replay(options(true), 0);
  EXPECT_NE(said.find("replay goes on from the state of cycle "), std::string::npos) << said;
  EXPECT_NE(said.find("every part of every record identical"), std::string::npos) << said;
}

TEST_F(ReplayTest, AfterRetentionWithoutAStateNothingCanBeReplayedAndThatIsSaid) {
  record(testing::p2_files(), keeping_little(0));
  const std::string said = replay(options(), 1);
  EXPECT_NE(said.find("no kept state follows in this run"), std::string::npos) << said;
  EXPECT_NE(said.find("holds nothing that can be replayed"), std::string::npos) << said;
}

TEST_F(ReplayTest, ALaterWholeRunIsReplayedThoughTheFirstIsCut) {
  record(testing::p2_files(), keeping_little(0));
  suite::InProcessOptions again;
  again.journal = journal_;
  testing::start(testing::p2_files(), again)->cycles(50);
  const std::string said = replay(options(), 0);
  EXPECT_NE(said.find("no kept state follows in this run"), std::string::npos) << said;
  EXPECT_NE(said.find("replayed 50 cycles"), std::string::npos) << said;
}

// The journal holds its configuration: the files may be gone or changed.
TEST_F(ReplayTest, TheRecordedTextsAreUsedNotTheFilesOfToday) {
  const std::filesystem::path folder = journal_ + ".files";
  std::filesystem::create_directories(folder);
  suite::InProcessFiles files = testing::p2_files();
  std::filesystem::copy_file(files.control, folder / "control.toml",
                             std::filesystem::copy_options::overwrite_existing);
  files.control = folder / "control.toml";
  record(files);
  std::filesystem::remove_all(folder);
  const std::string said = replay(options(), 0);
  EXPECT_NE(said.find("every command identical"), std::string::npos) << said;
  EXPECT_EQ(said.find("not the recorded one"), std::string::npos) << said;
}

TEST_F(ReplayTest, AMissingJournalIsNamed) {
  EXPECT_NE(replay(options(), 1).find(journal_), std::string::npos);
}

}  // namespace
}  // namespace saggar
