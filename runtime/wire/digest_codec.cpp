#include <algorithm>

#include "runtime/wire/message.hpp"
#include "runtime/wire/stream_codec.hpp"
#include "schema/record_generated.h"

namespace saggar::wire {
namespace {

using domain::Error;
using domain::Status;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr std::size_t kMaxText_bytes = 1000;
constexpr std::size_t kMaxRungs = domain::kMaxRungs;
constexpr std::size_t kMaxEvents = 128;
constexpr std::size_t kMaxTroubles = 32;
constexpr std::size_t kMaxTrust = domain::kMaxControllers * domain::kMaxGroups;
constexpr std::size_t kMaxLinkText_bytes = 16'000;  // a whole list of differences
constexpr std::size_t kGateEntries = domain::kGateCount * domain::kOutcomeCount;

template <class E>
std::uint8_t code(E value) noexcept {
  return static_cast<std::uint8_t>(value);
}

auto text(FlatBufferBuilder& builder, const std::string& value) {
  return cut_text(builder, value, kMaxText_bytes);
}

Offset<fb::DigestDuty> write_duty(FlatBufferBuilder& builder, const DigestDuty& duty) {
  std::vector<Offset<flatbuffers::String>> rungs;
  for (std::size_t i = 0; i < std::min(duty.rungs.size(), kMaxRungs); ++i) {
    rungs.push_back(text(builder, duty.rungs[i]));
  }
  const auto rung_names = builder.CreateVector(rungs);
  const auto controller = text(builder, duty.controller);
  std::vector<std::uint8_t> reasons;
  for (std::size_t i = 0; i < std::min(duty.blocked.size(), kMaxRungs); ++i) {
    reasons.push_back(code(duty.blocked[i]));
  }
  const auto blocked = builder.CreateVector(reasons);
  return fb::CreateDigestDuty(builder, code(duty.duty), code(duty.state), duty.rung, rung_names,
                              controller, code(duty.reason), duty.since_cycle,
                              duty.missing_permissives, code(duty.climb_blocked), duty.ended_by,
                              blocked);
}

Offset<fb::DigestLoop> write_loop(FlatBufferBuilder& builder, const DigestLoop& loop) {
  const auto tag = text(builder, loop.tag);
  const auto unit = builder.CreateSharedString(std::string(units::symbol(loop.unit)));
  return fb::CreateDigestLoop(builder, tag, unit, code(loop.duty), loop.zone, loop.loop,
                              loop.recipe_sp, loop.working_sp, loop.requested_sp, loop.pv,
                              code(loop.quality), code(loop.target), code(loop.actual),
                              loop.output_percent, code(loop.limited), code(loop.why));
}

Offset<fb::DigestEvent> write_event(FlatBufferBuilder& builder, const DigestEvent& event) {
  const auto english = text(builder, event.english);
  const auto korean = text(builder, event.korean);
  return fb::CreateDigestEvent(builder, event.cycle, static_cast<std::uint16_t>(event.code),
                               code(event.severity), english, korean);
}

Offset<fb::DigestLink> write_link(FlatBufferBuilder& builder, const DigestLink& link) {
  const auto english = cut_text(builder, link.english, kMaxLinkText_bytes);
  const auto korean = cut_text(builder, link.korean, kMaxLinkText_bytes);
  return fb::CreateDigestLink(builder, link.up, english, korean, link.missed, link.malformed,
                              link.unsent, link.disconnects, link.acks_refused);
}

Offset<fb::DigestTrouble> write_trouble(FlatBufferBuilder& builder, const DigestTrouble& trouble) {
  const auto english = text(builder, trouble.english);
  const auto korean = text(builder, trouble.korean);
  const auto response = text(builder, trouble.response);
  const auto response_korean = text(builder, trouble.response_korean);
  return fb::CreateDigestTrouble(builder, static_cast<std::uint16_t>(trouble.code),
                                 code(trouble.severity), english, korean, response,
                                 response_korean);
}

Offset<fb::DigestTrust> write_trust(FlatBufferBuilder& builder, const DigestTrust& trust) {
  const auto controller = text(builder, trust.controller);
  const auto group = text(builder, trust.group);
  return fb::CreateDigestTrust(builder, controller, group, code(trust.duty), code(trust.level),
                               code(trust.reason), trust.card, trust.shown, trust.accepted,
                               trust.modified, trust.rejected, trust.expired);
}

Offset<fb::DigestMonitor> write_monitor(FlatBufferBuilder& builder, const DigestMonitor& m) {
  const auto controller = text(builder, m.controller);
  return fb::CreateDigestMonitor(builder, controller, code(m.duty), m.distance, m.spread,
                                 m.residual, m.band, m.coverage, m.bias, m.over, code(m.drift),
                                 code(m.reason), m.periods);
}

/// A bounded list of tables, each written by `write`.
template <class T, class Write>
auto write_list(FlatBufferBuilder& builder, const std::vector<T>& items, std::size_t max,
                Write write) {
  std::vector<decltype(write(builder, items.front()))> list;
  for (std::size_t i = 0; i < std::min(items.size(), max); ++i) {
    list.push_back(write(builder, items[i]));
  }
  return builder.CreateVector(list);
}

Status read_duty(const fb::DigestDuty& in, DigestDuty& out) {
  if (Status s = read_enum(in.duty(), static_cast<int>(domain::kDutyCount), "digest.duties.duty",
                           out.duty);
      !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.state(), domain::kAppStateCount, "digest.duties.state", out.state);
      !s.ok()) {
    return s;
  }
  for (const auto& [n, field] : {std::pair{length(in.rungs()), "digest.duties.rungs"},
                                 std::pair{length(in.blocked()), "digest.duties.blocked"}}) {
    if (n <= kMaxRungs) continue;
    return Error{field,
                 "has " + std::to_string(n) + " entries; at most " + std::to_string(kMaxRungs)};
  }
  out.rung = in.rung();
  out.rungs.resize(length(in.rungs()));
  for (std::uint32_t i = 0; i < out.rungs.size(); ++i) {
    if (Status s =
            read_text(in.rungs()->Get(i), kMaxText_bytes, "digest.duties.rungs", out.rungs[i]);
        !s.ok()) {
      return s;
    }
  }
  out.reason = static_cast<domain::Reason>(in.reason());
  out.since_cycle = in.since_cycle();
  out.missing_permissives = in.missing_permissives();
  out.climb_blocked = static_cast<domain::Reason>(in.climb_blocked());
  out.ended_by = in.ended_by();
  out.blocked.clear();
  for (std::uint32_t i = 0; i < length(in.blocked()); ++i) {
    out.blocked.push_back(static_cast<domain::Reason>(in.blocked()->Get(i)));
  }
  return read_text(in.controller(), kMaxText_bytes, "digest.duties.controller", out.controller);
}

Status read_loop_enums(const fb::DigestLoop& in, DigestLoop& out) {
  if (Status s =
          read_enum(in.duty(), static_cast<int>(domain::kDutyCount), "digest.loops.duty", out.duty);
      !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.quality(), 3, "digest.loops.quality", out.quality); !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.target(), domain::kModeCount, "digest.loops.target", out.target);
      !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.actual(), domain::kModeCount, "digest.loops.actual", out.actual);
      !s.ok()) {
    return s;
  }
  return read_enum(in.limited(), 4, "digest.loops.limited", out.limited);
}

Status read_loop(const fb::DigestLoop& in, DigestLoop& out) {
  if (Status s = read_loop_enums(in, out); !s.ok()) return s;
  std::string unit;
  if (Status s = read_text(in.unit(), 16, "digest.loops.unit", unit); !s.ok()) return s;
  const auto known = units::parse_unit(unit);
  if (!known) return Error{"digest.loops.unit", "'" + unit + "' is not a unit of this project"};
  out.unit = *known;
  out.zone = in.zone();
  out.loop = in.loop();
  out.recipe_sp = in.recipe_sp();
  out.working_sp = in.working_sp();
  out.requested_sp = in.requested_sp();
  out.pv = in.pv();
  out.output_percent = in.output_percent();
  out.why = static_cast<domain::Reason>(in.why());
  return read_text(in.tag(), kMaxText_bytes, "digest.loops.tag", out.tag);
}

Status read_event(const fb::DigestEvent& in, DigestEvent& out) {
  out.cycle = in.cycle();
  out.code = static_cast<domain::EventCode>(in.code());
  if (Status s = read_enum(in.severity(), 4, "digest.events.severity", out.severity); !s.ok()) {
    return s;
  }
  if (Status s = read_text(in.english(), kMaxText_bytes, "digest.events.english", out.english);
      !s.ok()) {
    return s;
  }
  return read_text(in.korean(), kMaxText_bytes, "digest.events.korean", out.korean);
}

Status read_trouble(const fb::DigestTrouble& in, DigestTrouble& out) {
  out.code = static_cast<domain::EventCode>(in.code());
  if (Status s = read_enum(in.severity(), 4, "digest.troubles.severity", out.severity); !s.ok()) {
    return s;
  }
  if (Status s = read_text(in.english(), kMaxText_bytes, "digest.troubles.english", out.english);
      !s.ok()) {
    return s;
  }
  if (Status s = read_text(in.korean(), kMaxText_bytes, "digest.troubles.korean", out.korean);
      !s.ok()) {
    return s;
  }
  if (Status s = read_text(in.response(), kMaxText_bytes, "digest.troubles.response", out.response);
      !s.ok()) {
    return s;
  }
  return read_text(in.response_korean(), kMaxText_bytes, "digest.troubles.response_korean",
                   out.response_korean);
}

Status read_trust(const fb::DigestTrust& in, DigestTrust& out) {
  if (Status s =
          read_enum(in.duty(), static_cast<int>(domain::kDutyCount), "digest.trust.duty", out.duty);
      !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.level(), domain::kLevelCount, "digest.trust.level", out.level);
      !s.ok()) {
    return s;
  }
  out.reason = static_cast<domain::Reason>(in.reason());
  out.card = in.card();
  out.shown = in.shown();
  out.accepted = in.accepted();
  out.modified = in.modified();
  out.rejected = in.rejected();
  out.expired = in.expired();
  if (Status s =
          read_text(in.controller(), kMaxText_bytes, "digest.trust.controller", out.controller);
      !s.ok()) {
    return s;
  }
  return read_text(in.group(), kMaxText_bytes, "digest.trust.group", out.group);
}

Status read_monitor(const fb::DigestMonitor& in, DigestMonitor& out) {
  if (Status s = read_enum(in.duty(), static_cast<int>(domain::kDutyCount), "digest.monitors.duty",
                           out.duty);
      !s.ok()) {
    return s;
  }
  if (Status s = read_enum(in.drift(), domain::kDriftCount, "digest.monitors.drift", out.drift);
      !s.ok()) {
    return s;
  }
  out.distance = in.distance(), out.spread = in.spread(), out.residual = in.residual();
  out.band = in.band(), out.coverage = in.coverage(), out.bias = in.bias();
  out.over = in.over();
  out.reason = static_cast<domain::Reason>(in.reason());
  out.periods = in.periods();
  return read_text(in.controller(), kMaxText_bytes, "digest.monitors.controller", out.controller);
}

/// A runtime of before this table sends none.
Status read_link(const fb::DigestLink* in, bool link_up, DigestLink& out) {
  out = {};
  out.up = link_up;
  if (in == nullptr) return domain::Done{};
  out.up = in->up();
  out.missed = in->missed();
  out.malformed = in->malformed();
  out.unsent = in->unsent();
  out.disconnects = in->disconnects();
  out.acks_refused = in->acks_refused();
  if (Status s = read_text(in->english(), kMaxLinkText_bytes, "digest.link.english", out.english);
      !s.ok()) {
    return s;
  }
  return read_text(in->korean(), kMaxLinkText_bytes, "digest.link.korean", out.korean);
}

/// A bounded list of tables, each read by `read`.
template <class Table, class T>
Status read_list(const flatbuffers::Vector<Offset<Table>>* in, std::size_t max, const char* field,
                 std::vector<T>& out, Status (*read)(const Table&, T&)) {
  if (length(in) > max) {
    return Error{field,
                 "has " + std::to_string(length(in)) + " entries; at most " + std::to_string(max)};
  }
  out.resize(length(in));
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    if (Status s = read(*in->Get(i), out[i]); !s.ok()) return s;
  }
  return domain::Done{};
}

Status read_lists(const fb::Digest& in, Digest& out) {
  if (Status s = read_list(in.duties(), domain::kDutyCount, "digest.duties", out.duties, read_duty);
      !s.ok()) {
    return s;
  }
  if (Status s = read_list(in.loops(), domain::kMaxMvs, "digest.loops", out.loops, read_loop);
      !s.ok()) {
    return s;
  }
  if (Status s = read_list(in.events(), kMaxEvents, "digest.events", out.events, read_event);
      !s.ok()) {
    return s;
  }
  if (Status s =
          read_list(in.troubles(), kMaxTroubles, "digest.troubles", out.troubles, read_trouble);
      !s.ok()) {
    return s;
  }
  if (Status s = read_list(in.trust(), kMaxTrust, "digest.trust", out.trust, read_trust); !s.ok()) {
    return s;
  }
  if (Status s = read_list(in.monitors(), domain::kMaxControllers, "digest.monitors", out.monitors,
                           read_monitor);
      !s.ok()) {
    return s;
  }
  if (Status s = read_link(in.link(), in.link_up(), out.link); !s.ok()) return s;
  if (length(in.gates()) != kGateEntries) {
    return Error{"digest.gates", "has " + std::to_string(length(in.gates())) + " entries; " +
                                     std::to_string(kGateEntries) + " would be right"};
  }
  for (std::size_t i = 0; i < kGateEntries; ++i) {
    out.gates[i / domain::kOutcomeCount][i % domain::kOutcomeCount] = entry(*in.gates(), i);
  }
  return domain::Done{};
}

}  // namespace

std::string_view name(Pacing pacing) noexcept { return pacing == Pacing::wall ? "wall" : "field"; }

Bytes encode_digest(Encoder& encoder, const StreamHead& head, const Digest& digest) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  std::array<std::uint64_t, kGateEntries> counts{};
  for (std::size_t i = 0; i < kGateEntries; ++i) {
    counts[i] = digest.gates[i / domain::kOutcomeCount][i % domain::kOutcomeCount];
  }
  const auto kiln = text(builder, digest.kiln);
  const auto duties = write_list(builder, digest.duties, domain::kDutyCount, write_duty);
  const auto loops = write_list(builder, digest.loops, domain::kMaxMvs, write_loop);
  const auto gates = builder.CreateVector(counts.data(), counts.size());
  const std::size_t skip = digest.events.size() - std::min(digest.events.size(), kMaxEvents);
  const std::vector<DigestEvent> newest(digest.events.begin() + static_cast<std::ptrdiff_t>(skip),
                                        digest.events.end());
  const auto events = write_list(builder, newest, kMaxEvents, write_event);
  const auto troubles = write_list(builder, digest.troubles, kMaxTroubles, write_trouble);
  const auto trust = write_list(builder, digest.trust, kMaxTrust, write_trust);
  const auto monitors =
      write_list(builder, digest.monitors, domain::kMaxControllers, write_monitor);
  const auto link = write_link(builder, digest.link);
  return finish(builder, Kind::digest,
                fb::CreateDigest(builder, head.session, head.sequence, digest.cycle, digest.time_ns,
                                 kiln, code(digest.pacing), duties, loops, gates, digest.heartbeat,
                                 digest.link_up, digest.frame_age_s, digest.cycle_p50_us,
                                 digest.cycle_p99_us, digest.cycle_p999_us, digest.cycle_max_us,
                                 digest.overruns, digest.records_dropped, events, link,
                                 code(digest.journal), digest.journal_records, digest.records_lost,
                                 digest.log_lines_lost, troubles, trust, monitors));
}

Status decode_digest(Bytes message, StreamHead& head, Digest& digest) {
  const Opened<fb::Digest> in(message, Kind::digest);
  if (!in.ok()) return in.error();
  head = {in->session(), in->sequence()};
  digest.cycle = in->cycle();
  digest.time_ns = in->time_ns();
  digest.heartbeat = in->heartbeat();
  digest.link_up = in->link_up();
  digest.frame_age_s = in->frame_age_s();
  digest.cycle_p50_us = in->cycle_p50_us();
  digest.cycle_p99_us = in->cycle_p99_us();
  digest.cycle_p999_us = in->cycle_p999_us();
  digest.cycle_max_us = in->cycle_max_us();
  digest.overruns = in->overruns();
  digest.records_dropped = in->records_dropped();
  digest.journal_records = in->journal_records();
  digest.records_lost = in->records_lost();
  digest.log_lines_lost = in->log_lines_lost();
  if (Status s = read_enum(in->journal(), 3, "digest.journal", digest.journal); !s.ok()) return s;
  if (Status s = read_enum(in->pacing(), 2, "digest.pacing", digest.pacing); !s.ok()) return s;
  if (Status s = read_text(in->kiln(), kMaxText_bytes, "digest.kiln", digest.kiln); !s.ok()) {
    return s;
  }
  return read_lists(*in, digest);
}

}  // namespace saggar::wire
