// A Model as it crosses the ABI, there and back.
#pragma once

#include <cstdint>
#include <vector>

#include <saggar/plugin/detail/seal.hpp>
#include <saggar/plugin/model.hpp>

namespace saggar::plugin::detail {

/// C view of a model that must outlive it. Not to be moved: it points into itself.
class ModelTable {
 public:
  explicit ModelTable(const Model& model) {
    for (const ModelChannel& c : model.channels) {
      channels_.push_back({sizeof(saggar_model_channel), static_cast<std::uint32_t>(c.answer),
                           c.output, c.input, c.gain, c.gain_error, c.dead_time_s,
                           c.dead_time_error_s, c.time_constant_s, c.time_constant_error_s});
    }
    fill(model.inputs, input_tags_, inputs_);
    fill(model.outputs, output_tags_, outputs_);
    table_ = {sizeof(saggar_model), count(inputs_),       count(outputs_),    count(channels_),
              model.name.c_str(),   model.sha256.c_str(), model.kiln.c_str(), model.period_s,
              inputs_.data(),       outputs_.data(),      channels_.data()};
  }
  ModelTable(const ModelTable&) = delete;
  ModelTable& operator=(const ModelTable&) = delete;
  ~ModelTable() = default;
  const saggar_model& table() const noexcept { return table_; }

 private:
  using Tags = std::vector<std::vector<const char*>>;
  template <class T>
  static std::uint32_t count(const std::vector<T>& list) noexcept {
    return static_cast<std::uint32_t>(list.size());
  }
  static void fill(const std::vector<ModelSignal>& from, Tags& tags,
                   std::vector<saggar_model_signal>& to) {
    for (const ModelSignal& s : from) {
      tags.emplace_back();
      for (const std::string& tag : s.tags) tags.back().push_back(tag.c_str());
      // The names lie on the heap of their own vector, which stays where it is as `tags` grows.
      to.push_back({sizeof(saggar_model_signal), count(tags.back()), s.name.c_str(), s.unit.c_str(),
                    tags.back().data(), s.operating_point, s.integrating ? 1U : 0U, 0});
    }
  }

  Tags input_tags_, output_tags_;
  std::vector<saggar_model_signal> inputs_, outputs_;
  std::vector<saggar_model_channel> channels_;
  saggar_model table_{};
};

inline std::vector<ModelSignal> signals_of(const saggar_model_signal* from, std::uint32_t n) {
  std::vector<ModelSignal> out;
  for (std::uint32_t i = 0; i < n; ++i) {
    const saggar_model_signal& s = from[i];
    out.push_back({s.name, s.unit, {}, s.operating_point, s.integrating != 0});
    out.back().tags.assign(s.tags, s.tags + s.tag_count);
  }
  return out;
}

/// A copy that the plugin owns.
inline Model model_of(const saggar_model& from) {
  Model model;
  model.name = from.name;
  model.sha256 = from.sha256;
  model.kiln = from.kiln;
  model.period_s = from.period_s;
  model.inputs = signals_of(from.inputs, from.input_count);
  model.outputs = signals_of(from.outputs, from.output_count);
  for (std::uint32_t i = 0; i < from.channel_count; ++i) {
    const saggar_model_channel& c = from.channels[i];
    model.channels.push_back({c.output, c.input, static_cast<Answer>(c.answer), c.gain,
                              c.gain_error, c.dead_time_s, c.dead_time_error_s, c.time_constant_s,
                              c.time_constant_error_s});
  }
  return model;
}

/// Tells models apart in the fingerprint of a state: one that was saved with another is refused.
inline std::uint64_t print_of(const Model& model) noexcept {
  Digest digest;
  digest.text(model.sha256.c_str());
  for (const ModelChannel& c : model.channels) {
    digest.number(c.output);
    digest.number(c.input);
    for (const double v : {c.gain, c.dead_time_s, c.time_constant_s}) digest.number(v);
  }
  return digest.value();
}

}  // namespace saggar::plugin::detail
