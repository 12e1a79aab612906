// Codecs of Digest and Truth. Pure.
#pragma once

#include "runtime/wire/codec.hpp"
#include "runtime/wire/digest.hpp"

namespace saggar::wire {

/// Where a message stands in its stream.
struct StreamHead {
  std::uint64_t session = 0;   ///< of the publisher
  std::uint64_t sequence = 0;  ///< 1, 2, 3, ...; in an answer the request number
};

/// Lists beyond their bound (digest.hpp) are cut: the newest events and first duties, loops are
/// kept; texts are cut at 1000 bytes.
Bytes encode_digest(Encoder& encoder, const StreamHead& head, const Digest& digest);
/// On error `digest` is unspecified but valid.
domain::Status decode_digest(Bytes message, StreamHead& head, Digest& digest);

/// Columns beyond kMaxTruthColumns are cut. The vectors of a group must have one length.
Bytes encode_truth(Encoder& encoder, const StreamHead& head, const Truth& truth);
/// On error `truth` is unspecified but valid.
domain::Status decode_truth(Bytes message, StreamHead& head, Truth& truth);

}  // namespace saggar::wire
