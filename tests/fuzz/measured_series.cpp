// Any bytes as a measured series: a series within its bounds or one error with a place, nothing
// else.
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "hil/validate/measured.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using saggar::validate::Measured;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = saggar::validate::read_measured("fuzz", text);
  if (!read.ok()) {
    expect(read.error().where.rfind("fuzz:", 0) == 0 && !read.error().what.empty());
    return 0;
  }
  const Measured& m = read.value();
  expect(m.time_h.size() >= 2 && m.time_h.size() <= Measured::kMostRows);
  expect(m.time_h.front() >= 0 && m.time_h.back() <= Measured::kMost_h);
  expect(!m.muffle.points.empty() && m.muffle.points.size() <= Measured::kMostPoints + 2);
  expect(!m.columns.empty() && m.columns.size() < Measured::kMostColumns);
  for (std::size_t i = 1; i < m.time_h.size(); ++i) expect(m.time_h[i] > m.time_h[i - 1]);
  expect(m.standard_error.empty() || m.standard_error.size() == m.columns.size());
  for (const double error : m.standard_error) expect(error > 0 && std::isfinite(error));
  for (const auto& column : m.columns) {
    expect(column.values.size() == m.time_h.size());
    for (const double value : column.values) expect(std::isfinite(value));
  }
  return 0;
}
