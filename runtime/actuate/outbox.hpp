// Outbox: commands from the control thread to the io thread, with a doorbell that costs the control
// thread no system call that could wait or write.
#pragma once

#include <atomic>
#include <thread>

#include "runtime/domain/frame.hpp"
#include "runtime/exchange/latest.hpp"

namespace saggar::actuate {

/// The newest command wins: an unsent older one is worthless.
/// Thread: control writes (`writable`, `publish`), io reads (`take`, `doorbell_fd`).
class Outbox {
 public:
  /// Opens an eventfd and starts the bell thread, which sleeps until `publish` and then makes the
  /// eventfd readable: the io thread waits on descriptors, the control thread must not write one.
  explicit Outbox(const domain::Plant& plant);
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  domain::Command& writable() noexcept { return latest_.writable(); }
  void publish() noexcept;

  /// io: the newest command not taken yet, or nullptr.
  domain::Command* take() noexcept { return latest_.take(); }

  /// io: spins for at most `spin_ns` for a command that is about to come, which saves two thread
  /// switches; nullptr if none came.
  domain::Command* expect(std::int64_t spin_ns) noexcept;

  /// io: becomes readable after `publish`; `quiet` resets it.
  int doorbell_fd() const noexcept { return fd_; }
  void quiet() noexcept;

 private:
  void ring_bell() noexcept;

  exchange::latest<domain::Command> latest_;
  int fd_ = -1;
  std::atomic<std::int32_t> rung_{0};  // counts publishes; a negative value ends the bell
  std::atomic<bool> expected_{false};  // the io thread is spinning: no bell needed
  std::thread bell_;
};

}  // namespace saggar::actuate
