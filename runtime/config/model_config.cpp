#include "runtime/config/model_config.hpp"

#include <algorithm>
#include <set>

namespace saggar::config {
namespace {

void check_size(Checks& checks, const std::string& path, std::size_t found, std::size_t right,
                const std::string& what) {
  if (found == right || !checks.sound(path)) return;
  checks.complain(path, "found " + std::to_string(found) + " numbers, right is " +
                            std::to_string(right) + ", " + what);
}

void check_output(Checks& checks, const ModelOutput& out, const std::string& path,
                  const std::set<std::string>& inputs) {
  const std::size_t n = out.order;
  check_size(checks, path + ".a", out.a.size(), n * n, "order x order");
  check_size(checks, path + ".b", out.b.size(), n * out.inputs.size(), "order x inputs");
  check_size(checks, path + ".c", out.c.size(), n, "order");
  for (const std::string& name : out.inputs) {
    if (inputs.contains(name)) continue;
    checks.complain(path + ".inputs", "found '" + name + "', which is no input of this model");
  }
}

template <class T>
std::set<std::string> names(const std::vector<T>& list, const std::string& key, Checks& checks) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (out.insert(list[i].name).second) continue;
    checks.complain(key + '[' + std::to_string(i) + "].name",
                    "found '" + list[i].name + "' a second time");
  }
  return out;
}

}  // namespace

void ModelConfig::check(Checks& checks) const {
  const auto input_names = names(inputs, "input", checks);
  const auto output_names = names(outputs, "output", checks);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    check_output(checks, outputs[i], "output[" + std::to_string(i) + ']', input_names);
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const std::string path = "channel[" + std::to_string(i) + ']';
    if (!input_names.contains(channels[i].input))
      checks.complain(path + ".input", "found '" + channels[i].input + "', which is no input");
    if (!output_names.contains(channels[i].output))
      checks.complain(path + ".output", "found '" + channels[i].output + "', which is no output");
  }
}

}  // namespace saggar::config
