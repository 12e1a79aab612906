#include "runtime/record/codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>

#include "runtime/record/compare.hpp"
#include "tests/runtime/record/example.hpp"
#include "tests/runtime/record/random_records.hpp"

namespace saggar::record {
namespace {

using example::Random;
using example::Steady;

/// Encodes, decodes, compares everything; true if equal to the bit.
class RoundTrip {
 public:
  explicit RoundTrip(const domain::Plant& plant, const Layout& layout)
      : plant_(plant), encoder_(layout), decoder_(layout), out_(layout.make_record()) {}

  ::testing::AssertionResult operator()(const domain::Record& in) {
    bytes_ = encoder_.encode(in);
    const auto decoded = decoder_.decode(bytes_, out_);
    if (!decoded) return ::testing::AssertionFailure() << decoded.error().text();
    const auto difference = compare(in, out_, plant_, Depth::everything);
    if (difference) return ::testing::AssertionFailure() << difference->text();
    TimingBuffer buffer;
    const auto timed = decode_timing(encode_timing(in, buffer), out_);
    if (!timed) return ::testing::AssertionFailure() << timed.error().text();
    const domain::Timing &a = in.timing, &b = out_.timing;
    if (a.start_ns != b.start_ns || a.late_ns != b.late_ns || a.duration_ns != b.duration_ns ||
        a.controllers_ns != b.controllers_ns || a.frame_age_ns != b.frame_age_ns ||
        in.frame.received_ns != out_.frame.received_ns ||
        in.screened.received_ns != out_.screened.received_ns) {
      return ::testing::AssertionFailure() << "timing differs";
    }
    return ::testing::AssertionSuccess();
  }
  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
  Encoder& encoder() noexcept { return encoder_; }

 private:
  const domain::Plant& plant_;
  Encoder encoder_;
  Decoder decoder_;
  domain::Record out_;
  std::span<const std::uint8_t> bytes_;
};

TEST(Codec, ACycleInWhichEveryTagAndMvSpeaksComesBack) {
  const domain::Plant plant = example::make_plant(31);
  domain::Record record = example::make_record(plant, 3, 5);
  const Layout layout = example::layout_of(plant, record);
  RoundTrip round_trip(plant, layout);
  std::uint16_t n = 0;
  while (record.events.size() < record.events.capacity()) {
    ++n;
    record.events.push(
        {domain::EventCode::sample_bad, n, static_cast<std::uint16_t>(n * 7), 1.0 / n, -1e300 / n});
  }
  EXPECT_GT(record.events.size(), plant.tags.size() + 4 * plant.mvs.size());
  EXPECT_TRUE(round_trip(record));
}

TEST(Codec, TenThousandRandomRecordsComeBackToTheBit) {
  const domain::Plant plant = example::make_plant(3);
  for (const std::uint64_t rarity : {2U, 8U, 40U, 200U}) {
    domain::Record record = example::make_record(plant, 3, 5, rarity > 8 ? 2 : 0,
                                                 rarity > 8 ? 3 : 0, rarity > 8 ? 2 : 0);
    const Layout layout = example::layout_of(plant, record);
    RoundTrip round_trip(plant, layout);
    Random random(rarity);
    for (int i = 0; i < 2500; ++i) {
      random.change(record, layout, rarity);
      ASSERT_TRUE(round_trip(record)) << "record " << i << ", rarity " << rarity;
    }
  }
}

TEST(Codec, SteadyOperationComesBackToTheBit) {
  const domain::Plant plant = example::make_plant(30);
  Steady steady(plant, 3);
  RoundTrip round_trip(plant, example::layout_of(plant, steady.record()));
  for (int i = 0; i < 600; ++i) ASSERT_TRUE(round_trip(steady.next())) << "record " << i;
}

TEST(Codec, SpecialDoublesKeepTheirBits) {
  const domain::Plant plant = example::make_plant(1);
  domain::Record record = example::make_record(plant);
  const Layout layout = example::layout_of(plant, record);
  RoundTrip round_trip(plant, layout);
  const std::uint64_t patterns[] = {0x7FF8000000000001, 0xFFF0000000000001, 0x8000000000000000,
                                    0x0000000000000001, 0x7FF0000000000000, 0xFFFFFFFFFFFFFFFF,
                                    0x3FB999999999999A, 0x3FB9999999999999, 0};
  for (const std::uint64_t bits : patterns) {
    ++record.cycle;
    const auto v = std::bit_cast<double>(bits);
    for (domain::Sample& s : record.frame.samples) s.value = v;
    record.screened = record.frame;
    for (double& x : record.command.value) x = v;
    ASSERT_TRUE(round_trip(record)) << std::hex << bits;
  }
}

TEST(Codec, BothWaysToWriteAGridValueAreCompact) {
  // 3 * 0.1 and 3 / 10 differ in the last bit; devices and simulators give either.
  ASSERT_NE(3 * 0.1, 3 / 10.0);
  const domain::Plant plant = example::make_plant(30);
  domain::Record record = example::make_record(plant);
  const Layout layout = example::layout_of(plant, record);
  RoundTrip round_trip(plant, layout);
  for (int k = 0; k < 20; ++k) {
    ++record.cycle;
    for (std::size_t i = 0; i < layout.tag_resolution.size(); ++i) {
      if (layout.tag_resolution[i] == 0.1) record.frame.samples[i].value = (12340 + k) / 10.0;
    }
    record.screened = record.frame;
    ASSERT_TRUE(round_trip(record));
  }
  // One byte for each of the 300 tags with resolution 0.1.
  EXPECT_LT(round_trip.bytes().size(), 300U + 60U);
}

TEST(Codec, ARecordInSteadyOperationTakesLessThanFiveHundredBytes) {
  for (std::size_t controllers = 1; controllers <= 3; ++controllers) {
    const domain::Plant plant = example::make_plant(30);
    Steady steady(plant, controllers);
    Encoder encoder(example::layout_of(plant, steady.record()));
    std::size_t total = 0;
    for (int i = 0; i < 1024; ++i) total += encoder.encode(steady.next()).size();
    // 374 tags, 62 MVs; chain, timing and the file add about 60 bytes.
    EXPECT_LT(total / 1024, 440U) << controllers << " controllers";
    RecordProperty("bytes_" + std::to_string(controllers), static_cast<int>(total / 1024));
  }
}

TEST(Codec, TagsWhoseResolutionIsNotConfiguredFindTheirGrid) {
  const domain::Plant plant = example::make_plant(30);
  Steady a(plant, 1), b(plant, 1);
  const Layout layout = example::layout_of(plant, a.record());
  Layout without = layout;
  without.tag_resolution.assign(layout.tag_resolution.size(), 0.0);
  RoundTrip configured(plant, layout), found(plant, without);
  std::size_t with_bytes = 0, without_bytes = 0;
  for (int i = 0; i < 512; ++i) {
    ASSERT_TRUE(configured(a.next()));
    ASSERT_TRUE(found(b.next()));
    with_bytes += configured.bytes().size();
    without_bytes += found.bytes().size();
  }
  EXPECT_LT(without_bytes, with_bytes * 105 / 100);
}

TEST(Codec, AKeyRecordBeginsEachBlockOf256Cycles) {
  const domain::Plant plant = example::make_plant(1);
  Steady steady(plant, 1);
  Encoder encoder(example::layout_of(plant, steady.record()));
  for (int i = 0; i < 600; ++i) {
    const domain::Record& r = steady.next();
    EXPECT_EQ(is_key(encoder.encode(r)), r.cycle == 1 || r.cycle % kKeyInterval == 0) << r.cycle;
  }
  encoder.restart();
  EXPECT_TRUE(is_key(encoder.encode(steady.next())));
  // The first cycle of a block is missing: the next one that is there is the key.
  while (steady.next().cycle < 770) continue;
  EXPECT_TRUE(is_key(encoder.encode(steady.record())));
}

TEST(Codec, DecodingMayBeginAtAnyKeyRecord) {
  const domain::Plant plant = example::make_plant(2);
  Steady steady(plant, 2);
  const Layout layout = example::layout_of(plant, steady.record());
  Encoder encoder(layout);
  Decoder decoder(layout);
  domain::Record out = layout.make_record();
  for (int i = 0; i < 300; ++i) {
    const auto bytes = encoder.encode(steady.next());
    if (steady.record().cycle < 256) continue;
    const auto decoded = decoder.decode(bytes, out);
    ASSERT_TRUE(decoded) << decoded.error().text();
    ASSERT_FALSE(compare(steady.record(), out, plant, Depth::everything));
  }
}

TEST(Codec, TheSameRecordsGiveTheSameBytes) {
  const domain::Plant plant = example::make_plant(2);
  Steady a(plant, 3), b(plant, 3);
  Encoder one(example::layout_of(plant, a.record())), two(example::layout_of(plant, b.record()));
  for (int i = 0; i < 300; ++i) {
    b.record().timing.duration_ns = i;  // what depends on the machine must not matter
    const auto x = one.encode(a.next());
    const auto& record = b.next();
    domain::Record other = record;
    other.timing = {};
    other.frame.received_ns = other.screened.received_ns = 0;
    const auto y = two.encode(other);
    ASSERT_TRUE(std::equal(x.begin(), x.end(), y.begin(), y.end())) << i;
  }
}

TEST(Codec, ARecordOfAnotherShapeIsRefused) {
  const domain::Plant plant = example::make_plant(2), larger = example::make_plant(3);
  domain::Record record = example::make_record(plant), other = example::make_record(larger);
  const Layout layout = example::layout_of(plant, record);
  Encoder encoder(layout);
  EXPECT_TRUE(encoder.encode(other).empty());
  Decoder decoder(layout);
  EXPECT_FALSE(decoder.decode(encoder.encode(record), other));

  Encoder of_larger(example::layout_of(larger, other));
  const auto wrong = decoder.decode(of_larger.encode(other), record);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().what.find("another shape"), std::string::npos);
}

class DecoderRefuses : public ::testing::Test {
 protected:
  DecoderRefuses() : plant_(example::make_plant(1)), record_(example::make_record(plant_)) {
    layout_ = example::layout_of(plant_, record_);
    record_.cycle = 1;
    Encoder encoder(layout_);
    const auto key = encoder.encode(record_);
    key_.assign(key.begin(), key.end());
    record_.cycle = 2;
    const auto delta = encoder.encode(record_);
    delta_.assign(delta.begin(), delta.end());
  }
  std::string refusal(const std::vector<std::uint8_t>& bytes) {
    Decoder decoder(layout_);
    domain::Record out = layout_.make_record();
    const auto decoded = decoder.decode(bytes, out);
    return decoded ? "" : decoded.error().text();
  }
  domain::Plant plant_;
  domain::Record record_;
  Layout layout_;
  std::vector<std::uint8_t> key_, delta_;
};

TEST_F(DecoderRefuses, NothingThatWasEncoded) { EXPECT_EQ(refusal(key_), ""); }
TEST_F(DecoderRefuses, NoBytes) { EXPECT_EQ(refusal({}), "byte 0: ends too early"); }
TEST_F(DecoderRefuses, AnUnknownKind) {
  EXPECT_EQ(refusal({0x00}), "byte 1: not the first byte of a record");
}
TEST_F(DecoderRefuses, ADifferenceWithoutItsPredecessor) {
  EXPECT_EQ(refusal(delta_), "byte 1: needs the record before it, or a key record");
}
TEST_F(DecoderRefuses, EveryTruncation) {
  for (std::size_t n = 0; n < key_.size(); ++n) {
    EXPECT_NE(refusal({key_.begin(), key_.begin() + static_cast<std::ptrdiff_t>(n)}), "") << n;
  }
}
TEST_F(DecoderRefuses, BytesAfterTheEnd) {
  key_.push_back(0);
  EXPECT_NE(refusal(key_).find("goes on after the end"), std::string::npos);
}
TEST_F(DecoderRefuses, ADifferenceAfterAnError) {
  Decoder decoder(layout_);
  domain::Record out = layout_.make_record();
  ASSERT_TRUE(decoder.decode(key_, out));
  ASSERT_FALSE(decoder.decode(std::vector<std::uint8_t>{0x64}, out));
  EXPECT_FALSE(decoder.decode(delta_, out));
  ASSERT_TRUE(decoder.decode(key_, out));
  EXPECT_TRUE(decoder.decode(delta_, out));
}
TEST_F(DecoderRefuses, OrSurvivesAnyFlippedByte) {
  // It may decode to another record (the chain is there for that) but must stay inside it.
  Random random(7);
  for (int i = 0; i < 20000; ++i) {
    auto bytes = key_;
    for (std::uint64_t n = 1 + random.below(4); n != 0; --n) {
      bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.bits());
    }
    (void)refusal(bytes);
  }
}

}  // namespace
}  // namespace saggar::record
