// Encoder and Decoder: one record of the cycle to a few hundred bytes and back, to the bit.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// A record that can be read without its predecessors is written at the first cycle of each
/// block of this many cycles, and first of all.
inline constexpr std::uint64_t kKeyInterval = 256;

/// Record to bytes, as differences to the record before. Everything deterministic is in the
/// bytes; Timing and received_ns are not (see encode_timing).
/// Every double comes back bit for bit: NaN payloads, -0.0, denormals.
/// Thread: one, not control. No allocation after construction. Cost: see docs/qa/journal.md.
class Encoder {
 public:
  explicit Encoder(const Layout& layout);
  ~Encoder();
  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;

  /// The bytes of `record`, valid until the next call. The record must have the layout's shape.
  std::span<const std::uint8_t> encode(const domain::Record& record);
  /// Makes the next record a key record.
  void restart() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Bytes to record. Takes any bytes: lengths, counts and enumerators are checked, an error says
/// the offset and what was wrong. After an error the next record must be a key record.
class Decoder {
 public:
  explicit Decoder(const Layout& layout);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// Fills `record`, which must have the layout's shape (Layout::make_record). Its timing and
  /// receive times are left alone. A record that is not a key record needs the one before it to
  /// have been decoded just before.
  domain::Status decode(std::span<const std::uint8_t> bytes, domain::Record& record);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// True if these bytes start a key record.
bool is_key(std::span<const std::uint8_t> bytes) noexcept;

/// Room for one timing blob: 7 numbers of at most 10 bytes.
using TimingBuffer = std::array<std::uint8_t, 70>;

/// Where the time went and when the frames were received: depends on the machine, so it is kept
/// apart from the hashed bytes. Self-contained; the bytes lie in `buffer`.
std::span<const std::uint8_t> encode_timing(const domain::Record& record,
                                            TimingBuffer& buffer) noexcept;
domain::Status decode_timing(std::span<const std::uint8_t> bytes, domain::Record& record);

}  // namespace saggar::record
