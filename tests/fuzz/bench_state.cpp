// Any bytes as the state of a bench: one that survives writing and reading again, or one error with
// a text, nothing else.
#include <cstdlib>
#include <string>

#include "hil/suite/bench_state.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace saggar::suite;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto read = decode_bench_state("fuzz", bytes);
  if (!read.ok()) {
    if (read.error().where != "fuzz" || read.error().what.empty()) std::abort();
    return 0;
  }
  const auto again = decode_bench_state("written", encode_bench_state(read.value()));
  if (!again.ok() || again.value().state != read.value().state) std::abort();
  return 0;
}
