// The private socket wrapper: options really set, message shapes, receive memory.
#include "runtime/wire/socket.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

int option(Socket& socket, int which) {
  int value = -7;
  std::size_t size = sizeof value;
  EXPECT_EQ(zmq_getsockopt(socket.handle(), which, &value, &size), 0);
  return value;
}

TEST(Socket, HasEveryOptionOfTheProject) {
  const Context context;
  using R = Socket::Role;
  for (const R role : {R::publisher, R::subscriber, R::router, R::dealer}) {
    Socket socket = Socket::open(context, role).value();
    EXPECT_EQ(option(socket, ZMQ_LINGER), 0);
    EXPECT_EQ(option(socket, ZMQ_HEARTBEAT_IVL), 1000);
    EXPECT_EQ(option(socket, ZMQ_HEARTBEAT_TIMEOUT), 3000);
    EXPECT_EQ(option(socket, ZMQ_RECONNECT_IVL), 10);
    EXPECT_EQ(option(socket, ZMQ_RECONNECT_IVL_MAX), 1000);
    EXPECT_GT(option(socket, ZMQ_SNDHWM), 0) << "0 would be without bound";
    EXPECT_GT(option(socket, ZMQ_RCVHWM), 0);
    std::int64_t limit = 0;
    std::size_t size = sizeof limit;
    ASSERT_EQ(zmq_getsockopt(socket.handle(), ZMQ_MAXMSGSIZE, &limit, &size), 0);
    EXPECT_EQ(limit, 4 << 20);
    if (role == R::dealer) {
      EXPECT_EQ(option(socket, ZMQ_IMMEDIATE), 1);
    }
    if (role == R::subscriber) {
      EXPECT_EQ(option(socket, ZMQ_TYPE), ZMQ_SUB);
    }
  }
}

TEST(Socket, DialogKeepsPayloadAlignedAndPeerKnown) {
  const Context context;
  Socket router = Socket::open(context, Socket::Role::router).value();
  const std::string at = router.bind("tcp://127.0.0.1:*").value();
  Socket dealer = Socket::open(context, Socket::Role::dealer).value();
  ASSERT_TRUE(dealer.connect(at).ok());
  std::vector<std::uint8_t> payload(100'000);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<std::uint8_t>(i * 7);
  ASSERT_TRUE(until([&] { return dealer.send(payload); }, [] {}));
  Inbox inbox;
  ASSERT_TRUE(until([&] { return router.receive(inbox) && !inbox.payload().empty(); }, [] {}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(inbox.payload().data()) % 8, 0U);
  EXPECT_TRUE(std::equal(payload.begin(), payload.end(), inbox.payload().begin()));
  const PeerId peer = inbox.peer();
  EXPECT_FALSE(peer.empty());
  EXPECT_TRUE(router.send_to(peer, Bytes(payload).first(3)));
  Inbox answer;
  ASSERT_TRUE(until([&] { return dealer.receive(answer); }, [] {}));
  EXPECT_EQ(answer.payload().size(), 3U);
  PeerId nobody;
  nobody.assign(Bytes(payload).first(5));
  EXPECT_FALSE(router.send_to(nobody, payload));
}

TEST(Socket, SessionsDiffer) {
  EXPECT_NE(new_session(), new_session());
  EXPECT_NE(new_session(), 0U);
}

}  // namespace
}  // namespace saggar::wire
