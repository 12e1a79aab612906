// Field link, how two sides get to know each other: hello, welcome, refusal. Pure.
#pragma once

#include <string>

#include "runtime/domain/reason.hpp"
#include "runtime/domain/tag.hpp"
#include "runtime/wire/codec.hpp"

namespace saggar::wire {

/// Runtime -> field: a question (field_session 0), or the verdict on the field's Welcome.
struct Hello {
  static constexpr std::size_t kMaxDifferences_bytes = 16 * 1024;
  std::uint64_t runtime_session = 0;
  std::uint64_t field_session = 0;
  std::string kiln;
  std::string differences;  ///< empty = the tag tables agree
};
Bytes encode_hello(Encoder& encoder, const Hello& hello);
domain::Result<Hello> decode_hello(Bytes message);

/// Field -> runtime: who it is and what it offers.
struct Welcome {
  std::uint64_t session = 0;
  std::string kiln;
  domain::TagTable tags;
};
Bytes encode_welcome(Encoder& encoder, std::uint64_t session, std::string_view kiln,
                     const domain::TagTable& tags);
/// Refuses whatever TagTable refuses, unknown units, and ranges that are not numbers.
domain::Result<Welcome> decode_welcome(Bytes message);

/// Field -> runtime: a message was not taken.
struct Refusal {
  static constexpr std::size_t kMaxText_bytes = 1000;
  std::uint64_t session = 0;
  domain::Reason reason = domain::Reason::none;
  bool say_hello = false;  ///< the field does not know this runtime (any more)
  std::string text;
};
Bytes encode_refusal(Encoder& encoder, const Refusal& refusal);
domain::Result<Refusal> decode_refusal(Bytes message);

}  // namespace saggar::wire
