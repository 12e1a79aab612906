// What the parser must not be given: toml++ 3.3 recurses over brackets and, without any bound of
// its own, over the words of dotted keys; and it is undefined for most bare non-ASCII characters.
#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

class Shape {
 public:
  explicit Shape(std::string_view text) : text_(text) {}

  ShapeFault scan() {
    while (at_ < text_.size() && fault_.what.empty()) {
      const char c = text_[at_];
      if (c == '#') {
        skip_comment();
      } else if (c == '"' || c == '\'') {
        check_before_quote();
        skip_string(c);
      } else {
        plain_character(c);
        advance();
      }
    }
    return fault_;
  }

 private:
  bool ahead(std::string_view word) const { return text_.substr(at_, word.size()) == word; }

  void advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++column_;
    }
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') advance();
  }

  // toml++ 3.3 reads a quote in the middle of a word as part of the word, and then the text behind
  // it as bare characters.
  void check_before_quote() {
    constexpr std::string_view kBefore = " \t\r\n=,.[{";
    if (at_ == 0 || kBefore.find(text_[at_ - 1]) != std::string_view::npos) return;
    fault_ = {{line_, column_}, "a quote in the middle of a word; a text begins and ends with one"};
  }

  // A string counts as one word of a dotted key; what is in it does not count.
  void skip_string(char quote) {
    const std::string triple(3, quote);
    const bool many_lines = ahead(triple);
    for (int i = 0; i < (many_lines ? 3 : 1); ++i) advance();
    while (at_ < text_.size()) {
      if (quote == '"' && text_[at_] == '\\') {
        if (many_lines) check_escape();
        advance();
        if (at_ < text_.size()) advance();
        continue;
      }
      if (many_lines ? ahead(triple) : (text_[at_] == quote || text_[at_] == '\n')) break;
      advance();
    }
    for (int i = 0; i < (many_lines ? 3 : 1) && at_ < text_.size(); ++i) advance();
    // One or two quotes may stand right before the closing three.
    for (int i = 0; i < 2 && many_lines && at_ < text_.size() && text_[at_] == quote; ++i)
      advance();
  }

  // A backslash before white space joins lines; what toml++ 3.3 does after it is not defined for
  // characters outside ASCII.
  void check_escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\n';
    if (std::string_view("btnfruU\"\\").find(next) != std::string_view::npos) return;
    if (!fault_.what.empty()) return;
    fault_ = {{line_, column_},
              "a backslash that joins lines, or that begins no escape; write the text in one line"};
  }

  void plain_character(char c) {
    switch (c) {
      case '[':
      case '{':
        dots_ = 0;
        if (++depth_ > kMaxNesting) {
          complain("arrays and tables nested deeper than " + std::to_string(kMaxNesting));
        }
        break;
      case ']':
      case '}':
        dots_ = 0;
        if (depth_ > 0) --depth_;
        break;
      case '.':
        if (++dots_ >= kMaxKeyWords) {
          complain("a key of more than " + std::to_string(kMaxKeyWords) + " words");
        }
        break;
      case '=':
      case ',':
      case '\n':
        dots_ = 0;
        break;
      default:
        // toml++ 3.3 does not define what it does with most of them (U+00A1..U+0499, U+FEA6..).
        if (static_cast<unsigned char>(c) >= 0x80U) {
          fault_ = {{line_, column_},
                    "a character outside ASCII that stands neither in quotes nor in a comment"};
        }
        break;
    }
  }

  void complain(std::string what) {
    fault_ = {{line_, column_}, std::move(what) + "; nothing in a configuration needs that"};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  int depth_ = 0, dots_ = 0;
  ShapeFault fault_;
};

}  // namespace

ShapeFault shape_fault(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  return Shape(text).scan();
}

}  // namespace saggar::config
