// FieldServer against peers that do not behave: raw sockets, written by hand.
#include "runtime/wire/field_server.hpp"

#include <gmock/gmock.h>

#include <zmq.hpp>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/hello_codec.hpp"
#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

using domain::Reason;
using ::testing::HasSubstr;

class Server : public LinkTest {
 protected:
  void SetUp() override {
    start_field();
    dealer.set(zmq::sockopt::linger, 0);
    dealer.connect(field->endpoints().commands);
  }
  void send(Bytes bytes) { dealer.send(zmq::buffer(bytes.data(), bytes.size())); }
  FieldGot next() {
    FieldGot got = FieldGot::nothing;
    EXPECT_TRUE(until([&] { return (got = field->receive(command)) != FieldGot::nothing; }, [] {}));
    return got;
  }
  /// The server's next answer to the raw peer, copied to aligned memory.
  Bytes answer() {
    zmq::message_t part;
    EXPECT_TRUE(until([&] { return bool(dealer.recv(part, zmq::recv_flags::dontwait)); },
                      [&] { field->receive(command); }));
    kept.assign(part.data<std::uint8_t>(), part.data<std::uint8_t>() + part.size());
    return kept;
  }
  Refusal refusal_answer() {
    const Bytes bytes = answer();
    domain::Result<Refusal> read = decode_refusal(bytes);
    EXPECT_TRUE(read.ok()) << read.error().text();
    return read.ok() ? read.value() : Refusal{};
  }
  void listen(std::uint64_t session) {
    std::string topic = "ZEAR";
    topic.append(reinterpret_cast<const char*>(&session), sizeof session);
    subscriber = zmq::socket_t(raw, zmq::socket_type::sub);
    subscriber.set(zmq::sockopt::linger, 0);
    subscriber.set(zmq::sockopt::subscribe, "SAGR");
    subscriber.set(zmq::sockopt::subscribe, topic);
    subscriber.connect(field->endpoints().frames);
  }
  /// Becomes the driving runtime, with subscription and verdict.
  void drive(std::uint64_t session) {
    listen(session);
    send(encode_hello(encoder, {session, field->session(), "P-test", ""}));
    ASSERT_EQ(next(), FieldGot::hello);
    answer();  // the confirming heartbeat
  }
  Bytes command_bytes(std::uint64_t session, const domain::Command& c) {
    const domain::TagId tags[] = {1, 3};
    return encode_command(encoder, {session, field->session()}, c, tags);
  }

  zmq::context_t raw{1};
  zmq::socket_t dealer{raw, zmq::socket_type::dealer};
  zmq::socket_t subscriber{raw, zmq::socket_type::sub};
  Encoder encoder;
  std::vector<std::uint8_t> kept;
};

TEST_F(Server, BindsAnEphemeralPortAndSaysWhich) {
  EXPECT_THAT(field->endpoints().frames, ::testing::StartsWith("tcp://127.0.0.1:"));
  EXPECT_THAT(field->endpoints().frames, ::testing::Not(HasSubstr("*")));
  EXPECT_NE(field->endpoints().frames, field->endpoints().commands);
}

TEST_F(Server, AddressInUseIsAnErrorThatNamesIt) {
  const auto second = FieldServer::bind(context, field->endpoints(), "P-test", table);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().text(), HasSubstr(field->endpoints().frames));
  EXPECT_THAT(second.error().text(), HasSubstr("in use"));
}

TEST_F(Server, EmptyTableIsRefused) {
  EXPECT_FALSE(FieldServer::bind(context, kAnyPort, "P-test", domain::TagTable()).ok());
}

TEST_F(Server, KnockIsAnsweredWithTheTagTable) {
  dealer.send(zmq::message_t(), zmq::send_flags::none);
  const domain::Result<Welcome> welcome = decode_welcome(answer());
  ASSERT_TRUE(welcome.ok()) << welcome.error().text();
  EXPECT_EQ(welcome.value().session, field->session());
  EXPECT_EQ(welcome.value().kiln, "P-test");
  EXPECT_EQ(welcome.value().tags.size(), table.size());
}

TEST_F(Server, NoRuntimeDrivesBeforeItsSubscriptionHasArrived) {
  send(encode_hello(encoder, {77, field->session(), "P-test", ""}));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(field->receive(command), FieldGot::nothing);
    wait({}, std::chrono::milliseconds(1));
  }
  EXPECT_FALSE(field->peer_present());
}

TEST_F(Server, GarbageIsRefusedWithTheReasonAndTheLinkGoesOn) {
  dealer.send(zmq::str_buffer("GET / HTTP/1.1, and some more bytes"));
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("envelope.magic"));
  EXPECT_THAT(refusal_answer().text, HasSubstr("envelope.magic"));
  dealer.send(zmq::str_buffer("two"), zmq::send_flags::sndmore);
  dealer.send(zmq::str_buffer("parts"));
  EXPECT_EQ(next(), FieldGot::refused);
  answer();
  drive(77);
  EXPECT_TRUE(field->peer_present());
  EXPECT_EQ(field->refused_count(), 2U);
}

TEST_F(Server, OtherProtocolVersionIsRefusedAndSaysBoth) {
  const Bytes hello = encode_hello(encoder, {77, 0, "P-test", ""});
  std::vector<std::uint8_t> bytes(hello.begin(), hello.end());
  bytes[4] = 9;
  send(bytes);
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("protocol 9, this build 1"));
}

TEST_F(Server, CommandOfAStrangerIsRefused) {
  send(command_bytes(77, write_all(1, 5)));
  EXPECT_EQ(next(), FieldGot::refused);
  const Refusal refusal = refusal_answer();
  EXPECT_EQ(refusal.reason, Reason::no_authority);
  EXPECT_TRUE(refusal.say_hello);
}

TEST_F(Server, CommandOfAnEarlierFieldSessionIsRefused) {
  drive(77);
  const domain::TagId tags[] = {1, 3};
  send(encode_command(encoder, {77, field->session() ^ 1U}, write_all(1, 5), tags));
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("earlier run"));
}

TEST_F(Server, WhatIsDroppedIsNeitherHeardNorAnsweredAndTheLinkGoesOnAfterwards) {
  drive(77);
  const std::uint32_t heard = field->peer_heartbeat();
  dealer.send(zmq::message_t(), zmq::send_flags::none);
  send(encode_hello(encoder, {77, 0, "P-test", ""}));
  send(encode_heartbeat(encoder, {77, 500, 0}));
  send(command_bytes(77, write_all(1, 5)));
  dealer.send(zmq::str_buffer("not a message of ours"));
  std::size_t lost = 0;
  ASSERT_TRUE(until([&] { return (lost += field->drop_all()) == 5; }, [] {}));
  EXPECT_EQ(field->receive(command), FieldGot::nothing);
  EXPECT_EQ(field->peer_heartbeat(), heard);
  EXPECT_EQ(field->refused_count(), 0U);
  send(encode_heartbeat(encoder, {77, 501, 0}));
  EXPECT_EQ(next(), FieldGot::heartbeat);
  EXPECT_EQ(field->peer_heartbeat(), 501U);
  EXPECT_EQ(kind_of(answer()).value(), Kind::heartbeat) << "the first answer of all";
}

TEST_F(Server, ExpiredCommandIsAcknowledgedAsStaleAndNotGivenToTheField) {
  drive(77);
  field->publish(field_frame(table.size(), 10'000'000'000));
  domain::Command late = write_all(4, 5);
  late.valid_until_ns = 9'000'000'000;
  late.action[1] = domain::Action::none;
  send(command_bytes(77, late));
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("ended 1000 ms before the field's time"));
  domain::Ack got(2);
  std::uint64_t session = 0;
  const std::vector<domain::MvId> mv_of_tag = {domain::kNoMv, 0, domain::kNoMv, 1, domain::kNoMv,
                                               domain::kNoMv};
  ASSERT_TRUE(decode_ack(answer(), mv_of_tag, session, got).ok());
  EXPECT_EQ(got.cycle, 4U);
  EXPECT_EQ(got.refused[0], Reason::stale_request);
  EXPECT_EQ(got.refused[1], Reason::none);
}

// A field that was stopped for 3 s has its old frame out and its clock ahead of it.
TEST_F(Server, ACommandThatWaitedWhileTheFieldStoodStillIsExpired) {
  drive(77);
  field->publish(field_frame(table.size(), 10'000'000'000));
  domain::Command waited = write_all(4, 5);
  waited.valid_until_ns = 12'000'000'000;
  field->note_time(13'000'000'000);
  send(command_bytes(77, waited));
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("ended 1000 ms before the field's time"));
}

TEST_F(Server, CycleThatFellIsRefusedAndTheSameCycleAgainIsTaken) {
  drive(77);
  send(command_bytes(77, write_all(10, 5)));
  EXPECT_EQ(next(), FieldGot::command);
  send(command_bytes(77, write_all(9, 5)));
  EXPECT_EQ(next(), FieldGot::refused);
  EXPECT_THAT(std::string(field->refusal()), HasSubstr("cycle is 9 after 10"));
  send(command_bytes(77, write_all(10, 5)));  // a refreshed write (SC-53)
  EXPECT_EQ(next(), FieldGot::command);
}

TEST_F(Server, RuntimeWhoseFramesLinkBreaksIsNotPresentUntilItIsBack) {
  drive(77);
  ASSERT_TRUE(field->peer_present());
  subscriber.close();
  ASSERT_TRUE(until([&] { return !field->peer_present(); }, [&] { field->receive(command); }));
  listen(77);
  EXPECT_EQ(next(), FieldGot::hello);
  EXPECT_TRUE(field->peer_present());
}

}  // namespace
}  // namespace saggar::wire
