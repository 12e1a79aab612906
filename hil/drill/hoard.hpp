// Hoard: what a leaking controller keeps, and gives back in the end.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>

namespace saggar::drill {

/// Bounded, and process-wide like the resources it takes. Thread: one, except its own threads.
class Hoard {
 public:
  void keep_memory() noexcept;   ///< 64 KiB more, written to, at most 64 MiB
  void keep_threads() noexcept;  ///< 4 sleeping threads more, at most 32
  void keep_file() noexcept;     ///< one descriptor more, at most 256
  void give_back() noexcept;     ///< all; threads end by themselves within 0.1 s

  std::size_t blocks() const noexcept { return blocks_count_; }
  std::size_t files() const noexcept { return files_count_; }
  int threads() const noexcept { return threads_.load(); }

 private:
  static void* sleep_until_told(void* self);

  std::array<void*, 1024> blocks_{};
  std::array<int, 256> files_{};
  std::size_t blocks_count_ = 0, files_count_ = 0;
  std::atomic<int> threads_{0};
  std::atomic<bool> over_{false};
};

}  // namespace saggar::drill
