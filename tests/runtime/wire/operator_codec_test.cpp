// Intent request and reply, status request.
#include "runtime/wire/operator_codec.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

std::string error_of(const IntentRequest& request) {
  Encoder encoder;
  const domain::Result<Bytes> message = encode_intent_request(encoder, request);
  if (!message.ok()) return message.error().text();
  std::uint64_t number = 0;
  const auto got = decode_intent_request(message.value(), number);
  EXPECT_EQ(number, request.request) << "known even when the rest is refused";
  return got.ok() ? "no error" : got.error().text();
}

TEST(OperatorCodec, IntentKeepsEveryField) {
  Encoder encoder;
  const IntentRequest sent = sample_intent();
  std::uint64_t number = 0;
  const auto got = decode_intent_request(encode_intent_request(encoder, sent).value(), number);
  ASSERT_TRUE(got.ok()) << got.error().text();
  EXPECT_EQ(number, 77U);
  EXPECT_EQ(got.value().request, 77U);
  EXPECT_EQ(got.value().sent_unix_ms, sent.sent_unix_ms);
  EXPECT_EQ(got.value().valid_ms, sent.valid_ms);
  EXPECT_EQ(got.value().intent, sent.intent);
}

TEST(OperatorCodec, TooLongTextIsRefusedNotCut) {
  IntentRequest request = sample_intent();
  request.intent.who.assign(32, 'x');
  EXPECT_EQ(error_of(request), "intent.who: has 32 bytes; at most 31");
  request = sample_intent();
  request.intent.reason.assign(127, 'x');
  EXPECT_EQ(error_of(request), "no error");
  request.intent.reason.assign(128, 'x');
  EXPECT_EQ(error_of(request), "intent.reason: has 128 bytes; at most 127");
}

TEST(OperatorCodec, WrongValuesAreNamed) {
  IntentRequest request = sample_intent();
  request.intent.value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(error_of(request), "intent.value: is not a finite number");
  request = sample_intent();
  request.intent.kind = static_cast<domain::IntentKind>(domain::kIntentKindCount);
  EXPECT_EQ(error_of(request), "intent.kind: is 20; this build knows 0 to 19");
  request = sample_intent();
  request.intent.duty = static_cast<domain::Duty>(3);
  EXPECT_EQ(error_of(request), "intent.duty: is 3; this build knows 0 to 2");
  request = sample_intent();
  request.intent.mode = static_cast<domain::Mode>(8);
  EXPECT_EQ(error_of(request), "intent.mode: is 8; this build knows 0 to 7");
  request = sample_intent();
  request.request = 0;
  EXPECT_EQ(error_of(request), "intent.request: is 0; requests count from 1");
  request = sample_intent();
  request.intent.key = std::string("a\0b", 3);
  EXPECT_EQ(error_of(request), "intent.key: holds a zero byte");
}

TEST(OperatorCodec, ReplyKeepsEveryField) {
  Encoder encoder;
  const IntentReply sent = {
      9, 40, domain::AnswerKind::aborted, domain::Reason::superseded, "newer", "더 새로운 명령"};
  const auto got = decode_intent_reply(encode_intent_reply(encoder, {77, sent}));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got.value().request, 77U);
  EXPECT_EQ(got.value().reply, sent);
}

TEST(OperatorCodec, StatusRequestKeepsItsNumberAndRefusesZero) {
  Encoder encoder;
  EXPECT_EQ(decode_status_request(encode_status_request(encoder, 5)).value(), 5U);
  EXPECT_FALSE(decode_status_request(encode_status_request(encoder, 0)).ok());
}

}  // namespace
}  // namespace saggar::wire
