// The digest, field by field, and its bounds.
#include <gmock/gmock.h>

#include "runtime/wire/stream_codec.hpp"
#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

Digest round_trip(const Digest& sent) {
  Encoder encoder;
  StreamHead head;
  Digest got;
  const domain::Status status = decode_digest(encode_digest(encoder, {5, 6}, sent), head, got);
  EXPECT_TRUE(status.ok()) << status.error().text();
  EXPECT_EQ(head.session, 5U);
  EXPECT_EQ(head.sequence, 6U);
  return got;
}

TEST(DigestCodec, KeepsTheWholeRuntime) {
  const Digest sent = sample_digest();
  const Digest got = round_trip(sent);
  EXPECT_EQ(got.cycle, sent.cycle);
  EXPECT_EQ(got.time_ns, sent.time_ns);
  EXPECT_EQ(got.kiln, sent.kiln);
  EXPECT_EQ(got.pacing, sent.pacing);
  EXPECT_EQ(got.duties, sent.duties);
  EXPECT_EQ(got.gates, sent.gates);
  EXPECT_EQ(got.heartbeat, sent.heartbeat);
  EXPECT_EQ(got.link_up, sent.link_up);
  EXPECT_EQ(got.frame_age_s, sent.frame_age_s);
  EXPECT_EQ(got.cycle_p50_us, sent.cycle_p50_us);
  EXPECT_EQ(got.cycle_p99_us, sent.cycle_p99_us);
  EXPECT_EQ(got.cycle_p999_us, sent.cycle_p999_us);
  EXPECT_EQ(got.cycle_max_us, sent.cycle_max_us);
  EXPECT_EQ(got.overruns, sent.overruns);
  EXPECT_EQ(got.records_dropped, sent.records_dropped);
  EXPECT_EQ(got.events, sent.events);
  EXPECT_EQ(got.link, sent.link);
  EXPECT_EQ(got.journal, sent.journal);
  EXPECT_EQ(got.journal_records, sent.journal_records);
  EXPECT_EQ(got.records_lost, sent.records_lost);
  EXPECT_EQ(got.log_lines_lost, sent.log_lines_lost);
  EXPECT_EQ(got.troubles, sent.troubles);
  EXPECT_EQ(got.trust, sent.trust);
  EXPECT_EQ(got.monitors, sent.monitors);
}

TEST(DigestCodec, AWholeListOfDifferencesFits) {
  Digest sent = sample_digest();
  sent.link.english.assign(15'000, 'd');
  EXPECT_EQ(round_trip(sent).link.english.size(), 15'000U);
}

TEST(DigestCodec, KeepsEachLoop) {
  const Digest sent = sample_digest();
  const Digest got = round_trip(sent);
  ASSERT_EQ(got.loops.size(), 2U);
  const DigestLoop& a = sent.loops[0];
  const DigestLoop& b = got.loops[0];
  EXPECT_EQ(b.tag, a.tag);
  EXPECT_EQ(b.unit, a.unit);
  EXPECT_EQ(b.duty, a.duty);
  EXPECT_EQ(b.zone, a.zone);
  EXPECT_EQ(b.loop, a.loop);
  EXPECT_EQ(b.recipe_sp, a.recipe_sp);
  EXPECT_EQ(b.working_sp, a.working_sp);
  EXPECT_EQ(b.requested_sp, a.requested_sp);
  EXPECT_EQ(b.pv, a.pv);
  EXPECT_EQ(b.quality, a.quality);
  EXPECT_EQ(b.target, a.target);
  EXPECT_EQ(b.actual, a.actual);
  EXPECT_EQ(b.output_percent, a.output_percent);
  EXPECT_EQ(b.limited, a.limited);
  EXPECT_EQ(b.why, a.why);
  EXPECT_EQ(got.loops[1].unit, units::Unit::Nm3_per_h);
}

TEST(DigestCodec, TooManyEventsKeepTheNewest) {
  Digest sent = sample_digest();
  sent.events.clear();
  for (std::uint64_t i = 0; i < 200; ++i) sent.events.push_back({i, {}, {}, "e", "e"});
  const Digest got = round_trip(sent);
  ASSERT_EQ(got.events.size(), 128U);
  EXPECT_EQ(got.events.front().cycle, 72U);
  EXPECT_EQ(got.events.back().cycle, 199U);
}

TEST(DigestCodec, LongTextIsCutBetweenCharacters) {
  Digest sent = sample_digest();
  sent.kiln.clear();
  for (int i = 0; i < 400; ++i) sent.kiln += "킬";  // 3 bytes each
  const Digest got = round_trip(sent);
  EXPECT_EQ(got.kiln.size(), 999U);
}

TEST(DigestCodec, LargestDigestFitsAMessage) {
  Digest sent = sample_digest();
  sent.loops.assign(domain::kMaxMvs, sent.loops[0]);
  DigestEvent event = {1, {}, {}, std::string(1000, 'x'), std::string(1000, 'x')};
  sent.events.assign(128, event);
  EXPECT_EQ(round_trip(sent).loops.size(), domain::kMaxMvs);
}

TEST(DigestCodec, UnknownEnumeratorIsNamed) {
  Encoder encoder;
  StreamHead head;
  Digest got;
  Digest sent = sample_digest();
  sent.loops[0].actual = static_cast<domain::Mode>(9);
  const domain::Status status = decode_digest(encode_digest(encoder, {5, 6}, sent), head, got);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().text(), "digest.loops.actual: is 9; this build knows 0 to 7");
}

TEST(DigestCodec, PacingHasAName) {
  EXPECT_EQ(name(Pacing::wall), "wall");
  EXPECT_EQ(name(Pacing::field), "field");
}

}  // namespace
}  // namespace saggar::wire
