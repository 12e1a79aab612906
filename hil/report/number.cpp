#include "hil/report/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace saggar::report {
namespace {

constexpr int kSignificant = 6;
constexpr double kLeastFixed = 1e-4, kMostFixed = 1e9;
constexpr double kMostFixedWithDigits = 1e15;  // beyond, a double has no digits after the point
constexpr int kMostDigits = 15;
constexpr std::string_view kThousandsGap = "\u202F";

std::string chars(double value, std::chars_format form, int precision) {
  std::array<char, 64> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, form, precision).ptr;
  return {text.data(), end};
}

/// 1.500 -> 1.5, 2.000 -> 2.
std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// 1.500000e+09 -> 1.500000, e9.
std::string with_short_exponent(const std::string& mantissa, std::string_view exponent) {
  std::string out = mantissa + "e";
  if (exponent.front() == '-') out += '-';
  exponent.remove_prefix(1);
  exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
  return out + std::string(exponent);
}

/// A minus before nothing but zeros says more than the value does.
std::string without_minus_zero(std::string text) {
  const bool zero = text.find_first_not_of("-0.") == std::string::npos;
  if (zero && text.front() == '-') text.erase(0, 1);
  return text;
}

std::string grouped(const std::string& text) {
  const std::size_t first = text.front() == '-' ? 1 : 0;
  const std::size_t end = std::min(text.find('.'), text.size());
  if (end - first < 5) return text;
  std::string out = text.substr(0, first);
  for (std::size_t i = first; i < end; ++i) {
    if (i != first && (end - i) % 3 == 0) out += kThousandsGap;
    out += text[i];
  }
  return out + text.substr(end);
}

std::string shortest_sensible(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < kLeastFixed || size >= kMostFixed)) {
    const std::string text = scientific(value, kSignificant - 1);
    const std::size_t e = text.find('e');
    return without_trailing_zeros(text.substr(0, e)) + text.substr(e);
  }
  const int before = size < 1 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
  const int leading =
      size < 1 && size > 0 ? static_cast<int>(-std::floor(std::log10(size))) - 1 : 0;
  const int after = size < 1 ? kSignificant + leading : std::max(0, kSignificant - before);
  return without_trailing_zeros(chars(value, std::chars_format::fixed, after));
}

}  // namespace

int digits_for(double value, int significant) {
  const double size = std::abs(value);
  if (size < kLeastFixed || size >= kMostFixed) return -1;
  return std::max(0, significant - 1 - static_cast<int>(std::floor(std::log10(size))));
}

std::string scientific(double value, int digits) {
  const std::string text =
      chars(value, std::chars_format::scientific, std::clamp(digits, 0, kMostDigits));
  const std::size_t e = text.find('e');
  return with_short_exponent(text.substr(0, e), std::string_view(text).substr(e + 1));
}

std::string format(double value, NumberFormat how) {
  if (std::isnan(value)) return "\u2013";
  if (std::isinf(value)) return value < 0 ? "-\u221E" : "\u221E";
  std::string text;
  if (how.digits < 0 || std::abs(value) >= kMostFixedWithDigits) {
    text = shortest_sensible(value);
  } else {
    text = chars(value, std::chars_format::fixed, std::min(how.digits, kMostDigits));
  }
  text = without_minus_zero(text);
  return how.grouping && text.find('e') == std::string::npos ? grouped(text) : text;
}

std::string exact(double value) {
  std::array<char, 64> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

}  // namespace saggar::report
