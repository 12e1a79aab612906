#include "hil/drill/hoard.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace saggar::drill {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr int kThreadsAtOnce = 4, kMostThreads = 32;
constexpr timespec kNap{0, 50'000'000};

}  // namespace

void Hoard::keep_memory() noexcept {
  if (blocks_count_ == blocks_.size()) return;
  void* block = std::malloc(kBlockBytes);
  if (block == nullptr) return;
  std::memset(block, 0x5A, kBlockBytes);  // memory that nobody touches is not there
  blocks_[blocks_count_++] = block;
}

void* Hoard::sleep_until_told(void* self) {
  auto& hoard = *static_cast<Hoard*>(self);
  while (!hoard.over_.load()) ::nanosleep(&kNap, nullptr);
  --hoard.threads_;
  return nullptr;
}

void Hoard::keep_threads() noexcept {
  over_ = false;
  for (int i = 0; i < kThreadsAtOnce && threads_.load() < kMostThreads; ++i) {
    pthread_t thread{};
    ++threads_;
    if (::pthread_create(&thread, nullptr, sleep_until_told, this) != 0) {
      --threads_;
      return;
    }
    ::pthread_detach(thread);
  }
}

void Hoard::keep_file() noexcept {
  if (files_count_ == files_.size()) return;
  const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (file >= 0) files_[files_count_++] = file;
}

void Hoard::give_back() noexcept {
  over_ = true;
  while (blocks_count_ > 0) std::free(blocks_[--blocks_count_]);
  while (files_count_ > 0) ::close(files_[--files_count_]);
}

}  // namespace saggar::drill
