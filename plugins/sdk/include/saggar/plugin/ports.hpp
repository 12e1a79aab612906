// Declarations of ports and parameters, and typed views of what a controller is given.
// C++17, header-only. Views do not own: they are valid until the call that got them returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <saggar/plugin/abi.h>

namespace saggar::plugin {

/// Pointer and length. Never owns.
template <class T>
class Span {
 public:
  constexpr Span() noexcept = default;
  constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
  constexpr T* begin() const noexcept { return data_; }
  constexpr T* end() const noexcept { return data_ + size_; }
  constexpr T* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr T& operator[](std::size_t i) const noexcept { return data_[i]; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// All elements, where an extension asks for one.
inline constexpr std::uint32_t kAllElements = 0xFFFFFFFFU;
/// No zone (Setup), or "something inside the controller" (saggar_cause::input).
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

/// Declares an input port. @param pattern tag names of the kiln, `*` = one or more characters but
/// no dot; the k-th match is element k. @param unit a symbol of units.hpp, equal to the tags' own
constexpr saggar_port input(const char* name, const char* pattern, const char* unit,
                            std::uint32_t min_count, std::uint32_t max_count,
                            const char* doc) noexcept {
  return {sizeof(saggar_port), SAGGAR_PORT_INPUT, name, pattern, unit, min_count, max_count, doc};
}
/// An input port the kiln may lack: its size is then 0.
constexpr saggar_port optional_input(const char* name, const char* pattern, const char* unit,
                                     std::uint32_t max_count, const char* doc) noexcept {
  return {sizeof(saggar_port),
          SAGGAR_PORT_INPUT | SAGGAR_PORT_OPTIONAL,
          name,
          pattern,
          unit,
          1,
          max_count,
          doc};
}
/// Declares an output port: every match must be a tag that the duty may write.
constexpr saggar_port output(const char* name, const char* pattern, const char* unit,
                             std::uint32_t min_count, std::uint32_t max_count,
                             const char* doc) noexcept {
  return {sizeof(saggar_port), SAGGAR_PORT_OUTPUT, name, pattern, unit, min_count, max_count, doc};
}
/// An output port the kiln may lack: its size is then 0.
constexpr saggar_port optional_output(const char* name, const char* pattern, const char* unit,
                                      std::uint32_t max_count, const char* doc) noexcept {
  return {sizeof(saggar_port),
          SAGGAR_PORT_OUTPUT | SAGGAR_PORT_OPTIONAL,
          name,
          pattern,
          unit,
          1,
          max_count,
          doc};
}
/// Declares a parameter. @param key lower_case, with the unit as suffix where it has one
/// @param flags SAGGAR_PARAM_TUNABLE, SAGGAR_PARAM_PER_OUTPUT
constexpr saggar_param param(const char* key, const char* unit, double min, double max,
                             double default_value, std::uint32_t flags, const char* doc) noexcept {
  return {sizeof(saggar_param), flags, key, unit, doc, min, max, default_value};
}

/// Position of a port of this name among all ports; among inputs; among outputs. A name that is
/// not declared is an index past the end, which SAGGAR_PLUGIN's users can static_assert on.
template <std::size_t N>
constexpr std::uint32_t find_port(const saggar_port (&ports)[N], std::string_view name) noexcept {
  for (std::uint32_t i = 0; i < N; ++i) {
    if (ports[i].name == name) return i;
  }
  return kNone;
}
template <std::size_t N>
constexpr std::uint32_t find_kind(const saggar_port (&ports)[N], std::string_view name,
                                  std::uint32_t kind) noexcept {
  std::uint32_t k = 0;
  for (const saggar_port& port : ports) {
    if ((port.flags & kind) == 0) continue;
    if (port.name == name) return k;
    ++k;
  }
  return kNone;
}
template <std::size_t N>
constexpr std::uint32_t find_input(const saggar_port (&ports)[N], std::string_view name) noexcept {
  return find_kind(ports, name, SAGGAR_PORT_INPUT);
}
template <std::size_t N>
constexpr std::uint32_t find_output(const saggar_port (&ports)[N], std::string_view name) noexcept {
  return find_kind(ports, name, SAGGAR_PORT_OUTPUT);
}
template <std::size_t N>
constexpr std::uint32_t find_param(const saggar_param (&params)[N], std::string_view key) noexcept {
  for (std::uint32_t i = 0; i < N; ++i) {
    if (params[i].key == key) return i;
  }
  return kNone;
}

/// Copies text into a fixed buffer, zero-terminated, cut at a character boundary. No heap.
inline void copy_text(char* to, std::uint32_t capacity, const char* from) noexcept {
  if (to == nullptr || capacity == 0) return;
  std::size_t n = from == nullptr ? 0 : std::strlen(from);
  if (n >= capacity) {
    n = capacity - 1;
    while (n > 0 && (static_cast<unsigned char>(from[n]) & 0xC0U) == 0x80U) --n;
  }
  if (n != 0) std::memcpy(to, from, n);
  to[n] = '\0';
}

/// One port as this kiln resolved it.
class PortSetup {
 public:
  explicit PortSetup(const saggar_resolved_port& port) noexcept : port_(&port) {}
  std::uint32_t size() const noexcept { return port_->count; }
  std::string_view tag(std::size_t i) const noexcept { return port_->tag[i]; }
  double low(std::size_t i) const noexcept { return port_->low[i]; }  ///< range of the tag
  double high(std::size_t i) const noexcept { return port_->high[i]; }
  double resolution(std::size_t i) const noexcept { return port_->resolution[i]; }  ///< 0 = none
  std::uint32_t zone(std::size_t i) const noexcept { return port_->zone[i]; }       ///< or kNone

 private:
  const saggar_resolved_port* port_;
};

/// What an instance is told once, in `configure`. Copy what you need: it is gone afterwards.
class Setup {
 public:
  explicit Setup(const saggar_setup& setup) noexcept : setup_(&setup) {}
  std::string_view kiln() const noexcept { return setup_->kiln; }
  std::string_view instance() const noexcept { return setup_->instance; }
  std::uint32_t zone_count() const noexcept { return setup_->zone_count; }
  double period_s() const noexcept { return setup_->period_s; }
  std::uint32_t latency_cycles() const noexcept { return setup_->latency_cycles; }
  std::uint32_t port_count() const noexcept { return setup_->port_count; }
  /// @param index position in the declared ports, see find_port
  PortSetup port(std::uint32_t index) const noexcept { return PortSetup(setup_->ports[index]); }
  /// All values of a parameter: 1, or one per element of the first output port.
  Span<const double> values(std::uint32_t index) const noexcept {
    return {setup_->params[index].value, setup_->params[index].count};
  }
  /// Value of a parameter for one element; the same for all where it has only one.
  double value(std::uint32_t index, std::size_t element = 0) const noexcept {
    const Span<const double> all = values(index);
    return all[element < all.size() ? element : 0];
  }
  const saggar_setup& raw() const noexcept { return *setup_; }

 private:
  const saggar_setup* setup_;
};

/// Values of one input port at one instant.
class InputView {
 public:
  explicit InputView(const saggar_input& in) noexcept : in_(&in) {}
  std::uint32_t size() const noexcept { return in_->count; }
  /// In the port's unit; meaningless unless `usable(i)`.
  double value(std::size_t i) const noexcept { return in_->value[i]; }
  std::uint32_t quality(std::size_t i) const noexcept { return in_->quality[i]; }
  bool good(std::size_t i) const noexcept { return in_->quality[i] == SAGGAR_GOOD; }
  bool usable(std::size_t i) const noexcept { return in_->quality[i] < SAGGAR_BAD; }
  bool all_usable() const noexcept {
    for (std::uint32_t i = 0; i < in_->count; ++i) {
      if (!usable(i)) return false;
    }
    return true;
  }
  Span<const double> values() const noexcept { return {in_->value, in_->count}; }
  Span<const std::uint32_t> qualities() const noexcept { return {in_->quality, in_->count}; }

 private:
  const saggar_input* in_;
};

/// One output port. Every element must be written in every step that gives a proposal; a value
/// left out is not a number, and the host refuses the proposal.
class OutputView {
 public:
  explicit OutputView(saggar_output& out) noexcept : out_(&out) {}
  std::uint32_t size() const noexcept { return out_->count; }
  void set(std::size_t i, double value) const noexcept { out_->value[i] = value; }
  /// In force at the field now: track this when not driving.
  double working(std::size_t i) const noexcept { return out_->working[i]; }
  /// Recipe or operator SP: a trim of zero proposes exactly this.
  double reference(std::size_t i) const noexcept { return out_->reference[i]; }
  double low(std::size_t i) const noexcept { return out_->low[i]; }  ///< in force now, absolute
  double high(std::size_t i) const noexcept { return out_->high[i]; }
  /// Windup status of the last cycle: do not integrate that way.
  bool limited_low(std::size_t i) const noexcept {
    return (out_->limited[i] & SAGGAR_LIMITED_LOW) != 0;
  }
  bool limited_high(std::size_t i) const noexcept {
    return (out_->limited[i] & SAGGAR_LIMITED_HIGH) != 0;
  }
  /// False: a person or another rung has this one; propose its working value.
  bool is_free(std::size_t i) const noexcept { return out_->free[i] != 0; }
  Span<double> values() const noexcept { return {out_->value, out_->count}; }
  Span<const double> workings() const noexcept { return {out_->working, out_->count}; }
  Span<const double> references() const noexcept { return {out_->reference, out_->count}; }
  Span<const double> lows() const noexcept { return {out_->low, out_->count}; }
  Span<const double> highs() const noexcept { return {out_->high, out_->count}; }

 private:
  saggar_output* out_;
};

}  // namespace saggar::plugin
