// A folder of configurations for one test, gone when the test is over.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "hil/scenario/files.hpp"

namespace saggar::testing {

class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("saggar-" + name + "-" + std::to_string(::getpid()))) {
    for (const char* kind : {"kiln/k.toml", "kiln/k.plant.toml", "recipes/r.toml", "control/c.toml",
                             "control/d.toml", "site/test.toml"}) {
      write(kind, "");
    }
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file) << text;
  }
  void scenario(const std::string& name, const std::string& rest) const {
    write("scenarios/" + name + ".toml",
          "kind = \"scenario\"\nname = \"" + name +
              "\"\n[bench]\nkiln = \"k\"\nrecipe = \"r\"\ncontrol = \"c\"\n" + rest);
  }
  scenario::Place place() const { return {path_, path_}; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace saggar::testing
