#include "hil/bridge/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::bridge {
namespace {

using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

/// A small kiln after two minutes, in a file.
class SnapshotTest : public ::testing::Test {
 protected:
  SnapshotTest() : kiln(kiln::small_kiln(3)), origin(made_of(kiln::small_params())) {
    kiln->advance(120);
    bytes = encode_snapshot(Snapshot::of(origin, *kiln));
  }
  static Origin made_of(const kiln::PlantParams& params) {
    return Origin::of(kiln::small_config(), params, config::RecipeConfig{}, 3);
  }
  static std::string refusal(const Bytes& file) {
    const auto read = decode_snapshot("warm", file);
    return read.ok() ? "" : read.error().text();
  }
  std::unique_ptr<kiln::Kiln> kiln;
  Origin origin;
  Bytes bytes;
};

TEST_F(SnapshotTest, GoesOnBitForBitInAPlantMadeOfTheSame) {
  const auto read = decode_snapshot("warm", bytes);
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(read.value().origin.seed, 3U);
  const auto other = kiln::small_kiln(4);
  const auto done = read.value().restore("warm", origin, {}, *other);
  ASSERT_TRUE(done.ok()) << done.error().text();
  for (kiln::Kiln* k : {kiln.get(), other.get()}) k->advance(1200);
  EXPECT_EQ(encode_snapshot(Snapshot::of(origin, *kiln)),
            encode_snapshot(Snapshot::of(origin, *other)));
}

TEST_F(SnapshotTest, WhatIsNoSnapshotOrOfAnotherFormatIsRefused) {
  EXPECT_THAT(refusal({}), HasSubstr("warm: is no snapshot of a kiln"));
  EXPECT_THAT(refusal(Bytes(1000, 'x')), HasSubstr("is no snapshot of a kiln"));
  Bytes newer = bytes;
  newer[12] = 9;  // behind the magic of 12 bytes
  EXPECT_THAT(refusal(newer), HasSubstr("of format 9; this program reads format 5"));
}

TEST_F(SnapshotTest, OneWrongBitOrAMissingEndIsRefused) {
  for (const std::size_t at : {std::size_t{20}, std::size_t{50}, bytes.size() - 1}) {
    Bytes damaged = bytes;
    damaged[at] ^= 1U;
    EXPECT_THAT(refusal(damaged), HasSubstr("is damaged")) << "byte " << at;
  }
  Bytes shorter = bytes;
  shorter.pop_back();
  EXPECT_THAT(refusal(shorter), HasSubstr("is damaged"));
}

TEST_F(SnapshotTest, APlantMadeOfOtherFilesIsRefusedWithWhatDiffers) {
  auto params = kiln::small_params();
  params.bed.conductivity_factor.value += 0.01;
  const auto read = decode_snapshot("warm", bytes);
  ASSERT_TRUE(read.ok());
  const auto other = read.value().restore("warm", made_of(params), {}, *kiln);
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().text(), HasSubstr("another plant file: in [bed] the snapshot has "));
  EXPECT_THAT(other.error().text(), HasSubstr("conductivity_factor"));
  auto recipe = origin;
  recipe.recipe += "more\n";
  const auto longer = read.value().restore("warm", recipe, {}, *kiln);
  ASSERT_FALSE(longer.ok());
  EXPECT_THAT(longer.error().text(), HasSubstr("recipe file"));
  EXPECT_THAT(longer.error().text(), HasSubstr("the file 'more'"));
}

TEST_F(SnapshotTest, AWarmPlantBeginsAScenarioAndAStartedOneTakesNoOther) {
  const std::vector<faults::Fault> events = {
      {10, faults::Kind::heater_open, "zone02.top", 0.5, 100}};
  const auto warm = decode_snapshot("warm", bytes);
  ASSERT_TRUE(warm.ok());
  const auto started = kiln::small_kiln(3);
  ASSERT_TRUE(warm.value().restore("warm", origin, events, *started).ok());
  EXPECT_EQ(started->fault_statements()[0].state, faults::State::waiting);
  started->advance(9);
  EXPECT_EQ(started->fault_statements()[0].state, faults::State::waiting);
  started->advance(2);
  EXPECT_EQ(started->fault_statements()[0].state, faults::State::active);
  const Snapshot within = Snapshot::of(origin, *started);
  const auto later = kiln::small_kiln(3);
  ASSERT_TRUE(within.restore("within", origin, {}, *later).ok());
  EXPECT_EQ(later->fault_statements()[0].state, faults::State::active);
  later->advance(100);
  EXPECT_EQ(later->fault_statements()[0].state, faults::State::over);
  auto others = events;
  others[0].severity = 0.6;
  const auto refused = within.restore("within", origin, others, *later);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().text(), HasSubstr("heater_open zone02.top at 10 s: active"));
}

TEST_F(SnapshotTest, AFileThatCannotBeReadOrWrittenSaysSo) {
  EXPECT_THAT(read_snapshot("/no/such/file").error().text(), HasSubstr("cannot be read"));
  const auto written = write_snapshot("/no/such/file", Snapshot{});
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(written.error().text(), HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace saggar::bridge
