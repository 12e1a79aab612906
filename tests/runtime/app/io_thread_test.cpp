// The io thread with a control thread that does not answer: what still gets through.
#include "runtime/app/io_thread.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

using domain::AnswerKind;
using domain::IntentKind;
using std::chrono::milliseconds;

/// A runtime's io thread; this test is its control thread and takes intents only when it says so.
class IoThreadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    field_ = std::move(wire::FieldClient::connect(
                           context_, {"tcp://127.0.0.1:1", "tcp://127.0.0.1:1"}, plant_))
                 .value();
    operators_ =
        std::move(wire::OperatorServer::bind(context_, "tcp://127.0.0.1:*", plant_, {})).value();
  }
  void start() {
    IoSettings settings;
    settings.field_address = "tcp://nobody:1";
    io_ =
        std::make_unique<IoThread>(channels_, plant_, *field_, operators_.get(), board_, settings);
    io_->start();
  }
  wire::IntentByName intent(IntentKind kind) {
    wire::IntentByName out;
    out.id = ++id_;
    out.kind = kind;
    out.who = "kim";
    out.station = "panel";
    out.reason = "test";
    return out;
  }
  std::unique_ptr<wire::OperatorClient> station() {
    return std::move(wire::OperatorClient::connect(context_, operators_->endpoint())).value();
  }

  wire::Context context_;
  const domain::Plant plant_ = testing::small_plant(1);
  loop::Channels channels_{plant_, domain::Record(plant_, 0, {}), 4, 1};
  Blackboard board_;
  std::unique_ptr<wire::FieldClient> field_;
  std::unique_ptr<wire::OperatorServer> operators_;
  std::unique_ptr<IoThread> io_;
  std::uint64_t id_ = 0;
};

TEST_F(IoThreadTest, AFloodThatFillsTheWayToControlLeavesPlacesForEmergencies) {  // SC-91
  start();
  auto flooding = station();
  std::size_t busy = 0;
  for (int i = 0; i < 100; ++i) {  // nobody takes them: the ring fills, then each is told busy
    const auto reply = flooding->ask(intent(IntentKind::acknowledge), milliseconds(5));
    busy += reply && reply.value().answer == AnswerKind::busy ? 1 : 0;
  }
  EXPECT_GT(busy, 0U);
  auto pressing = station();
  for (const IntentKind kind : {IntentKind::ai_off, IntentKind::hold, IntentKind::release}) {
    EXPECT_FALSE(pressing->ask(intent(kind), milliseconds(100))) << "taken, and not answered yet";
  }
  io_->stop();
  std::vector<IntentKind> taken;
  while (const domain::Intent* next = channels_.intents.front()) {
    taken.push_back(next->kind);
    channels_.intents.pop();
  }
  ASSERT_GE(taken.size(), 3U);
  EXPECT_EQ(std::vector<IntentKind>(taken.end() - 3, taken.end()),
            (std::vector{IntentKind::ai_off, IntentKind::hold, IntentKind::release}));
}

TEST_F(IoThreadTest, AnAnswerThatIsLostIsGivenAsAborted) {  // SC-08
  operators_->set_answer_limit(milliseconds(50));
  start();
  auto asking = station();
  const auto reply = asking->ask(intent(IntentKind::switch_on), milliseconds(20'000));
  ASSERT_TRUE(reply) << reply.error().text();
  EXPECT_EQ(reply.value().answer, AnswerKind::aborted);
  EXPECT_EQ(reply.value().reason, domain::Reason::time_limit);
  io_->stop();
}

TEST_F(IoThreadTest, TheStatusSaysWhyThereIsNoLinkBeforeTheFirstCycle) {
  start();
  auto asking = station();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string why;
  while (why.empty() && std::chrono::steady_clock::now() < until) {
    const auto digest = asking->status(milliseconds(5'000));
    ASSERT_TRUE(digest) << digest.error().text();
    EXPECT_FALSE(digest.value().link_up);
    why = digest.value().link.english;
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(why, "no field answers at tcp://nobody:1 yet");
  io_->stop();
}

}  // namespace
}  // namespace saggar::app
