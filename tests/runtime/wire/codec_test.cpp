// The envelope, and every decoder under thousands of damaged messages.
#include "runtime/wire/codec.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "tests/fuzz/wire_decode.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using ::testing::HasSubstr;

std::string error_of(Bytes message) {
  const domain::Result<Kind> kind = kind_of(message);
  return kind.ok() ? "no error" : kind.error().text();
}

TEST(Envelope, EveryKindCarriesItsNumberAndHasAName) {
  for (const auto& [kind, message] : sample_messages()) {
    const domain::Result<Kind> found = kind_of(message);
    ASSERT_TRUE(found.ok()) << found.error().text();
    EXPECT_EQ(found.value(), kind);
    EXPECT_NE(name(kind), "unknown");
  }
}

TEST(Envelope, EachWrongPartIsNamed) {
  const Message good = sample_messages().front().second;
  Message bad = good;
  bad[0] = 'X';
  EXPECT_THAT(error_of(bad), HasSubstr("envelope.magic"));
  bad = good;
  bad[5] = 1;  // 257
  EXPECT_EQ(error_of(bad),
            "envelope.version: the peer speaks protocol 257, this build 1; update the older side");
  bad = good;
  bad[6] = 200;
  EXPECT_THAT(error_of(bad), HasSubstr("envelope.kind: 200"));
  bad = good;
  bad[7] = 1;
  EXPECT_THAT(error_of(bad), HasSubstr("envelope.kind"));
  EXPECT_THAT(error_of(Bytes(good).first(10)), HasSubstr("has 10 bytes; at least 16"));
  EXPECT_THAT(error_of(Bytes()), HasSubstr("has 0 bytes"));
  bad = good;
  bad.resize((4 << 20) + 1);
  EXPECT_THAT(error_of(bad), HasSubstr("envelope.size: 4194305 bytes; at most 4194304"));
}

TEST(Decoders, TakeTheirOwnKindOnly) {
  for (const auto& [kind, message] : sample_messages()) {
    EXPECT_EQ(decode_all(message), 1) << name(kind) << " must be taken by its own decoder alone";
  }
}

TEST(Decoders, EveryTruncationIsRefused) {
  for (const auto& [kind, message] : sample_messages()) {
    // The first bytes that are missing belong to the newest object, so a short tail may still
    // verify only if it is padding; whatever is taken must be taken whole.
    for (std::size_t n = 0; n + 16 <= message.size(); ++n) {
      EXPECT_LE(decode_all(Bytes(message).first(n)), 1) << name(kind) << " cut to " << n;
    }
  }
}

TEST(Decoders, SurviveRandomDamage) {
  std::mt19937 random(20240607);
  const auto below = [&random](std::size_t n) { return random() % n; };
  for (const auto& [kind, message] : sample_messages()) {
    std::size_t refused = 0;
    for (int i = 0; i < 4000; ++i) {
      Message bad = message;
      for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
        const std::size_t at = kEnvelopeBytes + below(bad.size() - kEnvelopeBytes);
        switch (below(4)) {
          case 0:
            bad[at] = static_cast<std::uint8_t>(random());
            break;
          case 1:
            bad[at] = static_cast<std::uint8_t>(bad[at] ^ (1U << below(8)));
            break;
          case 2:
            bad[at] = below(2) == 0 ? 0xFF : 0;
            break;
          default:
            bad.resize(std::max<std::size_t>(at, kEnvelopeBytes + 1));
            break;
        }
        if (bad.size() <= kEnvelopeBytes + 1) break;
      }
      const int taken = decode_all(bad);  // checks that each refusal has a text
      ASSERT_LE(taken, 1);
      if (taken == 0) ++refused;
    }
    EXPECT_GT(refused, 100U) << name(kind) << ": the damage was not seen";
  }
}

TEST(Decoders, TakeTheSeedsOfTheFuzzers) {
  namespace fs = std::filesystem;
  const fs::path corpus = fs::path(SAGGAR_SOURCE_DIR) / "tests/fuzz/corpus";
  std::size_t seeds = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus)) {
    const std::string folder = entry.path().parent_path().filename().string();
    if (!entry.is_regular_file() || folder.rfind("wire_", 0) != 0) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const Message bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const int taken = decode_all(bytes);
    if (entry.path().filename().string().rfind("valid", 0) == 0) {
      EXPECT_EQ(taken, 1) << entry.path() << " is no longer a valid message";
    }
    ++seeds;
  }
  EXPECT_GE(seeds, sample_messages().size());
}

}  // namespace
}  // namespace saggar::wire
