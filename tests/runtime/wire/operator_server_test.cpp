// OperatorServer and raw stations: one answer for every request, whatever it is (SC-08).
#include <gmock/gmock.h>

#include <map>
#include <random>
#include <zmq.hpp>

#include "runtime/wire/operator_codec.hpp"
#include "runtime/wire/operator_link.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using domain::AnswerKind;
using domain::Reason;
using ::testing::HasSubstr;

std::int64_t unix_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class Operators : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = OperatorServer::bind(context, "tcp://127.0.0.1:*", plant, {"pid heat", "mpc heat"},
                                     {{{"mpc heat", "pid heat", "hold", "recipe"}, {}, {}}});
    ASSERT_TRUE(made.ok()) << made.error().text();
    server = std::move(made).value();
    station.set(zmq::sockopt::linger, 0);
    station.connect(server->endpoint());
  }
  void send(Bytes bytes) { station.send(zmq::buffer(bytes.data(), bytes.size())); }
  void send(const IntentRequest& request) { send(encode_intent_request(encoder, request).value()); }
  static IntentRequest intent(std::uint64_t number) {
    IntentRequest request;
    request.request = number;
    request.sent_unix_ms = unix_ms();
    request.valid_ms = 60'000;
    request.intent.id = number * 10;
    request.intent.who = "kim";
    return request;
  }
  OperatorRequest next() {
    OperatorRequest request;
    EXPECT_TRUE(until([&] { return server->receive(request); }, [] {}));
    return request;
  }
  /// True once an answer has come; requests that reach the runtime are dropped.
  bool poll_answer(NumberedReply& reply) {
    zmq::message_t part;
    if (!station.recv(part, zmq::recv_flags::dontwait)) return false;
    const auto read = decode_intent_reply({part.data<std::uint8_t>(), part.size()});
    EXPECT_TRUE(read.ok());
    if (read.ok()) reply = read.value();
    return true;
  }
  NumberedReply answer() {
    NumberedReply reply;
    OperatorRequest unused;
    EXPECT_TRUE(until([&] { return poll_answer(reply); }, [&] { server->receive(unused); }));
    return reply;
  }

  Context context;
  const domain::Plant plant = small_plant();
  std::unique_ptr<OperatorServer> server;
  zmq::context_t raw{1};
  zmq::socket_t station{raw, zmq::socket_type::dealer};
  Encoder encoder;
};

TEST_F(Operators, NamesAreResolvedToIndices) {
  IntentRequest request = intent(3);
  request.intent = sample_intent().intent;
  request.intent.mv = "zone01.top.setpoint";
  request.intent.controller = "mpc heat";
  request.intent.rung_name = "recipe";
  send(request);
  const OperatorRequest got = next();
  EXPECT_FALSE(got.is_status);
  EXPECT_EQ(got.intent.mv, 1);
  EXPECT_EQ(got.intent.duty, domain::Duty::heat) << "of the MV, not as sent";
  EXPECT_EQ(got.intent.controller, 1);
  EXPECT_EQ(got.intent.id, 9U);
  EXPECT_EQ(got.intent.not_before, 1000U);
  EXPECT_EQ(got.intent.kind, domain::IntentKind::set_setpoint);
  EXPECT_EQ(got.intent.mode, domain::Mode::man);
  EXPECT_EQ(got.intent.rung, 3);
  EXPECT_EQ(got.intent.value, 812.5);
  EXPECT_EQ(got.intent.key.view(), "gain");
  EXPECT_EQ(got.intent.who.view(), "kim");
  EXPECT_EQ(got.intent.station.view(), "panel 2");
  EXPECT_EQ(got.intent.reason.view(), "시험 운전");
}

TEST_F(Operators, ARungIsTakenByItsNameInAnyCaseOrByItsNumber) {
  for (const auto& [word, rung] : std::vector<std::pair<std::string, int>>{
           {"PID Heat", 1}, {"hold", 2}, {"0", 0}, {"3", 3}, {"", 7}}) {
    IntentRequest request = intent(3);
    request.intent.kind = domain::IntentKind::climb;
    request.intent.rung = 7;
    request.intent.rung_name = word;
    send(request);
    EXPECT_EQ(next().intent.rung, rung) << word;
  }
}

TEST_F(Operators, AnUnknownRungIsRefusedWithThoseThatAreThere) {
  for (const char* word : {"mpc haet", "4", "-1", "256"}) {
    IntentRequest request = intent(3);
    request.intent.kind = domain::IntentKind::step_down;
    request.intent.rung_name = word;
    send(request);
    const IntentReply reply = answer().reply;
    EXPECT_EQ(reply.answer, AnswerKind::error);
    EXPECT_EQ(reply.reason, Reason::out_of_limits);
    EXPECT_THAT(reply.detail, HasSubstr("has no rung '" + std::string(word) + "'"));
    EXPECT_THAT(reply.detail, HasSubstr("its rungs: 0 mpc heat, 1 pid heat, 2 hold, 3 recipe"));
    EXPECT_THAT(reply.detail_korean, HasSubstr("있는 단: 0 mpc heat"));
  }
}

TEST_F(Operators, ANearRungIsSuggested) {
  IntentRequest request = intent(3);
  request.intent.rung_name = "mpc haet";
  send(request);
  EXPECT_THAT(answer().reply.detail, HasSubstr("did you mean mpc heat?"));
}

TEST_F(Operators, AnswerGoesBackOnceWithItsNumber) {
  send(intent(3));
  const OperatorRequest got = next();
  EXPECT_EQ(got.intent.mv, domain::kNoMv);
  EXPECT_EQ(got.intent.controller, domain::kNoController);
  EXPECT_EQ(server->open_requests(), 1U);
  domain::IntentAnswer done;
  done.cycle = 44;
  done.kind = AnswerKind::aborted;
  done.reason = Reason::superseded;
  server->answer(got.client, done, "by a newer one");
  server->answer(got.client, done, "a second time");
  EXPECT_EQ(server->open_requests(), 0U);
  const NumberedReply reply = answer();
  EXPECT_EQ(reply.request, 3U);
  const IntentReply right = {30, 44, AnswerKind::aborted, Reason::superseded, "by a newer one"};
  EXPECT_EQ(reply.reply, right);
  NumberedReply more;
  for (int i = 0; i < 20; ++i) {
    wait({}, std::chrono::milliseconds(1));
    EXPECT_FALSE(poll_answer(more));
  }
}

TEST_F(Operators, UnknownNamesAreAnsweredWithTheNearest) {
  IntentRequest request = intent(3);
  request.intent.mv = "zone01.top.setpoit";
  send(request);
  NumberedReply reply = answer();
  EXPECT_EQ(reply.request, 3U);
  EXPECT_EQ(reply.reply.id, 30U);
  EXPECT_EQ(reply.reply.answer, AnswerKind::error);
  EXPECT_EQ(reply.reply.reason, Reason::unknown_tag);
  EXPECT_THAT(reply.reply.detail, HasSubstr("did you mean zone01.top.setpoint?"));
  request.intent.mv = "zone01.top.temperature";
  send(request);
  EXPECT_THAT(answer().reply.detail, HasSubstr("is not a tag that may be written"));
  request.intent.mv.clear();
  request.intent.controller = "pid heet";
  send(request);
  EXPECT_THAT(answer().reply.detail, HasSubstr("did you mean pid heat?"));
  EXPECT_EQ(server->refused_count(), 3U);
}

TEST_F(Operators, StaleRequestIsRefused) {
  IntentRequest request = intent(3);
  request.sent_unix_ms -= 10'000;
  request.valid_ms = 5'000;
  send(request);
  const NumberedReply reply = answer();
  EXPECT_EQ(reply.reply.reason, Reason::stale_request);
  EXPECT_EQ(reply.reply.answer, AnswerKind::error);
}

TEST_F(Operators, AnEmergencyIsTakenWhateverTheStationsClockSays) {  // SC-91
  using domain::IntentKind;
  std::uint64_t number = 0;
  for (const IntentKind kind : {IntentKind::ai_off, IntentKind::hold, IntentKind::release}) {
    for (const std::int64_t behind_ms : {10'000, 86'400'000, -86'400'000}) {
      IntentRequest request = intent(++number);
      request.intent.kind = kind;
      request.sent_unix_ms -= behind_ms;
      request.valid_ms = 1;
      send(request);
      EXPECT_EQ(next().intent.kind, kind);
    }
  }
  EXPECT_EQ(server->refused_count(), 0U);
}

TEST_F(Operators, AFloodOfRequestsLeavesPlacesForEmergencies) {  // SC-91
  for (std::uint64_t i = 1; i <= OperatorServer::kMaxOpen; ++i) {
    send(intent(i));
    next();
  }
  IntentRequest press = intent(1000);
  press.intent.kind = domain::IntentKind::hold;
  for (std::size_t i = 0; i < OperatorServer::kEmergencyOpen; ++i) {
    send(intent(2000));  // and it goes on
    EXPECT_EQ(answer().reply.answer, AnswerKind::busy);
    send(press);
    EXPECT_EQ(next().intent.kind, domain::IntentKind::hold) << i;
  }
}

TEST_F(Operators, ALostAnswerIsGivenAsAbortedOnce) {  // SC-08
  server->set_answer_limit(std::chrono::milliseconds(20));
  send(intent(1));
  const std::uint64_t lost = next().client;
  IntentRequest later = intent(2);
  later.intent.not_before = 1000;
  send(later);
  const std::uint64_t waits = next().client;
  EXPECT_TRUE(server->is_open(lost));
  ASSERT_TRUE(until([&] { return server->abort_late() == 1; }, [] {}));
  EXPECT_FALSE(server->is_open(lost));
  EXPECT_TRUE(server->is_open(waits));
  const NumberedReply reply = answer();
  EXPECT_EQ(reply.request, 1U);
  EXPECT_EQ(reply.reply.answer, AnswerKind::aborted);
  EXPECT_EQ(reply.reply.reason, Reason::time_limit);
  server->answer(lost, {}, "it came after all");
  server->answer(waits, {}, "at its cycle");
  EXPECT_EQ(answer().request, 2U);
  EXPECT_EQ(server->abort_late(), 0U);
  EXPECT_EQ(server->open_requests(), 0U);
}

TEST_F(Operators, GarbageIsAnsweredWithAnError) {
  station.send(zmq::str_buffer("hello? is there anybody?"));
  NumberedReply reply = answer();
  EXPECT_EQ(reply.request, 0U);
  EXPECT_EQ(reply.reply.answer, AnswerKind::error);
  EXPECT_THAT(reply.reply.detail, HasSubstr("envelope.magic"));
  station.send(zmq::str_buffer("a"), zmq::send_flags::sndmore);
  station.send(zmq::str_buffer("b"));
  EXPECT_THAT(answer().reply.detail, HasSubstr("several parts"));
  send(encode_heartbeat(encoder, {1, 2, 3}));
  EXPECT_THAT(answer().reply.detail, HasSubstr("not heartbeat"));
  send(encode_status_request(encoder, 0));
  EXPECT_THAT(answer().reply.detail, HasSubstr("status.request"));
}

TEST_F(Operators, TooManyOpenRequestsAreAnsweredBusy) {
  std::vector<std::uint64_t> clients;
  for (std::uint64_t i = 1; i <= OperatorServer::kMaxOpen; ++i) {
    send(intent(i));
    clients.push_back(next().client);
  }
  send(intent(1000));
  const NumberedReply reply = answer();
  EXPECT_EQ(reply.request, 1000U);
  EXPECT_EQ(reply.reply.answer, AnswerKind::busy);
  server->answer(clients.front(), {}, "");
  EXPECT_EQ(answer().request, 1U);
  send(intent(1001));
  EXPECT_EQ(next().intent.id, 10'010U);
}

TEST_F(Operators, TenThousandRequestsOfAllKindsAreEachAnsweredOnce) {  // SC-08
  std::mt19937 random(7);
  std::map<std::uint64_t, int> answers;
  std::uint64_t sent = 0;
  std::uint64_t unreadable = 0, unreadable_answers = 0;
  constexpr std::uint64_t kRequests = 10'000;
  std::vector<std::uint64_t> open;
  const auto answer_one = [&] {
    const std::size_t at = random() % open.size();
    server->answer(open[at], {}, "");
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
  };
  const auto step = [&] {
    OperatorRequest request;
    while (server->receive(request)) open.push_back(request.client);
    while (open.size() > random() % 50) answer_one();
    NumberedReply reply;
    while (poll_answer(reply)) {
      if (reply.request == 0) {
        ++unreadable_answers;
      } else {
        ++answers[reply.request];
      }
    }
  };
  while (sent + unreadable < kRequests) {
    IntentRequest request = intent(++sent);
    request.intent.kind = static_cast<domain::IntentKind>(random() % domain::kIntentKindCount);
    if (random() % 4 == 0) request.intent.mv = "no.such.tag";
    if (random() % 8 == 0) request.sent_unix_ms = 1;
    send(request);
    if (random() % 8 == 0) {
      station.send(zmq::str_buffer("this is not a message at all"));
      ++unreadable;
    }
    do {
      step();  // at most 200 under way, so that nothing has to be answered "busy"
    } while (sent + unreadable - answers.size() - unreadable_answers > 200);
  }
  ASSERT_TRUE(
      until([&] { return answers.size() == sent && unreadable_answers == unreadable; }, step))
      << answers.size() << " of " << sent << ", " << unreadable_answers << " of " << unreadable
      << ", " << server->open_requests() << " open, " << server->undelivered() << " undelivered";
  for (int i = 0; i < 10; ++i) step();
  for (const auto& [number, count] : answers) ASSERT_EQ(count, 1) << "request " << number;
  EXPECT_EQ(unreadable_answers, unreadable);
  EXPECT_EQ(server->open_requests(), 0U);
  EXPECT_EQ(server->undelivered(), 0U);
}

TEST_F(Operators, AnswerToAStationThatHasLeftIsCounted) {
  std::vector<std::uint64_t> clients;
  for (std::uint64_t i = 1; i <= 200; ++i) {
    send(intent(i));
    clients.push_back(next().client);
  }
  station.close();
  ASSERT_TRUE(until([&] { return server->undelivered() > 0 || clients.empty(); },
                    [&] {
                      wait({}, std::chrono::milliseconds(5));  // ZeroMQ notices in the background
                      server->answer(clients.back(), {}, "");
                      clients.pop_back();
                    }));
  EXPECT_GT(server->undelivered(), 0U);
}

TEST_F(Operators, AddressInUseIsAnErrorThatNamesIt) {
  const auto second = OperatorServer::bind(context, server->endpoint(), plant, {});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().text(), HasSubstr(server->endpoint()));
}

}  // namespace
}  // namespace saggar::wire
