#include "runtime/wire/service_codec.hpp"

#include <array>

#include "runtime/wire/message.hpp"
#include "schema/service_generated.h"

namespace saggar::wire {

using domain::Error;
using domain::Result;
using domain::Status;

namespace {

using Text = flatbuffers::Offset<flatbuffers::String>;
using Doubles = flatbuffers::Vector<double>;

constexpr std::size_t kMaxName = 128;

std::string at(const char* list, std::size_t i, const char* member = "") {
  return std::string(list) + '[' + std::to_string(i) + ']' + member;
}

Status too_many(const char* field, std::size_t found, std::size_t most) {
  return Error{field, "has " + std::to_string(found) + " entries; at most " + std::to_string(most)};
}

Status read_inputs(const fb::ServiceRequest& in, std::vector<ServiceInput>& out) {
  const std::size_t n = length(in.inputs());
  if (n > kMaxServiceInputs) return too_many("inputs", n, kMaxServiceInputs);
  for (std::size_t i = 0; i < n; ++i) {
    const fb::ServiceInput& from = *in.inputs()->Get(static_cast<flatbuffers::uoffset_t>(i));
    ServiceInput input{{}, from.value(), from.activate()};
    const std::string field = at("inputs", i, ".name");
    if (Status s = read_text(from.name(), kMaxName, field.c_str(), input.name); !s.ok()) return s;
    out.push_back(std::move(input));
  }
  return domain::Done{};
}

Status read_names(const fb::ServiceRequest& in, std::vector<std::string>& out) {
  const std::size_t n = length(in.names());
  if (n > kMaxServiceNames) return too_many("names", n, kMaxServiceNames);
  out.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto* text = in.names()->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (Status s = read_text(text, kMaxName, at("names", i).c_str(), out[i]); !s.ok()) return s;
  }
  return domain::Done{};
}

void read_doubles(const Doubles* in, std::vector<double>& out) {
  out.resize(length(in));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = entry(*in, i);
}

Status read_point(const fb::ServicePoint& in, const std::string& field, ServicePoint& out) {
  out.low = in.low(), out.high = in.high(), out.value = in.value(), out.good = in.good();
  const std::array<std::pair<const flatbuffers::String*, std::string*>, 4> texts = {
      {{in.name(), &out.name},
       {in.unit(), &out.unit},
       {in.role(), &out.role},
       {in.text(), &out.text}}};
  for (const auto& [from, to] : texts) {
    if (Status s = read_text(from, kMaxServiceText, field.c_str(), *to); !s.ok()) return s;
  }
  return domain::Done{};
}

Status read_series(const fb::ServiceSeries& in, const std::string& field, ServiceSeries& out) {
  const std::size_t n = length(in.time_s()), sigmas = length(in.sigma());
  if (length(in.value()) != n || (sigmas != 0 && sigmas != n) || n > kMaxServiceValues) {
    return Error{field, "its columns have " + std::to_string(n) + ", " +
                            std::to_string(length(in.value())) + " and " + std::to_string(sigmas) +
                            " entries; right is as many, or none in the last"};
  }
  read_doubles(in.time_s(), out.time_s);
  read_doubles(in.value(), out.value);
  read_doubles(in.sigma(), out.sigma);
  if (Status s = read_text(in.name(), kMaxServiceText, field.c_str(), out.name); !s.ok()) return s;
  return read_text(in.unit(), kMaxServiceText, field.c_str(), out.unit);
}

}  // namespace

std::string_view name(ServiceCall call) noexcept {
  constexpr std::array<std::string_view, kServiceCallCount> names = {
      "list_cases", "initialise", "describe", "set_step", "set_scenario",
      "advance",    "kpi",        "results",  "forecast", "stop"};
  const auto i = static_cast<std::size_t>(call);
  return i < names.size() ? names[i] : "unknown";
}

Result<ServiceRequest> decode_service_request(Bytes message, std::uint64_t& number) {
  number = 0;
  const Opened<fb::ServiceRequest> in(message, Kind::service_request);
  if (!in.ok()) return in.error();
  ServiceRequest out;
  number = out.request = in->request();
  out.instance = in->instance();
  out.seed = in->seed();
  out.warm_up_s = in->warm_up_s(), out.step_s = in->step_s();
  out.from_s = in->from_s(), out.to_s = in->to_s(), out.horizon_s = in->horizon_s();
  if (Status s = read_enum(in->call(), kServiceCallCount, "call", out.call); !s.ok()) {
    return s.error();
  }
  struct Row {
    const flatbuffers::String* from;
    const char* field;
    std::string& to;
  };
  const Row rows[] = {{in->test_case(), "test_case", out.test_case},
                      {in->start(), "start", out.start},
                      {in->scenario(), "scenario", out.scenario}};
  for (const Row& row : rows) {
    if (Status s = read_text(row.from, kMaxName, row.field, row.to); !s.ok()) return s.error();
  }
  if (Status s = read_inputs(*in, out.inputs); !s.ok()) return s.error();
  if (Status s = read_names(*in, out.names); !s.ok()) return s.error();
  return out;
}

Bytes encode_service_request(Encoder& encoder, const ServiceRequest& request) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  std::vector<flatbuffers::Offset<fb::ServiceInput>> inputs;
  for (const ServiceInput& input : request.inputs) {
    const Text name = cut_text(builder, input.name, kMaxName);
    inputs.push_back(fb::CreateServiceInput(builder, name, input.value, input.activate));
  }
  std::vector<Text> names;
  for (const std::string& name : request.names) names.push_back(cut_text(builder, name, kMaxName));
  const Text test_case = cut_text(builder, request.test_case, kMaxName);
  const Text start = cut_text(builder, request.start, kMaxName);
  const Text scenario = cut_text(builder, request.scenario, kMaxName);
  const auto all_inputs = builder.CreateVector(inputs);
  const auto all_names = builder.CreateVector(names);
  return finish(builder, Kind::service_request,
                fb::CreateServiceRequest(builder, request.request, request.instance,
                                         static_cast<std::uint8_t>(request.call), test_case, start,
                                         request.seed, request.warm_up_s, request.step_s, scenario,
                                         all_inputs, all_names, request.from_s, request.to_s,
                                         request.horizon_s));
}

Result<ServiceReply> decode_service_reply(Bytes message) {
  const Opened<fb::ServiceReply> in(message, Kind::service_reply);
  if (!in.ok()) return in.error();
  ServiceReply out;
  out.request = in->request(), out.instance = in->instance();
  out.time_s = in->time_s(), out.step_s = in->step_s();
  for (const auto& [from, to] :
       {std::pair{in->error_field(), &out.error_field}, {in->error(), &out.error}}) {
    if (Status s = read_text(from, kMaxServiceText, "error", *to); !s.ok()) return s.error();
  }
  const std::size_t points = length(in->points()), series = length(in->series());
  if (points > kMaxServicePoints) return too_many("points", points, kMaxServicePoints).error();
  if (series > kMaxServiceNames) return too_many("series", series, kMaxServiceNames).error();
  out.points.resize(points);
  for (std::size_t i = 0; i < points; ++i) {
    const auto* from = in->points()->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (Status s = read_point(*from, at("points", i), out.points[i]); !s.ok()) return s.error();
  }
  out.series.resize(series);
  for (std::size_t i = 0; i < series; ++i) {
    const auto* from = in->series()->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (Status s = read_series(*from, at("series", i), out.series[i]); !s.ok()) return s.error();
  }
  return out;
}

Bytes encode_service_reply(Encoder& encoder, const ServiceReply& reply) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto text = [&](const std::string& s) { return cut_text(builder, s, kMaxServiceText); };
  std::vector<flatbuffers::Offset<fb::ServicePoint>> points;
  for (const ServicePoint& p : reply.points) {
    if (points.size() == kMaxServicePoints) break;
    const Text name = text(p.name), unit = text(p.unit), role = text(p.role), about = text(p.text);
    points.push_back(
        fb::CreateServicePoint(builder, name, unit, role, about, p.low, p.high, p.value, p.good));
  }
  std::vector<flatbuffers::Offset<fb::ServiceSeries>> series;
  for (const ServiceSeries& s : reply.series) {
    if (series.size() == kMaxServiceNames) break;
    const Text name = text(s.name), unit = text(s.unit);
    const auto time = builder.CreateVector(s.time_s), value = builder.CreateVector(s.value);
    const auto sigma = builder.CreateVector(s.sigma);
    series.push_back(fb::CreateServiceSeries(builder, name, unit, time, value, sigma));
  }
  const Text field = text(reply.error_field), error = text(reply.error);
  const auto all_points = builder.CreateVector(points);
  const auto all_series = builder.CreateVector(series);
  return finish(builder, Kind::service_reply,
                fb::CreateServiceReply(builder, reply.request, reply.instance, field, error,
                                       reply.time_s, reply.step_s, all_points, all_series));
}

}  // namespace saggar::wire
