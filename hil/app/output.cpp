#include "hil/app/output.hpp"

#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>

namespace saggar::app {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

bool write(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (out.flush()) return true;
  std::cerr << path << ": cannot be written; a path in a folder that exists would be right\n";
  return false;
}

}  // namespace saggar::app
