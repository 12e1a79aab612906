#include "runtime/wire/codec.hpp"

#include "runtime/wire/message.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

std::string_view name(Kind kind) noexcept {
  switch (kind) {
    case Kind::frame:
      return "frame";
    case Kind::hello:
      return "hello";
    case Kind::welcome:
      return "welcome";
    case Kind::command:
      return "command";
    case Kind::ack:
      return "ack";
    case Kind::heartbeat:
      return "heartbeat";
    case Kind::refusal:
      return "refusal";
    case Kind::intent_request:
      return "intent_request";
    case Kind::intent_reply:
      return "intent_reply";
    case Kind::status_request:
      return "status_request";
    case Kind::digest:
      return "digest";
    case Kind::truth:
      return "truth";
    case Kind::service_request:
      return "service_request";
    case Kind::service_reply:
      return "service_reply";
  }
  return "unknown";
}

domain::Result<Kind> kind_of(Bytes message) {
  if (message.size() < kEnvelopeBytes + 8) {
    return domain::Error{"envelope", "the message has " + std::to_string(message.size()) +
                                         " bytes; at least " + std::to_string(kEnvelopeBytes + 8)};
  }
  if (message.size() > SocketOptions::kMaxMessage_bytes) {
    return domain::Error{"envelope.size", std::to_string(message.size()) + " bytes; at most " +
                                              std::to_string(SocketOptions::kMaxMessage_bytes)};
  }
  if (std::memcmp(message.data(), "SAGR", 4) != 0) {
    return domain::Error{"envelope.magic", "is not SAGR: this is no message of this project"};
  }
  const int protocol = message[4] | (message[5] << 8);
  if (protocol != kProtocol) {
    return domain::Error{"envelope.version",
                         "the peer speaks protocol " + std::to_string(protocol) + ", this build " +
                             std::to_string(kProtocol) + "; update the older side"};
  }
  const auto kind = static_cast<Kind>(message[6]);
  if (name(kind) == "unknown" || message[7] != 0) {
    return domain::Error{"envelope.kind",
                         std::to_string(message[6]) + " is not a kind that this build knows"};
  }
  return kind;
}

Encoder::Encoder() : impl_(std::make_unique<Impl>()) {}
Encoder::~Encoder() = default;

}  // namespace saggar::wire
