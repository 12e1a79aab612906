// The envelope of every message, and the buffer that messages are built in.
// Decoders trust nothing: envelope, then the FlatBuffers verifier, then counts and enumerators,
// then the values. Each error names the field, what was found and what would be right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "runtime/domain/result.hpp"

namespace saggar::wire {

using Bytes = std::span<const std::uint8_t>;

/// The protocol both ends must speak, in every envelope.
inline constexpr std::uint16_t kProtocol = 1;

/// Bytes 0-3 "SAGR", 4-5 protocol (little endian), 6 kind, 7 zero; the FlatBuffer follows.
inline constexpr std::size_t kEnvelopeBytes = 8;

enum class Kind : std::uint8_t {
  frame = 1,
  hello = 2,
  welcome = 3,
  command = 4,
  ack = 5,
  heartbeat = 6,
  refusal = 7,
  intent_request = 16,
  intent_reply = 17,
  status_request = 18,
  digest = 32,
  truth = 48,
  service_request = 64,
  service_reply = 65,
};
std::string_view name(Kind kind) noexcept;

/// The kind of a message whose envelope is sound; what follows it is not checked yet.
/// Errors: too short or too long, wrong magic, another protocol, unknown kind.
domain::Result<Kind> kind_of(Bytes message);

/// Where messages are built; reuses its memory, so that equal messages never allocate after the
/// first. Thread: one.
class Encoder {
 public:
  Encoder();
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  struct Impl;
  Impl& impl() noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace saggar::wire
