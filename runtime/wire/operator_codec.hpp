// Operator link codec. Pure.
#pragma once

#include "runtime/wire/codec.hpp"
#include "runtime/wire/operator_link.hpp"

namespace saggar::wire {

struct IntentRequest {
  std::uint64_t request = 0;  ///< chosen by the station's program, echoed in the answer
  std::int64_t sent_unix_ms = 0;
  std::uint32_t valid_ms = 0;  ///< refused when read later than sent + valid; 0 = no end
  IntentByName intent;
};
/// Refuses texts that are too long for an Intent: nothing is cut silently.
domain::Result<Bytes> encode_intent_request(Encoder& encoder, const IntentRequest& request);
/// @param request_number  set as soon as it could be read, also when the rest is refused
domain::Result<IntentRequest> decode_intent_request(Bytes message, std::uint64_t& request_number);

struct NumberedReply {
  std::uint64_t request = 0;  ///< 0 = the request could not be read
  IntentReply reply;
};
/// `detail` is cut at 1000 bytes.
Bytes encode_intent_reply(Encoder& encoder, const NumberedReply& reply);
domain::Result<NumberedReply> decode_intent_reply(Bytes message);

Bytes encode_status_request(Encoder& encoder, std::uint64_t request);
domain::Result<std::uint64_t> decode_status_request(Bytes message);

}  // namespace saggar::wire
