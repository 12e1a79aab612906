#include "plugins/host/parameters.hpp"

#include <algorithm>
#include <sstream>

#include "plugins/host/descriptor.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using domain::Status;
using Values = std::vector<std::vector<double>>;

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

Status check_range(const saggar_param& param, double value, const std::string& where) {
  if (value >= param.min && value <= param.max) return domain::Done{};
  const std::string unit = std::string(param.unit) == "1" ? "" : " " + std::string(param.unit);
  return Error{where, "parameter '" + std::string(param.key) + "' is " + number(value) +
                          ", it must be " + number(param.min) + " to " + number(param.max) + unit};
}

bool covers(const std::string& pattern, const std::string& tag) {
  for (std::size_t end = tag.size(); end != std::string::npos && end != 0;
       end = tag.rfind('.', end - 1)) {
    if (domain::matches(pattern, std::string_view(tag).substr(0, end))) return true;
  }
  return false;
}

const ResolvedPort* first_output(const std::vector<ResolvedPort>& ports) {
  for (const ResolvedPort& port : ports) {
    if (port.is_output) return &port;
  }
  return nullptr;
}

Status apply_overrides(const saggar_param& param, const ParamSpec& spec, const ResolvedPort& output,
                       std::vector<double>& values, const std::string& where) {
  enum : char { kNot, kByPattern, kByName };
  std::vector<char> set(values.size(), kNot);
  const std::string which = "parameter '" + spec.key + "'";
  for (const ParamOverride& one : spec.overrides) {
    const Status in_range = check_range(param, one.value, where);
    if (!in_range.ok()) return in_range;
    bool found = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string tag = output.names[i];
      if (!covers(one.pattern, tag)) continue;
      found = true;
      const char how = one.pattern == tag ? kByName : kByPattern;
      if (set[i] == how) {
        return Error{where, which + ": two overrides hold for " + tag + ", one of them '" +
                                one.pattern + "': name the tag itself, or narrow a pattern"};
      }
      if (set[i] < how) set[i] = how, values[i] = one.value;
    }
    if (!found) {
      return Error{where, which + ": override '" + one.pattern + "' matches none of the outputs, " +
                              (output.names.empty() ? "there are none"
                                                    : std::string("such as ") + output.names[0])};
    }
  }
  return domain::Done{};
}

Status apply(const saggar_plugin& table, const ParamSpec& spec, const ResolvedPort* output,
             Values& values, const std::string& where) {
  std::vector<std::string> keys;
  for (std::uint32_t p = 0; p < table.param_count; ++p) {
    const saggar_param& param = param_at(table, p);
    keys.emplace_back(param.key);
    if (spec.key != param.key) continue;
    if (spec.value) {
      const Status in_range = check_range(param, *spec.value, where);
      if (!in_range.ok()) return in_range;
      std::fill(values[p].begin(), values[p].end(), *spec.value);
    }
    if (spec.overrides.empty()) return domain::Done{};
    if ((param.flags & SAGGAR_PARAM_PER_OUTPUT) == 0 || output == nullptr) {
      return Error{where, "parameter '" + spec.key +
                              "' has one value for all outputs: "
                              "give a number instead of overrides"};
    }
    return apply_overrides(param, spec, *output, values[p], where);
  }
  std::string text = "there is no parameter '" + spec.key + "'";
  const std::string near = domain::nearest_word(spec.key, keys);
  if (!near.empty()) text += "; did you mean '" + near + "'?";
  return Error{where, text};
}

}  // namespace

domain::Result<Values> resolve_parameters(const saggar_plugin& table,
                                          const std::vector<ResolvedPort>& ports,
                                          const std::vector<ParamSpec>& given,
                                          const std::string& where) {
  const ResolvedPort* output = first_output(ports);
  const std::size_t elements = output == nullptr ? 0 : output->tags.size();
  Values values(table.param_count);
  for (std::uint32_t p = 0; p < table.param_count; ++p) {
    const saggar_param& param = param_at(table, p);
    const bool each = (param.flags & SAGGAR_PARAM_PER_OUTPUT) != 0;
    values[p].assign(each ? elements : 1, param.default_value);
  }
  std::vector<std::string> seen;
  for (const ParamSpec& spec : given) {
    if (std::count(seen.begin(), seen.end(), spec.key) != 0) {
      return Error{where, "parameter '" + spec.key + "' is given twice"};
    }
    seen.push_back(spec.key);
    const Status applied = apply(table, spec, output, values, where);
    if (!applied.ok()) return applied.error();
  }
  return values;
}

}  // namespace saggar::host
