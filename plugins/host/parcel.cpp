#include "plugins/host/parcel.hpp"

#include <cstring>
#include <type_traits>

namespace saggar::host {
namespace {

constexpr char kDescription = 'D', kError = 'E';
constexpr std::uint32_t kMostItems = 1024;

class Writer {
 public:
  explicit Writer(char kind) : bytes_(1, kind) {}
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  std::string take() { return std::move(bytes_); }

 private:
  void put(const std::string& text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <class T>
  std::enable_if_t<std::is_arithmetic_v<T>> put(T number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  template <class T>
  void put(const std::vector<T>& items) {
    put(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) {
      if constexpr (std::is_same_v<T, std::string>) {
        put(item);
      } else {
        visit(*this, item);
      }
    }
  }
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes), at_(1) {}
  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  bool complete() const { return ok_ && at_ == bytes_.size(); }

 private:
  void get(std::string& text) {
    std::uint32_t n = 0;
    get(n);
    if (!ok_ || bytes_.size() - at_ < n) {
      ok_ = false;
      return;
    }
    text = bytes_.substr(at_, n);
    at_ += n;
  }
  template <class T>
  std::enable_if_t<std::is_arithmetic_v<T>> get(T& number) {
    if (!ok_ || bytes_.size() - at_ < sizeof number) {
      ok_ = false;
      return;
    }
    if constexpr (std::is_same_v<T, bool>) {
      number = bytes_[at_] != 0;
    } else {
      std::memcpy(&number, bytes_.data() + at_, sizeof number);
    }
    at_ += sizeof number;
  }
  template <class T>
  void get(std::vector<T>& items) {
    std::uint32_t n = 0;
    get(n);
    if (n > kMostItems) ok_ = false;
    for (std::uint32_t i = 0; i < n && ok_; ++i) {
      T& item = items.emplace_back();
      if constexpr (std::is_same_v<T, std::string>) {
        get(item);
      } else {
        visit(*this, item);
      }
    }
  }
  const std::string& bytes_;
  std::size_t at_;
  bool ok_ = true;
};

template <class Archive, class Port>
auto visit(Archive& a, Port& p) -> decltype(p.pattern, void()) {
  a(p.name, p.pattern, p.unit, p.doc, p.is_output, p.is_optional, p.min_count, p.max_count);
}
template <class Archive, class Param>
auto visit(Archive& a, Param& p) -> decltype(p.key, void()) {
  a(p.key, p.unit, p.doc, p.is_tunable, p.is_per_output, p.min, p.max, p.default_value);
}
template <class Archive, class Binding>
auto visit(Archive& a, Binding& b) -> decltype(b.problem, void()) {
  a(b.duty, b.problem, b.reads, b.writes);
}
template <class Archive, class Description>
void visit_all(Archive& a, Description& d) {
  a(d.id, d.version, d.vendor, d.title, d.abi, d.duties, d.min_latency_cycles, d.ports, d.params,
    d.extensions, d.bindings);
}

}  // namespace

std::string pack(const PluginDescription& plugin) {
  Writer writer(kDescription);
  writer(plugin.path.string());
  visit_all(writer, plugin);
  return writer.take();
}

std::string pack(const domain::Error& error) {
  Writer writer(kError);
  writer(error.where, error.what);
  return writer.take();
}

domain::Result<PluginDescription> unpack(const std::string& bytes, const std::string& where) {
  const domain::Error garbled{where, "wrote into the tool's own pipe while it was opened"};
  if (bytes.empty()) return garbled;
  Reader reader(bytes);
  if (bytes[0] == kError) {
    domain::Error error;
    reader(error.where, error.what);
    return reader.complete() ? error : garbled;
  }
  PluginDescription plugin;
  std::string path;
  reader(path);
  visit_all(reader, plugin);
  plugin.path = path;
  if (bytes[0] != kDescription || !reader.complete()) return garbled;
  return plugin;
}

}  // namespace saggar::host
