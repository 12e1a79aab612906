// Frame, command, ack, heartbeat: what goes in comes out; what is wrong is named.
#include "runtime/wire/field_codec.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using domain::Quality;
using domain::Reason;
using domain::SubStatus;
using ::testing::HasSubstr;

std::string error(const domain::Status& status) {
  return status.ok() ? "no error" : status.error().text();
}

TEST(FieldCodec, FrameIsReadIntoThePlacesThatTheMapNames) {
  Encoder encoder;
  const Message message = copy(encode_frame(encoder, {8, 3, 2}, sample_frame()));
  FrameHead head;
  domain::Frame frame(5);
  ASSERT_EQ(error(decode_frame(message, sample_to_tag(), head, frame)), "no error");
  EXPECT_EQ(head.session, 8U);
  EXPECT_EQ(head.sequence, 3U);
  EXPECT_EQ(head.acked_cycle, 2U);
  EXPECT_EQ(frame.sequence, 3U);
  EXPECT_EQ(frame.time_ns, 7'000);
  EXPECT_EQ(frame.samples[2].value, 101);
  EXPECT_TRUE(std::isnan(frame.samples[0].value));
  EXPECT_EQ(frame.samples[0].sub_status, SubStatus::sensor_failure) << "the field's word stands";
  EXPECT_EQ(frame.samples[0].time_ns, 6'900);
  EXPECT_EQ(frame.samples[4].quality, Quality::uncertain);
  EXPECT_EQ(frame.samples[4].sub_status, SubStatus::substituted);
  EXPECT_EQ(frame.samples[3].value, 105);
  EXPECT_EQ(frame.samples[3].time_ns, 7'000);
}

TEST(FieldCodec, SourceTimesTravelOnlyWhenTheyDiffer) {
  Encoder encoder;
  const std::size_t same = encode_frame(encoder, {8, 3, 2}, field_frame(300, 5)).size();
  domain::Frame frame = field_frame(300, 5);
  frame.samples[299].time_ns = 4;
  const std::size_t differ = encode_frame(encoder, {8, 3, 2}, frame).size();
  EXPECT_GE(differ, same + 300 * sizeof(std::int64_t));
  EXPECT_LT(same, 300 * 10 + 200U);
}

TEST(FieldCodec, ValueThatIsNotFiniteArrivesAsBad) {  // G1 form, SC-25
  Encoder encoder;
  domain::Frame sent = field_frame(6, 1);
  sent.samples[1].value = std::numeric_limits<double>::infinity();
  sent.samples[2].value = std::numeric_limits<double>::quiet_NaN();
  FrameHead head;
  domain::Frame frame(5);
  ASSERT_TRUE(
      decode_frame(encode_frame(encoder, {8, 3, 2}, sent), sample_to_tag(), head, frame).ok());
  for (const int tag : {2, 0}) {
    const domain::Sample& sample = frame.samples[static_cast<std::size_t>(tag)];
    EXPECT_EQ(sample.quality, Quality::bad);
    EXPECT_EQ(sample.sub_status, SubStatus::not_finite);
  }
  EXPECT_EQ(frame.samples[4].quality, Quality::good);
}

TEST(FieldCodec, FrameOfAnotherTableIsRefusedAndLeavesTheFrameAlone) {
  Encoder encoder;
  FrameHead head;
  domain::Frame frame(5);
  frame.sequence = 99;
  const domain::Status status = decode_frame(encode_frame(encoder, {8, 3, 2}, field_frame(7, 1)),
                                             sample_to_tag(), head, frame);
  EXPECT_EQ(error(status), "frame.value: has 7 entries; 6 would be right");
  EXPECT_EQ(frame.sequence, 99U);
}

TEST(FieldCodec, EnumeratorsThatNobodyKnowsAreRefused) {
  Encoder encoder;
  domain::Frame sent = field_frame(6, 1);
  sent.samples[4].quality = static_cast<Quality>(3);
  FrameHead head;
  domain::Frame frame(5);
  EXPECT_EQ(
      error(decode_frame(encode_frame(encoder, {8, 3, 2}, sent), sample_to_tag(), head, frame)),
      "frame.quality[4]: is 3; this build knows 0 to 2");
  sent.samples[4].quality = Quality::good;
  sent.samples[5].sub_status = static_cast<SubStatus>(200);
  EXPECT_THAT(
      error(decode_frame(encode_frame(encoder, {8, 3, 2}, sent), sample_to_tag(), head, frame)),
      HasSubstr("frame.sub_status[5]: is 200"));
  EXPECT_THAT(error(decode_frame(encode_frame(encoder, {8, 0, 2}, field_frame(6, 1)),
                                 sample_to_tag(), head, frame)),
              HasSubstr("frame.sequence"));
}

TEST(FieldCodec, CommandKeepsEveryFieldAndEachValueItsTag) {
  Encoder encoder;
  const Message message =
      copy(encode_command(encoder, {7, 8}, sample_command(), sample_tag_of_mv()));
  CommandHead head;
  domain::Command got(2);
  ASSERT_EQ(error(decode_command(message, sample_mv_of_tag(), head, got)), "no error");
  const domain::Command sent = sample_command();
  EXPECT_EQ(head.runtime_session, 7U);
  EXPECT_EQ(head.field_session, 8U);
  EXPECT_EQ(got.cycle, sent.cycle);
  EXPECT_EQ(got.frame_sequence, sent.frame_sequence);
  EXPECT_EQ(got.time_ns, sent.time_ns);
  EXPECT_EQ(got.valid_until_ns, sent.valid_until_ns);
  EXPECT_EQ(got.heartbeat, sent.heartbeat);
  EXPECT_EQ(got.value, sent.value);
  EXPECT_EQ(got.action, sent.action);
}

TEST(FieldCodec, CommandLeavesUnnamedMvsAlone) {
  Encoder encoder;
  domain::Command sent = sample_command();
  const domain::TagId only_flow[] = {3};
  CommandHead head;
  domain::Command got = sample_command();
  ASSERT_TRUE(decode_command(encode_command(encoder, {7, 8}, sent, only_flow), sample_mv_of_tag(),
                             head, got)
                  .ok());
  EXPECT_EQ(got.action[1], domain::Action::none);
  EXPECT_EQ(got.value[1], 0.0);
  EXPECT_EQ(got.value[0], 42.5);
}

TEST(FieldCodec, CommandWithAWrongTagOrValueIsRefusedAndNamed) {
  Encoder encoder;
  CommandHead head;
  domain::Command got(2);
  const auto decode = [&](const domain::Command& command, std::vector<domain::TagId> tags) {
    return error(decode_command(encode_command(encoder, {7, 8}, command, tags), sample_mv_of_tag(),
                                head, got));
  };
  domain::Command sent = sample_command();
  EXPECT_EQ(decode(sent, {3, 9}), "command.tag[1]: 9 is not in the field's tag table");
  EXPECT_EQ(decode(sent, {0, 1}), "command.tag[0]: 0 is not a tag that may be written");
  EXPECT_EQ(decode(sent, {3, 3}), "command.tag[1]: 3 is named twice");
  sent.value[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(decode(sent, {3, 1}), "command.value[0]: is not a finite number, but is to be written");
  sent.action[0] = domain::Action::none;
  EXPECT_EQ(decode(sent, {3, 1}), "no error") << "not to be written";
  sent.action[0] = static_cast<domain::Action>(3);
  EXPECT_EQ(decode(sent, {3, 1}), "command.action[0]: is 3; this build knows 0 to 2");
}

TEST(FieldCodec, AckKeepsEveryField) {
  Encoder encoder;
  const Message message = copy(encode_ack(encoder, 8, sample_ack(), sample_tag_of_mv()));
  std::uint64_t session = 0;
  domain::Ack got(2);
  ASSERT_EQ(error(decode_ack(message, sample_mv_of_tag(), session, got)), "no error");
  EXPECT_EQ(session, 8U);
  EXPECT_EQ(got.cycle, 12U);
  EXPECT_EQ(got.time_ns, 7'100);
  EXPECT_EQ(got.taken, sample_ack().taken);
  EXPECT_EQ(got.refused, sample_ack().refused);
}

TEST(FieldCodec, AckWithAnUnknownTagIsRefused) {
  Encoder encoder;
  const domain::TagId tags[] = {3, 40};
  std::uint64_t session = 0;
  domain::Ack got(2);
  EXPECT_EQ(error(decode_ack(encode_ack(encoder, 8, sample_ack(), tags), sample_mv_of_tag(),
                             session, got)),
            "ack.tag[1]: 40 is not in the field's tag table");
}

TEST(FieldCodec, HeartbeatKeepsCounterAndEcho) {  // SC-45
  Encoder encoder;
  Heartbeat got;
  ASSERT_TRUE(decode_heartbeat(encode_heartbeat(encoder, {8, 4, 5}), got).ok());
  EXPECT_EQ(got.session, 8U);
  EXPECT_EQ(got.counter, 4U);
  EXPECT_EQ(got.echo, 5U);
}

TEST(FieldCodec, UnalignedMessagesAreReadAsWell) {
  Encoder encoder;
  Message shifted(1, 0);
  const Message message = copy(encode_frame(encoder, {8, 3, 2}, sample_frame()));
  shifted.insert(shifted.end(), message.begin(), message.end());
  FrameHead head;
  domain::Frame frame(5);
  EXPECT_TRUE(decode_frame(Bytes(shifted).subspan(1), sample_to_tag(), head, frame).ok());
  EXPECT_EQ(frame.samples[2].value, 101);
}

}  // namespace
}  // namespace saggar::wire
