// A folder for one test, gone when the test is over.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace saggar::campaign::testing {

class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : path(std::filesystem::temp_directory_path() /
             ("saggar-campaign-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path);
  }
  ~Scratch() { std::filesystem::remove_all(path); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path path;
};

}  // namespace saggar::campaign::testing
