// PUB/SUB streams for screens: the digest of every cycle (record stream) and the simulator's
// truth. Newest wins; nothing that control needs travels here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "runtime/domain/result.hpp"
#include "runtime/wire/digest.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

/// Publishes Digest or Truth. Slow listeners lose messages and can tell by the gap.
/// Thread: one. Never blocks.
template <class T>
class Publisher {
 public:
  static domain::Result<std::unique_ptr<Publisher>> bind(Context& context,
                                                         const std::string& endpoint);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// The address really bound.
  const std::string& endpoint() const noexcept;
  void publish(const T& value);

 private:
  struct Impl;
  explicit Publisher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads Digest or Truth. Thread: one. Never blocks.
template <class T>
class Subscriber {
 public:
  static domain::Result<std::unique_ptr<Subscriber>> connect(Context& context,
                                                             const std::string& endpoint);
  ~Subscriber();
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  /// The next message in order; false when there is none. To get the newest, call until false.
  bool receive(T& value);
  /// Messages lost between received ones.
  std::uint64_t missed() const noexcept;
  /// Malformed messages.
  std::uint64_t refused() const noexcept;
  Pollable pollable() const noexcept;

 private:
  struct Impl;
  explicit Subscriber(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

using DigestPublisher = Publisher<Digest>;
using DigestSubscriber = Subscriber<Digest>;
using TruthPublisher = Publisher<Truth>;
using TruthSubscriber = Subscriber<Truth>;

extern template class Publisher<Digest>;
extern template class Subscriber<Digest>;
extern template class Publisher<Truth>;
extern template class Subscriber<Truth>;

}  // namespace saggar::wire
