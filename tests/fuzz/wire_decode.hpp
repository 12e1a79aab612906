// Runs decoders of the wire on any bytes and checks what they promise: a message is decoded, or
// refused with a text that names a field; what was decoded can be encoded and decoded again.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/hello_codec.hpp"
#include "runtime/wire/operator_codec.hpp"
#include "runtime/wire/service_codec.hpp"
#include "runtime/wire/stream_codec.hpp"

namespace saggar::wire {

/// Ends the program when a promise is broken: fuzzers and tests both notice.
inline void promise(bool kept) {
  if (!kept) std::abort();
}

/// True if decoded; a refusal must say where and what.
template <class Outcome>
bool decoded(const Outcome& outcome) {
  if (outcome.ok()) return true;
  promise(!outcome.error().where.empty() && !outcome.error().what.empty());
  return false;
}

inline bool decode_frame_bytes(Bytes bytes) {
  const std::vector<domain::TagId> to_tag = {domain::kNoTag, 2, 0, 4, 1, 3};
  FrameHead head;
  domain::Frame frame(5);
  decoded(decode_frame_head(bytes, head));
  if (!decoded(decode_frame(bytes, to_tag, head, frame))) return false;
  Encoder encoder;
  const std::vector<domain::TagId> same = {0, 1, 2, 3, 4};
  domain::Frame again(5);
  promise(decode_frame(encode_frame(encoder, head, frame), same, head, again).ok());
  promise(again.sequence == frame.sequence && again.time_ns == frame.time_ns);
  return true;
}

inline bool decode_command_bytes(Bytes bytes) {
  const std::vector<domain::MvId> mv_of_tag = {domain::kNoMv, 1, domain::kNoMv, 0, domain::kNoMv,
                                               domain::kNoMv};
  CommandHead head;
  domain::Command command(2);
  if (!decoded(decode_command(bytes, mv_of_tag, head, command))) return false;
  Encoder encoder;
  const domain::TagId tags[] = {3, 1};
  domain::Command again(2);
  promise(
      decode_command(encode_command(encoder, head, command, tags), mv_of_tag, head, again).ok());
  promise(again.cycle == command.cycle && again.action == command.action);
  return true;
}

inline bool decode_ack_bytes(Bytes bytes) {
  const std::vector<domain::MvId> mv_of_tag = {domain::kNoMv, 1, domain::kNoMv, 0, domain::kNoMv,
                                               domain::kNoMv};
  std::uint64_t session = 0;
  domain::Ack ack(2);
  if (!decoded(decode_ack(bytes, mv_of_tag, session, ack))) return false;
  Encoder encoder;
  const domain::TagId tags[] = {3, 1};
  domain::Ack again(2);
  promise(decode_ack(encode_ack(encoder, session, ack, tags), mv_of_tag, session, again).ok());
  promise(again.cycle == ack.cycle && again.refused == ack.refused);
  return true;
}

inline bool decode_heartbeat_bytes(Bytes bytes) {
  Heartbeat heartbeat;
  return decoded(decode_heartbeat(bytes, heartbeat));
}

/// Hello, welcome and refusal: how two sides get to know each other.
inline int decode_hello_bytes(Bytes bytes) {
  Encoder encoder;
  const domain::Result<Hello> hello = decode_hello(bytes);
  if (decoded(hello)) promise(decode_hello(encode_hello(encoder, hello.value())).ok());
  const domain::Result<Welcome> welcome = decode_welcome(bytes);
  if (decoded(welcome)) {
    const Welcome& w = welcome.value();
    promise(decode_welcome(encode_welcome(encoder, w.session, w.kiln, w.tags)).ok());
  }
  const domain::Result<Refusal> refusal = decode_refusal(bytes);
  if (decoded(refusal)) promise(decode_refusal(encode_refusal(encoder, refusal.value())).ok());
  return hello.ok() + welcome.ok() + refusal.ok();
}

inline int decode_operator_bytes(Bytes bytes) {
  Encoder encoder;
  std::uint64_t number = 0;
  const domain::Result<IntentRequest> request = decode_intent_request(bytes, number);
  if (decoded(request)) {
    const domain::Result<Bytes> again = encode_intent_request(encoder, request.value());
    promise(again.ok());
    promise(decode_intent_request(again.value(), number).ok());
  }
  const domain::Result<NumberedReply> reply = decode_intent_reply(bytes);
  if (decoded(reply)) {
    promise(decode_intent_reply(encode_intent_reply(encoder, reply.value())).ok());
  }
  const domain::Result<std::uint64_t> status = decode_status_request(bytes);
  decoded(status);
  return request.ok() + reply.ok() + status.ok();
}

inline bool decode_digest_bytes(Bytes bytes) {
  StreamHead head;
  Digest digest;
  if (!decoded(decode_digest(bytes, head, digest))) return false;
  Encoder encoder;
  Digest again;
  promise(decode_digest(encode_digest(encoder, head, digest), head, again).ok());
  promise(again.loops.size() == digest.loops.size() && again.events == digest.events);
  return true;
}

inline bool decode_truth_bytes(Bytes bytes) {
  StreamHead head;
  Truth truth;
  if (!decoded(decode_truth(bytes, head, truth))) return false;
  Encoder encoder;
  Truth again;
  promise(decode_truth(encode_truth(encoder, head, truth), head, again).ok());
  promise(again.column_core_degC.size() == truth.column_core_degC.size());
  return true;
}

inline int decode_service_bytes(Bytes bytes) {
  Encoder encoder;
  std::uint64_t number = 0;
  const domain::Result<ServiceRequest> request = decode_service_request(bytes, number);
  if (decoded(request)) {
    promise(decode_service_request(encode_service_request(encoder, request.value()), number).ok());
    promise(number == request.value().request);
  }
  const domain::Result<ServiceReply> reply = decode_service_reply(bytes);
  if (decoded(reply)) {
    promise(decode_service_reply(encode_service_reply(encoder, reply.value())).ok());
  }
  return request.ok() + reply.ok();
}

/// All of them; the number that took the bytes, which is never more than one.
inline int decode_all(Bytes bytes) {
  return decode_frame_bytes(bytes) + decode_command_bytes(bytes) + decode_ack_bytes(bytes) +
         decode_heartbeat_bytes(bytes) + decode_hello_bytes(bytes) + decode_operator_bytes(bytes) +
         decode_digest_bytes(bytes) + decode_truth_bytes(bytes) + decode_service_bytes(bytes);
}

}  // namespace saggar::wire
