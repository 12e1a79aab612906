// The values of a plugin's parameters, from the configuration and its own defaults.
#pragma once

#include <saggar/plugin/abi.h>

#include <optional>
#include <string>
#include <vector>

#include "plugins/host/ports.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

/// Another value for the outputs whose tag, or a leading part of it that ends before a dot,
/// matches: "zone17.*" and "zone17" hold for zone17.top.setpoint and zone17.bottom.setpoint.
struct ParamOverride {
  std::string pattern;
  double value = 0;
};

/// One parameter as configured. Nothing given = the plugin's default.
struct ParamSpec {
  std::string key;
  std::optional<double> value;
  std::vector<ParamOverride> overrides;
};

/// Values per declared parameter: 1, or one per element of the first output port where the plugin
/// asks for that. Refuses an unknown key (names the nearest), a key given twice, a value out of
/// range, overrides of a parameter that has only one value, and an override that matches no
/// output or competes with another (an exact tag name wins over patterns).
domain::Result<std::vector<std::vector<double>>> resolve_parameters(
    const saggar_plugin& table, const std::vector<ResolvedPort>& ports,
    const std::vector<ParamSpec>& given, const std::string& where);

}  // namespace saggar::host
