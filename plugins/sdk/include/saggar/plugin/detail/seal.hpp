// The envelope of a saved state: version, configuration and damage checks around the bytes.
#pragma once

#include <cstdint>
#include <cstring>

#include <saggar/plugin/abi.h>

namespace saggar::plugin::detail {

/// FNV-1a, 64 bit: tells different configurations and damaged bytes apart; not a signature.
class Digest {
 public:
  void bytes(const void* data, std::size_t n) noexcept {
    const auto* p = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < n; ++i) value_ = (value_ ^ p[i]) * 0x100000001B3ULL;
  }
  void text(const char* s) noexcept { bytes(s, std::strlen(s) + 1); }
  template <class T>
  void number(T v) noexcept {
    bytes(&v, sizeof v);
  }
  std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325ULL;
};

/// What must be equal for a state to fit: plugin, version, tags, period, latency, parameters.
inline std::uint64_t fingerprint(const char* id, const char* version,
                                 const saggar_setup& setup) noexcept {
  Digest digest;
  digest.text(id);
  digest.text(version);
  digest.number(setup.zone_count);
  digest.number(setup.period_s);
  digest.number(setup.latency_cycles);
  for (std::uint32_t p = 0; p < setup.port_count; ++p) {
    digest.number(setup.ports[p].count);
    for (std::uint32_t i = 0; i < setup.ports[p].count; ++i) digest.text(setup.ports[p].tag[i]);
  }
  for (std::uint32_t p = 0; p < setup.param_count; ++p) {
    digest.number(setup.params[p].count);
    digest.bytes(setup.params[p].value, setup.params[p].count * sizeof(double));
  }
  return digest.value();
}

struct Seal {
  std::uint32_t magic, format;
  std::uint64_t fingerprint, size, digest;
};
inline constexpr std::uint32_t kSealMagic = 0x53474753;  // "SGGS"

inline Seal make_seal(std::uint64_t print, const std::uint8_t* data, std::uint64_t size) noexcept {
  Digest digest;
  digest.bytes(data, size);
  return {kSealMagic, 1, print, size, digest.value()};
}

/// nullptr if the sealed bytes may be restored, else why not.
inline const char* refusal(std::uint64_t print, const std::uint8_t* data, std::uint64_t size,
                           std::uint64_t wanted) noexcept {
  Seal seal{};
  if (size < sizeof seal) return "the state is shorter than its seal";
  std::memcpy(&seal, data, sizeof seal);
  if (seal.magic != kSealMagic || seal.format != 1) return "this is not a saved state";
  if (seal.fingerprint != print) {
    return "the state was saved by another plugin version or with another configuration";
  }
  if (size != wanted || seal.size != size - sizeof seal) return "the state has the wrong length";
  const Seal right = make_seal(print, data + sizeof seal, seal.size);
  if (right.digest != seal.digest) return "the state is damaged";
  return nullptr;
}

}  // namespace saggar::plugin::detail
