#include "runtime/actuate/outbox.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace saggar::actuate {

Outbox::Outbox(const domain::Plant& plant)
    : latest_(domain::Command(plant.mvs.size())), fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (fd_ < 0) throw std::runtime_error("cannot open an eventfd for the command doorbell");
  bell_ = std::thread([this] { ring_bell(); });
}

Outbox::~Outbox() {
  rung_.store(-1, std::memory_order_release);
  rung_.notify_one();
  bell_.join();
  ::close(fd_);
}

void Outbox::publish() noexcept {
  latest_.publish();
  // Sequentially consistent on both sides: either this sees the spinning reader, or the reader's
  // last look after it stopped spinning sees this command.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (expected_.load(std::memory_order_relaxed)) return;
  const std::int32_t seen = rung_.load(std::memory_order_relaxed);
  if (seen < 0) return;
  rung_.store((seen + 1) & 0x3FFFFFFF, std::memory_order_release);
  rung_.notify_one();
}

domain::Command* Outbox::expect(std::int64_t spin_ns) noexcept {
  using Clock = std::chrono::steady_clock;
  expected_.store(true, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  const auto until = Clock::now() + std::chrono::nanoseconds(spin_ns);
  domain::Command* command = latest_.take();
  while (command == nullptr && Clock::now() < until) {
    // The woken control thread may have been put behind this one on the same processor.
    std::this_thread::yield();
    command = latest_.take();
  }
  expected_.store(false, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  return command != nullptr ? command : latest_.take();
}

void Outbox::quiet() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto n = ::read(fd_, &count, sizeof count);
}

void Outbox::ring_bell() noexcept {
  std::int32_t seen = 0;
  for (;;) {
    rung_.wait(seen, std::memory_order_acquire);
    seen = rung_.load(std::memory_order_acquire);
    if (seen < 0) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = ::write(fd_, &one, sizeof one);
  }
}

}  // namespace saggar::actuate
