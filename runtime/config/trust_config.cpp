#include "runtime/config/trust_config.hpp"

#include <algorithm>

#include "runtime/config/control_config.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

constexpr std::size_t kLongestName = 47;  // what an intent carries

void check_groups(const TrustConfig& trust, const std::string& path, Checks& checks) {
  std::vector<std::string> seen = {std::string(kRestGroup)};
  for (std::size_t g = 0; g < trust.groups.size(); ++g) {
    const std::string at = path + ".group[" + std::to_string(g) + "].name";
    const std::string& name = trust.groups[g].name;
    if (!checks.sound(at)) continue;
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      checks.complain(at, "a group '" + name + "' exists already; choose another name");
    } else if (name.size() > kLongestName) {
      checks.complain(at, "found " + std::to_string(name.size()) + " bytes, right is 1 to 47");
    }
    seen.push_back(name);
  }
}

}  // namespace

GateConfig gate_of(const TrustConfig& trust, domain::Level to) {
  const auto found = std::find_if(trust.gates.begin(), trust.gates.end(),
                                  [&](const GateConfig& gate) { return gate.to == to; });
  return found == trust.gates.end() ? sc82_gate(to) : *found;
}

void check_trust(const ControlConfig& control, Checks& checks) {
  std::vector<std::string> names, seen;
  for (const ControllerConfig& controller : control.controllers) names.push_back(controller.name);
  for (std::size_t i = 0; i < control.trust.size(); ++i) {
    const TrustConfig& trust = control.trust[i];
    const std::string path = "trust[" + std::to_string(i) + "]";
    if (!checks.sound(path)) continue;
    if (std::find(names.begin(), names.end(), trust.controller) == names.end()) {
      checks.complain(path + ".controller", "no controller is called '" + trust.controller + "'" +
                                                did_you_mean(trust.controller, names) +
                                                " known: " + listed(names));
    } else if (std::find(seen.begin(), seen.end(), trust.controller) != seen.end()) {
      checks.complain(path + ".controller",
                      "trust in '" + trust.controller + "' is set already; one table each");
    }
    seen.push_back(trust.controller);
    check_groups(trust, path, checks);
    check_gates(trust.gates, path, checks);
  }
}

}  // namespace saggar::config
