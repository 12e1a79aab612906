#include <cstddef>
#include <cstdint>

#include "tests/fuzz/wire_decode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  saggar::wire::decode_service_bytes({data, size});
  return 0;
}
