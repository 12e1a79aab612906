#include "runtime/assembly/model.hpp"

#include <algorithm>

#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::assembly {
namespace {

template <class T>
std::uint32_t index_of(const std::vector<T>& list, const std::string& name) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const T& s) { return s.name == name; });
  return static_cast<std::uint32_t>(at - list.begin());
}

}  // namespace

std::string hash_of(config::ModelConfig model) {
  model.sha256.clear();
  return record::hex(record::sha256(config::save_text(model)));
}

domain::Status check_hash(const config::ModelConfig& model, const std::string& where) {
  if (model.sha256 == hash_of(model)) return domain::Done{};
  return domain::Error{where,
                       "its content has another hash than its field sha256 says: it was changed "
                       "after it was written; identify anew, or use the file as it was"};
}

host::Model host_model(const config::ModelConfig& from) {
  host::Model model;
  model.name = from.name;
  model.sha256 = from.sha256;
  model.kiln = from.origin.kiln;
  model.period_s = from.period_s;
  for (const config::ModelInput& in : from.inputs) {
    model.inputs.push_back({in.name, in.unit, in.tags, in.operating_point, false});
  }
  for (const config::ModelOutput& out : from.outputs) {
    model.outputs.push_back({out.name, out.unit, out.tags, out.operating_point, out.integrating});
  }
  for (const config::ModelChannel& c : from.channels) {
    host::ModelChannel to;
    to.output = index_of(from.outputs, c.output);
    to.input = index_of(from.inputs, c.input);
    to.answer = static_cast<host::Answer>(c.answer);  // the same order in both
    to.gain = c.gain;
    to.gain_error = c.gain_error;
    to.dead_time_s = c.dead_time_s;
    to.dead_time_error_s = c.dead_time_error_s;
    to.time_constant_s = c.time_constant_s;
    to.time_constant_error_s = c.time_constant_error_s;
    model.channels.push_back(to);
  }
  return model;
}

}  // namespace saggar::assembly
