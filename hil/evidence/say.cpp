#include "hil/evidence/say.hpp"

#include <array>

namespace saggar::evidence {
namespace {

struct Entry {
  std::string_view english, korean;
};

constexpr auto kTexts = std::to_array<Entry>({
#define SAGGAR_SAY(name, english, korean) {english, korean},
#include "hil/evidence/say.def"
#undef SAGGAR_SAY
});

}  // namespace

std::string_view tag(Language language) noexcept { return language == Language::ko ? "ko" : "en"; }

std::size_t say_count() noexcept { return kTexts.size(); }

std::string_view text(Say what, Language language) noexcept {
  const Entry& entry = kTexts[static_cast<std::size_t>(what)];
  return language == Language::ko ? entry.korean : entry.english;
}

std::string say(Say what, Language language, std::initializer_list<std::string_view> values) {
  const std::string_view from = text(what, language);
  std::string out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const bool place = from[i] == '{' && i + 2 < from.size() && from[i + 2] == '}' &&
                       from[i + 1] >= '0' && from[i + 1] <= '9';
    if (!place) {
      out += from[i];
      continue;
    }
    const auto n = static_cast<std::size_t>(from[i + 1] - '0');
    if (n < values.size()) out += values.begin()[n];
    i += 2;
  }
  return out;
}

}  // namespace saggar::evidence
