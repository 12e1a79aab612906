// Field link, the messages of every cycle: frame, command, ack, heartbeat. Pure.
// On the wire tags are indices into the field's table; the caller gives the translation.
#pragma once

#include <span>

#include "runtime/domain/frame.hpp"
#include "runtime/wire/codec.hpp"

namespace saggar::wire {

struct FrameHead {
  std::uint64_t session = 0;
  std::uint64_t sequence = 0;
  std::uint64_t acked_cycle = 0;  ///< last command acknowledged before this frame
};

/// @param frame  in the field's order; `sequence`, `received_ns`, `missed`, `link_up` do not travel
Bytes encode_frame(Encoder& encoder, const FrameHead& head, const domain::Frame& frame);
/// Session and sequence alone, to decide what to do with a frame before reading it.
domain::Status decode_frame_head(Bytes message, FrameHead& head);
/// @param to_tag  one per tag of the field: where its sample goes in `frame`, or kNoTag
/// Values that are not finite arrive as bad, not_finite. On error `frame` is unchanged.
domain::Status decode_frame(Bytes message, std::span<const domain::TagId> to_tag, FrameHead& head,
                            domain::Frame& frame);

struct CommandHead {
  std::uint64_t runtime_session = 0;
  std::uint64_t field_session = 0;
};

/// @param tag_of_mv  per MV of `command`, the field's tag index
Bytes encode_command(Encoder& encoder, const CommandHead& head, const domain::Command& command,
                     std::span<const domain::TagId> tag_of_mv);
/// @param mv_of_tag  one per tag of the field: the MV of `command` it writes, or kNoMv
/// MVs that are not named: action none, value 0. Refuses a value to write that is not finite, a tag
/// that is not writable or named twice. On error `command` is unchanged.
domain::Status decode_command(Bytes message, std::span<const domain::MvId> mv_of_tag,
                              CommandHead& head, domain::Command& command);

Bytes encode_ack(Encoder& encoder, std::uint64_t session, const domain::Ack& ack,
                 std::span<const domain::TagId> tag_of_mv);
/// MVs that are not named: taken NaN, refused none. On error `ack` is unchanged.
domain::Status decode_ack(Bytes message, std::span<const domain::MvId> mv_of_tag,
                          std::uint64_t& session, domain::Ack& ack);

struct Heartbeat {
  std::uint64_t session = 0;  ///< the sender's
  std::uint32_t counter = 0;
  std::uint32_t echo = 0;  ///< the peer's newest counter
};
Bytes encode_heartbeat(Encoder& encoder, const Heartbeat& heartbeat);
domain::Status decode_heartbeat(Bytes message, Heartbeat& heartbeat);

}  // namespace saggar::wire
