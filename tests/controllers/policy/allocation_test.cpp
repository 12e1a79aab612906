// The shell around a network touches no heap in a step, whether the network runs or not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "tests/controllers/policy/bare_policy.hpp"

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

namespace saggar::policy {
namespace {

TEST(Allocation, NoStepTouchesTheHeap) {
  stub_law() = [](const float* x, float* y) { y[0] = y[1] = y[2] = 0.1F * x[0]; };
  BarePolicy bare;
  int proposals = 0;
  const long before = allocations;
  for (int k = 0; k < 200; ++k) {
    const bool lost = k % 50 > 40;  // also while it has no proposal
    proposals += bare.step(k % 9 == 0 ? 980 : 695, lost ? SAGGAR_BAD : SAGGAR_GOOD) == SAGGAR_OK;
  }
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GT(proposals, 50);
}

}  // namespace
}  // namespace saggar::policy
