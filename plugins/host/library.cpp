#include "plugins/host/library.hpp"

#include <sys/stat.h>

#include <boost/dll/shared_library.hpp>
#include <boost/dll/shared_library_load_mode.hpp>
#include <exception>
#include <map>
#include <mutex>
#include <string>

#include "plugins/host/descriptor.hpp"
#include "plugins/host/elf_file.hpp"

namespace saggar::host {
namespace {

using domain::Error;

constexpr const char* kEntry = "saggar_plugin_entry";

// Which file a path names: another one under the same name is another library.
struct Identity {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t modified_ns = 0;
  bool operator==(const Identity& other) const {
    return device == other.device && inode == other.inode && size == other.size &&
           modified_ns == other.modified_ns;
  }
};

Identity identity_of(const std::filesystem::path& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return {};
  return {info.st_dev, info.st_ino, info.st_size,
          info.st_mtim.tv_sec * std::int64_t{1'000'000'000} + info.st_mtim.tv_nsec};
}

struct Open {
  boost::dll::shared_library handle;
  std::filesystem::path path;
  Identity identity;
  const saggar_plugin* table = nullptr;
};

// Leaked on purpose: a library outlives everything that may still hold a pointer into it.
struct Register {
  std::mutex mutex;
  std::map<std::string, Open> open;
};
Register& libraries() {
  static auto* all = new Register;
  return *all;
}

// Boost wraps the linker's own words: "... (dlerror system message: WORDS): Bad file descriptor".
std::string linker_words(const std::string& text) {
  const std::string before = "dlerror system message: ";
  const std::size_t from = text.find(before);
  if (from == std::string::npos) return text;
  const std::size_t to = text.rfind("): ");
  const std::size_t begin = from + before.size();
  return text.substr(begin, to == std::string::npos || to < begin ? to : to - begin);
}

domain::Result<const saggar_plugin*> load(Open& library) {
  const std::string where = library.path.string();
  try {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    library.handle.load(library.path, rtld_now | rtld_local);
  } catch (const std::exception& e) {
    return Error{where, "cannot be loaded: " + linker_words(e.what())};
  }
  if (!library.handle.has(kEntry)) {
    return Error{where, std::string("exports no ") + kEntry +
                            ": write SAGGAR_PLUGIN(YourClass), or define it in C"};
  }
  try {
    return library.handle.get<const saggar_plugin*()>(kEntry)();
  } catch (...) {
    return Error{where, std::string(kEntry) + " threw an exception: it must only return a table"};
  }
}

}  // namespace

domain::Result<Library> Library::open(const std::filesystem::path& path) {
  const domain::Status sound = check_elf_file(path);
  if (!sound.ok()) return sound.error();
  std::error_code code;
  const std::filesystem::path full = std::filesystem::canonical(path, code);
  if (code) return Error{path.string(), "cannot be resolved: " + code.message()};

  Register& all = libraries();
  const std::lock_guard<std::mutex> lock(all.mutex);
  const auto [it, is_new] = all.open.try_emplace(full.string());
  Open& library = it->second;
  if (is_new) {
    library.path = full;
    library.identity = identity_of(full);
    const domain::Result<const saggar_plugin*> loaded = load(library);
    domain::Status checked = domain::Done{};
    if (loaded.ok()) {
      checked = check_descriptor(loaded.value(), full.string());
    } else {
      checked = loaded.error();
    }
    if (!checked.ok()) {
      // Refused, yet never closed: its constructors have run.
      static auto* refused = new std::map<std::string, boost::dll::shared_library>;
      (*refused)[full.string()] = std::move(library.handle);
      all.open.erase(it);
      return checked.error();
    }
    library.table = loaded.value();
  } else if (!(library.identity == identity_of(full))) {
    return Error{full.string(),
                 "was replaced since this process opened it: restart to use the new file"};
  }
  return Library(library.table, &library.path);
}

}  // namespace saggar::host
