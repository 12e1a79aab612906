// Notes stand in both languages, and a page shows those of its own.
#include "hil/report/note.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "hil/report/page.hpp"

namespace saggar::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::set<char> places(const std::string& text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '<' && text[i + 2] == '>') out.insert(text[i + 1]);
  }
  return out;
}

bool has_hangul(const std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xEA && byte <= 0xED) return true;
  }
  return false;
}

TEST(Note, EveryTextStandsInBothLanguagesWithTheSamePlaces) {
  ASSERT_GT(note_count(), 25U);
  for (std::size_t i = 0; i < note_count(); ++i) {
    const Note note(static_cast<NoteText>(i), {"<0>", "<1>", "<2>", "<3>", "<4>", "<5>"});
    EXPECT_TRUE(has_hangul(note.korean)) << note.english;
    EXPECT_FALSE(has_hangul(note.english)) << note.english;
    EXPECT_EQ(places(note.korean), places(note.english)) << note.english;
    EXPECT_THAT(note.english + note.korean, Not(HasSubstr("{"))) << "every place was filled";
  }
}

TEST(Note, CountsAreWordsOfTheirLanguage) {
  Notes notes;
  note_values(notes, NoteText::no_number_left_out, 0, NoteText::the_samples);
  EXPECT_TRUE(notes.empty());
  note_values(notes, NoteText::no_number_left_out, 1, NoteText::the_samples);
  note_values(notes, NoteText::no_number_left_out, 3, "\"core {0}\"");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].in("en"), "1 value of the samples: no finite number, left out.");
  EXPECT_EQ(notes[0].in("ko-KR"), "표본의 값 1개: 유한한 수가 아니어서 제외했습니다.");
  EXPECT_EQ(notes[1].in("de"), "3 values of \"core {0}\": no finite number, left out.");
}

/// A page with a note below each of its charts, and below its table.
Page sample(const std::string& language) {
  const double none = std::nan(""), endless = INFINITY;
  LineChart line;
  line.series = {{"core", {0, 1, 2}, {1, endless, 2}}};
  Histogram histogram;
  histogram.samples = {1, 2, none};
  HeatMap map;
  map.x_values = {0, 1};
  map.y_values = {0};
  map.values = {1, endless};
  StackedBars bars;
  bars.bars = {"a", "b"};
  bars.parts = {{"p", {1, none}}};
  Ribbon ribbon;
  ribbon.rows = {{"heat", {{2, 1, "pid"}, {0, 1, "pid"}}}};
  Table table{"", {{"one"}}, {{{1, 2}}}};
  return {"t", "", "", {{"s", {line, histogram, map, bars, ribbon, table}}}, language};
}

TEST(Note, APageHasItsNotesInItsLanguage) {
  const std::string korean = html(sample("ko")), english = html(sample("en"));
  const auto count = [](const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count(english, "<p class=\"note\">Note: "), 6U);
  EXPECT_EQ(count(korean, "<p class=\"note\">참고: "), 6U);
  EXPECT_EQ(count(korean, "<p class=\"note\">"), 6U) << "no other is left in English";
}

}  // namespace
}  // namespace saggar::report
