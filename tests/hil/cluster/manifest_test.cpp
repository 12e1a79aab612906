#include "hil/cluster/manifest.hpp"

#include <gmock/gmock.h>

namespace saggar::cluster {
namespace {

using ::testing::HasSubstr;

Manifest sample() {
  Manifest m;
  m.suite = "small";
  m.configs = "configs";
  m.replay = "saggar-hil run small --only '{id}'";
  m.campaign = std::string(64, 'c');
  m.build = std::string(64, 'b');
  m.parts = {{"program", std::string(64, '1')}};
  m.shards = 3;
  m.files = {{"configs/k.toml", std::string(64, 'f')}};
  Story story;
  story.group = "drop/pid";
  story.site = story.kiln = story.plant = story.recipe = story.control = "configs/k.toml";
  story.text = "name = \"\u00fc\"\n";
  m.stories = {story};
  m.cases = {{"drop/pid/seed1", 0, 1, 2, std::string(64, 'a')},
             {"drop/pid/seed2", 0, 9000000000000000ULL, 0, std::string(64, 'd')}};
  return m;
}

std::string with(std::string text, const std::string& old, const std::string& other) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::runtime_error("no " + old);
  return text.replace(at, old.size(), other);
}

std::string complaint(const std::string& text) {
  const auto read = read_manifest("m.json", text);
  return read ? "none" : read.error().text();
}

/// Of a manifest that says a wrong thing and is not damaged: its digest fits.
template <class F>
std::string complaint_of(F&& change) {
  Manifest m = sample();
  change(m);
  return complaint(json(m));
}

TEST(Manifest, IsReadAsItWasWritten) {
  const Manifest before = sample();
  const auto read = read_manifest("m.json", json(before));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(json(read.value()), json(before));
  EXPECT_EQ(digest(read.value()), digest(before));
  EXPECT_EQ(read.value().cases[1].seed, 9000000000000000ULL);
  EXPECT_EQ(read.value().stories[0].text, before.stories[0].text);
}

TEST(Manifest, HasADigestOfAllThatItSays) {
  Manifest other = sample();
  other.cases[0].shard = 1;
  EXPECT_NE(digest(other), digest(sample()));
  EXPECT_THAT(json(other), HasSubstr("\"digest\": \"" + digest(other) + "\""));
}

TEST(Manifest, ThatWasChangedIsRefused) {
  const std::string text = json(sample());
  const char* changed = "m.json: was changed since `saggar-hil campaign plan` wrote it";
  EXPECT_THAT(complaint(with(text, "\"shard\":2", "\"shard\":1")), HasSubstr(changed));
  EXPECT_THAT(complaint(with(text, "\"shards\": 3", "\"shards\":3")), HasSubstr(changed));
  EXPECT_THAT(complaint(with(text, "\"shards\"", "\"shards\": 3,\n\"shards\"")),
              HasSubstr(changed));
}

TEST(Manifest, SaysWhereItIsNoJson) {
  EXPECT_THAT(complaint("{\n\"saggar_campaign\": 1,\n oops"), HasSubstr("m.json:3:2: is no JSON"));
  EXPECT_THAT(complaint(""), HasSubstr("is no JSON"));
  EXPECT_THAT(complaint("[]"), HasSubstr("is no manifest of a campaign"));
  EXPECT_THAT(complaint("{}"), HasSubstr("is no manifest of a campaign"));
}

TEST(Manifest, OfAnotherVersionIsRefused) {
  EXPECT_THAT(complaint(with(json(sample()), "\"saggar_campaign\": 1", "\"saggar_campaign\": 2")),
              HasSubstr("is of another version"));
}

TEST(Manifest, NamesTheValueThatCannotBe) {
  const std::string text = json(sample());
  EXPECT_THAT(complaint(with(text, "\"seed\":1", "\"seed\":-1")),
              HasSubstr("m.json: cases[0].seed: is no whole number"));
  EXPECT_THAT(complaint(with(text, "\"story\":0", "\"story\":4294967296")),
              HasSubstr("cases[0].story: is no whole number that fits"));
  EXPECT_THAT(complaint(with(text, "\"compared\":false", "\"compared\":0")),
              HasSubstr("stories[0].compared: is neither true nor false"));
  EXPECT_THAT(complaint(with(text, "\"suite\": \"small\"", "\"suite\": 1")),
              HasSubstr("suite: is no text"));
  EXPECT_THAT(complaint(with(text, "\"suite\": \"small\",\n", "")),
              HasSubstr("suite: is not there"));
  EXPECT_THAT(complaint(with(text, "\"seed\":1", "\"seed\":1,\"x\":1")),
              HasSubstr("cases[0]: has keys that no manifest has"));
  EXPECT_THAT(complaint(with(text, "\"parts\": [\n{", "\"parts\": [1,\n{")),
              HasSubstr("parts[0]: is no object"));
}

TEST(Manifest, NamesTheCaseThatCannotBe) {
  EXPECT_THAT(complaint_of([](Manifest& m) { m.cases[1].shard = 3; }),
              HasSubstr("cases[1]: is of a shard that is not there"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.cases[1].story = 1; }),
              HasSubstr("cases[1]: names a story that is not there"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.cases[1].id = m.cases[0].id; }),
              HasSubstr("cases[1]: has no id of its own"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.cases[0].inputs = "A"; }),
              HasSubstr("cases[0]: has no SHA-256 in inputs"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.shards = 0; }), HasSubstr("shards: is not within"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.stories[0].recipe = "r.toml"; }),
              HasSubstr("stories[0]: names a file that is not in files"));
}

// Whoever can write a manifest must not reach files beside the campaign with it.
TEST(Manifest, StaysInItsFolder) {
  for (const char* path : {"../x", "/etc/passwd", "a/../../x", "", "a//b/./c"}) {
    EXPECT_THAT(complaint_of([path](Manifest& m) { m.files[0].path = path; }),
                HasSubstr("files[0]: has a path that leaves the folder"))
        << path;
  }
  EXPECT_THAT(complaint_of([](Manifest& m) { m.configs = ".."; }),
              HasSubstr("configs: leaves the folder"));
  EXPECT_THAT(complaint_of([](Manifest& m) { m.stories[0].mapping = "../m.toml"; }),
              HasSubstr("stories[0]: has a path that leaves the folder"));
}

}  // namespace
}  // namespace saggar::cluster
