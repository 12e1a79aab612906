// The layout text of a journal: any text is read or refused, and what is read is written back the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/record/layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace saggar::record;
  const auto layout = parse_layout(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!layout) return 0;
  const std::string text = to_text(layout.value());
  const auto again = parse_layout(text);
  if (!again || to_text(again.value()) != text) std::abort();
  return 0;
}
