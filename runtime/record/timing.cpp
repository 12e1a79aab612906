// The machine-dependent part of a record, in a blob of its own.
#include <array>

#include "runtime/record/bytes.hpp"
#include "runtime/record/codec.hpp"

namespace saggar::record {
namespace {

std::uint64_t bits(std::int64_t v) noexcept { return static_cast<std::uint64_t>(v); }

template <class W>
void code_timing(W& w, Part<W, domain::Record>& r) {
  auto& t = r.timing;
  code_delta(w, t.start_ns, 0);
  code_delta(w, t.late_ns, 0);
  code_delta(w, t.duration_ns, 0);
  code_delta(w, t.controllers_ns, 0);
  code_delta(w, t.frame_age_ns, 0);
  // As a rule the frame was received frame_age before the start.
  code_delta(w, r.frame.received_ns, bits(t.start_ns) - bits(t.frame_age_ns));
  code_delta(w, r.screened.received_ns, bits(r.frame.received_ns));
}

}  // namespace

std::span<const std::uint8_t> encode_timing(const domain::Record& record,
                                            TimingBuffer& buffer) noexcept {
  FixedSink sink(buffer);
  code_timing(sink, record);
  return sink.bytes();
}

domain::Status decode_timing(std::span<const std::uint8_t> bytes, domain::Record& record) {
  Source source(bytes);
  code_timing(source, record);
  if (source.ok() && !source.at_end()) source.fail("goes on after the end of the timing");
  if (!source.ok()) return source.error();
  return domain::Done{};
}

}  // namespace saggar::record
