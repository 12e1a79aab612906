#include "runtime/app/why_text.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace saggar::app {
namespace {

constexpr std::size_t kMostCauses = 3;
constexpr double kLeastShare = 0.05;
constexpr double kBandSigmas = 2;
constexpr double kMinute_s = 60;

struct Text {
  std::string_view english, korean;
};

enum class Say : std::uint8_t {
#define SAGGAR_WHY(name, english, korean) name,
#include "runtime/app/why.def"
#undef SAGGAR_WHY
};

constexpr Text kTexts[] = {
#define SAGGAR_WHY(name, english, korean) {english, korean},
#include "runtime/app/why.def"
#undef SAGGAR_WHY
};

struct Word {
  std::string_view label;
  Text text;
};

constexpr Word kWords[] = {
#define SAGGAR_WORD(label, english, korean) {label, {english, korean}},
#include "runtime/app/why_words.def"
#undef SAGGAR_WORD
};

/// Fills {0}, {1}...; what is filled in is not looked at again.
std::string say(Say what, bool korean, std::initializer_list<std::string> values = {}) {
  const Text& text = kTexts[static_cast<std::size_t>(what)];
  const std::string_view form = korean ? text.korean : text.english;
  std::string out;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool place = form[i] == '{' && i + 2 < form.size() && form[i + 2] == '}';
    if (!place) {
      out += form[i];
      continue;
    }
    out += values.begin()[form[i + 1] - '0'];
    i += 2;
  }
  return out;
}

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

/// With its sign, so that a person sees the direction; nothing is "+0.0".
std::string signed_number(double value) {
  std::array<char, 32> text{};
  const bool none = std::fabs(value) < kLeastShare;
  std::snprintf(text.data(), text.size(), none ? "%.1f" : "%+.1f", none ? 0.0 : value);
  return text.data();
}

std::string word(const std::string& label, bool korean) {
  for (const Word& w : kWords) {
    if (w.label == label) return std::string(korean ? w.text.korean : w.text.english);
  }
  return label;
}

std::string causes(const std::vector<control::Cause>& all, bool korean) {
  std::string list;
  std::size_t said = 0;
  for (const control::Cause& cause : all) {
    const bool small = std::fabs(cause.share) < kLeastShare;
    if (said == kMostCauses || (small && said > 0)) break;
    if (said++ > 0) list += ", ";
    list += say(Say::cause, korean, {word(cause.label, korean), signed_number(cause.share)});
  }
  return said == 0 ? say(Say::no_cause, korean) : say(Say::because, korean, {list});
}

std::string limit(const Move& move, bool korean) {
  if (!move.limit) return say(Say::free, korean);
  return say(Say::binds, korean,
             {number(move.limit->before), std::string(domain::name(move.limit->gate)),
              std::string(domain::text(move.limit->limit, korean))});
}

std::string path(const Move& move, bool korean) {
  if (move.told.path.empty()) return say(Say::no_path, korean);
  const control::PathPoint& end = move.told.path.back();
  const double band = kBandSigmas * end.sigma;
  std::array<char, 32> minutes{};
  std::snprintf(minutes.data(), minutes.size(), "%.0f", end.time_s / kMinute_s);
  return say(Say::expects, korean,
             {number(end.value - band), number(end.value + band), move.unit, minutes.data()});
}

std::string next(const Move& move, bool korean) {
  const std::string value = number(move.next_value);
  switch (move.next) {
    case Move::Next::controller:
      return say(Say::next, korean, {move.next_name, value});
    case Move::Next::hold:
      return say(Say::next_hold, korean, {move.next_name, value});
    case Move::Next::recipe:
      return say(Say::next_recipe, korean, {move.next_name, value});
    case Move::Next::silent:
      return say(Say::next_none, korean,
                 {move.next_name, std::string(domain::text(move.next_reason, korean))});
    case Move::Next::nothing:
      break;
  }
  return "";
}

}  // namespace

std::string why_sentence(const Move& move, bool korean) {
  if (move.controller.empty()) {
    return say(Say::nobody, korean, {move.tag, std::string(domain::text(move.nobody, korean))}) +
           '.';
  }
  const bool moved = std::fabs(move.after - move.before) >= kLeastShare;
  std::string sentence = say(moved ? Say::moved : Say::kept, korean,
                             {move.tag, number(move.before), number(move.after), move.unit,
                              signed_number(move.after - move.recipe), move.controller});
  for (const std::string& part : {causes(move.told.causes, korean), limit(move, korean),
                                  path(move, korean), next(move, korean)}) {
    if (!part.empty()) sentence += "; " + part;
  }
  return sentence + '.';
}

}  // namespace saggar::app
