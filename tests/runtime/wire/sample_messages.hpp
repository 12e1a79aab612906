// One valid message of each kind, with every field set to something that is not its default.
#pragma once

#include <limits>
#include <vector>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/hello_codec.hpp"
#include "runtime/wire/operator_codec.hpp"
#include "runtime/wire/service_codec.hpp"
#include "runtime/wire/stream_codec.hpp"
#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {

using Message = std::vector<std::uint8_t>;
inline Message copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

inline const std::vector<domain::TagId>& sample_to_tag() {
  static const std::vector<domain::TagId> ids = {domain::kNoTag, 2, 0, 4, 1, 3};
  return ids;
}
inline const std::vector<domain::TagId>& sample_tag_of_mv() {
  static const std::vector<domain::TagId> ids = {3, 1};
  return ids;
}
inline const std::vector<domain::MvId>& sample_mv_of_tag() {
  static const std::vector<domain::MvId> ids = {domain::kNoMv, 1, domain::kNoMv, 0, domain::kNoMv,
                                                domain::kNoMv};
  return ids;
}

inline domain::Frame sample_frame() {
  domain::Frame frame = field_frame(6, 7'000);
  frame.samples[2] = {std::numeric_limits<double>::quiet_NaN(), 6'900, domain::Quality::bad,
                      domain::SubStatus::sensor_failure};
  frame.samples[3].quality = domain::Quality::uncertain;
  frame.samples[3].sub_status = domain::SubStatus::substituted;
  return frame;
}

inline domain::Command sample_command() {
  domain::Command command(2);
  command.cycle = 12;
  command.frame_sequence = 11;
  command.time_ns = 7'000;
  command.valid_until_ns = 9'000;
  command.heartbeat = 5;
  command.value = {42.5, 850.25};
  command.action = {domain::Action::write, domain::Action::release};
  return command;
}

inline domain::Ack sample_ack() {
  domain::Ack ack(2);
  ack.cycle = 12;
  ack.time_ns = 7'100;
  ack.taken = {42.5, 849.0};
  ack.refused = {domain::Reason::none, domain::Reason::field_local};
  return ack;
}

inline IntentRequest sample_intent() {
  IntentRequest request;
  request.request = 77;
  request.sent_unix_ms = 1'700'000'000'000;
  request.valid_ms = 5'000;
  IntentByName& intent = request.intent;
  intent.id = 9;
  intent.not_before = 1'000;
  intent.kind = domain::IntentKind::set_setpoint;
  intent.mv = "zone01.top.setpoint";
  intent.duty = domain::Duty::transport;
  intent.mode = domain::Mode::man;
  intent.rung = 3;
  intent.controller = "pid heat";
  intent.value = 812.5;
  intent.key = "gain";
  intent.who = "kim";
  intent.station = "panel 2";
  intent.reason = "시험 운전";
  intent.rung_name = "pid";
  return request;
}

inline DigestLoop sample_loop() {
  DigestLoop loop;
  loop.tag = "zone07.top.setpoint";
  loop.unit = units::Unit::degC;
  loop.duty = domain::Duty::heat;
  loop.zone = 6;
  loop.loop = 1;
  loop.recipe_sp = 780;
  loop.working_sp = 781;
  loop.requested_sp = 782;
  loop.pv = 779.5;
  loop.quality = domain::Quality::uncertain;
  loop.target = domain::Mode::rcas;
  loop.actual = domain::Mode::auto_;
  loop.output_percent = 43.5;
  loop.limited = domain::Limited::high;
  loop.why = domain::Reason::cascade_open;
  return loop;
}

inline Digest sample_digest() {
  Digest digest;
  digest.cycle = 1234;
  digest.time_ns = 99;
  digest.kiln = "P2";
  digest.pacing = Pacing::field;
  digest.duties = {{domain::Duty::heat,
                    domain::AppState::on,
                    1,
                    {"mpc", "pid", "hold"},
                    "pid",
                    domain::Reason::deadline_miss,
                    1200}};
  const DigestLoop loop = sample_loop();
  digest.loops = {loop, loop};
  digest.loops[1].tag = "o2.inlet01.flow_setpoint";
  digest.loops[1].unit = units::Unit::Nm3_per_h;
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) digest.gates[g][o] = 10 * g + o;
  }
  digest.heartbeat = 17;
  digest.link_up = true;
  digest.frame_age_s = 0.5;
  digest.cycle_p50_us = 12;
  digest.cycle_p99_us = 30;
  digest.cycle_p999_us = 60;
  digest.cycle_max_us = 900;
  digest.overruns = 2;
  digest.records_dropped = 3;
  digest.duties.front().missing_permissives = 0x21;
  digest.duties.front().climb_blocked = domain::Reason::climb_limit;
  digest.duties.front().ended_by = 0x3;
  digest.duties.front().blocked = {domain::Reason::late, domain::Reason::none,
                                   domain::Reason::none};
  digest.link = {false, "the tag tables differ:\na: more", "태그 표가 다름", 1, 2, 3, 4, 5};
  digest.journal = JournalState::failing;
  digest.journal_records = 44;
  digest.records_lost = 7;
  digest.log_lines_lost = 8;
  digest.trust = {{"policy", "canary", domain::Duty::heat, domain::Level::confirm,
                   domain::Reason::operator_request, 7, 6, 3, 1, 1, 1}};
  digest.monitors = {{"policy", domain::Duty::heat, 1.5, 0.25, 2.5, 1.25, 0.9, 0.125, 5,
                      domain::Drift::watch, domain::Reason::not_believed, 77}};
  digest.troubles = {{domain::EventCode::records_lost, domain::Severity::error, "7 records",
                      "기록 7건", "Check the disk.", "디스크를 점검하십시오."}};
  digest.events = {{1230, domain::EventCode::rung_moved, domain::Severity::warn, "heat: now pid",
                    "heat: 현재 pid"}};
  return digest;
}

inline Truth sample_truth() {
  return {55, {0.5, 1.5}, {100, 200}, {0.2, 0.4, 0.6}, {20, 30, 40}, {25, 35, 45}, {0, 0.5, 1}};
}

inline ServiceRequest sample_service_request() {
  ServiceRequest r;
  r.request = 77, r.instance = 3, r.call = ServiceCall::advance;
  r.test_case = "ncm622-p1", r.start = "cold", r.scenario = "wet_lot";
  r.seed = 5, r.warm_up_s = 600, r.step_s = 30, r.from_s = 1, r.to_s = 2, r.horizon_s = 3;
  r.inputs = {{"zone01.top.setpoint", 251.5, true}, {"o2.inlet01.flow_setpoint", 0, false}};
  r.names = {"zone01.top.temperature", "weather.outside"};
  return r;
}

inline ServiceReply sample_service_reply() {
  ServiceReply r;
  r.request = 77, r.instance = 3, r.time_s = 90, r.step_s = 30;
  r.error_field = "inputs[0].name", r.error = "there is no \"zone1\"";
  r.points = {{"zone01.top.temperature", "degC", "measurement", "", 0, 1200, 249.5, false}};
  r.series = {{"weather.outside", "degC", {0, 600}, {13.25, 13.5}, {0, 0.125}}};
  return r;
}

/// Name and bytes of one valid message per kind.
inline std::vector<std::pair<Kind, Message>> sample_messages() {
  Encoder e;
  std::vector<std::pair<Kind, Message>> all;
  const auto add = [&all](Kind kind, Bytes bytes) { all.emplace_back(kind, copy(bytes)); };
  add(Kind::frame, encode_frame(e, {8, 3, 2}, sample_frame()));
  add(Kind::hello, encode_hello(e, {7, 8, "P-test", "zone01: differs"}));
  add(Kind::welcome, encode_welcome(e, 8, "P-test", field_table()));
  add(Kind::command, encode_command(e, {7, 8}, sample_command(), sample_tag_of_mv()));
  add(Kind::ack, encode_ack(e, 8, sample_ack(), sample_tag_of_mv()));
  add(Kind::heartbeat, encode_heartbeat(e, {8, 4, 5}));
  add(Kind::refusal, encode_refusal(e, {8, domain::Reason::no_authority, true, "say hello"}));
  add(Kind::intent_request, encode_intent_request(e, sample_intent()).value());
  add(Kind::intent_reply,
      encode_intent_reply(
          e, {77, {9, 40, domain::AnswerKind::error, domain::Reason::out_of_limits, "too high"}}));
  add(Kind::status_request, encode_status_request(e, 78));
  add(Kind::digest, encode_digest(e, {5, 6}, sample_digest()));
  add(Kind::truth, encode_truth(e, {5, 6}, sample_truth()));
  add(Kind::service_request, encode_service_request(e, sample_service_request()));
  add(Kind::service_reply, encode_service_reply(e, sample_service_reply()));
  return all;
}

}  // namespace saggar::wire
