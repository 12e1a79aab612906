// The timing blob is part of runtime/record/codec.hpp; its code is in timing.cpp.
#include <gtest/gtest.h>

#include <limits>

#include "runtime/record/codec.hpp"

namespace saggar::record {
namespace {

TEST(Timing, TheWidestNumbersFitTheBuffer) {
  domain::Record record, out;
  constexpr std::int64_t kLow = std::numeric_limits<std::int64_t>::min();
  record.timing = {kLow, kLow, kLow, kLow, 1};
  record.frame.received_ns = 0;
  record.screened.received_ns = kLow;
  TimingBuffer buffer;
  const auto bytes = encode_timing(record, buffer);
  EXPECT_LE(bytes.size(), buffer.size());
  ASSERT_TRUE(decode_timing(bytes, out));
  EXPECT_EQ(out.timing.start_ns, kLow);
  EXPECT_EQ(out.timing.frame_age_ns, 1);
  EXPECT_EQ(out.frame.received_ns, 0);
  EXPECT_EQ(out.screened.received_ns, kLow);
}

TEST(Timing, ABlobThatEndsTooEarlyIsRefused) {
  domain::Record record;
  record.timing.start_ns = 123456789;
  TimingBuffer buffer;
  const auto bytes = encode_timing(record, buffer);
  domain::Record out;
  EXPECT_TRUE(decode_timing(bytes, out));
  EXPECT_FALSE(decode_timing(bytes.first(bytes.size() - 1), out));
}

}  // namespace
}  // namespace saggar::record
