#include "runtime/wire/operator_codec.hpp"

#include <cmath>

#include "runtime/wire/message.hpp"
#include "schema/operator_generated.h"

namespace saggar::wire {
namespace {

using domain::Error;
using domain::Result;
using domain::Status;

constexpr std::size_t kMaxName_bytes = 64;
constexpr std::size_t kMaxDetail_bytes = 1000;

/// One text of an intent and the room that domain::Intent has for it (a FixedText<N> holds N - 1).
struct TextField {
  const char* field;
  std::size_t max;
  std::string IntentByName::*text;
};
constexpr TextField kTexts[] = {
    {"intent.mv", kMaxName_bytes, &IntentByName::mv},
    {"intent.controller", kMaxName_bytes, &IntentByName::controller},
    {"intent.key", 47, &IntentByName::key},
    {"intent.who", 31, &IntentByName::who},
    {"intent.station", 31, &IntentByName::station},
    {"intent.reason", 127, &IntentByName::reason},
    {"intent.rung_name", kMaxName_bytes, &IntentByName::rung_name},
};

Status read_texts(const fb::IntentRequest& in, IntentByName& intent) {
  const flatbuffers::String* texts[] = {in.mv(),      in.controller(), in.key(),      in.who(),
                                        in.station(), in.reason(),     in.rung_name()};
  for (std::size_t i = 0; i < std::size(kTexts); ++i) {
    const TextField& row = kTexts[i];
    if (Status s = read_text(texts[i], row.max, row.field, intent.*row.text); !s.ok()) return s;
    if ((intent.*row.text).find('\0') != std::string::npos) {
      return Error{row.field, "holds a zero byte"};
    }
  }
  return domain::Done{};
}

Status read_enums(const fb::IntentRequest& in, IntentByName& intent) {
  if (Status s = read_enum(in.kind(), domain::kIntentKindCount, "intent.kind", intent.kind);
      !s.ok()) {
    return s;
  }
  if (Status s =
          read_enum(in.duty(), static_cast<int>(domain::kDutyCount), "intent.duty", intent.duty);
      !s.ok()) {
    return s;
  }
  return read_enum(in.mode(), domain::kModeCount, "intent.mode", intent.mode);
}

}  // namespace

Result<Bytes> encode_intent_request(Encoder& encoder, const IntentRequest& request) {
  const IntentByName& intent = request.intent;
  for (const TextField& row : kTexts) {
    if ((intent.*row.text).size() > row.max) {
      return Error{row.field, "has " + std::to_string((intent.*row.text).size()) +
                                  " bytes; at most " + std::to_string(row.max)};
    }
  }
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto mv = builder.CreateString(intent.mv);
  const auto controller = builder.CreateString(intent.controller);
  const auto key = builder.CreateString(intent.key);
  const auto who = builder.CreateString(intent.who);
  const auto station = builder.CreateString(intent.station);
  const auto reason = builder.CreateString(intent.reason);
  const auto rung_name = builder.CreateString(intent.rung_name);
  return finish(builder, Kind::intent_request,
                fb::CreateIntentRequest(
                    builder, request.request, request.sent_unix_ms, request.valid_ms, intent.id,
                    intent.not_before, static_cast<std::uint8_t>(intent.kind), mv,
                    static_cast<std::uint8_t>(intent.duty), static_cast<std::uint8_t>(intent.mode),
                    intent.rung, controller, intent.value, key, who, station, reason, rung_name));
}

Result<IntentRequest> decode_intent_request(Bytes message, std::uint64_t& request_number) {
  const Opened<fb::IntentRequest> in(message, Kind::intent_request);
  if (!in.ok()) return in.error();
  request_number = in->request();
  IntentRequest request;
  request.request = in->request();
  request.sent_unix_ms = in->sent_unix_ms();
  request.valid_ms = in->valid_ms();
  request.intent.id = in->id();
  request.intent.not_before = in->not_before();
  request.intent.rung = in->rung();
  request.intent.value = in->value();
  if (request.request == 0) return Error{"intent.request", "is 0; requests count from 1"};
  if (!std::isfinite(request.intent.value)) return Error{"intent.value", "is not a finite number"};
  if (Status s = read_enums(*in, request.intent); !s.ok()) return s.error();
  if (Status s = read_texts(*in, request.intent); !s.ok()) return s.error();
  return request;
}

Bytes encode_intent_reply(Encoder& encoder, const NumberedReply& reply) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto detail = cut_text(builder, reply.reply.detail, kMaxDetail_bytes);
  const auto korean = cut_text(builder, reply.reply.detail_korean, kMaxDetail_bytes);
  return finish(
      builder, Kind::intent_reply,
      fb::CreateIntentReply(builder, reply.request, reply.reply.id, reply.reply.cycle,
                            static_cast<std::uint8_t>(reply.reply.answer),
                            static_cast<std::uint8_t>(reply.reply.reason), detail, korean));
}

Result<NumberedReply> decode_intent_reply(Bytes message) {
  const Opened<fb::IntentReply> in(message, Kind::intent_reply);
  if (!in.ok()) return in.error();
  NumberedReply reply;
  reply.request = in->request();
  reply.reply.id = in->id();
  reply.reply.cycle = in->cycle();
  reply.reply.reason = static_cast<domain::Reason>(in->reason());
  if (Status s = read_enum(in->answer(), 4, "reply.answer", reply.reply.answer); !s.ok()) {
    return s.error();
  }
  if (Status s = read_text(in->detail(), kMaxDetail_bytes, "reply.detail", reply.reply.detail);
      !s.ok()) {
    return s.error();
  }
  if (Status s = read_text(in->detail_korean(), kMaxDetail_bytes, "reply.detail_korean",
                           reply.reply.detail_korean);
      !s.ok()) {
    return s.error();
  }
  return reply;
}

Bytes encode_status_request(Encoder& encoder, std::uint64_t request) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  return finish(builder, Kind::status_request, fb::CreateStatusRequest(builder, request));
}

Result<std::uint64_t> decode_status_request(Bytes message) {
  const Opened<fb::StatusRequest> in(message, Kind::status_request);
  if (!in.ok()) return in.error();
  if (in->request() == 0) return Error{"status.request", "is 0; requests count from 1"};
  return in->request();
}

}  // namespace saggar::wire
