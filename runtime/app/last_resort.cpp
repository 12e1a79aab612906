#include "runtime/app/last_resort.hpp"

#include <unistd.h>

#include <utility>

namespace saggar::app {

std::function<void()> LastResort::default_end() {
  return [] { ::_exit(kExitCode); };
}

LastResort::LastResort(std::chrono::milliseconds limit, std::function<void()> last_words,
                       std::function<void()> end)
    : thread_([this, limit, words = std::move(last_words), over = std::move(end)] {
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, limit, [this] { return done_; })) return;
        words();
        over();
      }) {}

LastResort::~LastResort() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

}  // namespace saggar::app
