// Archive: writes or reads a state in one pass of the same code, for snapshots and replay.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

namespace saggar::domain {

/// A class with state offers `void serialize(Archive&)` that visits every member that influences
/// what it does next; the same function saves and restores. Restoring bytes of another shape
/// sets `ok()` to false and leaves the rest of the members as they were.
class Archive {
 public:
  /// Saves into `bytes` (appended).
  static Archive saving(std::vector<std::uint8_t>& bytes) { return Archive(&bytes, nullptr, 0); }
  /// Restores from `data`, which must outlive the archive.
  static Archive loading(const std::uint8_t* data, std::size_t size) {
    return Archive(nullptr, data, size);
  }

  template <class T>
  void operator()(T& value) {
    static_assert(std::is_trivially_copyable_v<T>, "visit the members of this type one by one");
    bytes(&value, sizeof(T));
  }
  /// A vector of fixed length: the length is checked, not restored.
  template <class T>
  void operator()(std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>, "visit the elements one by one");
    std::uint64_t n = values.size();
    bytes(&n, sizeof n);
    if (n != values.size()) ok_ = false;
    if (ok_ && n != 0) bytes(values.data(), n * sizeof(T));
  }
  template <class T, class... More>
  void operator()(T& first, More&... more) {
    (*this)(first);
    ((*this)(more), ...);
  }

  bool is_saving() const noexcept { return out_ != nullptr; }
  bool ok() const noexcept { return ok_; }
  /// True when everything was read.
  bool at_end() const noexcept { return at_ == size_; }

 private:
  Archive(std::vector<std::uint8_t>* out, const std::uint8_t* in, std::size_t size)
      : out_(out), in_(in), size_(size) {}

  void bytes(void* data, std::size_t n) {
    if (!ok_) return;
    if (out_ != nullptr) {
      const auto* from = static_cast<const std::uint8_t*>(data);
      out_->insert(out_->end(), from, from + n);
    } else if (size_ - at_ < n) {
      ok_ = false;
    } else {
      std::memcpy(data, in_ + at_, n);
      at_ += n;
    }
  }

  std::vector<std::uint8_t>* out_;
  const std::uint8_t* in_;
  std::size_t size_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace saggar::domain
