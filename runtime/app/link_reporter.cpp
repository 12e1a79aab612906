#include "runtime/app/link_reporter.hpp"

#include <algorithm>
#include <string_view>

namespace saggar::app {
namespace {

constexpr std::int64_t kLook_ns = 100'000'000;

std::string_view words_of(wire::HeartbeatFault fault, bool korean) {
  using wire::HeartbeatFault;
  switch (fault) {
    case HeartbeatFault::none:
      return korean ? "하트비트 없음" : "its heartbeat did not come";
    case HeartbeatFault::silent:
      return korean ? "아무 메시지도 오지 않음" : "nothing came from it";
    case HeartbeatFault::stuck:
    case HeartbeatFault::stuck_high:
    case HeartbeatFault::stuck_low:
      return korean ? "하트비트 카운터가 멈춤" : "its heartbeat counter stands still";
    case HeartbeatFault::too_fast:
      return korean ? "하트비트 카운터가 너무 빠름" : "its heartbeat counter runs too fast";
    case HeartbeatFault::backwards:
      return korean ? "하트비트 카운터가 거꾸로 감" : "its heartbeat counter ran backwards";
  }
  return "";
}

void replace(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

/// The lines of tag_check.cpp; names, units and numbers are the same in both languages.
std::string differences_in_korean(std::string text) {
  replace(text, ": the field says ", ": 킬른은 ");
  replace(text, ", the configuration says ", ", 설정은 ");
  replace(text, "nothing", "없음");
  replace(text, "more differences", "건 더 다름");
  return text;
}

}  // namespace

LinkReporter::Words LinkReporter::why_lost(const wire::FieldClient& field) {
  if (field.field_liveness() != wire::Liveness::lost) {
    return {"the field link was lost: the field started anew or let this runtime go",
            "킬른 통신 두절: 킬른이 다시 시작되었거나 연결을 해제함"};
  }
  const wire::HeartbeatFault fault = field.field_fault();
  return {"the field link is lost: " + std::string(words_of(fault, false)),
          "킬른 통신 두절: " + std::string(words_of(fault, true))};
}

LinkReporter::Words LinkReporter::why_down(const wire::FieldClient& field,
                                           std::int64_t now_ns) const {
  if (const auto& mismatch = field.mismatch()) {
    return {"no link, " + address_ + " has another tag table than the configuration:\n" +
                mismatch->what,
            "통신 불가, " + address_ + "의 태그 표가 설정과 다름:\n" +
                differences_in_korean(mismatch->what)};
  }
  if (refused_) {
    const std::string why(field.refusal());
    return {"no link with " + address_ + ": " + why, address_ + " 통신 불가: " + why};
  }
  if (!lost_.english.empty()) return lost_;
  if (now_ns - began_ns_ < kAbsent_ns) return {};
  return {"no field answers at " + address_ + " yet", address_ + "에서 킬른 응답 없음"};
}

void LinkReporter::got(wire::FieldClientGot got, const wire::FieldClient& field) {
  switch (got) {
    case wire::FieldClientGot::link_up:
      refused_ = false;
      lost_ = {};
      break;
    case wire::FieldClientGot::link_lost:
      lost_ = why_lost(field);
      break;
    case wire::FieldClientGot::refused:
      if (!field.link_up()) {
        refused_ = true;
      } else if (field.refusal() != told_refusal_) {
        told_refusal_ = field.refusal();
        tell({"a message on the field link was not taken: " + told_refusal_,
              "킬른 통신 메시지 거부: " + told_refusal_},
             domain::Severity::warn);
      }
      break;
    default:
      return;
  }
  next_look_ns_ = INT64_MIN;
}

/// One line per reason when it begins, then at most one each ten seconds.
void LinkReporter::ack(const domain::Ack& ack, std::int64_t now_ns) {
  for (std::size_t mv = 0; mv < ack.refused.size() && mv < plant_.mvs.size(); ++mv) {
    const domain::Reason reason = ack.refused[mv];
    if (reason == domain::Reason::none) continue;
    ++acks_refused_;
    Refused& about = refused_for_[static_cast<std::uint8_t>(reason)];
    ++about.values;
    if (about.told_ns != INT64_MIN && now_ns - about.told_ns < kAgain_ns) continue;
    const std::string& tag = plant_.tags[plant_.mvs[mv].tag].name;
    const std::string more = std::to_string(about.values);
    tell({"the field did not take " + tag + ": " + std::string(domain::text(reason, false)) +
              " (values refused for this reason since the last line: " + more + ")",
          "킬른이 " + tag + " 값을 거부함: " + std::string(domain::text(reason, true)) +
              " (지난 기록 이후 같은 사유 " + more + "건)"},
         domain::Severity::warn);
    about = {0, now_ns};
  }
}

void LinkReporter::tell(const Words& words, domain::Severity severity) {
  if (log_ == nullptr) return;
  std::string_view english = words.english, korean = words.korean;
  while (!english.empty()) {  // a list of differences is one line each
    const std::size_t e = std::min(english.find('\n'), english.size());
    const std::size_t k = std::min(korean.find('\n'), korean.size());
    log_->write(severity, english.substr(0, e), korean.substr(0, k));
    english.remove_prefix(std::min(e + 1, english.size()));
    korean.remove_prefix(std::min(k + 1, korean.size()));
  }
}

void LinkReporter::look(const wire::FieldClient& field, std::int64_t now_ns) {
  if (began_ns_ == INT64_MIN) began_ns_ = now_ns;
  if (now_ns < next_look_ns_) return;
  next_look_ns_ = now_ns + kLook_ns;
  const bool up = field.link_up();
  const Words words = up ? Words{} : why_down(field, now_ns);
  if (words != told_) {
    if (up) {
      tell({"the field link is up", "킬른 통신 연결됨"}, domain::Severity::info);
    } else {
      tell(words, domain::Severity::error);
    }
    told_ = words;
  }
  const wire::FieldClientCounts& counts = field.counts();
  board_.write_link({up, words.english, words.korean, counts.missed, counts.refused, counts.unsent,
                     counts.disconnects, acks_refused_});
}

}  // namespace saggar::app
