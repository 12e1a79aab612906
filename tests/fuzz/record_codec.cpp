// A sequence of records, each behind its length in two bytes: decoding stays inside its bounds, and
// what it accepts comes back the same when encoded and decoded again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "runtime/record/codec.hpp"
#include "runtime/record/compare.hpp"
#include "tests/runtime/record/example.hpp"

namespace {

using namespace saggar;

struct Subject {
  domain::Plant plant = record::example::make_plant(1);
  record::Layout layout =
      record::example::layout_of(plant, record::example::make_record(plant, 3, 2));
  domain::Record in = layout.make_record(), out = layout.make_record();
};

void check(Subject& s, std::span<const std::uint8_t> bytes, record::Decoder& decoder,
           record::Encoder& encoder, record::Decoder& again) {
  if (!decoder.decode(bytes, s.in)) return;
  const auto encoded = encoder.encode(s.in);
  if (!again.decode(encoded, s.out)) std::abort();
  if (record::compare(s.in, s.out, s.plant, record::Depth::everything)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Subject subject;
  record::Decoder decoder(subject.layout), again(subject.layout);
  record::Encoder encoder(subject.layout);
  std::span<const std::uint8_t> rest(data, size);
  while (rest.size() >= 2) {
    const std::size_t n =
        std::min<std::size_t>(rest[0] | static_cast<std::size_t>(rest[1]) << 8, rest.size() - 2);
    const auto bytes = rest.subspan(2, n);
    check(subject, bytes, decoder, encoder, again);
    (void)record::decode_timing(bytes, subject.in);
    rest = rest.subspan(2 + n);
  }
  return 0;
}
