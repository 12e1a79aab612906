#include "hil/app/output.hpp"

#include <chrono>
#include <ctime>
#include <iostream>
#include <variant>

#include "hil/report/json.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

bool write(const std::string& path, const std::string& text, std::size_t count,
           const std::string& what) {
  const auto done = config::write_new_file(path, text);
  if (!done) {
    std::cerr << done.error().text() << "\n";
    return false;
  }
  std::cout << config::wrote(path, count, what);
  return true;
}

bool write_page(const std::string& html, const std::string& json, const report::Page& page) {
  std::size_t rows = 0;
  for (const report::Section& section : page.sections) {
    for (const report::Block& block : section.blocks) {
      if (const auto* table = std::get_if<report::Table>(&block)) rows += table->rows.size();
    }
  }
  const std::string text = report::html(page);
  const bool shown = write(html, text, text.size(), "bytes");
  return write(json, report::json(page), rows, "rows") && shown;
}

}  // namespace saggar::app
