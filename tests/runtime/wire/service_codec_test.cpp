// Requests and replies of the test-case service.
#include "runtime/wire/service_codec.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using ::testing::HasSubstr;

TEST(ServiceCodec, ARequestKeepsEveryField) {
  Encoder encoder;
  const ServiceRequest sent = sample_service_request();
  std::uint64_t number = 0;
  const auto got = decode_service_request(encode_service_request(encoder, sent), number);
  ASSERT_TRUE(got.ok()) << got.error().text();
  const ServiceRequest& r = got.value();
  EXPECT_EQ(number, 77U);
  EXPECT_EQ(r.instance, 3U);
  EXPECT_EQ(r.call, ServiceCall::advance);
  EXPECT_EQ(r.test_case + r.start + r.scenario, "ncm622-p1coldwet_lot");
  EXPECT_EQ(r.seed, 5U);
  EXPECT_EQ((std::vector{r.warm_up_s, r.step_s, r.from_s, r.to_s, r.horizon_s}),
            (std::vector{600.0, 30.0, 1.0, 2.0, 3.0}));
  ASSERT_EQ(r.inputs.size(), 2U);
  EXPECT_EQ(r.inputs[0].name, "zone01.top.setpoint");
  EXPECT_EQ(r.inputs[0].value, 251.5);
  EXPECT_TRUE(r.inputs[0].activate);
  EXPECT_FALSE(r.inputs[1].activate);
  EXPECT_EQ(r.names, sent.names);
}

TEST(ServiceCodec, AReplyKeepsEveryField) {
  Encoder encoder;
  const auto got = decode_service_reply(encode_service_reply(encoder, sample_service_reply()));
  ASSERT_TRUE(got.ok()) << got.error().text();
  const ServiceReply& r = got.value();
  EXPECT_EQ(r.error_field, "inputs[0].name");
  EXPECT_EQ(r.time_s + r.step_s, 120);
  ASSERT_EQ(r.points.size(), 1U);
  EXPECT_EQ(r.points[0].name + r.points[0].unit + r.points[0].role,
            "zone01.top.temperaturedegCmeasurement");
  EXPECT_EQ(r.points[0].high, 1200);
  EXPECT_EQ(r.points[0].value, 249.5);
  EXPECT_FALSE(r.points[0].good);
  ASSERT_EQ(r.series.size(), 1U);
  EXPECT_EQ(r.series[0].sigma, (std::vector{0.0, 0.125}));
}

TEST(ServiceCodec, WhatIsWrongIsNamedWithTheNumberOfItsRequest) {
  Encoder encoder;
  const auto error_of = [&](const ServiceRequest& request) {
    std::uint64_t number = 0;
    const auto got = decode_service_request(encode_service_request(encoder, request), number);
    EXPECT_EQ(number, 77U);
    return got.ok() ? "no error" : got.error().text();
  };
  ServiceRequest request = sample_service_request();
  request.call = static_cast<ServiceCall>(kServiceCallCount);
  EXPECT_EQ(error_of(request), "call: is 10; this build knows 0 to 9");
  request = sample_service_request();
  request.inputs.resize(kMaxServiceInputs + 1);
  EXPECT_EQ(error_of(request), "inputs: has 513 entries; at most 512");
  request = sample_service_request();
  request.names.resize(kMaxServiceNames + 1);
  EXPECT_EQ(error_of(request), "names: has 65 entries; at most 64");
}

TEST(ServiceCodec, ColumnsOfUnequalLengthAreRefused) {
  Encoder encoder;
  ServiceReply reply = sample_service_reply();
  reply.series[0].sigma.pop_back();
  const auto got = decode_service_reply(encode_service_reply(encoder, reply));
  ASSERT_FALSE(got.ok());
  EXPECT_THAT(got.error().text(), HasSubstr("series[0]: its columns have 2, 2 and 1"));
}

}  // namespace
}  // namespace saggar::wire
