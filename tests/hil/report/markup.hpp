// Reads markup as an XML parser would and says what is wrong with it.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saggar::report::test {

/// One element with its attributes as they are written.
struct Element {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;

  std::string attribute(std::string_view wanted) const {
    for (const auto& [key, value] : attributes) {
      if (key == wanted) return value;
    }
    return {};
  }
};

/// Checks while it reads. `faults` stays empty for sound markup.
class Markup {
 public:
  explicit Markup(std::string_view text) : text_(text) {
    while (at_ < text_.size()) text_[at_] == '<' ? tag() : content();
    for (const std::string& name : open_) fault("<" + name + "> is never closed");
    for (const std::string& target : targets_) {
      if (!ids_.contains(target)) fault("no element has the id " + target);
    }
  }

  std::vector<std::string> faults;
  std::vector<Element> elements;
  std::string words;  ///< what stands between tags, as written

  std::size_t count(std::string_view name) const {
    std::size_t n = 0;
    for (const Element& element : elements) n += element.name == name;
    return n;
  }

 private:
  void fault(const std::string& what) {
    faults.push_back(what + " at byte " + std::to_string(at_) + ": " +
                     std::string(text_.substr(at_ > 40 ? at_ - 40 : 0, 80)));
  }

  void entities(std::string_view text) {
    for (std::size_t i = text.find('&'); i != text.npos; i = text.find('&', i + 1)) {
      bool known = false;
      for (const char* entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) {
        known = known || text.substr(i).starts_with(entity);
      }
      if (!known) fault("a bare ampersand");
    }
  }

  void content() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view part = text_.substr(at_, end - at_);
    if (open_.empty() && part.find_first_not_of("\n ") != part.npos) fault("text outside");
    if (!open_.empty() && open_.back() != "style") {
      entities(part);
      words += std::string(part) + "\n";
    }
    at_ = end;
  }

  void tag() {
    const std::size_t end = text_.find('>', at_);
    if (end == text_.npos) {
      fault("a tag without end");
      at_ = text_.size();
      return;
    }
    std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    if (inside == "!DOCTYPE html") {
      // a document begins
    } else if (inside.starts_with('/')) {
      inside.remove_prefix(1);
      if (open_.empty() || open_.back() != inside) {
        fault("</" + std::string(inside) + "> closes nothing");
      } else {
        open_.pop_back();
      }
    } else {
      const bool empty = inside.ends_with('/');
      if (empty) inside.remove_suffix(1);
      Element element = parsed(inside);
      if (!empty) open_.push_back(element.name);
      elements.push_back(std::move(element));
    }
    at_ = end + 1;
  }

  Element parsed(std::string_view inside) {
    Element out;
    const std::size_t space = std::min(inside.find(' '), inside.size());
    out.name = inside.substr(0, space);
    if (out.name.empty() ||
        out.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz123456") != std::string::npos) {
      fault("'" + out.name + "' is no name of an element");
    }
    inside.remove_prefix(space);
    while (!inside.empty()) {
      const std::size_t equals = inside.find("=\"");
      const std::size_t close = equals == inside.npos ? equals : inside.find('"', equals + 2);
      if (inside.front() != ' ' || close == inside.npos) {
        fault("an attribute that is none");
        return out;
      }
      const std::string key(inside.substr(1, equals - 1));
      const std::string value(inside.substr(equals + 2, close - equals - 2));
      attribute(key, value);
      out.attributes.emplace_back(key, value);
      inside.remove_prefix(close + 1);
    }
    return out;
  }

  void attribute(const std::string& key, const std::string& value) {
    entities(value);
    if (value.find('<') != value.npos) fault("a bracket in an attribute");
    static const std::set<std::string> numeric = {
        "x", "y", "x1", "x2", "y1", "y2", "d", "width", "height", "viewBox", "transform"};
    if (numeric.contains(key)) {
      // Neither nan nor inf nor 1e+300 can be written with these.
      const std::string bare = key == "transform" ? value.substr(value.find('(')) : value;
      if (bare.find_first_not_of("-0123456789. MLHVhmvz()") != bare.npos || bare.empty()) {
        fault("'" + value + "' is no coordinate");
      }
    }
    if (key == "id" && !ids_.insert(value).second) fault("the id " + value + " stands twice");
    if (key == "href") {
      if (!value.starts_with('#')) fault("a link to the outside: " + value);
      targets_.insert(value.substr(1));
    }
    if (key == "src" || key == "style" || key.starts_with("on")) fault("an attribute " + key);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::set<std::string> ids_, targets_;
};

/// The faults in one text, for EXPECT_EQ(faults_of(html), "").
inline std::string faults_of(std::string_view text) {
  std::string out;
  for (const std::string& fault : Markup(text).faults) out += fault + "\n";
  return out;
}

}  // namespace saggar::report::test
