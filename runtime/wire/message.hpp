// Private to this folder: opening and closing FlatBuffers messages.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "runtime/wire/codec.hpp"

namespace saggar::wire {

static_assert(std::endian::native == std::endian::little, "vectors are copied as they lie");

struct Encoder::Impl {
  flatbuffers::FlatBufferBuilder builder{16 * 1024};
};

/// Ends a message: root, then the envelope in front. The bytes live until the next encode.
template <class Table>
Bytes finish(flatbuffers::FlatBufferBuilder& builder, Kind kind, flatbuffers::Offset<Table> root) {
  builder.Finish(root);
  const std::uint8_t envelope[kEnvelopeBytes] = {
      'S', 'A', 'G', 'R', kProtocol & 0xFFU, kProtocol >> 8U, static_cast<std::uint8_t>(kind), 0};
  builder.PushFlatBuffer(envelope, kEnvelopeBytes);
  return {builder.GetBufferPointer(), builder.GetSize()};
}

/// A verified message. Copies the bytes only if they do not start at a multiple of 8.
template <class Table>
class Opened {
 public:
  Opened(Bytes message, Kind expected) {
    const domain::Result<Kind> kind = kind_of(message);
    if (!kind.ok()) {
      error_ = kind.error();
      return;
    }
    if (kind.value() != expected) {
      error_ = domain::Error{std::string(name(expected)),
                             "the message is a " + std::string(name(kind.value()))};
      return;
    }
    const std::uint8_t* data = message.data();
    if (reinterpret_cast<std::uintptr_t>(data) % sizeof(std::uint64_t) != 0) {
      copy_.resize((message.size() + 7) / 8);
      std::memcpy(copy_.data(), data, message.size());
      data = reinterpret_cast<const std::uint8_t*>(copy_.data());
    }
    data += kEnvelopeBytes;
    constexpr flatbuffers::uoffset_t kDepth = 8, kTables = 4096;
    flatbuffers::Verifier verifier(data, message.size() - kEnvelopeBytes, kDepth, kTables);
    if (!verifier.VerifyBuffer<Table>(nullptr)) {
      error_ = domain::Error{std::string(name(expected)),
                             "the content is damaged: the FlatBuffers verifier refused it"};
      return;
    }
    table_ = flatbuffers::GetRoot<Table>(data);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  bool ok() const noexcept { return table_ != nullptr; }
  const domain::Error& error() const { return *error_; }
  const Table* operator->() const noexcept { return table_; }
  const Table& operator*() const noexcept { return *table_; }

 private:
  const Table* table_ = nullptr;
  std::vector<std::uint64_t> copy_;
  std::optional<domain::Error> error_;
};

template <class Vector>
std::size_t length(const Vector* vector) noexcept {
  return vector == nullptr ? 0 : vector->size();
}

/// Entry i of a vector. The verifier checks that a vector lies inside the message, but not that
/// its 8-byte entries are aligned, so they are copied out.
template <class T>
T entry(const flatbuffers::Vector<T>& vector, std::size_t i) noexcept {
  T value;
  std::memcpy(&value, vector.Data() + i * sizeof(T), sizeof(T));
  return value;
}

/// Text of a message; `field` names it in the error. Missing is empty.
inline domain::Status read_text(const flatbuffers::String* text, std::size_t max, const char* field,
                                std::string& out) {
  if (length(text) > max) {
    return domain::Error{
        field, "has " + std::to_string(length(text)) + " bytes; at most " + std::to_string(max)};
  }
  out.clear();
  if (text != nullptr) out.assign(text->c_str(), text->size());
  return domain::Done{};
}

/// Text of at most so many bytes, cut at a character boundary.
inline flatbuffers::Offset<flatbuffers::String> cut_text(flatbuffers::FlatBufferBuilder& builder,
                                                         const std::string& value,
                                                         std::size_t most_bytes) {
  std::size_t n = std::min(value.size(), most_bytes);
  if (n < value.size()) {
    while (n > 0 && (static_cast<unsigned char>(value[n]) & 0xC0U) == 0x80U) --n;
  }
  return builder.CreateString(value.data(), n);
}

/// An enumerator below `count`.
template <class E>
domain::Status read_enum(std::uint8_t code, int count, const char* field, E& out) {
  if (code >= count) {
    return domain::Error{field, "is " + std::to_string(code) + "; this build knows 0 to " +
                                    std::to_string(count - 1)};
  }
  out = static_cast<E>(code);
  return domain::Done{};
}

}  // namespace saggar::wire
