#include "hil/report/colours.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saggar::report {
namespace {

struct Rgb {
  int r, g, b;
};

/// Ten even steps of viridis (S. van der Walt, N. Smith, CC0); between them straight lines, which
/// stay within a level of it.
constexpr std::array<Rgb, 10> kAnchors = {{{0x44, 0x01, 0x54},
                                           {0x48, 0x28, 0x78},
                                           {0x3E, 0x4A, 0x89},
                                           {0x31, 0x68, 0x8E},
                                           {0x26, 0x82, 0x8E},
                                           {0x1F, 0x9E, 0x89},
                                           {0x35, 0xB7, 0x79},
                                           {0x6D, 0xCD, 0x59},
                                           {0xB4, 0xDE, 0x2C},
                                           {0xFD, 0xE7, 0x25}}};

std::string hex(const Rgb& colour) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "#";
  for (const int part : {colour.r, colour.g, colour.b}) {
    out += kDigits[part / 16];
    out += kDigits[part % 16];
  }
  return out;
}

}  // namespace

std::string thing_class(std::size_t n) {
  const std::size_t round = n / kThingColours;
  std::string out = "c" + std::to_string(n % kThingColours);
  if (round > 0) out += " d" + std::to_string((round - 1) % 2 + 1);
  return out;
}

std::string amount_colour(int level) {
  const double at = static_cast<double>(std::clamp(level, 0, kAmountLevels - 1)) /
                    (kAmountLevels - 1) * (kAnchors.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(at), kAnchors.size() - 2);
  const double part = at - static_cast<double>(below);
  const auto mixed = [&](int a, int b) {
    return static_cast<int>(std::lround(a + part * (b - a)));
  };
  const Rgb &a = kAnchors[below], &b = kAnchors[below + 1];
  return hex({mixed(a.r, b.r), mixed(a.g, b.g), mixed(a.b, b.b)});
}

}  // namespace saggar::report
