// Sink and Source: the same small words for writing bytes and for reading them, so that one
// description of a format serves both directions.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "runtime/domain/intent.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::record {

constexpr std::uint64_t zigzag(std::int64_t v) noexcept {
  return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t v) noexcept {
  return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

/// Appends bytes. `room(n)` must come before words that need up to n bytes.
class Sink {
 public:
  static constexpr bool kReading = false;
  static constexpr std::size_t kMaxVarint = 10;

  explicit Sink(std::size_t capacity) : buffer_(capacity < 64 ? 64 : capacity) {}
  void clear() noexcept { at_ = 0; }
  /// Makes sure that n more bytes fit; allocates only beyond the capacity given at construction.
  void room(std::size_t n) {
    if (buffer_.size() - at_ < n) buffer_.resize((at_ + n) * 2);
  }
  void byte(std::uint8_t v) noexcept { buffer_[at_++] = v; }
  /// Little endian, 7 bits a byte, at most kMaxVarint bytes.
  void uint(std::uint64_t v) noexcept {
    while (v >= 0x80) {
      buffer_[at_++] = static_cast<std::uint8_t>(v | 0x80);
      v >>= 7;
    }
    buffer_[at_++] = static_cast<std::uint8_t>(v);
  }
  void sint(std::int64_t v) noexcept { uint(zigzag(v)); }
  /// The n low bytes of v, little endian; 8 bytes of room are needed whatever n is.
  void low_bytes(std::uint64_t v, unsigned n) noexcept {
    std::memcpy(buffer_.data() + at_, &v, sizeof v);
    at_ += n;
  }
  void raw(const void* data, std::size_t n) noexcept {
    if (n != 0) std::memcpy(buffer_.data() + at_, data, n);
    at_ += n;
  }
  std::span<const std::uint8_t> bytes() const noexcept { return {buffer_.data(), at_}; }
  std::size_t capacity() const noexcept { return buffer_.size(); }

 private:
  std::vector<std::uint8_t> buffer_;
  std::size_t at_ = 0;
};
static_assert(std::endian::native == std::endian::little);

/// A Sink for numbers only, into an array of the caller that is large enough.
class FixedSink {
 public:
  static constexpr bool kReading = false;
  explicit FixedSink(std::span<std::uint8_t> to) noexcept : to_(to) {}
  void uint(std::uint64_t v) noexcept {
    for (; v >= 0x80; v >>= 7) to_[at_++] = static_cast<std::uint8_t>(v | 0x80);
    to_[at_++] = static_cast<std::uint8_t>(v);
  }
  void sint(std::int64_t v) noexcept { uint(zigzag(v)); }
  std::span<const std::uint8_t> bytes() const noexcept { return to_.first(at_); }

 private:
  std::span<std::uint8_t> to_;
  std::size_t at_ = 0;
};

/// Reads bytes. The first mistake is kept; afterwards everything reads as 0.
class Source {
 public:
  static constexpr bool kReading = true;

  explicit Source(std::span<const std::uint8_t> data) noexcept : data_(data) {}
  void room(std::size_t) const noexcept {}
  bool ok() const noexcept { return what_ == nullptr; }
  bool at_end() const noexcept { return at_ == data_.size(); }
  void fail(const char* what) noexcept {
    if (what_ != nullptr) return;
    what_ = what;
    failed_at_ = at_;
    at_ = data_.size();
  }
  std::uint8_t byte() noexcept {
    if (at_ == data_.size()) {
      fail("ends too early");
      return 0;
    }
    return data_[at_++];
  }
  std::uint64_t uint() noexcept {
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      const std::uint8_t b = byte();
      if (shift == 63 && b > 1) break;
      v |= static_cast<std::uint64_t>(b & 0x7FU) << shift;
      if ((b & 0x80U) == 0) return ok() ? v : 0;
    }
    fail("a number has more than 64 bits");
    return 0;
  }
  std::int64_t sint() noexcept { return unzigzag(uint()); }
  std::uint64_t low_bytes(unsigned n) noexcept {
    if (data_.size() - at_ < n) {
      fail("ends too early");
      return 0;
    }
    std::uint64_t v = 0;
    if (n != 0) std::memcpy(&v, data_.data() + at_, n);
    at_ += n;
    return v;
  }
  void raw(void* to, std::size_t n) noexcept {
    if (data_.size() - at_ < n) {
      fail("ends too early");
      return;
    }
    if (n != 0) std::memcpy(to, data_.data() + at_, n);
    at_ += n;
  }
  /// `where` is the offset.
  domain::Error error() const {
    return {"byte " + std::to_string(failed_at_), what_ == nullptr ? "no error" : what_};
  }

 private:
  std::span<const std::uint8_t> data_;
  std::size_t at_ = 0, failed_at_ = 0;
  const char* what_ = nullptr;
};

/// A const T when writing, a T when reading.
template <class W, class T>
using Part = std::conditional_t<W::kReading, T, const T>;

template <class W>
void code_byte(W& w, Part<W, std::uint8_t>& v) {
  if constexpr (W::kReading) {
    v = w.byte();
  } else {
    w.byte(v);
  }
}

/// An unsigned number of any width.
template <class W, class T>
void code_uint(W& w, T& v) {
  static_assert(std::is_unsigned_v<std::remove_const_t<T>>);
  if constexpr (W::kReading) {
    const std::uint64_t x = w.uint();
    if (x > std::numeric_limits<T>::max()) w.fail("a number is too large for its field");
    v = static_cast<T>(x);
  } else {
    w.uint(v);
  }
}

/// A 64-bit number as its difference to a prediction; any value fits.
template <class W, class T>
void code_delta(W& w, T& v, std::uint64_t predicted) {
  static_assert(sizeof(T) == 8);
  if constexpr (W::kReading) {
    v = static_cast<T>(predicted + static_cast<std::uint64_t>(w.sint()));
  } else {
    w.sint(static_cast<std::int64_t>(static_cast<std::uint64_t>(v) - predicted));
  }
}

/// An enumerator below `count`, or a bool (count 2).
template <class W, class E>
void code_enum(W& w, E& v, unsigned count) {
  if constexpr (W::kReading) {
    const std::uint8_t x = w.byte();
    if (x >= count) w.fail("an enumerator is out of range");
    v = static_cast<E>(x < count ? x : 0);
  } else {
    w.byte(static_cast<std::uint8_t>(v));
  }
}

template <class W, std::size_t N>
void code_text(W& w, domain::FixedText<N>& v) requires(W::kReading) {
  char text[N];
  const std::uint64_t n = w.uint();
  if (n >= N) return w.fail("a text is too long for its field");
  w.raw(text, n);
  if (w.ok()) v.assign({text, n});
}
template <class W, std::size_t N>
void code_text(W& w, const domain::FixedText<N>& v) requires(!W::kReading) {
  w.uint(v.view().size());
  w.raw(v.view().data(), v.view().size());
}

}  // namespace saggar::record
