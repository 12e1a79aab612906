#include "runtime/config/policy_config.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "runtime/config/date.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::config {
namespace {

std::string index(std::string_view list, std::size_t i) {
  return std::string(list) + '[' + std::to_string(i) + ']';
}

bool is_digest(std::string_view text) noexcept {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check_digest(Checks& checks, const std::string& path, const std::string& text) {
  if (is_digest(text) || !checks.sound(path)) return;
  checks.complain(path, "found '" + text + "', right are 64 lower-case hexadecimal digits");
}

void check_unit(Checks& checks, const std::string& path, const std::string& unit) {
  std::vector<std::string> units;
  for (const std::string_view symbol : units::kUnitSymbols) units.emplace_back(symbol);
  if (!checks.sound(path) || units::parse_unit(unit)) return;
  checks.complain(
      path, "unknown unit '" + unit + "'" + did_you_mean(unit, units) + " known: " + listed(units));
}

void check_feature(const PolicyConfig& policy, std::size_t i, Checks& checks) {
  const PolicyFeature& f = policy.features[i];
  const std::string path = index("feature", i);
  if (!checks.sound(path)) return;
  check_unit(checks, path + ".unit", f.unit);
  if (f.low > f.high) {
    checks.complain(path + ".low",
                    "found " + plain(f.low) + ", must not be above high = " + plain(f.high));
  }
  for (std::size_t k = 0; k < f.lags_s.size(); ++k) {
    const double periods = f.lags_s[k] / policy.period_s;
    if (k > 0 && f.lags_s[k] <= f.lags_s[k - 1]) {
      checks.complain(path + ".lags_s", "ages must rise: " + plain(f.lags_s[k]) + " stands after " +
                                            plain(f.lags_s[k - 1]));
      return;
    }
    if (std::fabs(periods - std::round(periods)) <= 1e-6) continue;
    checks.complain(path + ".lags_s",
                    "found " + plain(f.lags_s[k]) +
                        ", right is a multiple of period_s = " + plain(policy.period_s));
    return;
  }
}

void check_outputs(const PolicyConfig& policy, Checks& checks) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < policy.outputs.size(); ++i) {
    const std::string path = index("output", i);
    if (!checks.sound(path)) continue;
    check_unit(checks, path + ".unit", policy.outputs[i].unit);
    for (const std::string& tag : policy.outputs[i].tags) {
      if (seen.insert(tag).second) continue;
      checks.complain(path + ".tags", "found '" + tag + "' a second time");
    }
  }
  for (std::size_t i = 0; i < policy.predictions.size(); ++i) {
    check_unit(checks, index("prediction", i) + ".unit", policy.predictions[i].unit);
  }
}

/// Forward, from the folder of the manifest, and only there.
bool is_inside(const std::string& path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string::npos) return false;
  std::size_t at = 0;
  while (at <= path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

std::set<std::string> check_files(const PolicyConfig& policy, Checks& checks) {
  std::set<std::string> listed;
  for (std::size_t i = 0; i < policy.files.size(); ++i) {
    const PolicyFile& file = policy.files[i];
    const std::string path = index("file", i);
    if (!checks.sound(path)) continue;
    check_digest(checks, path + ".sha256", file.sha256);
    if (!is_inside(file.path)) {
      checks.complain(path + ".path", "found '" + file.path +
                                          "', right is a path inside the folder of the manifest, "
                                          "without '.', '..' and '\\'");
    } else if (file.path == PolicyConfig::kFile) {
      checks.complain(path + ".path", "the manifest does not list itself");
    } else if (!listed.insert(file.path).second) {
      checks.complain(path + ".path", "found '" + file.path + "' a second time");
    }
  }
  return listed;
}

void check_roles(const PolicyConfig& policy, const std::set<std::string>& listed, Checks& checks) {
  std::set<std::string> seen;
  const auto role = [&](const std::string& path, const std::string& file) {
    if (!checks.sound(path)) return;
    if (!listed.contains(file)) {
      checks.complain(path, "found '" + file + "', which is no [[file]] of this package");
    } else if (!seen.insert(file).second) {
      checks.complain(path, "found '" + file + "', which has another part already");
    }
  };
  role("domain", policy.domain_file);
  role("card", policy.card);
  role("data_sheet", policy.data_sheet);
  for (std::size_t i = 0; i < policy.members.size(); ++i) {
    role(index("member", i) + ".file", policy.members[i].file);
  }
  for (const char* page : {"card.en.md", "card.ko.md"}) {
    if (listed.contains(page)) continue;
    checks.complain("card", std::string("the page ") + page +
                                " for people is no [[file]] of this package; it needs one in "
                                "English and one in Korean (LC-40)");
  }
}

}  // namespace

std::size_t PolicyConfig::width() const noexcept {
  std::size_t n = 0;
  for (const PolicyFeature& f : features) n += f.lags_s.size();
  return n;
}

void PolicyConfig::check(Checks& checks) const {
  if (checks.sound("backend") && backend != Backend::torchscript) {
    checks.complain("backend",
                    "found '" +
                        std::string(Spelling<Backend>::names[static_cast<std::size_t>(backend)]) +
                        "': packages of this backend cannot be loaded yet; right is "
                        "'torchscript'");
  }
  if (checks.sound("expires") && !is_date(expires)) {
    checks.complain("expires", "found '" + expires + "', right is a date, YYYY-MM-DD");
  }
  check_digest(checks, "training_sha256", training_sha256);
  if (checks.sound("period_s")) {
    for (std::size_t i = 0; i < features.size(); ++i) check_feature(*this, i, checks);
  }
  if (width() > kMostWidth) {
    checks.complain("feature", "features x lags are " + std::to_string(width()) +
                                   " numbers, at most " + std::to_string(kMostWidth));
  }
  check_outputs(*this, checks);
  if (checks.sound("file")) check_roles(*this, check_files(*this, checks), checks);
}

}  // namespace saggar::config
