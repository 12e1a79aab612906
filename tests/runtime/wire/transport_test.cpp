// wait: sockets and file descriptors together.
#include "runtime/wire/transport.hpp"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

TEST(Wait, WakesForADoorbellOrASocketAndNamesNeither) {
  Context context;
  auto field = FieldServer::bind(context, kAnyPort, "P-test", field_table());
  ASSERT_TRUE(field.ok());
  const int doorbell = eventfd(0, EFD_NONBLOCK);
  ASSERT_GE(doorbell, 0);
  const Pollable items[] = {field.value()->pollable(), Pollable::of_fd(doorbell)};
  domain::Command command(2);
  EXPECT_TRUE(until([&] { return !wait(items, std::chrono::milliseconds(1)); },
                    [&] { field.value()->receive(command); }))
      << "nothing comes, so it must time out";
  const std::uint64_t one = 1;
  ASSERT_EQ(write(doorbell, &one, sizeof one), 8);
  EXPECT_TRUE(wait(items, std::chrono::milliseconds(-1)))
      << "returns although told to wait for ever";
  std::uint64_t rings = 0;
  ASSERT_EQ(read(doorbell, &rings, sizeof rings), 8);
  const domain::Plant plant = small_plant();
  auto client = FieldClient::connect(context, field.value()->endpoints(), plant);
  ASSERT_TRUE(client.ok());
  EXPECT_TRUE(until([&] { return wait(items, std::chrono::milliseconds(1)); },
                    [&] { client.value()->beat(1, now_ns()); }))
      << "the hello of the runtime";
  close(doorbell);
}

TEST(Wait, NothingToWatchIsATimeout) { EXPECT_FALSE(wait({}, std::chrono::milliseconds(0))); }

TEST(Context, MayEndBeforeItsLinks) {
  auto context = std::make_unique<Context>();
  auto field = FieldServer::bind(*context, kAnyPort, "P-test", field_table());
  ASSERT_TRUE(field.ok());
  context.reset();
  EXPECT_EQ(field.value()->publish(field_frame(6, 1)), 1U);
}

}  // namespace
}  // namespace saggar::wire
