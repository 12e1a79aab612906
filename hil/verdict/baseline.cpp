#include "hil/verdict/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::verdict {
namespace {

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool is_date(const std::string& text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7, digit = text[i] >= '0' && text[i] <= '9';
    if (dash ? text[i] != '-' : !digit) return false;
  }
  return true;
}

void check_case(const BaselineCase& one, const std::string& path, config::Checks& checks) {
  constexpr const char* kDigits = "needs 64 digits of 0-9 and a-f";
  if (!is_digest(one.inputs)) checks.complain(path + ".inputs", kDigits);
  if (!one.hash.empty() && !is_digest(one.hash)) checks.complain(path + ".hash", kDigits);
  for (const auto& [name, figure] : one.figures) {
    if (figure.has_value && figure.by_tag.empty()) continue;
    checks.complain(path + ".figures." + name, "needs one number");
  }
}

}  // namespace

void BaselineCase::set(const std::string& name, double value) {
  if (!std::isfinite(value)) return;
  config::Parameter& figure = figures[name];
  figure.value = value;
  figure.has_value = true;
}

void Baseline::check(config::Checks& checks) const {
  for (const auto& [key, text] : {std::pair("suite", suite), {"author", author}}) {
    if (text.empty()) checks.complain(key, std::string(key) + ": is empty; say who or what");
  }
  if (reason.empty()) checks.complain("reason", "reason: is empty; say why it changes");
  if (!is_date(date)) checks.complain("date", "date: found \"" + date + "\", needs YYYY-MM-DD");
  std::set<std::string> ids;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string path = "case[" + std::to_string(i) + "]";
    if (!ids.insert(cases[i].id).second) {
      checks.complain(path + ".id", "found \"" + cases[i].id + "\" a second time");
    }
    check_case(cases[i], path, checks);
  }
  if (!checks.sound("") || sha256 == hash_of(*this)) return;
  checks.complain("sha256",
                  "sha256: the content has another hash: it was changed after it was accepted; "
                  "accept it anew with author and reason, or take the file as it was");
}

std::string hash_of(Baseline baseline) {
  baseline.sha256.clear();
  return record::hex(record::sha256(config::save_text(baseline)));
}

domain::Result<std::string> baseline_text(Baseline baseline) {
  baseline.sha256 = hash_of(baseline);
  std::string text = config::save_text(baseline);
  if (text.size() > config::kMaxFileBytes) {
    return domain::Error{baseline.suite, "would have " + std::to_string(text.size()) +
                                             " bytes; a baseline has at most 1048576: keep fewer "
                                             "figures or traces per case"};
  }
  return text;
}

domain::Result<Baseline> read_baseline(const std::string& name, std::string_view text) {
  return config::load_text<Baseline>(name, text);
}

domain::Result<Baseline> load_baseline(const std::filesystem::path& path) {
  return config::load<Baseline>(path);
}

}  // namespace saggar::verdict
