#include "runtime/record/event_text.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include "runtime/domain/record.hpp"

namespace saggar::record {
namespace {

std::string number(double v) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", v);
  return text;
}

std::string from(const std::vector<std::string>& names, std::uint16_t id, std::string_view what) {
  if (id < names.size()) return names[id];
  return std::string(what) + ' ' + std::to_string(id);
}

/// The spelling of an enumerator, or its number if there is no such one.
template <class E>
std::string spelled(std::uint16_t v, int count, std::string_view what) {
  if (v < count) return std::string(domain::name(static_cast<E>(v)));
  return std::string(what) + ' ' + std::to_string(v);
}

/// A rung belongs to the ladder of the duty in `a`.
std::string rung(const domain::Event& e, const Names& names) {
  if (e.b == 0xFF) return "off";
  if (e.a >= domain::kDutyCount) return "rung " + std::to_string(e.b);
  return from(names.rungs[e.a], e.b, "rung");
}

/// Where a finding is: nothing, " in zone 7" or " in zone 7, bottom loop"; counted from 1.
std::string place(domain::FindingPlace at, bool korean) {
  if (at.zone == domain::FindingPlace::kNone && at.element == domain::FindingPlace::kNone)
    return "";
  std::string text;
  if (at.zone != domain::FindingPlace::kNone) {
    text = (korean ? " 존 " : " in zone ") + std::to_string(at.zone + 1);
  }
  if (!text.empty() && at.element < 2) {
    const bool top = at.element == 0;
    return text + (korean ? (top ? ", 상부 루프" : ", 하부 루프")
                          : (top ? ", top loop" : ", bottom loop"));
  }
  if (at.element != domain::FindingPlace::kNone) {
    text += (text.empty() ? " " : ", ") + std::string(korean ? "요소 " : "element ") +
            std::to_string(at.element + 1);
  }
  return text;
}

/// "unusual inputs and predictions that fail", of bits.
std::string signals(std::uint16_t bits, bool korean) {
  std::string text;
  for (std::size_t i = 0; i < domain::kSignalCount; ++i) {
    if ((bits >> i & 1) == 0) continue;
    text += (text.empty() ? "" : korean ? ", " : " and ");
    text += domain::text(static_cast<domain::Signal>(i), korean);
  }
  return text;
}

std::string id_field(std::string_view what, std::uint16_t v, const domain::Event& e,
                     const Names& names, bool korean) {
  using namespace domain;
  if (what == "mv") return from(names.mvs, v, "MV");
  if (what == "tag") return from(names.tags, v, "tag");
  if (what == "controller") return from(names.controllers, v, "controller");
  if (what == "duty") return spelled<Duty>(v, static_cast<int>(kDutyCount), "duty");
  if (what == "mode") return spelled<Mode>(v, kModeCount, "mode");
  if (what == "state") return spelled<AppState>(v, kAppStateCount, "state");
  if (what == "gate") return spelled<Gate>(v, static_cast<int>(kGateCount), "gate");
  if (what == "substatus") return spelled<SubStatus>(v, kSubStatusCount, "substatus");
  if (what == "intent") return spelled<IntentKind>(v, kIntentKindCount, "intent");
  if (what == "level") return spelled<Level>(v, kLevelCount, "level");
  if (what == "drift") return spelled<Drift>(v, kDriftCount, "drift");
  if (what == "signals") return signals(v, korean);
  if (what == "any_tag") {
    const auto virtual_tag = static_cast<std::uint16_t>(v - names.tags.size());
    return v < names.tags.size() ? names.tags[v] : from(names.estimates, virtual_tag, "estimate");
  }
  if (what == "answer") return spelled<MoveAnswer>(v, kMoveAnswerCount, "answer");
  if (what == "rung") return rung(e, names);
  if (what == "cause") return from(names.causes, v, "finding");
  if (what == "place") return place(domain::FindingPlace::unpack(v), korean);
  if (what == "reason" && v < 256) {
    const auto reason = static_cast<Reason>(v);
    if (name(reason) != "unknown") return std::string(text(reason, korean));
  }
  return std::string(what) + ' ' + std::to_string(v);
}

/// What stands for one `{..}`.
std::string field(std::string_view key, const domain::Event& e, const Names& names, bool korean) {
  if (key == "group") {
    const bool known = e.x >= 0 && e.x < static_cast<double>(names.groups.size());
    return known ? names.groups[static_cast<std::size_t>(e.x)] : number(e.x);
  }
  if (key == "x") return number(e.x);
  if (key == "y") return number(e.y);
  if (key.starts_with("a:")) return id_field(key.substr(2), e.a, e, names, korean);
  if (key.starts_with("b:")) return id_field(key.substr(2), e.b, e, names, korean);
  if (key == "a") return std::to_string(e.a);
  if (key == "b") return std::to_string(e.b);
  return "{" + std::string(key) + "}";
}

}  // namespace

Names make_names(const domain::Plant& plant, std::vector<std::string> controllers,
                 std::array<std::vector<std::string>, domain::kDutyCount> rungs) {
  Names names;
  for (const domain::Tag& tag : plant.tags.all()) names.tags.push_back(tag.name);
  for (const domain::Mv& mv : plant.mvs) {
    names.mvs.push_back(mv.tag < names.tags.size() ? names.tags[mv.tag] : std::string());
  }
  names.controllers = std::move(controllers);
  names.rungs = std::move(rungs);
  return names;
}

std::string event_text(const domain::Event& event, const Names& names, bool korean) {
  std::string_view rest = domain::text(event.code, korean);
  std::string out;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    if (close == std::string_view::npos) {
      out += rest.substr(open);
      break;
    }
    out += field(rest.substr(open + 1, close - open - 1), event, names, korean);
    rest.remove_prefix(close + 1);
  }
  return out;
}

bool is_of_one_of_many(domain::EventCode code) noexcept {
  const std::string_view text = domain::text(code, false);
  return text.starts_with("{a:mv}") || text.starts_with("{a:tag}");
}

std::string group_text(const std::vector<domain::Event>& events, const Names& names, bool korean) {
  const domain::Event& first = events.front();
  std::string text = event_text(first, names, korean);
  if (events.size() == 1) return text;
  const std::string_view pattern = domain::text(first.code, korean);
  const bool figures = pattern.find("{x}") != std::string_view::npos;
  if (figures || !pattern.starts_with("{a:mv}")) {
    const std::string more = std::to_string(events.size() - 1);
    return text + (korean ? " (외 " + more + ")" : " (and " + more + " more)");
  }
  std::vector<std::string> mvs;
  mvs.reserve(events.size());
  for (const domain::Event& event : events) mvs.push_back(from(names.mvs, event.a, "MV"));
  return some_of(mvs, korean ? "MV" : "MVs", korean) + text.substr(mvs.front().size());
}

std::string some_of(const std::vector<std::string>& names, std::string_view what, bool korean) {
  constexpr std::size_t kMost = 3;
  if (names.size() == 1) return names.front();
  const std::string n = std::to_string(names.size());
  std::string text =
      korean ? std::string(what) + ' ' + n + "개 (" : n + ' ' + std::string(what) + " (";
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kMost) {
    const std::string more = std::to_string(names.size() - kMost);
    text += korean ? " 외 " + more : " and " + more + " more";
  }
  return text + ')';
}

}  // namespace saggar::record
