// OperatorClient against a server in another thread; nothing but bytes is shared.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "runtime/wire/operator_link.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using domain::AnswerKind;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

/// Answers every request until the end; does so only while `awake`.
class ServerThread {
 public:
  ServerThread() : thread_([this] { run(); }) {
    while (endpoint_length_.load() == 0) std::this_thread::yield();
  }
  ~ServerThread() {
    end_ = true;
    thread_.join();
  }
  std::string endpoint() const { return {endpoint_, endpoint_length_.load()}; }
  void sleep(bool asleep) { asleep_ = asleep; }
  int answered() const { return answered_; }

 private:
  void run() {
    Context context;
    const domain::Plant plant = small_plant();
    auto made = OperatorServer::bind(context, "tcp://127.0.0.1:*", plant, {"pid heat"});
    if (!made.ok()) std::abort();
    OperatorServer& server = *made.value();
    server.endpoint().copy(endpoint_, sizeof endpoint_);
    endpoint_length_ = server.endpoint().size();
    const Digest digest = sample_digest();
    OperatorRequest request;
    while (!end_) {
      const Pollable item = server.pollable();
      wait({&item, 1}, milliseconds(2));
      while (!asleep_ && server.receive(request)) {
        domain::IntentAnswer answer;
        answer.cycle = 5;
        if (request.is_status) {
          server.status(request.client, digest);
        } else {
          server.answer(request.client, answer, "ok");
        }
        ++answered_;
      }
    }
  }

  char endpoint_[128] = {};
  std::atomic<std::size_t> endpoint_length_{0};
  std::atomic<bool> end_{false};
  std::atomic<bool> asleep_{false};
  std::atomic<int> answered_{0};
  std::thread thread_;
};

std::unique_ptr<OperatorClient> connect(Context& context, const std::string& endpoint) {
  auto made = OperatorClient::connect(context, endpoint);
  EXPECT_TRUE(made.ok());
  return std::move(made).value();
}

constexpr milliseconds kLong(30'000);

TEST(OperatorClient, AsksAndGetsTheAnswer) {
  ServerThread server;
  Context context;
  const auto client = connect(context, server.endpoint());
  IntentByName intent;
  intent.id = 8;
  const auto reply = client->ask(intent, kLong);
  ASSERT_TRUE(reply.ok()) << reply.error().text();
  EXPECT_EQ(reply.value().id, 8U);
  EXPECT_EQ(reply.value().answer, AnswerKind::done);
  EXPECT_EQ(reply.value().cycle, 5U);
  EXPECT_EQ(reply.value().detail, "ok");
}

TEST(OperatorClient, GetsTheStatus) {
  ServerThread server;
  Context context;
  const auto client = connect(context, server.endpoint());
  const auto digest = client->status(kLong);
  ASSERT_TRUE(digest.ok()) << digest.error().text();
  EXPECT_EQ(digest.value().cycle, sample_digest().cycle);
  EXPECT_EQ(digest.value().duties, sample_digest().duties);
}

TEST(OperatorClient, ServersErrorComesBackAsReply) {
  ServerThread server;
  Context context;
  const auto client = connect(context, server.endpoint());
  IntentByName intent;
  intent.mv = "zone99.top.setpoint";
  const auto reply = client->ask(intent, kLong);
  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply.value().answer, AnswerKind::error);
  EXPECT_THAT(reply.value().detail, HasSubstr("zone99.top.setpoint"));
}

TEST(OperatorClient, NobodyThereIsSaidWithinTheTimeoutAndNothingIsQueued) {
  Context context;
  const auto client = connect(context, "tcp://127.0.0.1:1");
  const auto reply = client->ask({}, milliseconds(50));
  ASSERT_FALSE(reply.ok());
  EXPECT_THAT(reply.error().text(), HasSubstr("tcp://127.0.0.1:1: nobody there"));
}

TEST(OperatorClient, IntentGivenUpIsNotAppliedLater) {
  ServerThread server;
  Context context;
  const auto client = connect(context, server.endpoint());
  ASSERT_TRUE(client->status(kLong).ok());
  ASSERT_TRUE(until([&] { return server.answered() == 1; }, [] {}));
  server.sleep(true);
  std::this_thread::sleep_for(milliseconds(20));  // let it leave a receive under way
  const auto reply = client->ask({}, milliseconds(100));
  ASSERT_FALSE(reply.ok());
  EXPECT_THAT(reply.error().text(), HasSubstr("no answer within 100 ms"));
  std::this_thread::sleep_for(milliseconds(10));
  server.sleep(false);
  // The late refusal must not be taken for the answer to the next question.
  const auto digest = client->status(kLong);
  ASSERT_TRUE(digest.ok()) << digest.error().text();
  EXPECT_TRUE(until([&] { return server.answered() >= 2; }, [] {}));
  EXPECT_EQ(server.answered(), 2) << "two times the status; the intent was stale";
}

TEST(OperatorClient, TooLongTextIsRefusedBeforeSending) {
  Context context;
  const auto client = connect(context, "tcp://127.0.0.1:1");
  IntentByName intent;
  intent.who.assign(40, 'x');
  const auto reply = client->ask(intent, kLong);
  ASSERT_FALSE(reply.ok());
  EXPECT_THAT(reply.error().text(), HasSubstr("intent.who"));
}

}  // namespace
}  // namespace saggar::wire
