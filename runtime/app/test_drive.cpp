#include "runtime/app/test_drive.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ostream>
#include <thread>

#include "runtime/app/digest_text.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {
namespace {

using domain::Error;
using domain::IntentKind;

constexpr double kMostWait_s = 600;  // for the seat, field time; a dwell is one minute
constexpr int kLeastLooks = 25;      // for the seat, while the field of a simulation races
constexpr double kAskAgain_s = 30;   // for the seat, field time
constexpr int kLooks = 150;          // for the journal and for lost answers, of kLook each
constexpr std::chrono::milliseconds kLook{200};

volatile std::sig_atomic_t g_signals = 0;
void on_signal(int /*signal*/) { g_signals = g_signals + 1; }

/// Counts SIGINT and SIGTERM as long as it lives.
class Signals {
 public:
  Signals() {
    g_signals = 0;
    for (std::size_t i = 0; i < 2; ++i) before_[i] = std::signal(kWhich[i], on_signal);
  }
  ~Signals() {
    for (std::size_t i = 0; i < 2; ++i) std::signal(kWhich[i], before_[i]);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  static constexpr int kWhich[2] = {SIGINT, SIGTERM};
  void (*before_[2])(int);
};

double time_s(const wire::Digest& digest) { return 1e-9 * static_cast<double>(digest.time_ns); }

std::uint64_t last_cycle(const std::string& journal) {
  const auto reader = record::JournalReader::open(journal);
  return reader ? reader.value()->last_cycle() : 0;
}

class Drive {
 public:
  Drive(const OperatorOptions& options, const std::string& controller, std::ostream& out)
      : options_(options), controller_(controller), out_(out) {}

  domain::Status connect() {
    auto client = wire::OperatorClient::connect(context_, options_.endpoint);
    if (!client) return client.error();
    client_ = std::move(client).value();
    const auto seen = look();
    if (!seen) return seen.error();
    std::string others;
    for (std::size_t d = 0; d < digest_.duties.size(); ++d) {
      for (const std::string& rung : digest_.duties[d].rungs) {
        if (rung == controller_) duty_ = d;
        others += (others.empty() ? "" : ", ") + rung;
      }
    }
    if (duty_ < digest_.duties.size()) return domain::Done{};
    return Error{"--test " + controller_, "the runtime has no rung of that name, but " + others +
                                              "; right is the planned test of its control file"};
  }

  /// Waits until the journal holds the cycle that was seen last. One that is not ours does not
  /// grow.
  domain::Status writes(const std::string& journal, bool must_grow) {
    const std::uint64_t first = last_cycle(journal);
    for (int i = 0; i < kLooks && g_signals <= taken_; ++i) {
      const std::uint64_t last = last_cycle(journal);
      if (last >= digest_.cycle && (last > first || !must_grow)) return domain::Done{};
      std::this_thread::sleep_for(kLook);
    }
    return Error{journal, "does not come to hold the cycles of the runtime at " +
                              options_.endpoint + "; right is the journal that it writes"};
  }

  domain::Result<TestDrive> begin_and_wait() {
    const auto asked = ask(run_intent(1));
    if (!asked) return asked.error();
    const double begun_s = time_s(digest_);
    double ask_s = begun_s, before_s = begun_s;
    for (int looks = 0; !drives(); ++looks) {
      before_s = time_s(digest_);
      if (g_signals > 0) return take_back("taken back before the test began");
      if (time_s(digest_) >= ask_s) {
        climbed_ = ask(climb_intent());
        ask_s = time_s(digest_) + kAskAgain_s;
      }
      if (time_s(digest_) > begun_s + kMostWait_s && looks > kLeastLooks)
        return take_back(not_let());
      std::this_thread::sleep_for(kLook);
      const auto seen = look();
      if (!seen) return seen.error();
    }
    return while_it_drives(before_s);
  }

 private:
  const wire::DigestDuty& duty() const { return digest_.duties[duty_]; }
  bool drives() const {
    return duty().rung < duty().rungs.size() && duty().rungs[duty().rung] == controller_;
  }

  wire::IntentByName run_intent(double value) const {
    wire::IntentByName intent;
    intent.kind = IntentKind::set_parameter;
    intent.controller = controller_;
    intent.key = "run";
    intent.value = value;
    return intent;
  }
  wire::IntentByName climb_intent() const {
    wire::IntentByName intent;
    intent.kind = IntentKind::climb;
    intent.duty = duty().duty;
    intent.rung_name = controller_;
    return intent;
  }

  domain::Status ask(wire::IntentByName intent) {
    sign(options_, intent);
    const auto reply = client_->ask(intent, timeout());
    if (!reply) return reply.error();
    if (reply.value().answer == domain::AnswerKind::done) return domain::Done{};
    std::string text = reply_text(reply.value(), options_.korean);
    text.pop_back();
    return Error{std::string(intent.kind == IntentKind::climb ? "climb " : "set ") + controller_,
                 text};
  }

  std::chrono::milliseconds timeout() const {
    return std::chrono::milliseconds(static_cast<long>(options_.timeout_s * 1000));
  }

  /// A runtime that is busy may miss one: what was seen before stands for a while.
  domain::Status look() {
    domain::Status last = domain::Done{};
    for (int i = 0; i < 3; ++i) {
      auto digest = client_->status(timeout());
      if (digest) {
        digest_ = std::move(digest).value();
        return domain::Done{};
      }
      last = digest.error();
    }
    return last;
  }

  /// Why it did not come to drive, as `status` would say it.
  std::string not_let() const {
    if (!climbed_) return climbed_.error().text();
    std::string text = "the ladder did not let it drive; " +
                       std::string(domain::name(duty().duty)) + " is " +
                       std::string(domain::name(duty().state)) + ", " + ladder_text(duty(), false);
    for (const std::string& line : duty_lines(duty(), false)) text += "; " + line;
    return text;
  }

  Error take_back(const std::string& why) {
    const auto back = ask(run_intent(0));
    return {"--test " + controller_, why + (back ? "" : "; " + back.error().text())};
  }

  /// @param before_s the last field time at which it was not seen to drive: nothing moved then
  domain::Result<TestDrive> while_it_drives(double before_s) {
    TestDrive drive;
    drive.from_s = before_s;
    say("%s drives since field time %.0f s; Ctrl-C ends the test, setpoints then go back\n",
        drive.from_s);
    while (drives()) {
      if (g_signals > 1)
        return Error{"--test " + controller_, "left alone, it may still drive; `saggar set " +
                                                  controller_ + " run 0` ends it"};
      if (g_signals > 0 && !drive.cut_short) {
        const auto ended = ask(run_intent(0));
        if (!ended) return ended.error();
        drive.cut_short = true;
        taken_ = 1;
        say("%s is asked to end at field time %.0f s; its setpoints go back\n", time_s(digest_));
      }
      std::this_thread::sleep_for(kLook);
      const auto seen = look();
      if (!seen)
        return Error{seen.error().where, seen.error().what +
                                             "; the test may still drive: `saggar set " +
                                             controller_ + " run 0` ends it"};
    }
    drive.to_s = time_s(digest_);
    say("%s has ended after %.2f h; ", (drive.to_s - drive.from_s) / 3600);
    const bool any = duty().rung < duty().rungs.size();
    out_ << (any ? duty().rungs[duty().rung] + " drives" : std::string("nothing drives")) << ": "
         << reason_text(duty(), false) << std::endl;
    return drive;
  }

  void say(const char* format, double value) {
    char line[160];
    std::snprintf(line, sizeof line, format, controller_.c_str(), value);
    out_ << line << std::flush;
  }

  OperatorOptions options_;
  std::string controller_;
  std::ostream& out_;
  wire::Context context_;
  std::unique_ptr<wire::OperatorClient> client_;
  wire::Digest digest_;
  std::size_t duty_ = SIZE_MAX;
  int taken_ = 0;                            ///< signals that were answered
  domain::Status climbed_ = domain::Done{};  ///< the last answer
};

}  // namespace

domain::Result<TestDrive> drive_test(const OperatorOptions& options, const std::string& controller,
                                     const std::string& journal, std::ostream& out) {
  const Signals signals;
  Drive drive(options, controller, out);
  const auto there = drive.connect();
  if (!there) return there.error();
  const auto ours = drive.writes(journal, true);
  if (!ours) return ours.error();
  auto driven = drive.begin_and_wait();
  if (!driven) return driven;
  const auto kept = drive.writes(journal, false);
  if (!kept) return kept.error();
  return driven;
}

}  // namespace saggar::app
