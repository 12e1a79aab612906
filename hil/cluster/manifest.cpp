#include "hil/cluster/manifest.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/record/hash_chain.hpp"

namespace saggar::cluster {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

/// A value that is not what it must be; caught in read_manifest.
struct Wrong {
  std::string path, what;
};

// The fields of each struct, once, for writing and for reading.
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, campaign::BuildPart> {
  v("name", x.name), v("sha256", x.sha256);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, FileCopy> {
  v("path", x.path), v("sha256", x.sha256);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Story> {
  v("scenario", x.scenario), v("variant", x.variant), v("arm", x.arm), v("group", x.group);
  v("compared", x.compared), v("site", x.site), v("kiln", x.kiln), v("plant", x.plant);
  v("recipe", x.recipe), v("control", x.control), v("mapping", x.mapping), v("text", x.text);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, ShardCase> {
  v("id", x.id), v("story", x.story), v("seed", x.seed), v("shard", x.shard);
  v("inputs", x.inputs);
}
template <class V, class T>
void visit(V& v, T& x) requires std::is_same_v<std::remove_const_t<T>, Manifest> {
  v("suite", x.suite), v("judged_by", x.judged_by), v("case_limit_s", x.case_limit_s);
  v("configs", x.configs), v("replay", x.replay);
  v("campaign", x.campaign), v("build", x.build), v("parts", x.parts), v("shards", x.shards);
  v("files", x.files), v("stories", x.stories), v("cases", x.cases);
}

/// One line for each element of a list, so that two manifests can be compared by eye.
class Writer {
 public:
  template <class T>
  void operator()(const char* key, const T& value) {
    out_ += out_.empty() ? "" : ",\n";
    out_ += Json(key).dump() + ": " + text(value);
  }
  const std::string& fields() const { return out_; }

 private:
  class Row {
   public:
    template <class T>
    void operator()(const char* key, const T& value) {
      row[key] = value;
    }
    Json row;
  };
  template <class T>
  static std::string text(const T& value) {
    return dump(Json(value));
  }
  template <class T>
  static std::string text(const std::vector<T>& rows) {
    std::string out = "[";
    for (const T& x : rows) {
      Row row;
      visit(row, x);
      out += (&x == rows.data() ? "\n" : ",\n") + dump(row.row);
    }
    return out + "\n]";
  }
  /// Bytes that are no UTF-8 become U+FFFD.
  static std::string dump(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  std::string out_;
};

class Reader {
 public:
  Reader(const Json& from, std::string path) : from_(from), path_(std::move(path)) {
    if (!from.is_object()) throw Wrong{path_, "is no object"};
  }
  template <class T>
  void operator()(const char* key, T& into) {
    ++read_;
    const auto at = from_.find(key);
    const std::string path = path_.empty() ? key : path_ + "." + key;
    if (at == from_.end()) throw Wrong{path, "is not there"};
    take(*at, path, into);
  }
  /// Keys that nobody asked for.
  void end(std::size_t others) const {
    if (from_.size() != read_ + others) throw Wrong{path_, "has keys that no manifest has"};
  }

 private:
  static void take(const Json& from, const std::string& path, std::string& into) {
    if (!from.is_string()) throw Wrong{path, "is no text"};
    into = from.get<std::string>();
  }
  static void take(const Json& from, const std::string& path, bool& into) {
    if (!from.is_boolean()) throw Wrong{path, "is neither true nor false"};
    into = from.get<bool>();
  }
  template <class T>
  static void take(const Json& from, const std::string& path,
                   T& into) requires std::is_unsigned_v<T> {
    if (!from.is_number_unsigned() || from.get<std::uint64_t>() > std::numeric_limits<T>::max()) {
      throw Wrong{path, "is no whole number that fits"};
    }
    into = static_cast<T>(from.get<std::uint64_t>());
  }
  template <class T>
  static void take(const Json& from, const std::string& path, std::vector<T>& into) {
    if (!from.is_array()) throw Wrong{path, "is no list"};
    into.resize(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
      Reader reader(from[i], path + "[" + std::to_string(i) + "]");
      visit(reader, into[i]);
      reader.end(0);
    }
  }

  const Json& from_;
  std::string path_;
  std::size_t read_ = 0;
};

std::string fields_of(const Manifest& manifest) {
  Writer writer;
  visit(writer, manifest);
  return writer.fields();
}

void must(bool holds, const std::string& path, std::size_t index, const char* what) {
  if (!holds) throw Wrong{path + "[" + std::to_string(index) + "]", what};
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Stays below the folder that it is put in.
bool is_inside(const std::string& text) {
  const std::filesystem::path path(text);
  if (text.empty() || path.is_absolute() || text.find('\0') != std::string::npos) return false;
  for (const auto& part : path) {
    if (part == ".." || part == "." || part.empty()) return false;
  }
  return true;
}

void check(const Manifest& m) {
  if (m.shards < 1 || m.shards > kMostShards) throw Wrong{"shards", "is not within 1 to 10000"};
  if (!is_digest(m.build)) throw Wrong{"build", "is no SHA-256"};
  if (!is_digest(m.campaign)) throw Wrong{"campaign", "is no SHA-256"};
  if (m.case_limit_s < 1) throw Wrong{"case_limit_s", "is not above 0"};
  if (m.configs != "." && !is_inside(m.configs)) throw Wrong{"configs", "leaves the folder"};
  std::set<std::string_view> paths, ids;
  for (std::size_t i = 0; i < m.files.size(); ++i) {
    must(is_inside(m.files[i].path), "files", i, "has a path that leaves the folder");
    must(is_digest(m.files[i].sha256), "files", i, "has no SHA-256");
    must(paths.insert(m.files[i].path).second, "files", i, "is there twice");
  }
  for (std::size_t i = 0; i < m.stories.size(); ++i) {
    const Story& s = m.stories[i];
    for (const std::string* path : {&s.site, &s.kiln, &s.plant, &s.recipe, &s.control}) {
      must(paths.count(*path) > 0, "stories", i, "names a file that is not in files");
    }
    must(s.mapping.empty() || is_inside(s.mapping), "stories", i,
         "has a path that leaves the folder");
  }
  for (std::size_t i = 0; i < m.cases.size(); ++i) {
    const ShardCase& c = m.cases[i];
    must(c.story < m.stories.size(), "cases", i, "names a story that is not there");
    must(c.shard < m.shards, "cases", i, "is of a shard that is not there");
    must(is_digest(c.inputs), "cases", i, "has no SHA-256 in inputs");
    must(!c.id.empty() && ids.insert(c.id).second, "cases", i, "has no id of its own");
  }
}

std::string line_and_column(std::string_view text, std::size_t byte) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i + 1 < byte && i < text.size(); ++i) {
    column = text[i] == '\n' ? 1 : column + 1;
    line += text[i] == '\n';
  }
  return std::to_string(line) + ":" + std::to_string(column);
}

Manifest take(const Json& from) {
  Manifest manifest;
  const auto format = from.find("saggar_campaign");
  if (!from.is_object() || format == from.end()) {
    throw Wrong{"", "is no manifest of a campaign; `saggar-hil campaign plan` writes one"};
  }
  if (*format != kFormat) {
    throw Wrong{"saggar_campaign",
                "is of another version of this program, which must plan it again"};
  }
  Reader reader(from, "");
  std::string digest;
  reader("digest", digest);
  visit(reader, manifest);
  reader.end(1);
  check(manifest);
  return manifest;
}

}  // namespace

std::string digest(const Manifest& manifest) {
  return record::hex(record::sha256(fields_of(manifest)));
}

std::string json(const Manifest& manifest) {
  const std::string fields = fields_of(manifest);
  return "{\n\"saggar_campaign\": " + std::to_string(kFormat) + ",\n\"digest\": \"" +
         record::hex(record::sha256(fields)) + "\",\n" + fields + "\n}\n";
}

domain::Result<Manifest> read_manifest(const std::string& name, std::string_view text) {
  if (text.size() > kMostManifestBytes) return domain::Error{name, "is over 256 MiB"};
  try {
    Manifest manifest = take(Json::parse(text));
    if (json(manifest) == text) return manifest;
    return domain::Error{name,
                         "was changed since `saggar-hil campaign plan` wrote it; plan again, or "
                         "put the original back"};
  } catch (const Wrong& wrong) {
    return domain::Error{wrong.path.empty() ? name : name + ": " + wrong.path, wrong.what};
  } catch (const nlohmann::json::parse_error& error) {
    return domain::Error{name + ":" + line_and_column(text, error.byte), "is no JSON"};
  } catch (const nlohmann::json::exception&) {
    return domain::Error{name, "is no JSON that a manifest can be"};
  }
}

}  // namespace saggar::cluster
