// Watching a controller touches no heap, whether a period begins or not.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <new>

#include "runtime/monitor/watch.hpp"

namespace {
thread_local long allocations = 0;
}

// Not inlined: the compiler would else see new and free as a mismatched pair.
[[gnu::noinline]] void* operator new(std::size_t n) {
  ++allocations;
  if (void* p = std::malloc(n)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace saggar::monitor {
namespace {

TEST(WatchAllocation, NoStepTouchesTheHeap) {
  WatchSettings s;
  s.features = {{0, 0, {0, 10, {0, 1}}}};
  s.step_s = 10;
  s.period_s = 60;
  s.mean = {0, 0};
  s.lower = {1, 0, 0, 1};
  s.distance = 3;
  s.spread = {0.2};
  s.members = 2;
  s.predictions = {{0, 180, 3}};
  Watch watch(s, 1);
  domain::Frame frame(1);
  const std::vector<double> reference = {700}, outputs = {0, 0.1}, predictions = {700};
  std::vector<double> saw = {0, 0};
  std::uint64_t runs = 0;
  const long before = allocations;
  for (int k = 0; k < 60000; ++k) {  // more than a shift
    frame.time_ns += 10'000'000'000;
    const double pv = 700 + 5 * std::sin(k) + (k > 50000 ? 80 : 0);
    frame.samples[0] = {pv, frame.time_ns, domain::Quality::good, domain::SubStatus::none};
    watch.see(frame, nullptr, reference);
    if (k % 6 == 0) ++runs;
    watch.hear({runs, 2, outputs, predictions, saw, true});
  }
  watch.pardon();
  watch.restart();
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GT(watch.report().periods, 9000U);
}

}  // namespace
}  // namespace saggar::monitor
