#include "hil/campaign/inputs.hpp"

#include <fstream>
#include <sstream>

#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::campaign {
namespace {

namespace fs = std::filesystem;

std::string key_of(const scenario::BenchFiles& f) {
  std::string key;
  for (const fs::path& path : {f.site, f.kiln, f.plant, f.recipe, f.control}) {
    key += path.string() + "\n";
  }
  return key;
}

}  // namespace

domain::Result<std::string> digest_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !fs::is_regular_file(path)) return domain::Error{path.string(), "cannot be read"};
  return record::hex(record::sha256(text.view()));
}

domain::Result<std::string> Inputs::of_file(const fs::path& path) {
  const auto known = digests_.find(path);
  if (known != digests_.end()) return known->second;
  auto digest = digest_of_file(path);
  if (digest) digests_[path] = digest.value();
  return digest;
}

const std::vector<scenario::Dependency>& Inputs::files(const scenario::BenchFiles& bench) {
  std::vector<scenario::Dependency>& files = files_[key_of(bench)];
  if (files.empty()) files = scenario::depends_on(bench);
  return files;
}

domain::Result<std::string> Inputs::lines_of(const scenario::BenchFiles& bench) {
  const std::string key = key_of(bench);
  const auto known = lines_.find(key);
  if (known != lines_.end()) return known->second;
  std::string text;
  for (const auto& [path, role] : files(bench)) {
    const auto digest = of_file(path);
    if (role == scenario::Role::named) {
      if (!digest) return digest.error();
      text += "file " + digest.value() + "\n";
    } else if (role == scenario::Role::material) {
      if (digest) text += "material " + digest.value() + "\n";
    } else {
      text += "model " + (digest ? digest.value() : "absent") + "\n";
    }
  }
  return lines_[key] = text;
}

domain::Result<std::string> Inputs::of(const scenario::Case& one) {
  const auto lines = lines_of(one.files);
  if (!lines) return lines.error();
  return record::hex(record::sha256(config::save_text(one.story) + lines.value()));
}

}  // namespace saggar::campaign
