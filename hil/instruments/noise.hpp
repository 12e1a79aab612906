// Counter-based random numbers: a draw depends on seed, stream, index and tick only, never on how
// many draws came before. So the noise of one tag does not change when another tag is added.
#pragma once

#include <cstdint>
#include <string_view>

namespace saggar::instruments {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

/// Finaliser of splitmix64: a bijection of 64 bits in which every output bit depends on every
/// input bit.
constexpr std::uint64_t mix(std::uint64_t z) noexcept {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

/// Key of a named stream of one scenario, such as "thermocouple noise" or "lots".
constexpr std::uint64_t stream(std::uint64_t seed, std::string_view name) noexcept {
  std::uint64_t h = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return mix(mix(seed + kGolden) ^ h);
}

/// Key of one element of a stream.
constexpr std::uint64_t element(std::uint64_t stream_key, std::uint64_t index) noexcept {
  return mix(stream_key + (index + 1) * kGolden);
}

/// 64 random bits.
constexpr std::uint64_t bits(std::uint64_t element_key, std::uint64_t tick) noexcept {
  return mix(element_key + tick * kGolden);
}

/// Uniform in [0, 1).
constexpr double uniform(std::uint64_t element_key, std::uint64_t tick) noexcept {
  return static_cast<double>(bits(element_key, tick) >> 11U) * 0x1.0p-53;
}

/// Nearly normal, mean 0 and standard deviation 1: the sum of four uniform 16-bit numbers, so
/// never beyond 3.46 standard deviations.
constexpr double normal(std::uint64_t element_key, std::uint64_t tick) noexcept {
  const std::uint64_t b = bits(element_key, tick);
  const auto sum = static_cast<std::int32_t>((b & 0xFFFFU) + ((b >> 16U) & 0xFFFFU) +
                                             ((b >> 32U) & 0xFFFFU) + (b >> 48U));
  constexpr double kScale = 2.6428909e-5;  // 1 / sqrt(4 (2^32 - 1) / 12)
  return (static_cast<double>(sum) - 131070.0) * kScale;
}

}  // namespace saggar::instruments
