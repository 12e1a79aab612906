// 100,000 cycles with every shipped plugin: no allocation, lock, wait or write on the control
// thread.
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"
#include "tests/support/gate.hpp"

namespace saggar {
namespace {

TEST(GateRun, AHundredThousandCyclesAllocateLockAndWriteNothing) {
  auto run = testing::start(testing::p2_files());
  testing::switch_on(*run);
  gate::Counts sum;
  domain::Record record = run->record();
  domain::Ack ack(run->plant().mvs.size());
  for (int i = 0; i < 100'000; ++i) {
    run->kiln().read(record.frame);
    ++record.cycle;
    record.frame.sequence = record.cycle;
    record.frame.link_up = true;
    record.time_ns = record.frame.time_ns;
    {
      const gate::Scope scope;
      run->assembly().cycle->run(record);
      const gate::Counts counts = scope.counts();
      sum.allocations += counts.allocations;
      sum.frees += counts.frees;
      sum.locks += counts.locks;
      sum.waits += counts.waits;
      sum.writes += counts.writes;
    }
    run->kiln().apply(record.command, ack);
    run->kiln().advance(1.0);
  }
  EXPECT_EQ(sum.allocations, 0U);
  EXPECT_EQ(sum.frees, 0U);
  EXPECT_EQ(sum.locks, 0U);
  EXPECT_EQ(sum.waits, 0U);
  EXPECT_EQ(sum.writes, 0U);
}

}  // namespace
}  // namespace saggar
