// What an identified model is worth to the heat controller: on plants drawn by seed the planned
// test, the model made of it, and the closed loop with it, beside the closed loop with a model of
// the true lags and with none. Not part of ctest: bar 8 of `./dev accept mpc` runs it.
//
//   model_accept [--seed N] [--plants N] [--test HOURS] [--step HOURS] [--hours H] [--warm H]
//                [--jobs N] [--folder DIR] [--json FILE]
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "runtime/app/model_file.hpp"
#include "tests/accept/closed_loop_case.hpp"
#include "tests/accept/identify_case.hpp"

namespace saggar::accept {
namespace {

namespace fs = std::filesystem;

/// Zones of P2 as the shipped identification plan joins them.
config::ModelConfig empty_model(const identify::Series& series) {
  config::ModelConfig model;
  model.name = "zones";
  model.origin.kiln = "p2";
  model.period_s = series.period_s;
  for (std::size_t z = 0; z < series.inputs.size(); ++z) {
    const std::string zone = (z < 9 ? "zone0" : "zone") + std::to_string(z + 1);
    config::ModelInput in;
    config::ModelOutput out;
    in.name = series.inputs[z].name;
    out.name = series.outputs[z].name;
    in.unit = out.unit = "degC";
    for (const char* loop : {".top", ".bottom"}) {
      in.tags.push_back(zone + loop + ".working_setpoint");
      out.tags.push_back(zone + loop + ".temperature");
    }
    model.inputs.push_back(std::move(in));
    model.outputs.push_back(std::move(out));
  }
  return model;
}

config::ModelConfig found_model(std::uint64_t seed, double hours) {
  identify::Series series = measure(seed, hours);
  for (std::size_t i = 0; i < series.outputs.size(); ++i)
    series.outputs[i].follows = static_cast<int>(i);  // as configs/identification/zones.toml
  config::ModelConfig model = empty_model(series);
  const identify::Options options;
  const identify::Identified found = identify::identify(series, options);
  for (const identify::Refusal& r : found.refusals) std::printf("  %s\n", r.text().c_str());
  app::fill_model(found, series, options, model);
  return model;
}

/// Minutes from the step until 63 % of the end value; rows are means over a minute.
double reaches_63_min(const Eigen::VectorXd& step, double goal) {
  for (Eigen::Index i = 0; i < step.size(); ++i) {
    if (step(i) < 0.632 * goal) continue;
    const double before = i == 0 ? 0 : step(i - 1), share = (0.632 * goal - before);
    return static_cast<double>(i) - 0.5 + share / std::max(1e-9, step(i) - before);
  }
  throw std::runtime_error("a step response does not come to its end");
}

config::ModelConfig true_model(config::ModelConfig model, std::uint64_t seed, double step_h) {
  const std::vector<Eigen::MatrixXd> truth = truth_of(seed, step_h);
  model.channels.clear();
  for (std::size_t z = 0; z < truth.size(); ++z) {
    const Eigen::VectorXd own = truth[z].col(static_cast<Eigen::Index>(z));
    config::ModelChannel c;
    c.output = model.outputs[z].name;
    c.input = model.inputs[z].name;
    c.answer = config::Answers::lag;
    c.gain = own.tail(30).mean();
    c.time_constant_s = 60 * reaches_63_min(own, c.gain);
    model.channels.push_back(std::move(c));
  }
  return model;
}

std::map<std::string, double> lags(const config::ModelConfig& model) {
  std::map<std::string, double> all;
  for (std::size_t z = 0; z < model.outputs.size(); ++z) {
    for (const config::ModelChannel& c : model.channels) {
      if (c.output == model.outputs[z].name && c.input == model.inputs[z].name)
        all[c.output] = c.dead_time_s + c.time_constant_s;
    }
  }
  return all;
}

void compare(const config::ModelConfig& found, const config::ModelConfig& truth) {
  const auto is = lags(truth);
  double square = 0, worst = 0, least = 1e9, most = 0;
  for (const auto& [zone, lag_s] : lags(found)) {
    const double error = lag_s - is.at(zone);
    square += error * error;
    worst = std::max(worst, std::fabs(error));
    least = std::min(least, is.at(zone));
    most = std::max(most, is.at(zone));
  }
  std::printf("  %zu zones found, true lags %.0f to %.0f s, error rms %.0f s, worst %.0f s\n",
              lags(found).size(), least, most,
              std::sqrt(square / static_cast<double>(std::max<std::size_t>(1, lags(found).size()))),
              worst);
}

/// The shipped control file with a model for its heat controller, as a file of its own.
std::string control_with(const fs::path& folder, const std::string& name,
                         const config::ModelConfig& model) {
  std::ofstream(folder / (name + ".model.toml")) << app::model_text(model);
  std::ifstream in(fs::path(SAGGAR_SOURCE_DIR) / "configs/control/mpc.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::string plugin = "plugin = \"saggar-mpc-heat\"\n";
  const std::size_t at = text.find(plugin);
  if (at == std::string::npos) throw std::runtime_error("mpc.toml has no heat controller");
  text.insert(at + plugin.size(), "model = \"" + name + ".model.toml\"\n");
  std::ofstream(folder / (name + ".toml")) << text;
  return (folder / (name + ".toml")).string();
}

/// In the order in which the cases of a plant are run.
constexpr std::array<const char*, 3> kModels = {"found", "true", "none"};

int run(std::map<std::string, std::string> o) {
  const fs::path folder = o["--folder"];
  fs::create_directories(folder);
  std::vector<std::pair<CaseOptions, std::uint64_t>> plan;
  for (int i = 0; i < std::stoi(o["--plants"]); ++i) {
    const std::uint64_t seed = std::stoull(o["--seed"]) + static_cast<unsigned>(i);
    const std::string tag = std::to_string(seed);
    const config::ModelConfig found = found_model(seed, std::stod(o["--test"]));
    const config::ModelConfig truth = true_model(found, seed, std::stod(o["--step"]));
    compare(found, truth);
    CaseOptions one;
    one.hours = std::stod(o["--hours"]);
    one.warm_h = std::stod(o["--warm"]);
    for (const std::string& control :
         {control_with(folder, "found-" + tag, found), control_with(folder, "true-" + tag, truth),
          std::string("mpc.toml")}) {
      one.control = control;
      plan.emplace_back(one, seed);
    }
    std::fflush(stdout);
  }
  const std::vector<Case> cases = run_cases(plan, std::stoi(o["--jobs"]), print);
  int problems = 0;
  std::string text;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    problems += cases[i].problem.empty() ? 0 : 1;
    text += std::string(i == 0 ? "" : ",") + "\n{\"model\": \"" + kModels[i % kModels.size()] +
            "\", \"case\": " + json(cases[i]) + "}";
  }
  if (!o["--json"].empty()) std::ofstream(o["--json"]) << "{\"cases\": [" << text << "\n]}\n";
  return problems > 0 ? 1 : 0;
}

}  // namespace
}  // namespace saggar::accept

int main(int argc, char** argv) {
  std::map<std::string, std::string> options = {
      {"--seed", "1001"}, {"--plants", "2"}, {"--test", "24"}, {"--step", "3"},
      {"--hours", "30"},  {"--warm", "20"},  {"--jobs", "0"},  {"--folder", "var/accept/models"},
      {"--json", ""}};
  try {
    for (int i = 1; i < argc; i += 2) {
      if (options.count(argv[i]) == 0 || i + 1 == argc)
        throw std::runtime_error(std::string(argv[i]) + " is no option, or lacks its value");
      options[argv[i]] = argv[i + 1];
    }
    return saggar::accept::run(options);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "model_accept: %s\n", problem.what());
    return 2;
  }
}
