#include <algorithm>

#include "runtime/wire/message.hpp"
#include "runtime/wire/stream_codec.hpp"
#include "schema/truth_generated.h"

namespace saggar::wire {
namespace {

using domain::Error;
using domain::Status;
using Doubles = flatbuffers::Vector<double>;

Status read(const Doubles* in, std::size_t right, const char* field, std::vector<double>& out) {
  if (length(in) != right || right > kMaxTruthColumns) {
    return Error{field, "has " + std::to_string(length(in)) + " entries; " + std::to_string(right) +
                            " would be right, at most " + std::to_string(kMaxTruthColumns)};
  }
  out.resize(right);
  for (std::size_t i = 0; i < right; ++i) out[i] = entry(*in, i);
  return domain::Done{};
}

}  // namespace

Bytes encode_truth(Encoder& encoder, const StreamHead& head, const Truth& truth) {
  auto& builder = encoder.impl().builder;
  builder.Clear();
  const auto vector = [&builder](const std::vector<double>& values) {
    return builder.CreateVector(values.data(), std::min(values.size(), kMaxTruthColumns));
  };
  const auto zone_position = vector(truth.zone_position_m);
  const auto zone_gas = vector(truth.zone_gas_degC);
  const auto column_position = vector(truth.column_position_m);
  const auto column_core = vector(truth.column_core_degC);
  const auto column_surface = vector(truth.column_surface_degC);
  const auto column_dryness = vector(truth.column_dryness);
  return finish(
      builder, Kind::truth,
      fb::CreateTruth(builder, head.session, head.sequence, truth.time_ns, zone_position, zone_gas,
                      column_position, column_core, column_surface, column_dryness));
}

Status decode_truth(Bytes message, StreamHead& head, Truth& truth) {
  const Opened<fb::Truth> in(message, Kind::truth);
  if (!in.ok()) return in.error();
  head = {in->session(), in->sequence()};
  truth.time_ns = in->time_ns();
  const std::size_t zones = length(in->zone_position_m());
  const std::size_t columns = length(in->column_position_m());
  struct Row {
    const Doubles* in;
    std::size_t right;
    const char* field;
    std::vector<double>& out;
  };
  const Row rows[] = {
      {in->zone_position_m(), zones, "truth.zone_position_m", truth.zone_position_m},
      {in->zone_gas_degC(), zones, "truth.zone_gas_degC", truth.zone_gas_degC},
      {in->column_position_m(), columns, "truth.column_position_m", truth.column_position_m},
      {in->column_core_degC(), columns, "truth.column_core_degC", truth.column_core_degC},
      {in->column_surface_degC(), columns, "truth.column_surface_degC", truth.column_surface_degC},
      {in->column_dryness(), columns, "truth.column_dryness", truth.column_dryness},
  };
  for (const Row& row : rows) {
    if (Status s = read(row.in, row.right, row.field, row.out); !s.ok()) return s;
  }
  return domain::Done{};
}

}  // namespace saggar::wire
