// Once made, a solver touches no heap, whatever is put before it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <new>

#include "tests/controllers/mpc/ocp/problems.hpp"

namespace {
thread_local long allocations = 0;

void* counted(std::size_t n, std::size_t align) {
  ++allocations;
  void* p =
      align > 16 ? std::aligned_alloc(align, (n + align - 1) / align * align) : std::malloc(n);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
}  // namespace

// Not inlined: the compiler would else see new and free as a mismatched pair.
[[gnu::noinline]] void* operator new(std::size_t n) { return counted(n, 0); }
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
  return counted(n, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}

namespace saggar::ocp {
namespace {

TEST(Allocation, SolvingTouchesNoHeap) {
  for (const bool bands : {false, true}) {
    Problem p(chain(6, 15, bands));
    fill_chain(p, 1.0);
    Solver solver(p);
    double a[36] = {}, b[36] = {};
    for (std::size_t i = 0; i < 6; ++i) a[7 * i] = 0.9, b[7 * i] = 0.2;
    const long before = allocations;
    for (int t = 0; t < 20; ++t) {
      p.x0()[t % 6] = t == 7 ? std::numeric_limits<double>::quiet_NaN() : 0.1 * t;
      if (t == 12) p.high(3)[0] = -5;  // infeasible
      if (t == 13) p.high(3)[0] = 1;
      (void)solver.solve();
      p.x0()[t % 6] = 0;
    }
    for (std::size_t k = 0; k < 15; ++k) p.dynamics(k, a, b);  // a method may prepare anew
    (void)solver.solve();
    EXPECT_EQ(allocations - before, 0);
  }
}

TEST(Allocation, TheCounterCounts) {
  const long before = allocations;
  delete new int(1);
  EXPECT_EQ(allocations - before, 1);
}

}  // namespace
}  // namespace saggar::ocp
