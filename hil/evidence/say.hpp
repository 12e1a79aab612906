// Say: every text of the pages, in English and Korean.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace saggar::evidence {

enum class Say : std::uint8_t {
#define SAGGAR_SAY(name, english, korean) name,
#include "hil/evidence/say.def"
#undef SAGGAR_SAY
};

enum class Language : std::uint8_t { en, ko };

/// "en" or "ko", as a page names it.
std::string_view tag(Language language) noexcept;

/// The text as it stands in the table.
std::string_view text(Say what, Language language) noexcept;
/// Number of texts: `Say` counts from 0 to this.
std::size_t say_count() noexcept;

/// With {0}, {1}... replaced. What is filled in is not looked at again, so it may hold braces.
std::string say(Say what, Language language, std::initializer_list<std::string_view> values = {});

}  // namespace saggar::evidence
