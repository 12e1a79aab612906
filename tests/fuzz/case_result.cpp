// Any bytes as the result of a case: a value that survives writing and reading again, or one error
// with a text, nothing else.
#include <cstdlib>
#include <string_view>

#include "hil/suite/result.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using saggar::suite::read_result;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = read_result("fuzz", text);
  if (!read.ok()) {
    if (read.error().where.rfind("fuzz", 0) != 0 || read.error().what.empty()) std::abort();
    return 0;
  }
  const std::string written = json(read.value());
  const auto again = read_result("written", written);
  if (!again.ok() || json(again.value()) != written) std::abort();
  return 0;
}
