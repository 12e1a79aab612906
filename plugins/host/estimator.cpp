#include "plugins/host/estimator.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "plugins/host/instance_body.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using domain::Quality;
using domain::Reason;
using domain::Status;
using domain::SubStatus;

static_assert(kMaxFindings == SAGGAR_MAX_FINDINGS);
static_assert(domain::kMaxVirtualTags == SAGGAR_MAX_VIRTUAL_TAGS);

constexpr std::size_t kLongestText = 1024;
constexpr std::size_t kLongestCause = 64;
/// Stands before and after each array that the plugin writes: bits of no number it computes.
constexpr double kGuard = -2.6815615859885194e+154;

bool readable(const char* text, std::size_t longest) {
  return text != nullptr && *text != '\0' && ::strnlen(text, longest + 1) <= longest;
}

bool is_cause(const char* text) {
  if (!readable(text, kLongestCause)) return false;
  return std::all_of(text, text + std::strlen(text), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// One declared virtual tag; an error names it.
domain::Result<domain::Tag> tag_of(const saggar_virtual_tag& from, std::uint32_t i,
                                   const std::string& where) {
  if (!readable(from.name, kLongestText)) {
    return Error{where, "virtual tag " + std::to_string(i) + " has no name"};
  }
  const auto bad = [&](const std::string& what) {
    return Error{where, "virtual tag '" + std::string(from.name) + "': " + what};
  };
  const auto unit = readable(from.unit, 32) ? units::parse_unit(from.unit) : std::nullopt;
  if (!unit) {
    return bad("unit '" + std::string(readable(from.unit, 32) ? from.unit : "") +
               "' is not one of saggar/plugin/units.hpp");
  }
  if (!readable(from.doc, kLongestText)) return bad("doc is missing");
  if (!std::isfinite(from.low) || !std::isfinite(from.high)) return bad("its range is not finite");
  if (from.flags != 0) return bad("flags has bits that this runtime does not know");
  return domain::Tag{from.name, *unit, from.low, from.high};
}

}  // namespace

Status Instance::ask_estimator() {
  virtual_tags.clear();
  cause_names.clear();
  if (estimator == nullptr) return domain::Done{};
  std::vector<saggar_virtual_tag> tags(
      domain::kMaxVirtualTags, {sizeof(saggar_virtual_tag), 0, nullptr, nullptr, nullptr, 0, 0});
  const std::uint32_t n =
      estimator->tags(self, tags.data(), static_cast<std::uint32_t>(tags.size()));
  if (n == 0 || n > tags.size()) {
    return Error{where(), "declares " + std::to_string(n) + " virtual tags, it must be 1 to " +
                              std::to_string(tags.size())};
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    auto tag = tag_of(tags[i], i, where());
    if (!tag) return tag.error();
    virtual_tags.push_back(std::move(tag).value());
  }
  std::vector<const char*> said(SAGGAR_MAX_CAUSES, nullptr);
  const std::uint32_t m = estimator->causes(self, said.data(), SAGGAR_MAX_CAUSES);
  if (m > SAGGAR_MAX_CAUSES) {
    return Error{where(), "declares " + std::to_string(m) + " causes of findings, at most " +
                              std::to_string(SAGGAR_MAX_CAUSES)};
  }
  for (std::uint32_t i = 0; i < m; ++i) {
    if (!is_cause(said[i])) {
      return Error{where(), "cause " + std::to_string(i) +
                                " of its findings must be lower-case letters, digits and _"};
    }
    cause_names.emplace_back(said[i]);
  }
  estimated.assign(2 * (std::size_t{n} + 2), kGuard);
  estimated_quality.assign(std::size_t{n} + 1, 0);
  raw_findings.assign(SAGGAR_MAX_FINDINGS, saggar_finding{});
  findings.assign(SAGGAR_MAX_FINDINGS, Finding{});
  return domain::Done{};
}

Reason Instance::estimate(std::int64_t time_ns, std::span<domain::Sample> samples,
                          std::span<double> sigma) noexcept {
  const std::size_t n = virtual_tags.size();
  if (estimator == nullptr || samples.size() != n || sigma.size() != n) return Reason::wrong_shape;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr std::uint32_t kWordGuard = 0x5A66AA5AU;
  constexpr std::uint32_t kThrew = 0xFFFFFFFFU;
  double *value = estimated.data() + 1, *spread = value + n + 2;
  std::fill_n(value, n, kNan);
  std::fill_n(spread, n, kNan);
  estimated_quality[n] = kWordGuard;
  const auto count = static_cast<std::uint32_t>(n);
  const std::uint32_t wrote = call_or(kThrew, [&] {
    return estimator->estimate(self, value, spread, estimated_quality.data(), count);
  });
  const auto is_guard = [](double v) { return std::memcmp(&v, &kGuard, sizeof v) == 0; };
  const bool intact = is_guard(value[-1]) && is_guard(value[n]) && is_guard(spread[-1]) &&
                      is_guard(spread[n]) && estimated_quality[n] == kWordGuard;
  if (!intact) value[-1] = value[n] = spread[-1] = spread[n] = kGuard;
  if (wrote == kThrew) return Reason::plugin_threw;
  if (!intact || wrote != count) return Reason::wrong_shape;
  for (std::size_t i = 0; i < n; ++i) {
    const domain::Tag& tag = virtual_tags[i];
    domain::Sample s{value[i], time_ns, Quality::bad, SubStatus::none};
    if (estimated_quality[i] >= SAGGAR_BAD) {
      s.value = kNan;  // its own word: there is no such thing now
    } else if (!std::isfinite(s.value) || !std::isfinite(spread[i]) || spread[i] < 0) {
      s.value = kNan;
      s.sub_status = SubStatus::not_finite;
    } else if (s.value < tag.low || s.value > tag.high) {
      s.sub_status = SubStatus::out_of_range;
    } else {
      s.quality = static_cast<Quality>(estimated_quality[i]);
    }
    samples[i] = s;
    sigma[i] = s.usable() ? spread[i] : std::numeric_limits<double>::infinity();
  }
  return Reason::none;
}

std::span<const Finding> Instance::what_stands() noexcept {
  if (estimator == nullptr) return {};
  for (saggar_finding& f : raw_findings) {
    f = {sizeof(saggar_finding), Finding::kNowhere, Finding::kNowhere, 0, nullptr, 0, 0, 0};
  }
  const std::uint32_t said = call_or(std::uint32_t{0}, [&] {
    return estimator->findings(self, raw_findings.data(), SAGGAR_MAX_FINDINGS);
  });
  const std::size_t n = std::min<std::size_t>(said, raw_findings.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const saggar_finding& from = raw_findings[i];
    if (from.cause == nullptr) continue;
    const auto known = std::find(cause_names.begin(), cause_names.end(), from.cause);
    if (known == cause_names.end()) continue;  // what it did not declare has no name in a journal
    findings[kept++] = {static_cast<std::uint16_t>(known - cause_names.begin()),
                        from.zone,
                        from.element,
                        from.statistic,
                        from.threshold,
                        from.since_s};
  }
  return {findings.data(), kept};
}

std::span<const domain::Tag> Active::virtual_tags() const noexcept {
  return instance_->virtual_tags;
}
std::span<const std::string> Active::finding_causes() const noexcept {
  return instance_->cause_names;
}
Reason Active::estimate(std::int64_t time_ns, std::span<domain::Sample> samples,
                        std::span<double> sigma) noexcept {
  return instance_->estimate(time_ns, samples, sigma);
}
std::span<const Finding> Active::findings() noexcept { return instance_->what_stands(); }

Status declare_virtual_tags(const Active& estimator, domain::Plant& plant) {
  const std::string where =
      "estimator '" + estimator.spec().name + "' (" + estimator.library().path().string() + ")";
  for (const domain::Tag& tag : estimator.virtual_tags()) {
    if (plant.tags.find(tag.name)) {
      return Error{where, "virtual tag '" + tag.name + "' has the name of a tag of kiln '" +
                              plant.name + "': give it another"};
    }
    const auto added = plant.estimates.add(tag);
    if (!added) return Error{where, "virtual " + added.error().text()};
  }
  return domain::Done{};
}

}  // namespace saggar::host
