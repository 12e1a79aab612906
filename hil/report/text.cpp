#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

/// Bytes of the sequence that a first byte announces; 0 if it begins none.
std::size_t announced(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

bool is_scalar(char32_t point, std::size_t bytes) {
  if (bytes == 3 && point < 0x800) return false;
  if (bytes == 4 && (point < 0x10000 || point > 0x10FFFF)) return false;
  return point < 0xD800 || point > 0xDFFF;
}

bool allowed_in_xml(char32_t point) {
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  return point != 0x7F && point != 0xFFFE && point != 0xFFFF;
}

/// Of Latin letters, in parts of the font size.
double advance(char32_t point) {
  if (point >= 0x1100) return point >= 0x2000 && point < 0x2E80 ? 0.7 : 1.0;
  if (std::string_view("iljftI.,:;'|!()[] ").find(static_cast<char>(point)) != std::string::npos) {
    return point < 0x80 ? 0.36 : 0.62;
  }
  if (point == 'm' || point == 'w' || point == 'M' || point == 'W') return 0.88;
  return point >= 'A' && point <= 'Z' ? 0.70 : 0.58;
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = announced(first);
  char32_t point = bytes == 1 ? first : first & (0x7Fu >> bytes);
  bool valid = bytes != 0 && bytes <= text.size();
  for (std::size_t i = 1; valid && i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    valid = (next & 0xC0u) == 0x80u;
    point = (point << 6) | (next & 0x3Fu);
  }
  valid = valid && is_scalar(point, bytes);
  text.remove_prefix(valid ? bytes : 1);
  return valid ? point : kReplacement;
}

void append_utf8(std::string& out, char32_t point) {
  const auto tail = [&](int shift) {
    out += static_cast<char>(0x80u | ((point >> shift) & 0x3Fu));
  };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0u | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0u | (point >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0u | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    switch (point) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        append_utf8(out, allowed_in_xml(point) ? point : kReplacement);
    }
  }
  return out;
}

double width_px(std::string_view text, double font_px) {
  double width = 0;
  while (!text.empty()) width += advance(take_code_point(text));
  return width * font_px;
}

std::string shortened(std::string_view text, double font_px, double at_most_px) {
  if (width_px(text, font_px) <= at_most_px) return std::string(text);
  std::string out;
  double left_px = at_most_px - font_px;  // the ellipsis
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    left_px -= advance(point) * font_px;
    if (left_px < 0) break;
    append_utf8(out, point);
  }
  append_utf8(out, 0x2026);
  return out;
}

std::string slug(std::string_view text, char gap) {
  std::string out;
  bool apart = false;
  for (const char c : text) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) {
      if (apart && !out.empty()) out += gap;
      out += low;
      apart = false;
    } else {
      apart = true;
    }
  }
  return out;
}

}  // namespace saggar::report
