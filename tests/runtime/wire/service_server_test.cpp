// ServiceServer and a raw client: an answer for everything, whatever it is.
#include <gmock/gmock.h>

#include <zmq.hpp>

#include "runtime/wire/service_codec.hpp"
#include "runtime/wire/service_link.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using ::testing::HasSubstr;

class Clients : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = ServiceServer::bind(context, "tcp://127.0.0.1:*");
    ASSERT_TRUE(made.ok()) << made.error().text();
    server = std::move(made).value();
    client.set(zmq::sockopt::linger, 0);
    client.connect(server->endpoint());
  }
  void send(Bytes bytes) { client.send(zmq::buffer(bytes.data(), bytes.size())); }
  void send(std::uint64_t number) {
    ServiceRequest request = sample_service_request();
    request.request = number;
    send(encode_service_request(encoder, request));
  }
  std::uint64_t next() {
    ServiceRequest request;
    std::uint64_t from = 0;
    EXPECT_TRUE(until([&] { return server->receive(request, from); }, [] {}));
    EXPECT_EQ(request.test_case, "ncm622-p1");
    return from;
  }
  ServiceReply reply() {
    zmq::message_t part;
    ServiceRequest request;
    std::uint64_t from = 0;
    EXPECT_TRUE(until([&] { return bool(client.recv(part, zmq::recv_flags::dontwait)); },
                      [&] { server->receive(request, from); }));
    const auto read = decode_service_reply({part.data<std::uint8_t>(), part.size()});
    EXPECT_TRUE(read.ok());
    return read.ok() ? read.value() : ServiceReply{};
  }

  Context context;
  std::unique_ptr<ServiceServer> server;
  zmq::context_t peer;
  zmq::socket_t client{peer, zmq::socket_type::dealer};
  Encoder encoder;
};

TEST_F(Clients, GetTheAnswerToTheirOwnRequestInAnyOrder) {
  send(11);
  send(12);
  const std::uint64_t first = next(), second = next();
  ServiceReply answer;
  answer.time_s = 2;
  server->answer(second, answer);
  answer.time_s = 1;
  server->answer(first, answer);
  server->answer(first, answer);  // answered already: nothing
  for (const std::uint64_t number : {12U, 11U}) {
    const ServiceReply got = reply();
    EXPECT_EQ(got.request, number);
    EXPECT_EQ(got.time_s, static_cast<double>(number - 10));
  }
}

TEST_F(Clients, AreToldWhatIsWrongWithAMessage) {
  const std::vector<std::uint8_t> garbage(100, 0x41);
  send(Bytes(garbage));
  EXPECT_EQ(reply().error_field, "envelope.magic");
  send(encode_heartbeat(encoder, {8, 4, 5}));
  EXPECT_THAT(reply().error, HasSubstr("the message is a heartbeat"));
  ServiceRequest request = sample_service_request();
  request.inputs.resize(600);
  send(encode_service_request(encoder, request));
  const ServiceReply got = reply();
  EXPECT_EQ(got.request, 77U);
  EXPECT_EQ(got.error_field, "inputs");
  client.send(zmq::message_t(std::string("one")), zmq::send_flags::sndmore);
  client.send(zmq::message_t(std::string("two")), zmq::send_flags::none);
  EXPECT_THAT(reply().error, HasSubstr("several parts"));
  EXPECT_EQ(server->refused(), 4U);
}

TEST_F(Clients, WithTooManyOpenRequestsAreRefused) {
  for (std::uint64_t i = 1; i <= ServiceServer::kMaxOpen; ++i) {
    send(i);
    next();
  }
  send(999);
  EXPECT_THAT(reply().error, HasSubstr("256 requests wait for an answer"));
}

}  // namespace
}  // namespace saggar::wire
