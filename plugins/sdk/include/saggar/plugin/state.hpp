// State: writes or reads what a controller remembers, in one pass of the same code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

namespace saggar::plugin {

/// Visits every member that influences what a controller does next:
///   void state(State& s) override { s(integral_, last_, loops_); }
/// Takes numbers, enums, bool, std::array and std::vector of them, and classes with a member
/// `void state(State&)`. A struct as a whole is refused, because its padding is not state.
/// The length of a vector must be fixed once configured. Real-time: no heap, no lock.
class State {
 public:
  static State counting() noexcept { return State(Mode::count, nullptr, nullptr, 0); }
  static State saving(std::uint8_t* to, std::size_t size) noexcept {
    return State(Mode::save, to, nullptr, size);
  }
  static State loading(const std::uint8_t* from, std::size_t size) noexcept {
    return State(Mode::load, nullptr, from, size);
  }

  template <class... T>
  void operator()(T&... values) {
    (visit(values), ...);
  }

  bool is_loading() const noexcept { return mode_ == Mode::load; }
  /// Bytes visited so far.
  std::size_t size() const noexcept { return at_; }
  /// Everything fitted, and nothing is left over.
  bool complete() const noexcept { return ok_ && (mode_ == Mode::count || at_ == size_); }

 private:
  enum class Mode : std::uint8_t { count, save, load };
  State(Mode mode, std::uint8_t* to, const std::uint8_t* from, std::size_t size) noexcept
      : mode_(mode), to_(to), from_(from), size_(size) {}

  template <class T>
  void visit(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes(&value, sizeof(T));
    } else {
      value.state(*this);
    }
  }
  template <class T, std::size_t N>
  void visit(std::array<T, N>& values) {
    for (T& value : values) visit(value);
  }
  template <class T>
  void visit(std::vector<T>& values) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes(values.data(), values.size() * sizeof(T));
    } else {
      for (T& value : values) visit(value);
    }
  }

  void bytes(void* value, std::size_t n) noexcept {
    if (mode_ != Mode::count) {
      if (!ok_ || size_ - at_ < n) {
        ok_ = false;
        return;
      }
      if (n != 0 && mode_ == Mode::save) std::memcpy(to_ + at_, value, n);
      if (n != 0 && mode_ == Mode::load) std::memcpy(value, from_ + at_, n);
    }
    at_ += n;
  }

  Mode mode_;
  std::uint8_t* to_;
  const std::uint8_t* from_;
  std::size_t size_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace saggar::plugin
