// The gate sees one of each that is planted, on this thread only, and nothing where nothing is.
#include "tests/support/gate.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace saggar::gate {
namespace {

template <class T>
void keep(T* pointer) {
  asm volatile("" : : "r"(pointer) : "memory");
}

template <class F>
Counts counts_of(F&& work) {
  const Scope scope;
  work();
  return scope.counts();
}

// A build with a sanitizer owns malloc: there the gate must say so and count nothing.
class Gate : public ::testing::Test {
 protected:
  void SetUp() override {
    const Scope scope;
    const Counts counts = scope.counts();
    if (!counts.available) {
      EXPECT_TRUE(counts.none());
      GTEST_SKIP() << "not available under a sanitizer";
    }
  }
  const int null_ = ::open("/dev/null", O_RDWR);
  void TearDown() override { ::close(null_); }
};

TEST_F(Gate, PlainArithmeticCountsNothing) {
  double x = 1;
  const Counts counts = counts_of([&] {
    for (int i = 1; i < 100; ++i) x += 1.0 / i;
    keep(&x);
  });
  EXPECT_TRUE(counts.none());
  EXPECT_GT(x, 1);
}

TEST_F(Gate, MallocAndFreeAreOneEach) {
  const Counts counts = counts_of([] {
    void* p = std::malloc(10);
    keep(p);
    std::free(p);
  });
  EXPECT_EQ(counts.allocations, 1U);
  EXPECT_EQ(counts.frees, 1U);
  EXPECT_EQ(counts.locks + counts.waits + counts.writes, 0U);
}

TEST_F(Gate, FreeOfNullIsNotCounted) {
  void* volatile nothing = nullptr;
  EXPECT_EQ(counts_of([&] { std::free(nothing); }).frees, 0U);
}

TEST_F(Gate, CallocAndReallocAreAllocations) {
  const Counts counts = counts_of([] {
    void* p = std::calloc(2, 8);
    keep(p);
    p = std::realloc(p, 1000);
    keep(p);
    std::free(p);
  });
  EXPECT_EQ(counts.allocations, 2U);
  EXPECT_EQ(counts.frees, 1U);
}

TEST_F(Gate, AlignedAllocationsAreAllocationsAndAreAligned) {
  void* a = nullptr;
  void* b = nullptr;
  int rc = 0;
  const Counts counts = counts_of([&] {
    rc = ::posix_memalign(&a, 64, 100);
    b = std::aligned_alloc(128, 256);
    keep(b);
  });
  EXPECT_EQ(rc, 0);
  EXPECT_EQ(counts.allocations, 2U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(a) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(b) % 128, 0U);
  std::free(a);
  std::free(b);
}

TEST_F(Gate, PosixMemalignRefusesABadAlignment) {
  void* out = nullptr;
  EXPECT_EQ(::posix_memalign(&out, 3, 8), EINVAL);
}

TEST_F(Gate, NewAndDeleteGoThroughTheHeap) {
  const Counts counts = counts_of([] {
    auto p = std::make_unique<std::string>(100, 'x');
    keep(p.get());
  });
  EXPECT_EQ(counts.allocations, 2U);  // the string and its text
  EXPECT_EQ(counts.frees, 2U);
}

TEST_F(Gate, AMutexIsALock) {
  std::mutex mutex;
  EXPECT_EQ(counts_of([&] { const std::lock_guard<std::mutex> lock(mutex); }).locks, 1U);
}

TEST_F(Gate, TryLockIsALock) {
  std::mutex mutex;
  const Counts counts = counts_of([&] {
    if (mutex.try_lock()) mutex.unlock();
  });
  EXPECT_EQ(counts.locks, 1U);
}

TEST_F(Gate, ConditionWaitsAreWaits) {
  std::mutex mutex;
  std::condition_variable ready;
  std::unique_lock<std::mutex> lock(mutex);
  const Counts counts =
      counts_of([&] { (void)ready.wait_for(lock, std::chrono::microseconds(1)); });
  EXPECT_EQ(counts.waits, 1U);
  pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
  ::pthread_mutex_lock(&plain);
  const timespec past{0, 0};
  EXPECT_EQ(counts_of([&] { ::pthread_cond_timedwait(&condition, &plain, &past); }).waits, 1U);
  ::pthread_mutex_unlock(&plain);
}

TEST_F(Gate, UntimedConditionWaitIsAWait) {
  std::mutex mutex;
  std::condition_variable ready;
  bool go = false;
  std::unique_lock<std::mutex> lock(mutex);
  std::thread other([&] {
    const std::lock_guard<std::mutex> inside(mutex);  // only once the waiter waits
    go = true;
    ready.notify_one();
  });
  const Counts counts = counts_of([&] { ready.wait(lock, [&] { return go; }); });
  lock.unlock();
  other.join();
  EXPECT_GE(counts.waits, 1U);
}

TEST_F(Gate, SleepsAreWaits) {
  const timespec shortest{0, 1};
  EXPECT_EQ(counts_of([&] { ::nanosleep(&shortest, nullptr); }).waits, 1U);
  EXPECT_EQ(counts_of([&] { ::clock_nanosleep(CLOCK_MONOTONIC, 0, &shortest, nullptr); }).waits,
            1U);
  EXPECT_EQ(counts_of([] { std::this_thread::sleep_for(std::chrono::nanoseconds(1)); }).waits, 1U);
}

TEST_F(Gate, AtomicWaitIsAWaitAndNotifyIsNot) {
  std::atomic<int> value{0};
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    value.store(1);
    value.notify_one();
  });
  const Counts waited = counts_of([&] { value.wait(0); });
  other.join();
  EXPECT_GE(waited.waits, 1U);
  EXPECT_TRUE(counts_of([&] { value.notify_one(); }).none());
}

TEST_F(Gate, InputAndOutputAreWrites) {
  char byte = 'x';
  iovec part{&byte, 1};
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::write(null_, &byte, 1), 1); }).writes, 1U);
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::writev(null_, &part, 1), 1); }).writes, 1U);
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::read(null_, &byte, 1), 0); }).writes, 1U);
  EXPECT_EQ(counts_of([&] { ::fsync(null_); }).writes, 1U);
  int fd = -1;
  EXPECT_EQ(counts_of([&] { fd = ::open("/dev/null", O_RDONLY); }).writes, 1U);
  EXPECT_GE(fd, 0);
  ::close(fd);
}

TEST_F(Gate, SocketsAreWrites) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
  char byte = 'x';
  iovec part{&byte, 1};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::send(ends[0], &byte, 1, 0), 1); }).writes, 1U);
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::sendmsg(ends[0], &message, 0), 1); }).writes, 1U);
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::sendto(ends[0], &byte, 1, 0, nullptr, 0), 1); }).writes,
            1U);
  EXPECT_EQ(counts_of([&] { EXPECT_EQ(::recv(ends[1], &byte, 1, 0), 1); }).writes, 1U);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(Gate, PrintingIsAWrite) {
  std::FILE* file = std::fopen("/dev/null", "w");
  ASSERT_NE(file, nullptr);
  EXPECT_GE(counts_of([&] { std::fprintf(file, "%d", 7); }).writes, 1U);
  EXPECT_GE(counts_of([&] { std::fputs("x", file); }).writes, 1U);
  std::fclose(file);
}

TEST_F(Gate, ALibraryOpenedLaterIsSeen) {
  void* library = ::dlopen(SAGGAR_BINARY_DIR "/tests/gate_planted.so", RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << ::dlerror();
  const auto vector = reinterpret_cast<void (*)(int)>(::dlsym(library, "planted_vector"));
  const auto mutex = reinterpret_cast<void (*)()>(::dlsym(library, "planted_mutex"));
  const auto write = reinterpret_cast<int (*)(int)>(::dlsym(library, "planted_write"));
  const auto sum =
      reinterpret_cast<double (*)(const double*, int)>(::dlsym(library, "planted_sum"));
  const Counts heap = counts_of([&] { vector(100); });
  EXPECT_EQ(heap.allocations, 1U);
  EXPECT_EQ(heap.frees, 1U);
  EXPECT_EQ(counts_of([&] { mutex(); }).locks, 1U);
  EXPECT_EQ(counts_of([&] { write(null_); }).writes, 1U);
  const double values[] = {1, 2, 3};
  EXPECT_TRUE(counts_of([&] { EXPECT_EQ(sum(values, 3), 6); }).none());
}

TEST_F(Gate, AnotherThreadIsNotCounted) {
  std::atomic<int> step{0};
  std::thread other([&] {
    while (step.load() == 0) std::this_thread::yield();
    void* p = std::malloc(10);
    keep(p);
    std::free(p);
    step = 2;
  });
  const Counts counts = counts_of([&] {
    step = 1;
    while (step.load() != 2) {
    }
  });
  other.join();
  EXPECT_TRUE(counts.none());
}

TEST_F(Gate, NothingIsCountedOutsideAScopeAndScopesNest) {
  const Scope outer;
  std::free(std::malloc(1));
  Counts inner;
  {
    const Scope scope;
    void* p = std::malloc(1);
    keep(p);
    std::free(p);
    inner = scope.counts();
  }
  EXPECT_EQ(inner.allocations, 1U);
  EXPECT_GE(outer.counts().allocations, inner.allocations);
}

TEST_F(Gate, ProgramsEnterAndLeaveAndTotalsAddUp) {
  std::uint64_t totals[5] = {};
  for (int cycle = 0; cycle < 3; ++cycle) {
    saggar_gate_enter();
    void* p = std::malloc(10);
    keep(p);
    std::free(p);
    EXPECT_EQ(saggar_gate_leave(totals), 1);
    std::free(std::malloc(10));  // between cycles: not counted
  }
  EXPECT_THAT(totals, ::testing::ElementsAre(3, 3, 0, 0, 0));
}

TEST(GateTrace, TheFirstOffenderIsNamedAndCanEndTheProcess) {
  const Scope probe;
  if (!probe.counts().available) GTEST_SKIP() << "not available under a sanitizer";
  // A new process, because the environment is read once, when the library is loaded.
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  ::setenv("SAGGAR_GATE_TRACE", "abort", 1);
  EXPECT_DEATH(
      {
        const Scope scope;
        std::free(std::malloc(10));
        void* p = std::calloc(1, 8);
        keep(p);
      },
      "gate: first offender is (malloc|calloc)");
  ::unsetenv("SAGGAR_GATE_TRACE");
}

}  // namespace
}  // namespace saggar::gate
