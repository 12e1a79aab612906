// HashChain: one SHA-256 that stands for all records so far, in order.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace saggar::record {

using ChainDigest = std::array<std::uint8_t, 32>;

/// SHA-256 of some bytes.
ChainDigest sha256(std::span<const std::uint8_t> bytes);
ChainDigest sha256(std::string_view text);
/// 64 lower-case hexadecimal digits.
std::string hex(const ChainDigest& digest);

/// h(n) = SHA-256(h(n-1) || bytes(n)), h(0) = 32 zero bytes: any edit, insertion, deletion or
/// swap changes every later digest (SC-101), and checking may start at any record whose
/// predecessor's digest is known.
/// Thread: one, not control. No allocation after construction.
class HashChain {
 public:
  /// @param from the digest to go on from: zeros for a new run, the last one after a restart
  explicit HashChain(const ChainDigest& from = {});
  ~HashChain();
  HashChain(HashChain&&) noexcept;
  HashChain& operator=(HashChain&&) noexcept;

  /// Adds one record and returns the digest after it.
  const ChainDigest& add(std::span<const std::uint8_t> bytes) noexcept;
  const ChainDigest& digest() const noexcept { return digest_; }
  std::string hex() const { return record::hex(digest_); }
  /// Goes on from another digest.
  void reset(const ChainDigest& from = {}) noexcept { digest_ = from; }

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  ChainDigest digest_;
};

}  // namespace saggar::record
