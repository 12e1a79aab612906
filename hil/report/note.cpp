#include "hil/report/note.hpp"

#include <array>

#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

struct Entry {
  std::string_view english, korean;
};

constexpr auto kTexts = std::to_array<Entry>({
#define SAGGAR_NOTE(name, english, korean) {english, korean},
#include "hil/report/note.def"
#undef SAGGAR_NOTE
});

/// What is filled in is not looked at again, so it may hold braces.
std::string filled(std::string_view text, std::initializer_list<Note> values,
                   std::string_view language) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool place = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
    if (!place) {
      out += text[i];
      continue;
    }
    const auto n = static_cast<std::size_t>(text[i + 1] - '0');
    if (n < values.size()) out += values.begin()[n].in(language);
    i += 2;
  }
  return out;
}

}  // namespace

std::size_t note_count() noexcept { return kTexts.size(); }

Note::Note(NoteText what, std::initializer_list<Note> values)
    : english(filled(kTexts[static_cast<std::size_t>(what)].english, values, "en")),
      korean(filled(kTexts[static_cast<std::size_t>(what)].korean, values, "ko")) {}

const std::string& Note::in(std::string_view language) const noexcept {
  return language == "ko" || language.starts_with("ko-") ? korean : english;
}

void note_values(Notes& notes, NoteText what, std::size_t n, const Note& whose) {
  if (n == 0) return;
  const Note values = n == 1 ? Note(NoteText::one_value) : Note(NoteText::values, {n});
  notes.push_back(Note(what, {values, whose}));
}

std::string html(const Note& note, std::string_view language) {
  return "<p class=\"note\">" + escape(Note(NoteText::note, {note}).in(language)) + "</p>\n";
}

}  // namespace saggar::report
