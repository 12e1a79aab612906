// Damaged files: whatever a file holds, the reader answers with a value or with complaints.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "runtime/config/kinds.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

struct Shipped {
  const char* kind;
  const char* path;
};

std::string text_of(const Shipped& file) {
  return read_file(std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs" / file.path).value();
}

constexpr Shipped kFiles[] = {{"kiln", "kiln/p2.toml"},
                              {"recipe", "recipes/ncm811-p2.toml"},
                              {"control", "control/pid.toml"},
                              {"site", "site/plant.toml"}};

/// Reads as its kind; every complaint must have a text, and a place inside the file.
std::size_t complaints(const Kind& kind, const std::string& text) {
  Source source;
  source.file = "f";
  Complaints list;
  kind.check(text, source, list);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const Complaint& complaint : list.sorted()) {
    EXPECT_FALSE(complaint.what.empty());
    EXPECT_LE(complaint.position.line, lines + 1);
    EXPECT_EQ(complaint.what.find('\n'), std::string::npos) << complaint.what;
  }
  return list.size();
}

std::string damaged(std::string text, std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {"[",        "]",
                                                 "{",        "}",
                                                 "=",        "\"",
                                                 "'",        ".",
                                                 ",",        "\n",
                                                 "#",        "-",
                                                 "1e999",    "nan",
                                                 "\\u0000",  "\"\"\"",
                                                 "[[",       "0x",
                                                 "true",     "\xff",
                                                 "\xf0\x9f", "9223372036854775808",
                                                 "a.b.c.d"};
  const int edits = 1 + static_cast<int>(random() % 3);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    const std::size_t place = random() % text.size();
    switch (random() % 4) {
      case 0:
        text.erase(place, 1 + random() % 8);
        break;
      case 1:
        text.insert(place, kPieces[random() % std::size(kPieces)]);
        break;
      case 2:
        text[place] = static_cast<char>(random() % 256);
        break;
      default:
        text.insert(place, text.substr(random() % text.size(), random() % 40));
        break;
    }
  }
  return text;
}

TEST(Mutation, HundredsOfDamagedFilesAreReadOrRefused) {
  const Kinds kinds = Kinds::builtin();
  std::size_t refused = 0, read = 0;
  for (const Shipped& file : kFiles) {
    const std::string text = text_of(file);
    ASSERT_EQ(complaints(*kinds.find(file.kind), text), 0U);
    std::mt19937 random(20260101);
    for (int i = 0; i < 200; ++i) {
      ++(complaints(*kinds.find(file.kind), damaged(text, random)) > 0 ? refused : read);
    }
  }
  // Both happen: damage to comments and digits may leave a right file.
  EXPECT_GT(refused, 400U);
  EXPECT_GT(read, 8U);
}

TEST(Mutation, EveryLineThatIsLeftOutIsHandled) {
  const Kinds kinds = Kinds::builtin();
  for (const Shipped& file : kFiles) {
    const std::string text = text_of(file);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin) + 1;
      complaints(*kinds.find(file.kind), text.substr(0, begin) + text.substr(end));
      begin = end;
    }
  }
}

TEST(Mutation, EveryTruncationIsHandled) {
  const Kinds kinds = Kinds::builtin();
  for (const Shipped& file : kFiles) {
    const std::string text = text_of(file);
    for (std::size_t size = 0; size < text.size(); size += 37) {
      complaints(*kinds.find(file.kind), text.substr(0, size));
    }
  }
}

TEST(Mutation, WhatIsReadCanBeSavedAndReadAgain) {
  const std::string text = text_of(kFiles[0]);
  std::mt19937 random(7);
  int read = 0;
  for (int i = 0; i < 400; ++i) {
    const auto kiln = load_text<KilnConfig>("f", damaged(text, random));
    if (!kiln.ok()) continue;
    ++read;
    const std::string saved = save_text(kiln.value());
    const auto again = load_text<KilnConfig>("saved", saved);
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(save_text(again.value()), saved);
  }
  EXPECT_GT(read, 2);
}

}  // namespace
}  // namespace saggar::config
