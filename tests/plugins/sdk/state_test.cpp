#include <gtest/gtest.h>
#include <saggar/plugin/detail/seal.hpp>
#include <saggar/plugin/state.hpp>

#include <array>
#include <cstring>
#include <vector>

namespace saggar::plugin {
namespace {

enum class Phase : std::uint8_t { heat, soak };

struct Loop {
  double integral = 0;
  bool limited = false;
  void state(State& s) { s(integral, limited); }
};

struct Memory {
  double a = 1.5;
  std::uint32_t b = 7;
  Phase phase = Phase::soak;
  std::array<float, 2> pair{1, 2};
  std::vector<double> values{3, 4, 5};
  std::vector<Loop> loops{{6, true}, {7, false}};
  void state(State& s) { s(a, b, phase, pair, values, loops); }
};

// 8 + 4 + 1 + 2 * 4 + 3 * 8 + 2 * (8 + 1): no padding is saved.
constexpr std::size_t kBytes = 63;

std::vector<std::uint8_t> saved(Memory& memory) {
  std::vector<std::uint8_t> bytes(kBytes);
  State writer = State::saving(bytes.data(), bytes.size());
  memory.state(writer);
  EXPECT_TRUE(writer.complete());
  return bytes;
}

TEST(State, CountsWhatItVisitsWithoutPadding) {
  Memory memory;
  State counter = State::counting();
  memory.state(counter);
  EXPECT_EQ(counter.size(), kBytes);
  EXPECT_TRUE(counter.complete());
}

TEST(State, RestoresWhatWasSaved) {
  Memory memory, other;
  other.a = 0, other.b = 0, other.phase = Phase::heat, other.pair = {0, 0};
  other.values = {0, 0, 0};
  other.loops = {{}, {}};
  const std::vector<std::uint8_t> bytes = saved(memory);
  State reader = State::loading(bytes.data(), bytes.size());
  EXPECT_TRUE(reader.is_loading());
  other.state(reader);
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(saved(other), bytes);
  EXPECT_EQ(other.loops[0].integral, 6);
  EXPECT_EQ(other.phase, Phase::soak);
}

TEST(State, NeverReadsOrWritesPastTheEnd) {
  Memory memory;
  const std::vector<std::uint8_t> bytes = saved(memory);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const std::vector<std::uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<long>(n));
    State reader = State::loading(cut.data(), cut.size());
    memory.state(reader);
    EXPECT_FALSE(reader.complete()) << n;
    std::vector<std::uint8_t> room(n);
    State writer = State::saving(room.data(), room.size());
    memory.state(writer);
    EXPECT_FALSE(writer.complete()) << n;
  }
  std::vector<std::uint8_t> longer = bytes;
  longer.push_back(0);
  State reader = State::loading(longer.data(), longer.size());
  memory.state(reader);
  EXPECT_FALSE(reader.complete()) << "something is left over";
}

// FNV-1a test vectors: draft-eastlake-fnv, 64 bit.
TEST(Digest, IsFnv1a) {
  detail::Digest none, a, foobar;
  a.bytes("a", 1);
  foobar.bytes("foobar", 6);
  EXPECT_EQ(none.value(), 0xCBF29CE484222325ULL);
  EXPECT_EQ(a.value(), 0xAF63DC4C8601EC8CULL);
  EXPECT_EQ(foobar.value(), 0x85944171F73967E8ULL);
}

TEST(Seal, TellsWhyAStateIsRefused) {
  std::vector<std::uint8_t> bytes(sizeof(detail::Seal) + 16, 9);
  const detail::Seal seal = detail::make_seal(42, bytes.data() + sizeof seal, 16);
  std::memcpy(bytes.data(), &seal, sizeof seal);
  const std::uint64_t size = bytes.size();
  EXPECT_EQ(detail::refusal(42, bytes.data(), size, size), nullptr);
  EXPECT_STREQ(detail::refusal(42, bytes.data(), 5, size), "the state is shorter than its seal");
  EXPECT_STREQ(detail::refusal(42, bytes.data(), size - 1, size), "the state has the wrong length");
  EXPECT_STREQ(detail::refusal(43, bytes.data(), size, size),
               "the state was saved by another plugin version or with another configuration");
  bytes.back() ^= 1;
  EXPECT_STREQ(detail::refusal(42, bytes.data(), size, size), "the state is damaged");
  bytes[0] ^= 1;
  EXPECT_STREQ(detail::refusal(42, bytes.data(), size, size), "this is not a saved state");
}

}  // namespace
}  // namespace saggar::plugin
