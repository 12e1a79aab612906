// Hello, welcome, refusal.
#include "runtime/wire/hello_codec.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/wire/sample_messages.hpp"

namespace saggar::wire {
namespace {

using ::testing::HasSubstr;

TEST(HelloCodec, HelloKeepsEveryField) {
  Encoder encoder;
  const auto got = decode_hello(encode_hello(encoder, {7, 8, "P-test", "a\nb"}));
  ASSERT_TRUE(got.ok()) << got.error().text();
  EXPECT_EQ(got.value().runtime_session, 7U);
  EXPECT_EQ(got.value().field_session, 8U);
  EXPECT_EQ(got.value().kiln, "P-test");
  EXPECT_EQ(got.value().differences, "a\nb");
}

TEST(HelloCodec, SessionZeroIsRefused) {
  Encoder encoder;
  const auto hello = decode_hello(encode_hello(encoder, {0, 8, "P-test", ""}));
  ASSERT_FALSE(hello.ok());
  EXPECT_THAT(hello.error().text(), HasSubstr("hello.runtime_session"));
  const auto welcome = decode_welcome(encode_welcome(encoder, 0, "P-test", field_table()));
  ASSERT_FALSE(welcome.ok());
  EXPECT_THAT(welcome.error().text(), HasSubstr("welcome.session"));
}

TEST(HelloCodec, WelcomeCarriesTheWholeTagTable) {
  Encoder encoder;
  const domain::TagTable table = field_table();
  const auto got = decode_welcome(encode_welcome(encoder, 8, "P-test", table));
  ASSERT_TRUE(got.ok()) << got.error().text();
  ASSERT_EQ(got.value().tags.size(), table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const domain::Tag& sent = table.all()[i];
    const domain::Tag& tag = got.value().tags.all()[i];
    EXPECT_EQ(tag.name, sent.name);
    EXPECT_EQ(tag.unit, sent.unit);
    EXPECT_EQ(tag.low, sent.low);
    EXPECT_EQ(tag.high, sent.high);
    EXPECT_EQ(tag.resolution, sent.resolution);
    EXPECT_EQ(tag.access, sent.access);
  }
}

TEST(HelloCodec, WelcomeTakesTheLargestTable) {
  domain::TagTable table;
  for (std::size_t i = 0; i < domain::kMaxTags; ++i) {
    ASSERT_TRUE(table.add(read_tag("zone.tag" + std::to_string(i), units::Unit::degC, 0, 1)).ok());
  }
  Encoder encoder;
  const Bytes message = encode_welcome(encoder, 8, "P-test", table);
  EXPECT_LT(message.size(), static_cast<std::size_t>(SocketOptions::kMaxMessage_bytes));
  const auto got = decode_welcome(message);
  ASSERT_TRUE(got.ok()) << got.error().text();
  EXPECT_EQ(got.value().tags.size(), domain::kMaxTags);
}

TEST(HelloCodec, WelcomeWithoutTagsIsRefused) {
  Encoder encoder;
  const auto got = decode_welcome(encode_welcome(encoder, 8, "P-test", domain::TagTable()));
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().text(), "welcome.tags: has 0 entries; 1 to 2000 would be right");
}

TEST(HelloCodec, UnknownUnitIsNamedWithItsTag) {
  Encoder encoder;
  Message message = copy(encode_welcome(encoder, 8, "P-test", field_table()));
  // The only "degC" of the message (shared by all its tags) becomes "degF".
  const std::string text(message.begin(), message.end());
  const std::size_t at = text.find("degC");
  ASSERT_NE(at, std::string::npos);
  message[at + 3] = 'F';
  const auto got = decode_welcome(message);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().text(), "welcome.tags[1].unit: 'degF' is not a unit of this project");
}

TEST(HelloCodec, RefusalKeepsEveryField) {
  Encoder encoder;
  const auto got =
      decode_refusal(encode_refusal(encoder, {8, domain::Reason::no_authority, true, "say hello"}));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got.value().session, 8U);
  EXPECT_EQ(got.value().reason, domain::Reason::no_authority);
  EXPECT_TRUE(got.value().say_hello);
  EXPECT_EQ(got.value().text, "say hello");
}

}  // namespace
}  // namespace saggar::wire
