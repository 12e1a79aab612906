#include "runtime/app/model_file.hpp"

#include <cstdio>

#include "runtime/assembly/model.hpp"
#include "runtime/config/load.hpp"

namespace saggar::app {
namespace {

std::vector<double> by_rows(const Eigen::MatrixXd& m) {
  std::vector<double> out;
  for (Eigen::Index r = 0; r < m.rows(); ++r) {
    for (Eigen::Index c = 0; c < m.cols(); ++c) out.push_back(m(r, c));
  }
  return out;
}

config::ModelChannel channel(const identify::Figures& f, const std::string& output,
                             const std::string& input) {
  config::ModelChannel c;
  c.output = output;
  c.input = input;
  c.answer = static_cast<config::Answers>(f.answer);
  c.gain = f.gain;
  c.gain_error = f.gain_error;
  c.peak = f.peak;
  c.peak_error = f.peak_error;
  c.dead_time_s = f.dead_time_s;
  c.dead_time_error_s = f.dead_time_error_s;
  c.time_constant_s = f.time_constant_s;
  c.time_constant_error_s = f.time_constant_error_s;
  return c;
}

}  // namespace

void fill_model(const identify::Identified& found, const identify::Series& series,
                const identify::Options& options, config::ModelConfig& model) {
  std::vector<config::ModelOutput> outputs;
  model.channels.clear();
  model.period_s = series.period_s;
  for (const identify::Row& row : found.rows) {
    if (!row.carried) continue;
    config::ModelOutput out = model.outputs[static_cast<std::size_t>(row.output)];
    out.integrating = row.arx.integrating;
    out.fit = row.fit;
    out.horizon_s = options.horizon * series.period_s;
    out.horizon_error = row.horizon_error;
    out.innovation = row.certainty.innovation;
    out.drift = row.drift;
    out.whiteness = row.certainty.whiteness.probability;
    out.order = static_cast<std::uint32_t>(row.space.a.rows());
    out.a = by_rows(row.space.a);
    out.b = by_rows(row.space.b);
    out.c = by_rows(row.space.c);
    for (std::size_t j = 0; j < row.arx.inputs.size(); ++j) {
      const auto column = static_cast<std::size_t>(row.arx.inputs[j].column);
      out.inputs.push_back(series.inputs[column].name);
      model.channels.push_back(channel(row.figures[j], out.name, series.inputs[column].name));
    }
    outputs.push_back(std::move(out));
  }
  model.outputs = std::move(outputs);
}

std::string model_text(config::ModelConfig model) {
  model.sha256 = assembly::hash_of(model);
  return config::save_text(model);
}

domain::Result<config::ModelConfig> load_model(const std::filesystem::path& path) {
  auto model = config::load<config::ModelConfig>(path);
  if (!model) return model;
  const domain::Status same = assembly::check_hash(model.value(), path.string());
  if (!same) return same.error();
  return model;
}

std::string model_table(const config::ModelConfig& model) {
  std::string text;
  char line[256];
  std::snprintf(line, sizeof line, "%-26s %-26s %-11s %10s %8s %8s %7s %7s %6s\n", "output",
                "input", "answer", "gain", "+-", "T s", "+-", "dead s", "+-");
  text += line;
  for (const config::ModelChannel& c : model.channels) {
    const auto answer =
        config::Spelling<config::Answers>::names[static_cast<std::size_t>(c.answer)];
    std::snprintf(line, sizeof line, "%-26s %-26s %-11s %10.4g %8.2g %8.0f %7.0f %7.0f %6.0f\n",
                  c.output.c_str(), c.input.c_str(), std::string(answer).c_str(), c.gain,
                  c.gain_error, c.time_constant_s, c.time_constant_error_s, c.dead_time_s,
                  c.dead_time_error_s);
    text += line;
  }
  for (const config::ModelOutput& out : model.outputs) {
    std::snprintf(line, sizeof line,
                  "%-26s states %2u  fit %3.0f %% at %.0f s (error %.3g %s)  one step %.3g  "
                  "errors %s\n",
                  out.name.c_str(), out.order, 100 * out.fit, out.horizon_s, out.horizon_error,
                  out.unit.c_str(), out.innovation, out.whiteness >= 0.01 ? "white" : "not white");
    text += line;
  }
  return text;
}

}  // namespace saggar::app
