// Private to this folder: what a FieldClient subscribes to, so that the field can tell from its
// subscriptions that this very runtime hears the frames.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "runtime/wire/codec.hpp"

namespace saggar::wire {

/// Every message of this project starts so.
inline constexpr std::array<std::uint8_t, 4> kFramesTopic = {'S', 'A', 'G', 'R'};

/// Never published to. Sorts after kFramesTopic: on a reconnect ZeroMQ repeats subscriptions in
/// order of their bytes, so that whoever sees this one has seen the other.
inline constexpr std::size_t kListenerTopicBytes = 12;
inline std::array<std::uint8_t, kListenerTopicBytes> listener_topic(std::uint64_t runtime) {
  std::array<std::uint8_t, kListenerTopicBytes> topic{'Z', 'E', 'A', 'R'};
  std::memcpy(topic.data() + 4, &runtime, sizeof runtime);
  return topic;
}

/// The runtime session behind an XPUB message, or 0 if it is about another topic.
/// @param joins  true for a subscription, false for its end
inline std::uint64_t parse_listener(Bytes message, bool& joins) noexcept {
  if (message.size() != 1 + kListenerTopicBytes || message[0] > 1) return 0;
  if (std::memcmp(message.data() + 1, "ZEAR", 4) != 0) return 0;
  joins = message[0] == 1;
  std::uint64_t runtime = 0;
  std::memcpy(&runtime, message.data() + 5, sizeof runtime);
  return runtime;
}

}  // namespace saggar::wire
