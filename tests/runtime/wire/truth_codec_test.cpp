#include <gmock/gmock.h>

#include "runtime/wire/stream_codec.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

TEST(TruthCodec, KeepsEveryVector) {
  Encoder encoder;
  StreamHead head;
  Truth got;
  ASSERT_TRUE(decode_truth(encode_truth(encoder, {5, 6}, sample_truth()), head, got).ok());
  EXPECT_EQ(got, sample_truth());
  EXPECT_EQ(head.sequence, 6U);
}

TEST(TruthCodec, VectorsOfOneGroupMustHaveOneLength) {
  Encoder encoder;
  StreamHead head;
  Truth got;
  Truth sent = sample_truth();
  sent.column_core_degC.pop_back();
  const domain::Status status = decode_truth(encode_truth(encoder, {5, 6}, sent), head, got);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().text(),
            "truth.column_core_degC: has 2 entries; 3 would be right, at most 4096");
}

TEST(TruthCodec, ColumnsAreBounded) {
  Encoder encoder;
  StreamHead head;
  Truth got;
  Truth sent;
  for (auto* v : {&sent.column_position_m, &sent.column_core_degC, &sent.column_surface_degC,
                  &sent.column_dryness}) {
    v->assign(kMaxTruthColumns + 5, 1.0);
  }
  ASSERT_TRUE(decode_truth(encode_truth(encoder, {5, 6}, sent), head, got).ok());
  EXPECT_EQ(got.column_core_degC.size(), kMaxTruthColumns);
}

}  // namespace
}  // namespace saggar::wire
