// Columns: the same field of many items, coded as differences to the cycle before.
// Encoder and decoder hold equal columns and keep them equal.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "runtime/record/bytes.hpp"

namespace saggar::record {

/// A nonzero 64-bit pattern without its leading and trailing zero bytes. There are 36 ways to cut
/// (lead + trail <= 7); the number of the way is one byte or part of one.
struct ByteCut {
  static constexpr std::size_t kWays = 36;
  unsigned lead = 0, trail = 0;

  static unsigned way(std::uint64_t x) noexcept {
    const unsigned lead = static_cast<unsigned>(std::countl_zero(x)) / 8;
    return kStart[lead] + static_cast<unsigned>(std::countr_zero(x)) / 8;
  }
  static constexpr ByteCut of(unsigned way) noexcept {
    unsigned lead = 7;
    while (way < kStart[lead]) --lead;
    return {lead, way - kStart[lead]};
  }
  unsigned bytes() const noexcept { return 8 - lead - trail; }

 private:
  // with `lead` leading zero bytes there are 8 - lead possible numbers of trailing ones
  static constexpr std::array<unsigned, 8> kStart = {0, 8, 15, 21, 26, 30, 33, 35};
};

inline void write_cut(Sink& w, std::uint64_t x, unsigned way) noexcept {
  const ByteCut cut = ByteCut::of(way);
  w.low_bytes(x >> (8 * cut.trail), cut.bytes());
}
inline std::uint64_t read_cut(Source& w, unsigned way) noexcept {
  const ByteCut cut = ByteCut::of(way);
  return w.low_bytes(cut.bytes()) << (8 * cut.trail);
}

/// One double as its bits XOR a prediction: at most 9 bytes, one when predicted.
template <class W>
void code_double(W& w, Part<W, double>& v, double predicted = 0.0) {
  const auto before = std::bit_cast<std::uint64_t>(predicted);
  if constexpr (W::kReading) {
    const std::uint8_t way = w.byte();
    if (way > ByteCut::kWays) return w.fail("no such kind of number");
    const std::uint64_t x = way == ByteCut::kWays ? 0 : read_cut(w, way);
    v = std::bit_cast<double>(before ^ x);
  } else {
    const std::uint64_t x = std::bit_cast<std::uint64_t>(v) ^ before;
    const unsigned way = x == 0 ? ByteCut::kWays : ByteCut::way(x);
    w.byte(static_cast<std::uint8_t>(way));
    if (x != 0) write_cut(w, x, way);
  }
}

/// Other values of this cycle or the last that an item may simply repeat.
struct References {
  std::array<const double*, 4> list{};
  std::size_t count = 0;
};

/// Doubles, each coded in the cheapest of: unchanged (runs), equal to a reference (runs), steps on
/// the grid of its resolution, XOR with its last value. An item off its grid, or without one,
/// takes the first of the usual decimal grids that fits. Tokens, one byte each:
///   00-3F unchanged, 1 to 64 items          40-63 XOR, cut 0 to 35, then its bytes
///   64-67 equal to reference, then a run    68, 69 steps on the grid k*r, k/(1/r): then a number
///   6A-71 take grid 0 to 3, k*r or k/(1/r), then k
///   80-DF -48 to 47 steps                   E0-FF 13 bits of steps, then 8 of them
class DoubleColumn {
 public:
  /// @param resolution per item, 0 = no grid
  explicit DoubleColumn(const std::vector<double>& resolution);
  explicit DoubleColumn(std::size_t count) : DoubleColumn(std::vector<double>(count, 0.0)) {}

  /// As if every value so far had been 0.
  void reset() noexcept;
  std::size_t size() const noexcept { return items_.size(); }
  static constexpr std::size_t kMaxBytes = 12;  ///< per item, in the worst case

  template <class Get>
  void write(Sink& w, Get get, const References& refs = {}) {
    w.room(items_.size() * kMaxBytes + 16);
    const std::size_t n = items_.size();
    std::size_t same = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double v = get(i);
      if (std::bit_cast<std::uint64_t>(v) == items_[i].bits) {
        ++same;
        continue;
      }
      if (same != 0) write_same(w, same);
      same = 0;
      const std::size_t run = refs.count == 0 ? 0 : write_reference(w, i, get, refs);
      if (run != 0) {
        i += run - 1;
      } else {
        write_item(w, items_[i], v);
      }
    }
    if (same != 0) write_same(w, same);
  }

  template <class Set>
  void read(Source& w, Set set, const References& refs = {}) {
    std::size_t i = 0;
    while (i < items_.size() && w.ok()) {
      const std::uint8_t token = w.byte();
      std::size_t n = 1;
      if (token < kCut) {
        n = token + std::size_t{1};
      } else if (token >= kReference && token < kReference + refs.count) {
        n = w.uint() + 1;
      } else {
        read_item(w, items_[i], token);
      }
      if (n == 0 || n > items_.size() - i) return w.fail("a run is longer than its column");
      for (; n != 0; --n, ++i) {
        if (token >= kReference && token < kReference + refs.count) {
          items_[i].bits = std::bit_cast<std::uint64_t>(refs.list[token - kReference][i]);
        }
        set(i, std::bit_cast<double>(items_[i].bits));
      }
    }
  }

 private:
  static constexpr std::uint8_t kCut = 0x40, kReference = 0x64, kProduct = 0x68, kQuotient = 0x69,
                                kTake = 0x6A, kShort = 0x80, kMedium = 0xE0;
  static constexpr std::uint8_t kMaxTries = 8;
  struct Grid {
    double resolution = 0;  // 0 = no grid
    double per_unit = 0;    // 1 / resolution
    bool whole = false;     // per_unit is a whole number, so k / per_unit is a grid too
  };
  struct Item {
    std::uint64_t bits = 0;  // of the last value
    std::int64_t steps = 0;  // of the last value that lay on the grid
    Grid grid;
    bool quotient = false;   // the last grid value was k / per_unit
    std::uint8_t tries = 0;  // searches for a grid since the last key record
  };
  static const std::array<Grid, 4> kUsualGrids;

  template <class Get>
  std::size_t write_reference(Sink& w, std::size_t i, Get get, const References& refs) {
    for (std::size_t r = 0; r < refs.count; ++r) {
      std::size_t run = 0;
      while (i + run < items_.size()) {
        const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(get(i + run)));
        if (bits != std::bit_cast<std::uint64_t>(refs.list[r][i + run])) break;
        items_[i + run++].bits = bits;
      }
      if (run == 0) continue;
      w.byte(static_cast<std::uint8_t>(kReference + r));
      w.uint(run - 1);
      return run;
    }
    return 0;
  }

  static void write_same(Sink& w, std::size_t n) noexcept {
    for (; n > 64; n -= 64) w.byte(63);
    w.byte(static_cast<std::uint8_t>(n - 1));
  }
  static Grid make_grid(double resolution) noexcept;
  static bool on_grid(const Grid& grid, double v, bool quotient, double& k) noexcept;
  static bool write_steps(Sink& w, Item& item, double v) noexcept;
  static bool take_grid(Sink& w, Item& item, double v) noexcept;
  static void write_item(Sink& w, Item& item, double v) noexcept;
  static void read_item(Source& w, Item& item, std::uint8_t token) noexcept;

  std::vector<Grid> given_;  // by the layout
  std::vector<Item> items_;
};

/// Times or sequence numbers that follow a clock of the record: runs of items that kept their
/// distance to it, that did not move at all, or that equal the item before; else numbers.
class ClockColumn {
 public:
  explicit ClockColumn(std::size_t count) : last_(count, 0) {}
  void reset() noexcept;
  static constexpr std::size_t kMaxBytes = 14;  ///< per item, in the worst case

  /// @param clock the record's own time or sequence number
  template <class Get>
  void write(Sink& w, std::uint64_t clock, Get get) {
    w.room(last_.size() * kMaxBytes + 16);
    const std::uint64_t moved = clock - clock_;
    std::uint64_t above = clock;
    for (std::size_t i = 0; i < last_.size();) {
      const Kind kind = kind_of(get(i), last_[i], moved, above);
      std::size_t n = i;
      do {
        above = get(n);
        if (kind != kNumber) last_[n] = above;
        ++n;
      } while (n < last_.size() && kind_of(get(n), last_[n], moved, above) == kind);
      w.uint((n - i - 1) << 2 | kind);
      for (; kind == kNumber && i < n; ++i) {
        const std::uint64_t v = get(i);
        w.sint(static_cast<std::int64_t>(v - last_[i] - moved));
        last_[i] = v;
      }
      i = n;
    }
    clock_ = clock;
  }

  template <class Set>
  void read(Source& w, std::uint64_t clock, Set set) {
    const std::uint64_t moved = clock - clock_;
    std::uint64_t above = clock;
    std::size_t i = 0;
    while (i < last_.size() && w.ok()) {
      const std::uint64_t token = w.uint();
      const std::uint64_t n = (token >> 2) + 1;
      if (n > last_.size() - i) return w.fail("a run is longer than its column");
      for (const std::size_t end = i + n; i < end; ++i) {
        switch (static_cast<Kind>(token & 3U)) {
          case kMoved:
            last_[i] += moved;
            break;
          case kStill:
            break;
          case kAbove:
            last_[i] = above;
            break;
          case kNumber:
            last_[i] += moved + static_cast<std::uint64_t>(w.sint());
            break;
        }
        above = last_[i];
        set(i, above);
      }
    }
    clock_ = clock;
  }

 private:
  enum Kind : std::uint8_t { kMoved, kStill, kAbove, kNumber };
  static Kind kind_of(std::uint64_t v, std::uint64_t last, std::uint64_t moved,
                      std::uint64_t above) noexcept {
    if (v == last + moved) return kMoved;
    if (v == last) return kStill;
    return v == above ? kAbove : kNumber;
  }

  std::vector<std::uint64_t> last_;
  std::uint64_t clock_ = 0;
};

/// Small codes that rarely change: runs of unchanged items, runs of items with one new code.
class ByteColumn {
 public:
  explicit ByteColumn(std::size_t count) : last_(count, 0) {}
  void reset() noexcept;

  template <class Get>
  void write(Sink& w, Get get) {
    w.room(last_.size() * 4 + 16);
    std::size_t i = 0;
    for (;;) {
      std::size_t from = i;
      while (i < last_.size() && last_[i] == get(i)) ++i;
      w.uint(i - from);
      if (i == last_.size()) return;
      const std::uint8_t code = get(i);
      for (from = i; i < last_.size() && get(i) == code && last_[i] != code; ++i) last_[i] = code;
      w.uint(i - from);
      w.byte(code);
      if (i == last_.size()) return;
    }
  }

  template <class Set>
  void read(Source& w, Set set) {
    std::size_t i = 0;
    for (bool changed = false; w.ok(); changed = !changed) {
      const std::uint64_t n = w.uint();
      if (n > last_.size() - i) return w.fail("a run is longer than its column");
      const std::uint8_t code = changed ? w.byte() : std::uint8_t{0};
      for (const std::size_t end = i + n; i < end; ++i) {
        if (changed) last_[i] = code;
        set(i, last_[i]);
      }
      if (i == last_.size()) return;
    }
  }

 private:
  std::vector<std::uint8_t> last_;
};

}  // namespace saggar::record
