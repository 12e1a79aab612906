// Counts allocations of this whole test program, to show that the steady path makes none.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "runtime/record/codec.hpp"
#include "runtime/record/hash_chain.hpp"
#include "tests/runtime/record/example.hpp"
#include "tests/runtime/record/random_records.hpp"

namespace {

std::atomic<std::uint64_t> allocations{0};

}  // namespace

// Not inlined: the compiler would see a new that is freed, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace saggar::record {
namespace {

TEST(CodecAllocations, AreNoneInEncodeHashAndDecodeWhateverTheRecord) {
  const domain::Plant plant = example::make_plant(3);
  domain::Record record = example::make_record(plant, 3, 5);
  const Layout layout = example::layout_of(plant, record);
  Encoder encoder(layout);
  HashChain chain;
  Decoder decoder(layout);
  domain::Record out = layout.make_record();
  example::Random random(9);
  TimingBuffer buffer;
  for (int i = 0; i < 500; ++i) {
    random.change(record, layout, i % 2 == 0 ? 1 : 50);  // 1: everything changes at once
    const std::uint64_t before = allocations;
    const auto bytes = encoder.encode(record);
    chain.add(bytes);
    const bool decoded = decoder.decode(bytes, out).ok();
    const auto timing = encode_timing(record, buffer);
    const std::uint64_t after = allocations;
    ASSERT_TRUE(decoded);
    ASSERT_FALSE(timing.empty());
    ASSERT_EQ(after, before) << "record " << i;
  }
}

}  // namespace
}  // namespace saggar::record
