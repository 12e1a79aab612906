#include "runtime/record/log.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

#include "runtime/record/event_text.hpp"
#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// The time of a line with every digit as 0.
std::string shape_of_time(const std::string& line) {
  std::string time = line.substr(0, 25);
  for (char& c : time) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) c = '0';
  }
  return time;
}

class Logging : public ::testing::Test {
 protected:
  LogOptions options() const {
    LogOptions o;
    o.path = folder_ / "saggar.log";
    o.to_stderr = false;
    return o;
  }
  domain::Record record_with_events() {
    const domain::Plant plant = example::make_plant(1);
    names_ = make_names(plant, {"pid"});
    domain::Record record = example::make_record(plant);
    record.cycle = 17;
    record.events.push({domain::EventCode::guard_clipped, 0, 44, 1, 2});
    record.events.push({domain::EventCode::mode_changed, 0, 6, 0, 0});
    record.events.push({domain::EventCode::link_lost, 0, 0, 0, 0});
    return record;
  }
  example::Folder folder_;
  Names names_;
};

TEST_F(Logging, WritesOneKeyValueLinePerEventAtItsLevel) {
  const domain::Record record = record_with_events();
  {
    auto log = Log::open(options());
    ASSERT_TRUE(log);
    log.value()->events(record, names_);
  }
  const auto lines = lines_of(options().path);
  ASSERT_EQ(lines.size(), 2U);  // debug is below info
  EXPECT_EQ(shape_of_time(lines[0]), "0000-00-00T00:00:00.000Z ");
  EXPECT_EQ(lines[0].substr(25),
            "level=info cycle=17 event=mode_changed text=\"zone01.top.setpoint: mode RCAS\"");
  EXPECT_EQ(lines[1].substr(25),
            "level=error cycle=17 event=link_lost text=\"link to the kiln is lost\" "
            "response=\"Check the kiln gateway and the network; the kiln runs on its local "
            "recipe.\"");
}

TEST_F(Logging, KeepsTheLevelAndTheLanguageAskedFor) {
  const domain::Record record = record_with_events();
  LogOptions o = options();
  o.level = domain::Severity::error;
  o.korean = true;
  {
    auto log = Log::open(o);
    ASSERT_TRUE(log);
    log.value()->events(record, names_);
    log.value()->write(domain::Severity::warn, "not this");
    log.value()->write(domain::Severity::error, "but this");
  }
  const auto lines = lines_of(o.path);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].find("text=\"킬른 통신 두절\""), std::string::npos);
  EXPECT_NE(lines[1].find("level=error text=\"but this\""), std::string::npos);
}

TEST_F(Logging, RotatesAtItsSize) {
  LogOptions o = options();
  o.max_bytes = 1000;
  o.files = 2;
  {
    auto log = Log::open(o);
    ASSERT_TRUE(log);
    for (int i = 0; i < 200; ++i) log.value()->write(domain::Severity::info, "line of some length");
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "")) {
    ++files;
    EXPECT_LE(entry.file_size(), 1100U);
  }
  EXPECT_EQ(files, 3U);
}

TEST_F(Logging, APathThatCannotBeWrittenIsAnError) {
  LogOptions o = options();
  o.path = "/proc/nothing/saggar.log";
  const auto log = Log::open(o);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().where, "/proc/nothing/saggar.log");
}

TEST_F(Logging, AFullDiskDoesNotReachTheCaller) {
  LogOptions o = options();
  o.path = "/dev/full";
  o.max_bytes = 0;
  auto log = Log::open(o);
  if (!log) return;  // refused at open is as good
  for (int i = 0; i < 100; ++i) log.value()->write(domain::Severity::error, "lost");
}

/// Standard error is a pipe that is full and that nobody reads.
class FullPipe {
 public:
  FullPipe() : saved_(::dup(STDERR_FILENO)) {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
    ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
    const std::string block(4096, '.');
    while (::write(ends_[1], block.data(), block.size()) > 0) {
    }
    ::fcntl(ends_[1], F_SETFL, 0);  // as a program finds it: writing would block
    ::dup2(ends_[1], STDERR_FILENO);
  }
  ~FullPipe() {
    ::dup2(saved_, STDERR_FILENO);
    for (const int fd : {saved_, ends_[0], ends_[1]}) ::close(fd);
  }
  FullPipe(const FullPipe&) = delete;
  FullPipe& operator=(const FullPipe&) = delete;

  /// Reads all that is in the pipe.
  std::string drain() {
    std::string text;
    std::array<char, 4096> buffer;
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    for (ssize_t n = 0; (n = ::read(ends_[0], buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(n));
    }
    return text;
  }

 private:
  int saved_;
  std::array<int, 2> ends_{};
};

TEST_F(Logging, AStandardErrorThatNobodyReadsHoldsNobodyUpAndCostsTheFileNothing) {  // IF-25
  LogOptions o = options();
  o.to_stderr = true;
  std::string behind;
  {
    FullPipe pipe;
    auto log = Log::open(o);
    ASSERT_TRUE(log);
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) log.value()->write(domain::Severity::error, "nobody hears");
    log.value()->flush();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
    EXPECT_EQ(log.value()->lost(), 1000U);
    EXPECT_GT(pipe.drain().size(), 4096U);
    log.value()->write(domain::Severity::error, "heard again");
    log.value()->flush();
    behind = pipe.drain();
  }
  EXPECT_NE(behind.find("1000 lines could not be written"), std::string::npos) << behind;
  EXPECT_NE(behind.find("heard again"), std::string::npos) << behind;
  EXPECT_EQ(lines_of(o.path).size(), 1001U);
}

TEST_F(Logging, MoreLinesThanWaitForTheDiskAreDroppedOldestFirstAndCounted) {  // IF-25
  // A named pipe without a reader takes 64 KiB and then nothing: a disk that hangs.
  LogOptions o = options();
  o.path = folder_ / "hangs";
  ASSERT_EQ(::mkfifo(o.path.c_str(), 0600), 0);
  const int reader = ::open(o.path.c_str(), O_RDONLY | O_NONBLOCK);
  auto log = Log::open(o);
  ASSERT_TRUE(log);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 20'000; ++i) {
    log.value()->write(domain::Severity::error, "line " + std::to_string(i));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  EXPECT_GT(log.value()->lost(), 5'000U);
  ::signal(SIGPIPE, SIG_IGN);
  ::close(reader);  // the hanging write ends with an error
}

TEST(LogField, IsQuotedWhereNeeded) {
  const auto field = [](std::string_view value) {
    std::string line;
    append_field(line, "k", value);
    return line;
  };
  EXPECT_EQ(field("plain-1.5"), "k=plain-1.5");
  EXPECT_EQ(field("two words"), "k=\"two words\"");
  EXPECT_EQ(field(""), "k=\"\"");
  EXPECT_EQ(field("a=b"), "k=\"a=b\"");
  EXPECT_EQ(field("say \"no\"\\"), "k=\"say \\\"no\\\"\\\\\"");
  // A text from outside cannot forge a line or drive a terminal.
  EXPECT_EQ(field("x\nlevel=error"), "k=\"x\\nlevel=error\"");
  EXPECT_EQ(field("\x1b[31m"), "k=\"\\x1b[31m\"");
}

}  // namespace
}  // namespace saggar::record
