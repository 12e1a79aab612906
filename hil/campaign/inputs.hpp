// Inputs: the files a case depends on and the digest of all that its result depends on; each file
// is read once, however many cases name it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "hil/scenario/depends_on.hpp"
#include "hil/scenario/expand.hpp"

namespace saggar::campaign {

/// Lower-case hexadecimal SHA-256 of a file. Error: it cannot be read.
domain::Result<std::string> digest_of_file(const std::filesystem::path& path);

/// Thread: one. Files must not change while this lives.
class Inputs {
 public:
  /// SHA-256 over story and the contents of all files, not the program; the same wherever they
  /// stand.
  /// Errors: a file that cannot be read.
  domain::Result<std::string> of(const scenario::Case& one);
  /// Those of a bench and what they name in turn: materials, models. Some may be absent.
  const std::vector<scenario::Dependency>& files(const scenario::BenchFiles& bench);
  /// As `digest_of_file`, remembered.
  domain::Result<std::string> of_file(const std::filesystem::path& path);

 private:
  /// Part of the digest that comes from the files of a bench.
  domain::Result<std::string> lines_of(const scenario::BenchFiles& bench);

  std::map<std::filesystem::path, std::string> digests_;
  std::map<std::string, std::string> lines_;
  std::map<std::string, std::vector<scenario::Dependency>> files_;
};

}  // namespace saggar::campaign
