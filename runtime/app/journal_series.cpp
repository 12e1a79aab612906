#include "runtime/app/journal_series.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "runtime/domain/sample.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::app {
namespace {

constexpr double kGap_s = 5;  // a longer silence between records is missing data

/// zone07.top.temperature -> zone07.temperature
std::string joined_name(const std::string& tag, config::Join join) {
  const std::size_t first = tag.find('.'), last = tag.rfind('.');
  if (join == config::Join::each || first == std::string::npos) return tag;
  return (join == config::Join::zone ? tag.substr(0, first) : "all") + tag.substr(last);
}

/// The zone in a name such as zone07.top, from 0; -1 if there is none.
int place_of(const std::string& tag) {
  if (!tag.starts_with("zone") || tag.size() < 5 || std::isdigit(tag[4]) == 0) return -1;
  return std::atoi(tag.c_str() + 4) - 1;
}

double mean(const Signal& signal, const domain::Frame& frame) {
  double sum = 0;
  for (const domain::TagId tag : signal.tags) {
    const domain::Sample& sample = frame.samples[tag];
    if (!sample.usable()) return std::nan("");
    sum += sample.value;
  }
  return sum / static_cast<double>(signal.tags.size());
}

domain::Result<std::vector<Signal>> all_signals(const record::Layout& layout,
                                                const std::vector<config::SignalsConfig>& list) {
  std::vector<Signal> out;
  for (const config::SignalsConfig& config : list) {
    auto some = signals_of(layout, config);
    if (!some) return some.error();
    for (Signal& s : some.value()) out.push_back(std::move(s));
  }
  return out;
}

/// The input in the place of an output, by the last word of its name; -1: there is none.
int followed(const std::vector<Signal>& inputs, int place, const std::string& word) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].channel.place == place && inputs[i].channel.name.ends_with('.' + word))
      return static_cast<int>(i);
  }
  return -1;
}

template <class T>
T described(const Signal& signal) {
  T out;
  out.name = signal.channel.name;
  out.unit = signal.channel.unit;
  out.tags = signal.names;
  return out;
}

/// Signals as channels of the series and as what the model says of them.
domain::Status declare(const std::vector<Signal>& inputs, const std::vector<Signal>& outputs,
                       FromJournal& out) {
  for (const Signal& s : inputs) {
    out.series.inputs.push_back(s.channel);
    out.model.inputs.push_back(described<config::ModelInput>(s));
    out.model.inputs.back().range = s.channel.range;
  }
  for (const Signal& s : outputs) {
    out.series.outputs.push_back(s.channel);
    out.model.outputs.push_back(described<config::ModelOutput>(s));
    if (s.follows.empty()) continue;
    const int column = followed(inputs, s.channel.place, s.follows);
    if (column < 0) {
      return domain::Error{s.channel.name, "there is no input named ." + s.follows +
                                               " in its zone that it could follow"};
    }
    out.series.outputs.back().follows = column;
  }
  return domain::Done{};
}

/// From the present record to `to_s`.
domain::Status sample(record::JournalReader& reader, const std::vector<Signal>& inputs,
                      const std::vector<Signal>& outputs, double period_s, double to_s,
                      FromJournal& out) {
  const std::vector<std::string> tags = reader.run().layout.names.tags;
  identify::Sampler sampler(out.series, period_s);
  Eigen::VectorXd u(inputs.size()), y(outputs.size());
  double last_s = 1e-9 * static_cast<double>(reader.record().time_ns);
  out.model.origin.from_s = last_s;
  domain::Result<bool> more = true;
  for (; more && more.value(); more = reader.next()) {
    const domain::Record& record = reader.record();
    const double now_s = 1e-9 * static_cast<double>(record.time_ns);
    if (now_s > to_s) break;
    if (reader.run().layout.names.tags != tags)
      return domain::Error{"journal", "a later run has other tags; end before it with --to"};
    for (std::size_t i = 0; i < inputs.size(); ++i)
      u(static_cast<Eigen::Index>(i)) = mean(inputs[i], record.screened);
    for (std::size_t i = 0; i < outputs.size(); ++i)
      y(static_cast<Eigen::Index>(i)) = mean(outputs[i], record.screened);
    const double dt_s = now_s - last_s;
    if (dt_s > kGap_s) {
      sampler.skip(dt_s);
    } else if (dt_s > 0) {
      sampler.add(dt_s, u, y);
    }
    last_s = now_s;
    out.model.origin.journal_sha256 = record::hex(reader.chain());
  }
  if (!more) return more.error();
  const Eigen::VectorXd point = sampler.finish();
  for (std::size_t i = 0; i < inputs.size(); ++i)
    out.model.inputs[i].operating_point = point(static_cast<Eigen::Index>(i));
  for (std::size_t i = 0; i < outputs.size(); ++i)
    out.model.outputs[i].operating_point = point(static_cast<Eigen::Index>(i + inputs.size()));
  out.model.origin.to_s = last_s;
  return domain::Done{};
}

}  // namespace

domain::Result<std::vector<Signal>> signals_of(const record::Layout& layout,
                                               const config::SignalsConfig& config) {
  std::vector<Signal> out;
  for (std::size_t i = 0; i < layout.names.tags.size(); ++i) {
    const std::string& tag = layout.names.tags[i];
    if (!domain::matches(config.tags, tag)) continue;
    const std::string name = joined_name(tag, config.join);
    auto at = std::find_if(out.begin(), out.end(),
                           [&](const Signal& s) { return s.channel.name == name; });
    const std::string unit(units::symbol(layout.units[i]));
    if (at == out.end()) {
      const int place = config.join == config::Join::all ? -1 : place_of(tag);
      out.push_back(
          {{name, unit, config.range, place, config.integrating, -1}, {}, {}, config.follows});
      at = out.end() - 1;
    }
    if (at->channel.unit != unit)
      return domain::Error{config.tags, "tags of different units make one signal: " +
                                            at->channel.unit + " and " + unit + " (" + tag + ")"};
    at->names.push_back(tag);
    at->tags.push_back(static_cast<domain::TagId>(i));
  }
  if (!out.empty()) return out;
  const std::string near = domain::nearest_word(config.tags, layout.names.tags);
  return domain::Error{config.tags, "no tag of this journal matches" +
                                        (near.empty() ? "" : "; did you mean " + near + "?")};
}

domain::Result<FromJournal> read_series(record::JournalReader& reader,
                                        const config::IdentificationConfig& config, double from_s,
                                        double to_s) {
  const auto sought = reader.seek_time(static_cast<std::int64_t>(std::min(from_s, 9e9) * 1e9));
  if (!sought) return sought.error();
  const auto first = reader.next();
  if (!first) return first.error();
  if (!first.value()) return domain::Error{"journal", "no record at or after that time"};
  const auto inputs = all_signals(reader.run().layout, config.inputs);
  if (!inputs) return inputs.error();
  const auto outputs = all_signals(reader.run().layout, config.outputs);
  if (!outputs) return outputs.error();
  FromJournal out;
  const auto declared = declare(inputs.value(), outputs.value(), out);
  if (!declared) return declared.error();
  const auto said = [meta = reader.run().meta](const char* key) {
    const auto at = meta.find(key);
    return at == meta.end() ? std::string() : at->second;
  };
  out.model.origin.kiln = said("kiln");
  out.model.origin.config_sha256 = said("config/sha256");
  const auto sampled = sample(reader, inputs.value(), outputs.value(), config.period_s, to_s, out);
  if (!sampled) return sampled.error();
  return out;
}

identify::Options options_of(const config::IdentificationConfig& config) {
  const auto samples = [&](double s) {
    return std::max(1, static_cast<int>(std::lround(s / config.period_s)));
  };
  identify::Options o;
  o.lags.order = static_cast<int>(config.order);
  o.lags.delay = 1 + static_cast<int>(std::lround(config.most_dead_time_s / config.period_s));
  o.lags.block = samples(config.horizon_s);
  o.lags.drift_rows = samples(config.drift_s);
  o.horizon = samples(config.horizon_s);
  o.reach = static_cast<int>(config.reach_zones);
  o.least_fit = config.least_fit;
  o.most_gain_error = config.most_gain_error;
  o.most_missing = config.most_missing;
  o.least_time_constants = config.least_time_constants;
  return o;
}

}  // namespace saggar::app
