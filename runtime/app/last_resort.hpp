// LastResort: ends the process when an orderly end takes too long.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace saggar::app {

/// A plugin that never returns must not keep a runtime from ending: from construction on, the
/// guarded work has `limit`; after that, `last_words` are said and the process ends at once.
/// Thread: `last_words` run on a thread of its own and must not wait for the guarded work.
class LastResort {
 public:
  static constexpr int kExitCode = 3;

  /// @param end what ends the process; another one in tests
  LastResort(std::chrono::milliseconds limit, std::function<void()> last_words,
             std::function<void()> end = default_end());
  ~LastResort();  ///< the work is done in time: nothing happens
  LastResort(const LastResort&) = delete;
  LastResort& operator=(const LastResort&) = delete;

  /// `_exit` with kExitCode: no destructor of anything that hangs is run.
  static std::function<void()> default_end();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace saggar::app
