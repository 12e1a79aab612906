#include "runtime/wire/hello_codec.hpp"

#include <cmath>

#include "runtime/wire/message.hpp"
#include "schema/field_generated.h"

namespace saggar::wire {
namespace {

using domain::Error;
using domain::Result;
using domain::Status;

constexpr std::size_t kMaxName_bytes = 64;
constexpr std::size_t kMaxUnit_bytes = 16;

std::string cut(std::string_view text, std::size_t max) { return std::string(text.substr(0, max)); }

std::string field_of(std::uint32_t i, const char* field) {
  return "welcome.tags[" + std::to_string(i) + "]." + field;
}

Result<domain::Tag> read_tag(const fb::Tag& in, std::uint32_t i) {
  domain::Tag tag;
  if (Status s = read_text(in.name(), kMaxName_bytes, field_of(i, "name").c_str(), tag.name);
      !s.ok()) {
    return s.error();
  }
  std::string unit;
  if (Status s = read_text(in.unit(), kMaxUnit_bytes, field_of(i, "unit").c_str(), unit); !s.ok()) {
    return s.error();
  }
  const auto known = units::parse_unit(unit);
  if (!known) return Error{field_of(i, "unit"), "'" + unit + "' is not a unit of this project"};
  tag.unit = *known;
  tag.low = in.low();
  tag.high = in.high();
  tag.resolution = in.resolution();
  tag.access = in.writable() ? domain::Access::write : domain::Access::read;
  if (std::isnan(tag.low) || std::isnan(tag.high)) {
    return Error{field_of(i, "low/high"), "is not a number"};
  }
  return tag;
}

}  // namespace

Bytes encode_hello(Encoder& encoder, const Hello& hello) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto kiln = builder.CreateString(cut(hello.kiln, kMaxName_bytes));
  const auto differences =
      builder.CreateString(cut(hello.differences, Hello::kMaxDifferences_bytes));
  return finish(
      builder, Kind::hello,
      fb::CreateHello(builder, hello.runtime_session, hello.field_session, kiln, differences));
}

Result<Hello> decode_hello(Bytes message) {
  const Opened<fb::Hello> in(message, Kind::hello);
  if (!in.ok()) return in.error();
  Hello hello;
  hello.runtime_session = in->runtime_session();
  hello.field_session = in->field_session();
  if (hello.runtime_session == 0) {
    return Error{"hello.runtime_session", "is 0; a session is never 0"};
  }
  if (Status s = read_text(in->kiln(), kMaxName_bytes, "hello.kiln", hello.kiln); !s.ok()) {
    return s.error();
  }
  if (Status s = read_text(in->differences(), Hello::kMaxDifferences_bytes, "hello.differences",
                           hello.differences);
      !s.ok()) {
    return s.error();
  }
  return hello;
}

Bytes encode_welcome(Encoder& encoder, std::uint64_t session, std::string_view kiln,
                     const domain::TagTable& tags) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  std::vector<flatbuffers::Offset<fb::Tag>> offsets;
  offsets.reserve(tags.size());
  for (const domain::Tag& tag : tags.all()) {
    const auto name = builder.CreateString(tag.name);
    const auto unit = builder.CreateSharedString(std::string(units::symbol(tag.unit)));
    offsets.push_back(fb::CreateTag(builder, name, unit, tag.low, tag.high, tag.resolution,
                                    tag.access == domain::Access::write));
  }
  const auto all = builder.CreateVector(offsets);
  const auto kiln_text = builder.CreateString(cut(kiln, kMaxName_bytes));
  return finish(builder, Kind::welcome, fb::CreateWelcome(builder, session, kiln_text, all));
}

Result<Welcome> decode_welcome(Bytes message) {
  const Opened<fb::Welcome> in(message, Kind::welcome);
  if (!in.ok()) return in.error();
  Welcome welcome;
  welcome.session = in->session();
  if (welcome.session == 0) return Error{"welcome.session", "is 0; a session is never 0"};
  if (Status s = read_text(in->kiln(), kMaxName_bytes, "welcome.kiln", welcome.kiln); !s.ok()) {
    return s.error();
  }
  const std::size_t n = length(in->tags());
  if (n == 0 || n > domain::kMaxTags) {
    return Error{"welcome.tags", "has " + std::to_string(n) + " entries; 1 to " +
                                     std::to_string(domain::kMaxTags) + " would be right"};
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    Result<domain::Tag> tag = read_tag(*in->tags()->Get(i), i);
    if (!tag.ok()) return tag.error();
    const Result<domain::TagId> added = welcome.tags.add(std::move(tag).value());
    if (!added.ok()) return Error{"welcome.tags[" + std::to_string(i) + "]", added.error().text()};
  }
  return welcome;
}

Bytes encode_refusal(Encoder& encoder, const Refusal& refusal) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto text = builder.CreateString(cut(refusal.text, Refusal::kMaxText_bytes));
  return finish(
      builder, Kind::refusal,
      fb::CreateRefusal(builder, refusal.session, static_cast<std::uint8_t>(refusal.reason),
                        refusal.say_hello, text));
}

Result<Refusal> decode_refusal(Bytes message) {
  const Opened<fb::Refusal> in(message, Kind::refusal);
  if (!in.ok()) return in.error();
  Refusal refusal;
  refusal.session = in->session();
  refusal.reason = static_cast<domain::Reason>(in->reason());
  refusal.say_hello = in->say_hello();
  if (Status s = read_text(in->text(), Refusal::kMaxText_bytes, "refusal.text", refusal.text);
      !s.ok()) {
    return s.error();
  }
  return refusal;
}

}  // namespace saggar::wire
