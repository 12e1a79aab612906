// Pure encoders and decoders of the test-case service; decoders trust nothing.
#pragma once

#include "runtime/wire/codec.hpp"
#include "runtime/wire/service.hpp"

namespace saggar::wire {

/// @param number  out: the number of the request as far as it could be read, for the refusal
domain::Result<ServiceRequest> decode_service_request(Bytes message, std::uint64_t& number);
Bytes encode_service_request(Encoder& encoder, const ServiceRequest& request);
domain::Result<ServiceReply> decode_service_reply(Bytes message);
/// Texts beyond their limit are cut; entries beyond theirs are left out.
Bytes encode_service_reply(Encoder& encoder, const ServiceReply& reply);

}  // namespace saggar::wire
