#include "plugins/host/descriptor.hpp"

#include <saggar/plugin/ext/confidence.h>
#include <saggar/plugin/ext/ensemble.h>
#include <saggar/plugin/ext/estimator.h>
#include <saggar/plugin/ext/explain.h>
#include <saggar/plugin/ext/horizon.h>
#include <saggar/plugin/ext/last_error.h>
#include <saggar/plugin/ext/model.h>
#include <saggar/plugin/ext/package.h>
#include <saggar/plugin/ext/state.h>
#include <saggar/plugin/ext/tune.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

namespace saggar::host {

const std::array<std::string_view, 10> kHostOffers = {
    SAGGAR_EXT_STATE,   SAGGAR_EXT_EXPLAIN,    SAGGAR_EXT_HORIZON,   SAGGAR_EXT_CONFIDENCE,
    SAGGAR_EXT_TUNE,    SAGGAR_EXT_LAST_ERROR, SAGGAR_EXT_ESTIMATOR, SAGGAR_EXT_MODEL,
    SAGGAR_EXT_PACKAGE, SAGGAR_EXT_ENSEMBLE};

namespace {

using domain::Error;
using domain::Status;

// Sizes of ABI 1.0: what every plugin of major 1 has at least. Later members are appended, so a
// plugin of an older minor is allowed to be this short.
constexpr std::uint32_t kTableBytes = 144;
constexpr std::uint32_t kVersionBytes = 12;  // struct_size and the two version numbers
constexpr std::uint32_t kPortBytes = 48;
constexpr std::uint32_t kParamBytes = 56;
constexpr std::size_t kLongestText = 1024;

std::string version_text(std::uint32_t major, std::uint32_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}
const std::string& host_version() {
  static const std::string text = version_text(SAGGAR_ABI_MAJOR, SAGGAR_ABI_MINOR);
  return text;
}

bool readable(const char* text, std::size_t longest = kLongestText) {
  if (text == nullptr || *text == '\0') return false;
  const std::size_t n = ::strnlen(text, longest + 1);
  if (n > longest) return false;
  return std::all_of(text, text + n, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}
bool word(const char* text, std::string_view also, std::size_t longest = 64) {
  if (!readable(text, longest)) return false;
  return std::all_of(text, text + std::strlen(text), [also](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           also.find(c) != std::string_view::npos;
  });
}

Status check_version(const saggar_plugin& table, const std::string& where) {
  const auto too_short = [&] {
    return Error{where, "its table has " + std::to_string(table.struct_size) +
                            " bytes, ABI 1.0 has " + std::to_string(kTableBytes) +
                            ": set struct_size to sizeof(saggar_plugin)"};
  };
  // A table of another major may have another size: the version is the better reason.
  if (table.struct_size < kVersionBytes) return too_short();
  if (table.abi_major != SAGGAR_ABI_MAJOR) {
    return Error{where, "is made for ABI " + version_text(table.abi_major, table.abi_minor) +
                            ", this runtime has " + host_version() +
                            ": the major numbers must be equal"};
  }
  if (table.abi_minor > SAGGAR_ABI_MINOR) {
    return Error{where, "is made for ABI " + version_text(table.abi_major, table.abi_minor) +
                            ", newer than " + host_version() +
                            " of this runtime: update the runtime, or build against an older SDK"};
  }
  if (table.struct_size < kTableBytes) return too_short();
  return domain::Done{};
}

Status check_head(const saggar_plugin& table, const std::string& where) {
  const auto bad = [&](const std::string& what) { return Error{where, "bad descriptor: " + what}; };
  if (!word(table.id, ".-_", 128) || std::strchr(table.id, '.') == nullptr) {
    return bad("id must be a reverse domain name such as com.vendor.kiln-trim");
  }
  if (!readable(table.version, 64)) return bad("version is missing");
  if (!readable(table.vendor)) return bad("vendor is missing");
  if (!readable(table.title)) return bad("title is missing");
  constexpr std::uint32_t kAll = SAGGAR_DUTY_HEAT | SAGGAR_DUTY_ATMOSPHERE | SAGGAR_DUTY_TRANSPORT;
  if ((table.duties & ~kAll) != 0) return bad("duties has bits that ABI 1.0 does not know");
  if (table.min_latency_cycles > kMaxLatencyCycles) {
    return bad("min_latency_cycles " + std::to_string(table.min_latency_cycles) + ", at most " +
               std::to_string(kMaxLatencyCycles));
  }
  const auto missing = [&](const char* name) {
    return bad(std::string("function ") + name + " is null");
  };
  if (table.create == nullptr) return missing("create");
  if (table.destroy == nullptr) return missing("destroy");
  if (table.configure == nullptr) return missing("configure");
  if (table.activate == nullptr) return missing("activate");
  if (table.step == nullptr) return missing("step");
  if (table.deactivate == nullptr) return missing("deactivate");
  return domain::Done{};
}

// Empty if the port is as it should be.
std::string port_flaw(const saggar_port& port) {
  if (!readable(port.pattern, 128)) return "pattern is missing";
  if (!readable(port.unit, 32) || !units::parse_unit(port.unit)) {
    return "unit '" + std::string(port.unit == nullptr ? "" : port.unit) +
           "' is not one of saggar/plugin/units.hpp";
  }
  const std::uint32_t kind = port.flags & (SAGGAR_PORT_INPUT | SAGGAR_PORT_OUTPUT);
  if ((port.flags & ~std::uint32_t{7}) != 0) return "flags has bits that ABI 1.0 does not know";
  if (kind != SAGGAR_PORT_INPUT && kind != SAGGAR_PORT_OUTPUT) {
    return "flags must say INPUT or OUTPUT, and not both";
  }
  if (port.max_count == 0 || port.max_count > domain::kMaxTags) {
    return "max_count " + std::to_string(port.max_count) + " must be 1 to " +
           std::to_string(domain::kMaxTags);
  }
  if (port.min_count > port.max_count) return "min_count is larger than max_count";
  return "";
}

std::string param_flaw(const saggar_param& param) {
  if (!readable(param.unit, 32) || !units::parse_unit(param.unit)) {
    return "unit '" + std::string(param.unit == nullptr ? "" : param.unit) +
           "' is not one of saggar/plugin/units.hpp";
  }
  if (!readable(param.doc)) return "doc is missing";
  if ((param.flags & ~std::uint32_t{3}) != 0) return "flags has bits that ABI 1.0 does not know";
  if (!std::isfinite(param.min) || !std::isfinite(param.max) ||
      !std::isfinite(param.default_value)) {
    return "min, max and default must be finite";
  }
  if (!(param.min <= param.default_value && param.default_value <= param.max)) {
    return "needs min <= default <= max, found " + std::to_string(param.min) + ", " +
           std::to_string(param.default_value) + ", " + std::to_string(param.max);
  }
  return "";
}

Status check_ports(const saggar_plugin& table, const std::string& where) {
  const auto bad = [&](const std::string& what) { return Error{where, "bad descriptor: " + what}; };
  if (table.port_count == 0 || table.port_count > kMaxPorts) {
    return bad(std::to_string(table.port_count) + " ports, it must be 1 to " +
               std::to_string(kMaxPorts));
  }
  if (table.ports == nullptr) return bad("ports is null");
  const std::uint32_t step = table.ports->struct_size;
  if (step < kPortBytes || step > 4096 || step % alignof(saggar_port) != 0) {
    return bad("struct_size of its ports is " + std::to_string(step) + ", ABI 1.0 has " +
               std::to_string(kPortBytes));
  }
  std::vector<std::string> names;
  bool output = false;
  for (std::uint32_t i = 0; i < table.port_count; ++i) {
    const saggar_port& port = port_at(table, i);
    const std::string which = "port " + std::to_string(i);
    if (port.struct_size != step) return bad(which + ": struct_size differs from that of port 0");
    if (!word(port.name, "_")) return bad(which + ": name must be letters, digits and _");
    const std::string flaw = port_flaw(port);
    if (!flaw.empty()) return bad("port '" + std::string(port.name) + "': " + flaw);
    if (std::count(names.begin(), names.end(), port.name) != 0) {
      return bad("port '" + std::string(port.name) + "' is declared twice");
    }
    names.emplace_back(port.name);
    output = output || (port.flags & SAGGAR_PORT_OUTPUT) != 0;
  }
  if (output && table.duties == 0) return bad("it offers no duty");
  if (!output && table.duties != 0) return bad("it has no output port");
  return domain::Done{};
}

Status check_params(const saggar_plugin& table, const std::string& where) {
  const auto bad = [&](const std::string& what) { return Error{where, "bad descriptor: " + what}; };
  if (table.param_count == 0) return domain::Done{};
  if (table.param_count > kMaxParams) {
    return bad(std::to_string(table.param_count) + " parameters, at most " +
               std::to_string(kMaxParams));
  }
  if (table.params == nullptr) return bad("params is null");
  const std::uint32_t step = table.params->struct_size;
  if (step < kParamBytes || step > 4096 || step % alignof(saggar_param) != 0) {
    return bad("struct_size of its parameters is " + std::to_string(step) + ", ABI 1.0 has " +
               std::to_string(kParamBytes));
  }
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < table.param_count; ++i) {
    const saggar_param& param = param_at(table, i);
    const std::string which = "parameter " + std::to_string(i);
    if (param.struct_size != step) return bad(which + ": struct_size differs from the first's");
    if (!word(param.key, "_")) return bad(which + ": key must be letters, digits and _");
    const std::string flaw = param_flaw(param);
    if (!flaw.empty()) return bad("parameter '" + std::string(param.key) + "': " + flaw);
    if (std::count(keys.begin(), keys.end(), param.key) != 0) {
      return bad("parameter '" + std::string(param.key) + "' is declared twice");
    }
    keys.emplace_back(param.key);
  }
  return domain::Done{};
}

Status check_needs(const saggar_plugin& table, const std::string& where) {
  if (table.needs == nullptr) return domain::Done{};
  for (std::uint32_t i = 0; table.needs[i] != nullptr; ++i) {
    if (i == kMaxNeeds) return Error{where, "bad descriptor: needs does not end with NULL"};
    const std::string_view need = table.needs[i];
    if (std::find(kHostOffers.begin(), kHostOffers.end(), need) != kHostOffers.end()) continue;
    return Error{where, "needs extension '" + std::string(need) +
                            "', which this runtime does not offer: update the runtime"};
  }
  return domain::Done{};
}

}  // namespace

Status check_descriptor(const saggar_plugin* table, const std::string& where) {
  if (table == nullptr) return Error{where, "its saggar_plugin_entry returned null"};
  Status checked = check_version(*table, where);
  if (checked.ok()) checked = check_head(*table, where);
  if (checked.ok()) checked = check_ports(*table, where);
  if (checked.ok()) checked = check_params(*table, where);
  if (checked.ok()) checked = check_needs(*table, where);
  return checked;
}

const saggar_port& port_at(const saggar_plugin& table, std::uint32_t i) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(table.ports);
  return *reinterpret_cast<const saggar_port*>(bytes + i * std::size_t{table.ports->struct_size});
}
const saggar_param& param_at(const saggar_plugin& table, std::uint32_t i) noexcept {
  const auto* bytes = reinterpret_cast<const unsigned char*>(table.params);
  return *reinterpret_cast<const saggar_param*>(bytes + i * std::size_t{table.params->struct_size});
}

std::uint32_t duty_bit(domain::Duty duty) noexcept {
  switch (duty) {
    case domain::Duty::heat:
      return SAGGAR_DUTY_HEAT;
    case domain::Duty::atmosphere:
      return SAGGAR_DUTY_ATMOSPHERE;
    case domain::Duty::transport:
      return SAGGAR_DUTY_TRANSPORT;
  }
  return 0;
}

std::string duty_names(std::uint32_t bits) {
  std::string names;
  for (const auto duty : {domain::Duty::heat, domain::Duty::atmosphere, domain::Duty::transport}) {
    if ((bits & duty_bit(duty)) == 0) continue;
    if (!names.empty()) names += ", ";
    names += domain::name(duty);
  }
  return names;
}

}  // namespace saggar::host
