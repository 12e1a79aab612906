// Notes: what a reader must know about data that is not shown as given, in English and Korean.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace saggar::report {

enum class NoteText : std::uint8_t {
#define SAGGAR_NOTE(name, english, korean) name,
#include "hil/report/note.def"
#undef SAGGAR_NOTE
};
/// Number of texts: `NoteText` counts from 0 to this.
std::size_t note_count() noexcept;

/// One text in both languages. Of a name or a number both are the same.
struct Note {
  std::string english, korean;

  Note(std::string both) : english(both), korean(std::move(both)) {}
  Note(const char* both) : english(both), korean(both) {}
  Note(std::size_t number) : Note(std::to_string(number)) {}
  /// With {0}, {1}... replaced by the values, each in its language.
  Note(NoteText what, std::initializer_list<Note> values = {});

  /// @param language  of a page: "ko" and "ko-KR" are Korean, all others English
  const std::string& in(std::string_view language) const noexcept;
  bool operator==(const Note& other) const = default;
};

/// One sentence each, below a chart.
using Notes = std::vector<Note>;

/// Adds a note of `n` values of something; none for n = 0.
/// @param what  has places for "3 values" and for `whose`
void note_values(Notes& notes, NoteText what, std::size_t n, const Note& whose);

/// The paragraph for a page.
std::string html(const Note& note, std::string_view language);

}  // namespace saggar::report
