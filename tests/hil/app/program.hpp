// The programs as a person calls them, and the commands of their pages.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace saggar::app {

struct Said {
  int code = 0;
  std::string text;
};

/// What a shell makes of some text in the folder of the sources.
inline Said shell(const std::string& text) {
  Said said;
  FILE* pipe = popen(("cd " SAGGAR_SOURCE_DIR " && { " + text + "; } 2>&1").c_str(), "r");
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    said.text.append(buffer, n);
  said.code = WEXITSTATUS(pclose(pipe));
  return said;
}

inline std::string text_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

/// In the folder of the sources.
inline Said run(const std::string& arguments, const std::string& program = "saggar-hil") {
  return shell(SAGGAR_BINARY_DIR "/bin/" + program + " " + arguments);
}

/// The lines of the blocks of a page that are written for a shell.
inline std::vector<std::string> commands_of(const std::string& page) {
  std::vector<std::string> out;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) {
      inside = line == "```sh";
    } else if (inside) {
      out.push_back(line);
    }
  }
  return out;
}

}  // namespace saggar::app
