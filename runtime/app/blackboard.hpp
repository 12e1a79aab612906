// Blackboard: what the io and the drain thread leave for each other; control never looks at it.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "runtime/wire/digest.hpp"

namespace saggar::app {

/// The digest that status requests are answered with: drain writes, io reads. The state of the
/// field link: io writes, drain reads. Short locks, no waiting for anything outside.
class Blackboard {
 public:
  void write(std::shared_ptr<const wire::Digest> digest) {
    const std::lock_guard lock(mutex_);
    digest_ = std::move(digest);
  }
  std::shared_ptr<const wire::Digest> read() const {
    const std::lock_guard lock(mutex_);
    return digest_;
  }
  void write_link(wire::DigestLink link) {
    const std::lock_guard lock(mutex_);
    link_ = std::move(link);
  }
  /// Nothing while no io thread has looked.
  std::optional<wire::DigestLink> read_link() const {
    const std::lock_guard lock(mutex_);
    return link_;
  }
  /// The counter that went out last (SC-45).
  void write_heartbeat(std::uint32_t counter) noexcept {
    heartbeat_.store(counter, std::memory_order_relaxed);
  }
  std::uint32_t read_heartbeat() const noexcept {
    return heartbeat_.load(std::memory_order_relaxed);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const wire::Digest> digest_;
  std::optional<wire::DigestLink> link_;
  std::atomic<std::uint32_t> heartbeat_{0};
};

}  // namespace saggar::app
