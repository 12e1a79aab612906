// Digest and truth streams.
#include "runtime/wire/streams.hpp"

#include <gmock/gmock.h>

#include <zmq.hpp>

#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

template <class T>
struct Stream {
  Stream() {
    auto p = Publisher<T>::bind(context, "tcp://127.0.0.1:*");
    auto s = Subscriber<T>::connect(context, p.value()->endpoint());
    publisher = std::move(p).value();
    subscriber = std::move(s).value();
  }
  /// Publishes until the subscription has arrived.
  bool warm_up(const T& sent) {
    return until([&] { return subscriber->receive(got); }, [&] { publisher->publish(sent); });
  }
  Context context;
  std::unique_ptr<Publisher<T>> publisher;
  std::unique_ptr<Subscriber<T>> subscriber;
  T got;
};

TEST(Streams, DigestArrives) {
  Stream<Digest> stream;
  ASSERT_TRUE(stream.warm_up(sample_digest()));
  EXPECT_EQ(stream.got.cycle, 1234U);
  EXPECT_EQ(stream.got.kiln, "P2");
}

TEST(Streams, TruthArrives) {
  Stream<Truth> stream;
  ASSERT_TRUE(stream.warm_up(sample_truth()));
  EXPECT_EQ(stream.got, sample_truth());
}

TEST(Streams, SlowListenerCountsWhatItMissedAndGetsTheNewestByDraining) {
  Stream<Digest> stream;
  Digest sent = sample_digest();
  ASSERT_TRUE(stream.warm_up(sent));
  while (stream.subscriber->receive(stream.got)) {
  }
  for (sent.cycle = 2000; sent.cycle < 12'000; ++sent.cycle) stream.publisher->publish(sent);
  std::uint64_t read = 0;
  ASSERT_TRUE(until([&] { return stream.got.cycle > 12'000; },
                    [&] {
                      while (stream.subscriber->receive(stream.got)) ++read;
                      ++sent.cycle;
                      stream.publisher->publish(sent);
                    }));
  EXPECT_GT(stream.subscriber->missed(), 0U);
  EXPECT_LT(read, 10'000U);
}

TEST(Streams, MessagesOfAnotherKindAreCountedAndSkipped) {
  zmq::context_t raw(1);
  zmq::socket_t publisher(raw, zmq::socket_type::xpub);
  publisher.set(zmq::sockopt::linger, 0);
  publisher.bind("tcp://127.0.0.1:*");
  Context context;
  auto subscriber = DigestSubscriber::connect(context, publisher.get(zmq::sockopt::last_endpoint));
  ASSERT_TRUE(subscriber.ok());
  zmq::message_t joined;
  ASSERT_TRUE(publisher.recv(joined, zmq::recv_flags::none));
  for (const auto& [kind, message] : sample_messages()) publisher.send(zmq::buffer(message));
  Digest got;
  ASSERT_TRUE(until([&] { return subscriber.value()->receive(got); }, [] {}));
  EXPECT_EQ(got.cycle, 1234U);
  ASSERT_TRUE(until(
      [&] {
        subscriber.value()->receive(got);
        return subscriber.value()->refused() == sample_messages().size() - 1;
      },
      [] {}));
}

TEST(Streams, RestartedPublisherIsNoGap) {
  Context context;
  auto first = DigestPublisher::bind(context, "tcp://127.0.0.1:*");
  ASSERT_TRUE(first.ok());
  const std::string at = first.value()->endpoint();
  auto subscriber = DigestSubscriber::connect(context, at);
  ASSERT_TRUE(subscriber.ok());
  Digest got;
  std::unique_ptr<DigestPublisher> publisher = std::move(first).value();
  const auto arrives = [&] {
    return until([&] { return subscriber.value()->receive(got); },
                 [&] { publisher->publish(sample_digest()); });
  };
  ASSERT_TRUE(arrives());
  while (subscriber.value()->receive(got)) {
  }
  const std::uint64_t missed = subscriber.value()->missed();
  publisher.reset();
  ASSERT_TRUE(until(
      [&] {
        auto again = DigestPublisher::bind(context, at);
        if (again.ok()) publisher = std::move(again).value();
        return again.ok();
      },
      [] {}));
  ASSERT_TRUE(arrives());
  EXPECT_EQ(subscriber.value()->missed(), missed);
}

}  // namespace
}  // namespace saggar::wire
