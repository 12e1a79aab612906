#include "runtime/wire/field_codec.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <limits>

#include "runtime/wire/message.hpp"
#include "schema/field_generated.h"

namespace saggar::wire {
namespace {

using domain::Error;
using domain::Status;
using flatbuffers::Offset;
using flatbuffers::Vector;

template <class T>
Offset<Vector<T>> room(flatbuffers::FlatBufferBuilder& builder, std::size_t n, T** data) {
  return Offset<Vector<T>>(builder.CreateUninitializedVector<T>(n, data));
}

Error wrong_length(const char* field, std::size_t found, std::size_t right) {
  return Error{field, "has " + std::to_string(found) + " entries; " + std::to_string(right) +
                          " would be right"};
}

/// The first entry that is not below `count`, as an error; for enumerators of one byte.
Status all_below(const Vector<std::uint8_t>& codes, int count, const char* field) {
  std::uint8_t largest = 0;
  for (const std::uint8_t code : codes) largest = std::max(largest, code);
  if (largest < count) return domain::Done{};
  const auto bad = std::find_if(codes.begin(), codes.end(),
                                [count](std::uint8_t code) { return code >= count; });
  return Error{
      std::string(field) + "[" + std::to_string(bad - codes.begin()) + "]",
      "is " + std::to_string(*bad) + "; this build knows 0 to " + std::to_string(count - 1)};
}

/// Tags of a command or ack: known, an MV of this side, none twice.
Status check_tags(const Vector<std::uint16_t>& tags, std::span<const domain::MvId> mv_of_tag,
                  const char* field) {
  std::bitset<domain::kMaxTags> seen;
  for (std::uint32_t i = 0; i < tags.size(); ++i) {
    const std::uint16_t tag = tags[i];
    const char* wrong = nullptr;
    if (tag >= mv_of_tag.size() || tag >= domain::kMaxTags) {
      wrong = " is not in the field's tag table";
    } else if (mv_of_tag[tag] == domain::kNoMv) {
      wrong = " is not a tag that may be written";
    } else if (seen[tag]) {
      wrong = " is named twice";
    }
    if (wrong != nullptr) {
      return Error{std::string(field) + "[" + std::to_string(i) + "]", std::to_string(tag) + wrong};
    }
    seen.set(tag);
  }
  return domain::Done{};
}

Status check_frame(const fb::Frame& in, std::size_t tags) {
  if (length(in.value()) != tags) return wrong_length("frame.value", length(in.value()), tags);
  if (length(in.quality()) != tags) {
    return wrong_length("frame.quality", length(in.quality()), tags);
  }
  if (length(in.sub_status()) != tags) {
    return wrong_length("frame.sub_status", length(in.sub_status()), tags);
  }
  if (in.source_time_ns() != nullptr && length(in.source_time_ns()) != tags) {
    return wrong_length("frame.source_time_ns", length(in.source_time_ns()), tags);
  }
  if (tags == 0) return domain::Done{};
  if (Status s = all_below(*in.quality(), 3, "frame.quality"); !s.ok()) return s;
  return all_below(*in.sub_status(), domain::kSubStatusCount, "frame.sub_status");
}

void read_head(const fb::Frame& in, FrameHead& head) noexcept {
  head.session = in.session();
  head.sequence = in.sequence();
  head.acked_cycle = in.acked_cycle();
}

}  // namespace

Bytes encode_frame(Encoder& encoder, const FrameHead& head, const domain::Frame& frame) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const std::size_t n = frame.samples.size();
  const domain::Sample* samples = frame.samples.data();
  bool one_time = true;
  for (std::size_t i = 0; i < n; ++i) one_time &= samples[i].time_ns == frame.time_ns;
  Offset<Vector<std::int64_t>> times;
  if (!one_time) {
    std::int64_t* time = nullptr;
    times = room(builder, n, &time);
    for (std::size_t i = 0; i < n; ++i) time[i] = samples[i].time_ns;
  }
  double* value = nullptr;
  const auto values = room(builder, n, &value);
  for (std::size_t i = 0; i < n; ++i) value[i] = samples[i].value;
  std::uint8_t* code = nullptr;
  const auto qualities = room(builder, n, &code);
  for (std::size_t i = 0; i < n; ++i) code[i] = static_cast<std::uint8_t>(samples[i].quality);
  const auto sub_statuses = room(builder, n, &code);
  for (std::size_t i = 0; i < n; ++i) code[i] = static_cast<std::uint8_t>(samples[i].sub_status);
  return finish(builder, Kind::frame,
                fb::CreateFrame(builder, head.session, head.sequence, frame.time_ns,
                                head.acked_cycle, values, qualities, sub_statuses, times));
}

Status decode_frame_head(Bytes message, FrameHead& head) {
  const Opened<fb::Frame> in(message, Kind::frame);
  if (!in.ok()) return in.error();
  read_head(*in, head);
  return domain::Done{};
}

Status decode_frame(Bytes message, std::span<const domain::TagId> to_tag, FrameHead& head,
                    domain::Frame& frame) {
  const Opened<fb::Frame> in(message, Kind::frame);
  if (!in.ok()) return in.error();
  if (Status s = check_frame(*in, to_tag.size()); !s.ok()) return s;
  if (in->sequence() == 0) return Error{"frame.sequence", "is 0; frames count from 1"};
  read_head(*in, head);
  frame.sequence = head.sequence;
  frame.time_ns = in->time_ns();
  const std::size_t n = to_tag.size();
  if (n == 0) return domain::Done{};
  const auto& value = *in->value();
  const std::uint8_t* quality = in->quality()->Data();
  const std::uint8_t* sub_status = in->sub_status()->Data();
  const auto* time = in->source_time_ns();
  for (std::size_t i = 0; i < n; ++i) {
    if (to_tag[i] >= frame.samples.size()) continue;
    domain::Sample& sample = frame.samples[to_tag[i]];
    sample.value = entry(value, i);
    sample.time_ns = time == nullptr ? frame.time_ns : entry(*time, i);
    sample.quality = static_cast<domain::Quality>(quality[i]);
    sample.sub_status = static_cast<domain::SubStatus>(sub_status[i]);
    if (!std::isfinite(sample.value) && sample.quality != domain::Quality::bad) {
      sample.quality = domain::Quality::bad;
      sample.sub_status = domain::SubStatus::not_finite;
    }
  }
  return domain::Done{};
}

Bytes encode_command(Encoder& encoder, const CommandHead& head, const domain::Command& command,
                     std::span<const domain::TagId> tag_of_mv) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const std::size_t n = tag_of_mv.size();
  double* value = nullptr;
  const auto values = room(builder, n, &value);
  std::copy_n(command.value.data(), n, value);
  std::uint16_t* tag = nullptr;
  const auto tags = room(builder, n, &tag);
  std::copy_n(tag_of_mv.data(), n, tag);
  std::uint8_t* action = nullptr;
  const auto actions = room(builder, n, &action);
  for (std::size_t i = 0; i < n; ++i) action[i] = static_cast<std::uint8_t>(command.action[i]);
  return finish(builder, Kind::command,
                fb::CreateCommand(builder, head.runtime_session, head.field_session, command.cycle,
                                  command.frame_sequence, command.time_ns, command.valid_until_ns,
                                  command.heartbeat, tags, values, actions));
}

namespace {

Status check_command(const fb::Command& in, std::span<const domain::MvId> mv_of_tag) {
  const std::size_t n = length(in.tag());
  if (n > domain::kMaxMvs) return wrong_length("command.tag", n, domain::kMaxMvs);
  if (length(in.value()) != n) return wrong_length("command.value", length(in.value()), n);
  if (length(in.action()) != n) return wrong_length("command.action", length(in.action()), n);
  if (n == 0) return domain::Done{};
  if (Status s = check_tags(*in.tag(), mv_of_tag, "command.tag"); !s.ok()) return s;
  if (Status s = all_below(*in.action(), 3, "command.action"); !s.ok()) return s;
  for (std::uint32_t i = 0; i < n; ++i) {
    const bool write = in.action()->Get(i) == static_cast<std::uint8_t>(domain::Action::write);
    if (write && !std::isfinite(entry(*in.value(), i))) {
      return Error{"command.value[" + std::to_string(i) + "]",
                   "is not a finite number, but is to be written"};
    }
  }
  return domain::Done{};
}

}  // namespace

Status decode_command(Bytes message, std::span<const domain::MvId> mv_of_tag, CommandHead& head,
                      domain::Command& command) {
  const Opened<fb::Command> in(message, Kind::command);
  if (!in.ok()) return in.error();
  if (Status s = check_command(*in, mv_of_tag); !s.ok()) return s;
  head.runtime_session = in->runtime_session();
  head.field_session = in->field_session();
  command.cycle = in->cycle();
  command.frame_sequence = in->frame_sequence();
  command.time_ns = in->time_ns();
  command.valid_until_ns = in->valid_until_ns();
  command.heartbeat = in->heartbeat();
  std::fill(command.value.begin(), command.value.end(), 0.0);
  std::fill(command.action.begin(), command.action.end(), domain::Action::none);
  for (std::uint32_t i = 0; i < length(in->tag()); ++i) {
    const domain::MvId mv = mv_of_tag[in->tag()->Get(i)];
    if (mv >= command.value.size()) continue;
    command.value[mv] = entry(*in->value(), i);
    command.action[mv] = static_cast<domain::Action>(in->action()->Get(i));
  }
  return domain::Done{};
}

Bytes encode_ack(Encoder& encoder, std::uint64_t session, const domain::Ack& ack,
                 std::span<const domain::TagId> tag_of_mv) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const std::size_t n = tag_of_mv.size();
  double* value = nullptr;
  const auto taken = room(builder, n, &value);
  std::copy_n(ack.taken.data(), n, value);
  std::uint16_t* tag = nullptr;
  const auto tags = room(builder, n, &tag);
  std::copy_n(tag_of_mv.data(), n, tag);
  std::uint8_t* reason = nullptr;
  const auto refused = room(builder, n, &reason);
  for (std::size_t i = 0; i < n; ++i) reason[i] = static_cast<std::uint8_t>(ack.refused[i]);
  return finish(builder, Kind::ack,
                fb::CreateAck(builder, session, ack.cycle, ack.time_ns, tags, taken, refused));
}

Status decode_ack(Bytes message, std::span<const domain::MvId> mv_of_tag, std::uint64_t& session,
                  domain::Ack& ack) {
  const Opened<fb::Ack> in(message, Kind::ack);
  if (!in.ok()) return in.error();
  const std::size_t n = length(in->tag());
  if (n > domain::kMaxMvs) return wrong_length("ack.tag", n, domain::kMaxMvs);
  if (length(in->taken()) != n) return wrong_length("ack.taken", length(in->taken()), n);
  if (length(in->refused()) != n) return wrong_length("ack.refused", length(in->refused()), n);
  if (n != 0) {
    if (Status s = check_tags(*in->tag(), mv_of_tag, "ack.tag"); !s.ok()) return s;
  }
  session = in->session();
  ack.cycle = in->cycle();
  ack.time_ns = in->time_ns();
  std::fill(ack.taken.begin(), ack.taken.end(), std::numeric_limits<double>::quiet_NaN());
  std::fill(ack.refused.begin(), ack.refused.end(), domain::Reason::none);
  for (std::uint32_t i = 0; i < n; ++i) {
    const domain::MvId mv = mv_of_tag[in->tag()->Get(i)];
    if (mv >= ack.taken.size()) continue;
    ack.taken[mv] = entry(*in->taken(), i);
    ack.refused[mv] = static_cast<domain::Reason>(in->refused()->Get(i));
  }
  return domain::Done{};
}

Bytes encode_heartbeat(Encoder& encoder, const Heartbeat& heartbeat) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  return finish(builder, Kind::heartbeat,
                fb::CreateHeartbeat(builder, heartbeat.session, heartbeat.counter, heartbeat.echo));
}

Status decode_heartbeat(Bytes message, Heartbeat& heartbeat) {
  const Opened<fb::Heartbeat> in(message, Kind::heartbeat);
  if (!in.ok()) return in.error();
  heartbeat = {in->session(), in->counter(), in->echo()};
  return domain::Done{};
}

}  // namespace saggar::wire
