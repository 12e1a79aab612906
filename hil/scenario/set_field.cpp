#include "hil/scenario/set_field.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::scenario {
namespace {

class Setter : public config::Visitor {
 public:
  Setter(std::string path, const std::string& value) : wanted_(std::move(path)), value_(value) {}

  domain::Status outcome() const {
    if (!error_.empty()) return domain::Error{wanted_, error_};
    if (found_) return domain::Done{};
    return domain::Error{wanted_, "there is no such field" + config::did_you_mean(wanted_, seen_)};
  }

 private:
  bool is_here(std::string_view key) {
    std::string path = path_ + std::string(key);
    const bool here = path == wanted_;
    found_ = found_ || here;
    seen_.push_back(std::move(path));
    return here;
  }
  /// The value as a number within its range; complains otherwise.
  bool read(double& number, const config::Spec& spec) {
    char* end = nullptr;
    const double read = std::strtod(value_.c_str(), &end);
    if (value_.empty() || *end != '\0') {
      error_ = "is a number; found \"" + value_ + "\"";
      return false;
    }
    if (!(read >= spec.low && read <= spec.high)) {
      error_ =
          value_ + " is outside " + config::plain(spec.low) + " to " + config::plain(spec.high);
      return false;
    }
    number = read;
    return true;
  }
  void number(std::string_view key, double& value, const config::Spec& spec) override {
    if (is_here(key)) read(value, spec);
  }
  void integer(std::string_view key, std::int64_t& value, const config::Spec& spec) override {
    double read_value = 0;
    if (!is_here(key) || !read(read_value, spec)) return;
    if (read_value != static_cast<double>(static_cast<std::int64_t>(read_value))) {
      error_ = "is a whole number; found \"" + value_ + "\"";
    } else {
      value = static_cast<std::int64_t>(read_value);
    }
  }
  void flag(std::string_view key, bool& value, const config::Spec&) override {
    if (!is_here(key)) return;
    if (value_ != "true" && value_ != "false") {
      error_ = "is true or false; found \"" + value_ + "\"";
    } else {
      value = value_ == "true";
    }
  }
  void text(std::string_view key, std::string& value, const config::Spec&) override {
    if (is_here(key)) value = value_;
  }
  void choice(std::string_view key, int& value, config::Names names, const config::Spec&) override {
    if (!is_here(key)) return;
    const auto at = std::find(names.begin(), names.end(), value_);
    if (at != names.end()) {
      value = static_cast<int>(at - names.begin());
      return;
    }
    const std::vector<std::string> known(names.begin(), names.end());
    error_ = "is one of " + config::listed(known) + "; found \"" + value_ + "\"" +
             config::did_you_mean(value_, known);
  }
  void whole(std::string_view key) {
    if (is_here(key)) error_ = "is a list or a figure; only a single value can be set";
  }
  void figure(std::string_view key, config::Figure&, const config::Spec&) override { whole(key); }
  void figures(std::string_view key, config::Figures&, const config::Spec&) override { whole(key); }
  void numbers(std::string_view key, std::vector<double>&, const config::Spec&) override {
    whole(key);
  }
  void integers(std::string_view key, std::vector<std::int64_t>&, const config::Spec&) override {
    whole(key);
  }
  void texts(std::string_view key, std::vector<std::string>&, const config::Spec&) override {
    whole(key);
  }
  void choices(std::string_view key, std::vector<int>&, config::Names,
               const config::Spec&) override {
    whole(key);
  }
  void parameters(std::string_view key, config::Parameters&, const config::Spec&) override {
    whole(key);
  }
  void push(const std::string& text) {
    lengths_.push_back(path_.size());
    path_ += text;
  }
  void pop() {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }
  bool enter(std::string_view key, const config::Spec&) override {
    push(std::string(key) + ".");
    return true;
  }
  void leave() override { pop(); }
  std::size_t begin_list(std::string_view key, std::size_t size, const config::Spec&) override {
    push(std::string(key));
    return size;
  }
  bool begin_element(std::size_t index) override {
    push("[" + std::to_string(index) + "].");
    return true;
  }
  void end_element() override { pop(); }
  void end_list() override { pop(); }

  std::string wanted_;
  const std::string& value_;
  std::string path_, error_;
  std::vector<std::size_t> lengths_;
  std::vector<std::string> seen_;
  bool found_ = false;
};

}  // namespace

domain::Status set_field(const std::function<void(config::Visitor&)>& visit,
                         const std::string& path, const std::string& value) {
  Setter setter(path, value);
  visit(setter);
  return setter.outcome();
}

}  // namespace saggar::scenario
