// The measured part of a record: frame, screened frame, estimate. Private to the codec.
#pragma once

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

#include "runtime/record/columns.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

inline std::uint8_t pack(const domain::Sample& s) noexcept {
  return static_cast<std::uint8_t>(static_cast<unsigned>(s.quality) << 4 |
                                   static_cast<unsigned>(s.sub_status));
}
inline void unpack(Source& w, std::uint8_t code, domain::Sample& s) noexcept {
  if (code >> 4 > static_cast<unsigned>(domain::Quality::bad) ||
      (code & 15) >= domain::kSubStatusCount) {
    return w.fail("no such quality");
  }
  s.quality = static_cast<domain::Quality>(code >> 4);
  s.sub_status = static_cast<domain::SubStatus>(code & 15);
}

/// Tags of a kind side by side (all temperatures, then all currents, ..), so that what does not
/// change makes long runs: by last word of the name, then by id.
inline std::vector<std::uint16_t> coding_order(const Layout& layout) {
  const auto& tags = layout.names.tags;
  std::vector<std::uint16_t> order(tags.size());
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  const auto last_word = [&](std::uint16_t i) {
    const std::string_view name = tags[i];
    return name.substr(name.rfind('.') + 1);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return last_word(a) < last_word(b); });
  return order;
}

/// Value, time, quality and sub-status of many samples.
class SampleColumns {
 public:
  /// @param order position -> sample; resolution is by sample
  SampleColumns(std::vector<std::uint16_t> order, const std::vector<double>& resolution)
      : order_(std::move(order)),
        value_(in_order(order_, resolution)),
        time_(order_.size()),
        quality_(order_.size()) {}

  void reset() noexcept { value_.reset(), time_.reset(), quality_.reset(); }

  template <class W>
  void code(W& w, std::uint64_t clock, Part<W, std::vector<domain::Sample>>& samples) {
    if constexpr (W::kReading) {
      value_.read(w, [&](std::size_t i, double v) { samples[order_[i]].value = v; });
      time_.read(w, clock, [&](std::size_t i, std::uint64_t v) {
        samples[order_[i]].time_ns = static_cast<std::int64_t>(v);
      });
      quality_.read(w, [&](std::size_t i, std::uint8_t v) { unpack(w, v, samples[order_[i]]); });
    } else {
      value_.write(w, [&](std::size_t i) { return samples[order_[i]].value; });
      time_.write(w, clock, [&](std::size_t i) {
        return static_cast<std::uint64_t>(samples[order_[i]].time_ns);
      });
      quality_.write(w, [&](std::size_t i) { return pack(samples[order_[i]]); });
    }
  }

 private:
  static std::vector<double> in_order(const std::vector<std::uint16_t>& order,
                                      const std::vector<double>& resolution) {
    std::vector<double> sorted;
    for (const std::uint16_t i : order) sorted.push_back(resolution[i]);
    return sorted;
  }

  std::vector<std::uint16_t> order_;
  DoubleColumn value_;
  ClockColumn time_;
  ByteColumn quality_;
};

/// The screened samples as differences to the raw ones: usually none, or a few for hours.
class ScreenedSamples {
 public:
  explicit ScreenedSamples(std::size_t tags) : last_(tags) {}
  void reset() noexcept { std::fill(last_.begin(), last_.end(), kNothing); }
  static constexpr std::size_t kMaxBytes = 3 + 1 + 9 + 10 + 1;  ///< per item

  void write(Sink& w, const std::vector<domain::Sample>& raw,
             const std::vector<domain::Sample>& screened) {
    w.room(screened.size() * kMaxBytes + 10);
    std::size_t next = 0;
    for (std::size_t i = 0; i < screened.size(); ++i) {
      const std::uint8_t differs = differences(raw[i], screened[i]);
      if (differs == 0) continue;
      w.uint(i - next + 1);
      next = i + 1;
      const std::uint8_t moved = differences(last_[i], screened[i]) & differs;
      w.byte(static_cast<std::uint8_t>(differs | moved << 3));
      if ((moved & kValue) != 0) code_double(w, screened[i].value, last_[i].value);
      if ((moved & kTime) != 0) {
        code_delta(w, screened[i].time_ns, static_cast<std::uint64_t>(raw[i].time_ns));
      }
      if ((moved & kQuality) != 0) w.byte(pack(screened[i]));
      last_[i] = screened[i];
    }
    w.uint(0);
  }

  void read(Source& w, const std::vector<domain::Sample>& raw,
            std::vector<domain::Sample>& screened) {
    screened = raw;
    std::size_t next = 0;
    while (w.ok()) {
      const std::uint64_t gap = w.uint();
      if (gap == 0) return;
      if (gap > screened.size() - next) return w.fail("a screened tag is beyond the last tag");
      const std::size_t i = next + gap - 1;
      next = i + 1;
      const std::uint8_t head = w.byte();
      const unsigned moved = head >> 3;
      domain::Sample& s = screened[i];
      if ((head & kValue) != 0) s.value = last_[i].value;
      if ((head & kTime) != 0) s.time_ns = last_[i].time_ns;
      if ((head & kQuality) != 0) {
        s.quality = last_[i].quality;
        s.sub_status = last_[i].sub_status;
      }
      if ((moved & kValue) != 0) code_double(w, s.value, last_[i].value);
      if ((moved & kTime) != 0) {
        code_delta(w, s.time_ns, static_cast<std::uint64_t>(raw[i].time_ns));
      }
      if ((moved & kQuality) != 0) unpack(w, w.byte(), s);
      last_[i] = s;
    }
  }

 private:
  static constexpr std::uint8_t kValue = 1, kTime = 2, kQuality = 4;
  static constexpr domain::Sample kNothing = {0.0, 0, domain::Quality::good,
                                              domain::SubStatus::none};
  static std::uint8_t differences(const domain::Sample& a, const domain::Sample& b) noexcept {
    const bool value =
        std::bit_cast<std::uint64_t>(a.value) != std::bit_cast<std::uint64_t>(b.value);
    return static_cast<std::uint8_t>((value ? kValue : 0) | (a.time_ns != b.time_ns ? kTime : 0) |
                                     (pack(a) != pack(b) ? kQuality : 0));
  }
  std::vector<domain::Sample> last_;
};

/// Frame, screened frame, estimate.
class MeasuredPart {
 public:
  explicit MeasuredPart(const Layout& layout)
      : raw_(coding_order(layout), layout.tag_resolution),
        screened_(layout.names.tags.size()),
        estimate_(natural_order(layout.virtual_tags),
                  std::vector<double>(layout.virtual_tags, 0.0)),
        sigma_(layout.virtual_tags) {}

  void reset() noexcept {
    raw_.reset(), screened_.reset(), estimate_.reset(), sigma_.reset();
    sequence_ = 0;
    link_up_ = false;
  }

  template <class W>
  void code(W& w, Part<W, domain::Record>& r) {
    w.room(64);
    std::uint8_t flags = 0;
    if constexpr (!W::kReading) flags = flags_of(r);
    code_byte(w, flags);
    code_header(w, r, flags);
    const auto clock = static_cast<std::uint64_t>(r.frame.time_ns);
    raw_.code(w, clock, r.frame.samples);
    code_screened(w, r, flags);
    estimate_.code(w, clock, r.estimate.samples);
    if constexpr (W::kReading) {
      sigma_.read(w, [&](std::size_t i, double v) { r.estimate.sigma[i] = v; });
    } else {
      sigma_.write(w, [&](std::size_t i) { return r.estimate.sigma[i]; });
    }
  }

 private:
  // Flags: the frame's head is not as expected; the screened head differs; screened samples differ.
  static constexpr std::uint8_t kHead = 1, kScreenedHead = 2, kScreened = 4;

  static std::vector<std::uint16_t> natural_order(std::size_t n) {
    std::vector<std::uint16_t> order(n);
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    return order;
  }
  static bool same_bits(const domain::Sample& a, const domain::Sample& b) noexcept {
    return std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value) &&
           a.time_ns == b.time_ns && pack(a) == pack(b);
  }

  std::uint8_t flags_of(const domain::Record& r) const noexcept {
    const domain::Frame &f = r.frame, &s = r.screened;
    const bool head = f.sequence != sequence_ + 1 || f.time_ns != r.time_ns || f.missed != 0 ||
                      f.clock_jump_ns != 0 || f.link_up != link_up_;
    const bool screened_head = s.sequence != f.sequence || s.time_ns != f.time_ns ||
                               s.missed != f.missed || s.link_up != f.link_up;
    const bool same = std::equal(f.samples.begin(), f.samples.end(), s.samples.begin(), same_bits);
    return static_cast<std::uint8_t>((head ? kHead : 0) | (screened_head ? kScreenedHead : 0) |
                                     (same ? 0 : kScreened));
  }

  template <class W>
  void code_header(W& w, Part<W, domain::Record>& r, std::uint8_t flags) {
    auto& f = r.frame;
    if ((flags & kHead) != 0) {
      code_delta(w, f.sequence, sequence_ + 1);
      code_delta(w, f.time_ns, static_cast<std::uint64_t>(r.time_ns));
      code_uint(w, f.missed);
      code_delta(w, f.clock_jump_ns, 0);
      code_enum(w, f.link_up, 2);
    } else if constexpr (W::kReading) {
      f.sequence = sequence_ + 1;
      f.time_ns = r.time_ns;
      f.missed = 0;
      f.clock_jump_ns = 0;
      f.link_up = link_up_;
    }
    sequence_ = f.sequence;
    link_up_ = f.link_up;
  }

  template <class W>
  void code_screened(W& w, Part<W, domain::Record>& r, std::uint8_t flags) {
    w.room(64);
    auto& s = r.screened;
    if ((flags & kScreenedHead) != 0) {
      code_delta(w, s.sequence, r.frame.sequence);
      code_delta(w, s.time_ns, static_cast<std::uint64_t>(r.frame.time_ns));
      code_uint(w, s.missed);
      code_enum(w, s.link_up, 2);
    } else if constexpr (W::kReading) {
      s.sequence = r.frame.sequence;
      s.time_ns = r.frame.time_ns;
      s.missed = r.frame.missed;
      s.link_up = r.frame.link_up;
    }
    if constexpr (W::kReading) {
      if ((flags & kScreened) == 0) {
        s.samples = r.frame.samples;
      } else {
        screened_.read(w, r.frame.samples, s.samples);
      }
    } else if ((flags & kScreened) != 0) {
      screened_.write(w, r.frame.samples, s.samples);
    }
  }

  SampleColumns raw_;
  ScreenedSamples screened_;
  SampleColumns estimate_;
  DoubleColumn sigma_;
  std::uint64_t sequence_ = 0;
  bool link_up_ = false;
};

}  // namespace saggar::record
