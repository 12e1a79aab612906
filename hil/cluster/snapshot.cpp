#include "hil/cluster/snapshot.hpp"

#include <algorithm>

#include "hil/campaign/inputs.hpp"

namespace saggar::cluster {

namespace fs = std::filesystem;

std::string place_of(const fs::path& file, const fs::path& from) {
  const fs::path whole = (file.is_absolute() ? file : from / file).lexically_normal();
  const fs::path below = whole.lexically_relative(from.lexically_normal());
  if (!below.empty() && *below.begin() != "..") return below.string();
  return ("outside" / whole.relative_path()).string();
}

domain::Result<FileCopy> copy(const fs::path& file, const fs::path& from, const fs::path& into,
                              const std::string& sha256) {
  FileCopy made{place_of(file, from), sha256};
  const fs::path to = into / made.path;
  std::error_code problem;
  fs::create_directories(to.parent_path(), problem);
  if (!problem) fs::copy_file(file, to, fs::copy_options::overwrite_existing, problem);
  if (problem) return domain::Error{to.string(), "cannot be written: " + problem.message()};
  const auto digest = campaign::digest_of_file(to);
  if (!digest) return digest.error();
  if (digest.value() != sha256) {
    return domain::Error{file.string(), "was changed while the campaign was planned; plan again"};
  }
  return made;
}

std::vector<std::string> differences(const std::vector<FileCopy>& files, const fs::path& into) {
  std::vector<std::string> out;
  for (const FileCopy& file : files) {
    const auto digest = campaign::digest_of_file(into / file.path);
    if (!digest) {
      out.push_back(file.path + " is gone");
    } else if (digest.value() != file.sha256) {
      out.push_back(file.path + " was changed");
    }
  }
  return out;
}

std::vector<std::string> differences(const std::vector<campaign::BuildPart>& planned,
                                     const std::vector<campaign::BuildPart>& here) {
  const auto named = [](const std::vector<campaign::BuildPart>& parts, const std::string& name) {
    return std::find_if(parts.begin(), parts.end(),
                        [&](const campaign::BuildPart& part) { return part.name == name; });
  };
  const auto what = [](const std::string& name) {
    return name == "program" ? "the program" : "plugin " + name;
  };
  std::vector<std::string> out;
  for (const campaign::BuildPart& part : planned) {
    const auto at = named(here, part.name);
    if (at == here.end()) {
      out.push_back(what(part.name) + " is not there");
    } else if (at->sha256 != part.sha256) {
      out.push_back(what(part.name) + " is another one");
    }
  }
  for (const campaign::BuildPart& part : here) {
    if (named(planned, part.name) == planned.end()) {
      out.push_back(what(part.name) + " is there in addition");
    }
  }
  return out;
}

}  // namespace saggar::cluster
