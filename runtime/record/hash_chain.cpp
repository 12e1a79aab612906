#include "runtime/record/hash_chain.hpp"

#include <openssl/evp.h>

#include <cstdlib>
#include <cstring>

namespace saggar::record {
namespace {

// Without SHA-256 in the crypto library nothing here has a meaning.
void must(bool done) noexcept {
  if (!done) std::abort();
}

}  // namespace

struct HashChain::Context {
  Context() : type(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context(EVP_MD_CTX_new()) {
    must(type != nullptr && context != nullptr);
    must(EVP_DigestInit_ex2(context, type, nullptr) == 1);
  }
  ~Context() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(type);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  EVP_MD* type;
  EVP_MD_CTX* context;
};

ChainDigest sha256(std::span<const std::uint8_t> bytes) {
  ChainDigest digest{};
  must(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
  return digest;
}

ChainDigest sha256(std::string_view text) {
  return sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string hex(const ChainDigest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t b : digest) {
    text += kDigits[b >> 4];
    text += kDigits[b & 15];
  }
  return text;
}

HashChain::HashChain(const ChainDigest& from)
    : context_(std::make_unique<Context>()), digest_(from) {}
HashChain::~HashChain() = default;
HashChain::HashChain(HashChain&&) noexcept = default;
HashChain& HashChain::operator=(HashChain&&) noexcept = default;

const ChainDigest& HashChain::add(std::span<const std::uint8_t> bytes) noexcept {
  EVP_MD_CTX* context = context_->context;
  // A null type keeps the algorithm of the constructor: no look-up, no allocation.
  must(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1);
  must(EVP_DigestUpdate(context, digest_.data(), digest_.size()) == 1);
  must(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
  must(EVP_DigestFinal_ex(context, digest_.data(), nullptr) == 1);
  return digest_;
}

}  // namespace saggar::record
