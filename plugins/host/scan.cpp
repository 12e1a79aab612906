#include "plugins/host/scan.hpp"

#include <saggar/plugin/abi.h>

#include <algorithm>
#include <ostream>

#include "plugins/host/child.hpp"
#include "plugins/host/descriptor.hpp"
#include "plugins/host/library.hpp"
#include "plugins/host/parcel.hpp"
#include "plugins/host/ports.hpp"

namespace saggar::host {
namespace {

using domain::Error;

std::vector<std::string> extensions_of(const saggar_plugin& table) {
  std::vector<std::string> found;
  if (table.get_extension == nullptr) return found;
  saggar_host host{};
  host.struct_size = sizeof host;
  host.abi_major = SAGGAR_ABI_MAJOR;
  host.abi_minor = SAGGAR_ABI_MINOR;
  host.name = "saggar";
  host.version = "1.0";
  host.log = [](const saggar_host*, std::int32_t, const char*) {};
  void* self = nullptr;
  if (table.create(&host, &self) >= SAGGAR_FAULT || self == nullptr) return found;
  for (const std::string_view id : kHostOffers) {
    if (table.get_extension(self, std::string(id).c_str()) != nullptr) found.emplace_back(id);
  }
  table.destroy(self);
  return found;
}

const char* or_empty(const char* text) { return text == nullptr ? "" : text; }

PluginDescription describe_open(const Library& library) {
  const saggar_plugin& table = library.table();
  PluginDescription d;
  d.path = library.path();
  d.id = table.id;
  d.version = table.version;
  d.vendor = table.vendor;
  d.title = table.title;
  d.abi = std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor);
  d.duties = table.duties == 0 ? "none, an estimator" : duty_names(table.duties);
  d.min_latency_cycles = table.min_latency_cycles;
  for (std::uint32_t i = 0; i < table.port_count; ++i) {
    const saggar_port& p = port_at(table, i);
    d.ports.push_back({p.name, p.pattern, p.unit, or_empty(p.doc),
                       (p.flags & SAGGAR_PORT_OUTPUT) != 0, (p.flags & SAGGAR_PORT_OPTIONAL) != 0,
                       p.min_count, p.max_count});
  }
  for (std::uint32_t i = 0; i < table.param_count; ++i) {
    const saggar_param& p = param_at(table, i);
    d.params.push_back({p.key, p.unit, or_empty(p.doc), (p.flags & SAGGAR_PARAM_TUNABLE) != 0,
                        (p.flags & SAGGAR_PARAM_PER_OUTPUT) != 0, p.min, p.max, p.default_value});
  }
  d.extensions = extensions_of(table);
  return d;
}

void bind_as(const std::string& what, const domain::Result<std::vector<ResolvedPort>>& ports,
             PluginDescription& d) {
  DescribedBinding binding;
  binding.duty = what;
  if (ports.ok()) {
    for (const ResolvedPort& port : ports.value()) {
      (port.is_output ? binding.writes : binding.reads) +=
          static_cast<std::uint32_t>(port.tags.size());
    }
  } else {
    binding.problem = ports.error().what;
  }
  d.bindings.push_back(std::move(binding));
}

// For each duty it offers, or as an estimator: would its ports find what they need on this kiln?
void bind_to(const domain::Plant& plant, const saggar_plugin& table, PluginDescription& d) {
  const std::string where = d.path.string();
  if (table.duties == 0) {
    return bind_as("estimator", resolve_ports(table, plant, domain::Duty::heat, where), d);
  }
  for (std::size_t i = 0; i < domain::kDutyCount; ++i) {
    const auto duty = static_cast<domain::Duty>(i);
    if ((table.duties & duty_bit(duty)) == 0) continue;
    bind_as(std::string(domain::name(duty)), resolve_ports(table, plant, duty, where), d);
  }
}

std::string answer_of(const std::filesystem::path& path, const domain::Plant* plant) {
  try {
    const domain::Result<Library> library = Library::open(path);
    if (!library.ok()) return pack(library.error());
    PluginDescription plugin = describe_open(library.value());
    if (plant != nullptr) bind_to(*plant, library.value().table(), plugin);
    return pack(plugin);
  } catch (...) {
    return pack(Error{path.string(), "create or get_extension threw an exception"});
  }
}

/// What stands against this plugin on the kiln; empty if it can drive one duty there, or nobody
/// asked.
std::string unfit(const PluginDescription& d) {
  std::string problems;
  for (const DescribedBinding& binding : d.bindings) {
    if (binding.problem.empty()) return "";
    if (d.bindings.size() > 1) problems += (problems.empty() ? "" : "; ") + binding.duty + ": ";
    problems += binding.problem;
  }
  return problems;
}

void print_bindings(const PluginDescription& d, const std::string& kiln, const char* indent,
                    std::ostream& out) {
  for (const DescribedBinding& binding : d.bindings) {
    out << indent << binding.duty << " of kiln '" << kiln << "': ";
    if (binding.problem.empty()) {
      out << "binds, reads " << binding.reads << " tags, drives " << binding.writes << "\n";
    } else {
      out << binding.problem << "\n";
    }
  }
}

}  // namespace

domain::Result<PluginDescription> describe(const std::filesystem::path& path,
                                           std::chrono::milliseconds patience,
                                           const domain::Plant* plant) {
  ChildTask task;
  task.where = path.string();
  task.patience = patience;
  const auto bytes = ask_child(task, [&] { return answer_of(path, plant); });
  if (!bytes.ok()) return bytes.error();
  return unpack(bytes.value(), path.string());
}

domain::Result<std::vector<std::filesystem::path>> libraries_in(const std::filesystem::path& dir) {
  namespace fs = std::filesystem;
  std::error_code code;
  if (!fs::is_directory(dir, code)) return Error{dir.string(), "is not a folder"};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(dir, code)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  if (code) return Error{dir.string(), "cannot be read: " + code.message()};
  std::sort(files.begin(), files.end());
  return files;
}

domain::Result<ListCount> list(const std::filesystem::path& dir, std::ostream& out,
                               const domain::Plant* plant) {
  const auto files = libraries_in(dir);
  if (!files.ok()) return files.error();
  ListCount count;
  for (const std::filesystem::path& file : files.value()) {
    const std::string name = file.filename().string();
    const auto plugin = describe(file, kPatience, plant);
    const std::string problem = plugin.ok() ? unfit(plugin.value()) : plugin.error().what;
    if (!problem.empty()) {
      ++count.refused;
      out << "refused  " << name << ": " << problem << "\n";
      continue;
    }
    const PluginDescription& d = plugin.value();
    ++count.usable;
    out << "ok       " << name << ": " << d.id << " " << d.version << ", " << d.title << " (ABI "
        << d.abi << ", duties: " << d.duties << ")\n";
    if (plant != nullptr) print_bindings(d, plant->name, "         ", out);
  }
  out << count.usable << " usable, " << count.refused << " refused in " << dir.string();
  if (plant != nullptr) out << " for kiln '" << plant->name << "'";
  out << "\n";
  return count;
}

bool print(const PluginDescription& d, std::ostream& out, const domain::Plant* plant) {
  out << d.id << " " << d.version << ", " << d.vendor << "\n"
      << d.title << "\n"
      << "file     " << d.path.string() << "\n"
      << "ABI      " << d.abi << "\n"
      << "duties   " << d.duties << "\n"
      << "latency  at least " << d.min_latency_cycles << " cycles\n";
  for (const DescribedPort& p : d.ports) {
    out << (p.is_output ? "output   " : "input    ") << p.name << " [" << p.unit << "] "
        << p.pattern << ", " << p.min_count << " to " << p.max_count
        << (p.is_optional ? ", optional" : "") << ": " << p.doc << "\n";
  }
  for (const DescribedParam& p : d.params) {
    out << "param    " << p.key << " [" << p.unit << "] " << p.min << " to " << p.max
        << ", default " << p.default_value << (p.is_tunable ? ", tunable" : "")
        << (p.is_per_output ? ", per output" : "") << ": " << p.doc << "\n";
  }
  for (const std::string& id : d.extensions) out << "offers   " << id << "\n";
  if (plant != nullptr) print_bindings(d, plant->name, "duty     ", out);
  return unfit(d).empty();
}

}  // namespace saggar::host
