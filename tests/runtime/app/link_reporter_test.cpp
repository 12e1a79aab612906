// What a person is told of the field link: each change once, in the language of the log.
#include "runtime/app/link_reporter.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kSecond = 1'000'000'000;

class LinkReporterTest : public wire::LinkTest {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() /
            ("saggar-link-" + std::to_string(::getpid()) + ".log");
    std::filesystem::remove(path_);
    open_log(false);
  }
  void TearDown() override { std::filesystem::remove(path_); }
  void open_log(bool korean) {
    record::LogOptions options;
    options.path = path_;
    options.to_stderr = false;
    options.korean = korean;
    log_.reset();
    log_ = std::move(record::Log::open(options)).value();
    reporter_ = std::make_unique<LinkReporter>(plant, "tcp://kiln:1", log_.get(), board_);
  }
  /// Passes until `done`, with the reporter told of everything as the io thread does it.
  bool report_until(const std::function<bool()>& done) {
    std::size_t seen = 0;
    return pump([&] {
      for (; seen < runtime_got.size(); ++seen) reporter_->got(runtime_got[seen], *runtime);
      reporter_->look(*runtime, wire::now_ns());
      return done();
    });
  }
  std::string logged() {
    log_->flush();
    std::stringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }
  static int count_of(const std::string& text, const std::string& what) {
    int n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++n;
    }
    return n;
  }
  wire::DigestLink link() const { return board_.read_link().value_or(wire::DigestLink{}); }

  std::filesystem::path path_;
  std::unique_ptr<record::Log> log_;
  Blackboard board_;
  std::unique_ptr<LinkReporter> reporter_;
};

TEST_F(LinkReporterTest, EveryDifferenceOfTheTagTablesIsALineOfTheLogAndInTheStatus) {
  table = domain::TagTable();
  (void)table.add(wire::read_tag("zone01.top.temperature", units::Unit::K, 0, 1200));
  (void)table.add(wire::write_tag("zone09.top.setpoint", units::Unit::degC, 0, 900, 1));
  start_field();
  start_runtime(field->endpoints());
  ASSERT_TRUE(report_until([&] { return !link().english.empty(); }));
  for (int i = 0; i < 50; ++i) pass(), reporter_->look(*runtime, wire::now_ns());
  const std::string text = logged();
  EXPECT_THAT(text, HasSubstr("level=error text=\"no link, tcp://kiln:1 has another tag table"));
  EXPECT_THAT(text, HasSubstr("text=\"zone01.top.temperature: the field says unit K, the "
                              "configuration says unit degC\""));
  EXPECT_EQ(count_of(text, "zone09.top.setpoint: the field says write"), 1) << "said once";
  EXPECT_THAT(link().english, HasSubstr("\nzone01.top.temperature: the field says unit K"));
  EXPECT_THAT(link().korean, HasSubstr("zone01.top.temperature: 킬른은 unit K, 설정은 unit degC"));
  EXPECT_FALSE(link().up);
}

TEST_F(LinkReporterTest, ARuntimeThatIsRefusedSaysWhoDrives) {
  open_log(true);
  start_both();
  auto first = std::move(runtime);
  start_runtime(field->endpoints());
  ASSERT_TRUE(report_until([&] {
    first->beat(1, wire::now_ns());
    return !link().english.empty();
  }));
  EXPECT_THAT(link().english, HasSubstr("another runtime drives this kiln"));
  EXPECT_THAT(logged(), HasSubstr("통신 불가"));
}

TEST_F(LinkReporterTest, ALostLinkAndItsReturnAreSaidOnce) {  // SC-46
  std::int64_t now = kSecond;
  clock = [&] { return now; };
  start_both();
  ASSERT_TRUE(report_until([&] { return link().up; }));
  EXPECT_THAT(logged(), Not(HasSubstr("link")));
  for (int i = 0; i < 100; ++i) {
    now += kSecond / 10;
    runtime->beat(heartbeat, now);
    run_runtime();
    for (const wire::FieldClientGot got : runtime_got) reporter_->got(got, *runtime);
    runtime_got.clear();
    reporter_->look(*runtime, now);
  }
  EXPECT_EQ(count_of(logged(), "the field link is lost: nothing came from it"), 1) << logged();
  EXPECT_THAT(link().english, HasSubstr("nothing came from it"));
  ASSERT_TRUE(pump([&] {
    now += kSecond / 100;
    return runtime->link_up();
  }));
  for (const wire::FieldClientGot got : runtime_got) reporter_->got(got, *runtime);
  reporter_->look(*runtime, now + kSecond);
  EXPECT_EQ(count_of(logged(), "the field link is up"), 1) << logged();
  EXPECT_TRUE(link().up);
}

TEST_F(LinkReporterTest, AFieldThatIsNotThereIsSaidAfterThreeSeconds) {
  start_runtime({"tcp://127.0.0.1:1", "tcp://127.0.0.1:1"});
  reporter_->look(*runtime, kSecond);
  reporter_->look(*runtime, 3 * kSecond);
  EXPECT_EQ(link().english, "");
  reporter_->look(*runtime, 5 * kSecond);
  EXPECT_EQ(link().english, "no field answers at tcp://kiln:1 yet");
  EXPECT_THAT(logged(), HasSubstr("no field answers"));
}

TEST_F(LinkReporterTest, RefusedValuesAreSaidWithTagAndReasonAndNotEachTime) {
  domain::Ack refused(plant.mvs.size());
  refused.refused[1] = domain::Reason::out_of_limits;
  for (int i = 0; i < 100; ++i) reporter_->ack(refused, i * kSecond / 100);
  const std::string text = logged();
  EXPECT_EQ(count_of(text, "the field did not take zone01.top.setpoint"), 1) << text;
  EXPECT_THAT(text, HasSubstr("the value is outside its limits"));
  EXPECT_EQ(reporter_->acks_refused(), 100U);
  reporter_->ack(refused, 11 * kSecond);
  EXPECT_THAT(logged(), HasSubstr("since the last line: 100"));
}

}  // namespace
}  // namespace saggar::app
