#include "plugins/host/scan.hpp"

#include <fcntl.h>
#include <poll.h>
#include <saggar/plugin/abi.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ostream>

#include "plugins/host/descriptor.hpp"
#include "plugins/host/library.hpp"
#include "plugins/host/parcel.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using Clock = std::chrono::steady_clock;

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
  d.duties = duty_names(table.duties);
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

// The child's life. It prints nothing: what a plugin writes to stdout is not the tool's output.
[[noreturn]] void run_child(const std::filesystem::path& path, int to) {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (null >= 0) ::dup2(null, fd);
  }
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
  std::string bytes;
  try {
    const domain::Result<Library> library = Library::open(path);
    bytes = library.ok() ? pack(describe_open(library.value())) : pack(library.error());
  } catch (...) {
    bytes = pack(Error{path.string(), "create or get_extension threw an exception"});
  }
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t n = ::write(to, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  ::_exit(0);
}

// Everything the child writes until it closes the pipe; false when time is up.
bool collect(int from, std::chrono::milliseconds patience, std::string& bytes) {
  const Clock::time_point end = Clock::now() + patience;
  char buffer[4096];
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wait{from, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(std::min<long>(left, 1000)));
    if (ready <= 0) continue;
    const ssize_t n = ::read(from, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    bytes.append(buffer, static_cast<std::size_t>(n));
  }
}

std::string end_of_child(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return "crashed while it was opened: signal " + std::to_string(signal) + " (" +
           ::strsignal(signal) + ")";
  }
  return "ended the process while it was opened (exit code " + std::to_string(WEXITSTATUS(status)) +
         "): a plugin must not call exit()";
}

}  // namespace

domain::Result<PluginDescription> describe(const std::filesystem::path& path,
                                           std::chrono::milliseconds patience) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return Error{path.string(), std::string("no pipe to a child: ") + std::strerror(errno)};
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    run_child(path, ends[1]);
  }
  ::close(ends[1]);
  std::string bytes;
  bool in_time = true;
  if (child > 0) {
    in_time = collect(ends[0], patience, bytes);
    if (!in_time) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  if (child < 0) return Error{path.string(), "could not start a child process"};
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!in_time) {
    return Error{path.string(), "took longer than " + std::to_string(patience.count()) +
                                    " ms to open: its constructors or entry hang"};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || bytes.empty()) {
    return Error{path.string(), end_of_child(status)};
  }
  return unpack(bytes, path.string());
}

domain::Result<ListCount> list(const std::filesystem::path& dir, std::ostream& out) {
  namespace fs = std::filesystem;
  std::error_code code;
  if (!fs::is_directory(dir, code)) return Error{dir.string(), "is not a folder"};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(dir, code)) {
    if (entry.path().extension() == ".so") files.push_back(entry.path());
  }
  if (code) return Error{dir.string(), "cannot be read: " + code.message()};
  std::sort(files.begin(), files.end());
  ListCount count;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    const domain::Result<PluginDescription> plugin = describe(file);
    if (plugin.ok()) {
      const PluginDescription& d = plugin.value();
      ++count.usable;
      out << "ok       " << name << ": " << d.id << " " << d.version << ", " << d.title << " (ABI "
          << d.abi << ", duties: " << d.duties << ")\n";
    } else {
      ++count.refused;
      out << "refused  " << name << ": " << plugin.error().what << "\n";
    }
  }
  out << count.usable << " usable, " << count.refused << " refused in " << dir.string() << "\n";
  return count;
}

void print(const PluginDescription& d, std::ostream& out) {
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
}

}  // namespace saggar::host
