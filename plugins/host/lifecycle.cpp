// An instance from create to destroy: every call into the plugin on the cold path.
#include <array>
#include <cmath>

#include "plugins/host/descriptor.hpp"
#include "plugins/host/instance_body.hpp"

namespace saggar::host {

using domain::Error;
using domain::Status;

namespace {

// The last line a plugin logged during create: create has no text of its own.
void keep_line(const saggar_host* host, std::int32_t level, const char* text) {
  if (host == nullptr || text == nullptr || level < 2) return;
  *static_cast<std::string*>(host->context) = text;
}

saggar_host make_host(std::string& line) {
  saggar_host host{};
  host.struct_size = sizeof host;
  host.abi_major = SAGGAR_ABI_MAJOR;
  host.abi_minor = SAGGAR_ABI_MINOR;
  host.name = "saggar";
  host.version = "1.0";
  host.context = &line;
  host.log = keep_line;
  return host;
}

bool is_success(saggar_status status) {
  return status == SAGGAR_OK || status == SAGGAR_OK_DEGRADED;
}

Error refused(const Instance& it, const char* what, const std::string& text) {
  return {it.where(), std::string(what) + (text.empty() ? ", without saying why" : ": " + text)};
}

template <class Table>
Status find(const Instance& it, const char* id, const Table*& table, std::uint32_t least) {
  table = nullptr;
  if (it.table().get_extension == nullptr) return domain::Done{};
  return call_plugin(it, "get_extension", [&]() -> Status {
    const auto* found = static_cast<const Table*>(it.table().get_extension(it.self, id));
    if (found == nullptr) return domain::Done{};
    if (found->struct_size < least) {
      return Error{it.where(), std::string("extension ") + id + " has " +
                                   std::to_string(found->struct_size) + " bytes, it needs " +
                                   std::to_string(least)};
    }
    table = found;
    return domain::Done{};
  });
}

Status check_functions(const Instance& it) {
  const auto missing = [&](const char* id) {
    return Error{it.where(), std::string("extension ") + id + " has a null function"};
  };
  if (it.state != nullptr &&
      (it.state->size == nullptr || it.state->save == nullptr || it.state->restore == nullptr)) {
    return missing(SAGGAR_EXT_STATE);
  }
  if (it.explain != nullptr && it.explain->causes == nullptr) return missing(SAGGAR_EXT_EXPLAIN);
  if (it.horizon != nullptr && (it.horizon->points == nullptr || it.horizon->path == nullptr)) {
    return missing(SAGGAR_EXT_HORIZON);
  }
  if (it.confidence != nullptr &&
      (it.confidence->domain == nullptr || it.confidence->limit == nullptr)) {
    return missing(SAGGAR_EXT_CONFIDENCE);
  }
  if (it.tune != nullptr && (it.tune->set_parameter == nullptr || it.tune->start == nullptr ||
                             it.tune->abort == nullptr || it.tune->result == nullptr)) {
    return missing(SAGGAR_EXT_TUNE);
  }
  if (it.last_error != nullptr && it.last_error->text == nullptr) {
    return missing(SAGGAR_EXT_LAST_ERROR);
  }
  if (it.model != nullptr && it.model->take == nullptr) return missing(SAGGAR_EXT_MODEL);
  if (it.package != nullptr && it.package->take == nullptr) return missing(SAGGAR_EXT_PACKAGE);
  if (it.ensemble != nullptr && (it.ensemble->shape == nullptr || it.ensemble->last == nullptr)) {
    return missing(SAGGAR_EXT_ENSEMBLE);
  }
  const saggar_ext_estimator* e = it.estimator;
  if (e != nullptr && (e->tags == nullptr || e->estimate == nullptr || e->causes == nullptr ||
                       e->findings == nullptr)) {
    return missing(SAGGAR_EXT_ESTIMATOR);
  }
  if (e != nullptr && it.table().duties != 0) {
    return Error{it.where(), "offers " SAGGAR_EXT_ESTIMATOR
                             " and has a duty: an estimator drives nothing, make it two plugins"};
  }
  if (e == nullptr && it.table().duties == 0) {
    return Error{it.where(),
                 "has no duty and no output port, and does not offer " SAGGAR_EXT_ESTIMATOR
                 ": it would do nothing"};
  }
  return domain::Done{};
}

}  // namespace

Instance::~Instance() {
  if (self == nullptr) return;
  deactivate();
  call_or(0, [&] { return table().destroy(self), 0; });
}

Status Instance::create() {
  std::string line;
  const saggar_host host = make_host(line);
  const Status created = call_plugin(*this, "create", [&]() -> Status {
    const saggar_status status = table().create(&host, &self);
    if (!is_success(status)) {
      self = nullptr;
      return refused(*this, "create failed", line);
    }
    if (self == nullptr) return refused(*this, "create gave no instance", line);
    return domain::Done{};
  });
  return created.ok() ? find_extensions() : created;
}

Status Instance::find_extensions() {
  Status found = find(*this, SAGGAR_EXT_STATE, state, 32);
  if (found.ok()) found = find(*this, SAGGAR_EXT_EXPLAIN, explain, 16);
  if (found.ok()) found = find(*this, SAGGAR_EXT_HORIZON, horizon, 24);
  if (found.ok()) found = find(*this, SAGGAR_EXT_CONFIDENCE, confidence, 24);
  if (found.ok()) found = find(*this, SAGGAR_EXT_TUNE, tune, 40);
  if (found.ok()) found = find(*this, SAGGAR_EXT_LAST_ERROR, last_error, 16);
  if (found.ok()) found = find(*this, SAGGAR_EXT_ESTIMATOR, estimator, 40);
  if (found.ok()) found = find(*this, SAGGAR_EXT_MODEL, model, 16);
  if (found.ok()) found = find(*this, SAGGAR_EXT_PACKAGE, package, 16);
  if (found.ok()) found = find(*this, SAGGAR_EXT_ENSEMBLE, ensemble, 24);
  return found.ok() ? check_functions(*this) : found;
}

Status Instance::configure() {
  std::vector<saggar_resolved_port> views;
  for (const ResolvedPort& port : ports) views.push_back(port.view());
  std::vector<saggar_param_values> params;
  for (const std::vector<double>& v : values) {
    params.push_back({sizeof(saggar_param_values), static_cast<std::uint32_t>(v.size()), v.data()});
  }
  const saggar_setup setup = {sizeof(saggar_setup),
                              zones,
                              kiln.c_str(),
                              spec.name.c_str(),
                              spec.period_s,
                              spec.latency_cycles,
                              static_cast<std::uint32_t>(views.size()),
                              views.data(),
                              static_cast<std::uint32_t>(params.size()),
                              0,
                              params.data()};
  std::array<char, 1024> why{};
  const Status configured = call_plugin(*this, "configure", [&]() -> Status {
    const auto room = static_cast<std::uint32_t>(why.size());
    const saggar_status status = table().configure(self, &setup, why.data(), room);
    why.back() = '\0';
    if (is_success(status)) return domain::Done{};
    return refused(*this, "refuses this configuration", why.data());
  });
  return configured.ok() ? ask_extensions() : configured;
}

// What is constant once configured is asked here, so that stepping needs no room of its own.
Status Instance::ask_extensions() {
  return call_plugin(*this, "an extension", [&]() -> Status {
    const Status estimates = ask_estimator();
    if (!estimates.ok()) return estimates;
    const Status says = ask_ensemble();
    if (!says.ok()) return says;
    const std::uint64_t bytes = state == nullptr ? 0 : state->size(self);
    if (bytes > kMaxStateBytes) {
      return Error{where(), "its state has " + std::to_string(bytes) + " bytes, at most 16 MiB"};
    }
    state_bytes.assign(state == nullptr ? 0 : kHostStateBytes + bytes, 0);
    const std::uint32_t points = horizon == nullptr ? 0 : horizon->points(self);
    if (points > kMaxHorizonPoints) {
      return Error{where(), "its horizon has " + std::to_string(points) + " points, at most " +
                                std::to_string(kMaxHorizonPoints)};
    }
    path_time.assign(points, 0);
    path_value.assign(points, 0);
    path_sigma.assign(points, 0);
    causes.assign(explain == nullptr ? 0 : kMaxCauses, saggar_cause{});
    limit = confidence == nullptr ? 0.0 : confidence->limit(self);
    if (!(limit >= 0 && limit <= 1)) {
      return Error{where(),
                   "its confidence limit is " + std::to_string(limit) + ", it must be 0 to 1"};
    }
    trained_low.clear();
    trained_high.clear();
    for (const ResolvedPort& port : ports) {
      if (port.is_output) continue;
      const auto input = static_cast<std::uint32_t>(trained_low.size());
      const auto n = static_cast<std::uint32_t>(port.tags.size());
      std::vector<double> low(n), high(n);
      const std::uint32_t got =
          confidence == nullptr ? 0 : confidence->domain(self, input, low.data(), high.data(), n);
      if (got != 0 && got != n) {
        return Error{where(), "its domain of input '" + port.name + "' has " + std::to_string(got) +
                                  " ranges, the port has " + std::to_string(n) + " tags"};
      }
      for (std::uint32_t i = 0; i < got; ++i) {
        if (low[i] <= high[i]) continue;
        return Error{where(), "its domain of input '" + port.name + "' needs low <= high"};
      }
      if (got == 0) low.clear(), high.clear();
      trained_low.push_back(std::move(low));
      trained_high.push_back(std::move(high));
    }
    return domain::Done{};
  });
}

Status Instance::activate() {
  first = true;
  return call_plugin(*this, "activate", [&]() -> Status {
    const saggar_status status = table().activate(self);
    if (!is_success(status)) return refused(*this, "refuses to activate", error_text());
    active = true;
    return domain::Done{};
  });
}

void Instance::deactivate() noexcept {
  if (!active) return;
  active = false;
  call_or(0, [&] { return table().deactivate(self), 0; });
}

std::unique_ptr<Instance> Instance::twin() const {
  auto other = std::make_unique<Instance>(library, spec);
  other->zones = zones;
  other->kiln = kiln;
  other->ports = ports;
  other->values = values;
  other->mvs = mvs;
  return other;
}

std::string Instance::error_text() const {
  if (last_error == nullptr) return "";
  std::array<char, 512> text{};
  call_or(0, [&] {
    last_error->text(self, text.data(), static_cast<std::uint32_t>(text.size()));
    return 0;
  });
  text.back() = '\0';
  return text.data();
}

}  // namespace saggar::host
