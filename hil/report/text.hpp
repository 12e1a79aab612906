// Text on its way into a page: cleaned, escaped, measured, shortened.
#pragma once

#include <string>
#include <string_view>

namespace saggar::report {

/// What a reader sees in place of bytes that are no text.
inline constexpr char32_t kReplacement = 0xFFFD;

/// Takes the first code point off a non-empty text. A byte that begins no valid UTF-8 sequence is
/// taken alone, as `kReplacement`; so the result never depends on what a browser makes of it.
char32_t take_code_point(std::string_view& text);

/// Appends one code point as UTF-8.
void append_utf8(std::string& out, char32_t point);

/// Safe between tags and inside a quoted attribute, of HTML and of XML. Characters that XML forbids
/// become `kReplacement`.
std::string escape(std::string_view text);

/// Width of a text in an ordinary sans-serif font. An estimate, on the wide side: layout must not
/// depend on the fonts of the machine that writes the page.
double width_px(std::string_view text, double font_px);

/// The text, or as much of its beginning as fits, with an ellipsis.
std::string shortened(std::string_view text, double font_px, double at_most_px);

/// Lower-case ASCII letters, digits and `gap` between words, for anchors ('-') and keys ('_').
/// Empty if the text has no such character.
std::string slug(std::string_view text, char gap);

}  // namespace saggar::report
