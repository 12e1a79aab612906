#include "runtime/app/digest_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "runtime/operate/permissives.hpp"

namespace saggar::app {
namespace {

std::string_view journal_word(wire::JournalState state, bool korean) {
  switch (state) {
    case wire::JournalState::none:
      return korean ? "없음" : "none";
    case wire::JournalState::well:
      return korean ? "정상" : "well";
    case wire::JournalState::failing:
      return korean ? "쓰기 실패" : "FAILING";
  }
  return "";
}

std::string count(std::string_view label, std::uint64_t n) {
  return std::string(label) + ' ' + std::to_string(n);
}

/// Every ladder ends in hold and the local recipe; one that has not come over the wire says
/// nothing.
bool lacks_controller(const wire::DigestDuty& duty) {
  return !duty.rungs.empty() && duty.rungs.size() <= 2;
}

std::string number(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// "distance 1.52!": of its threshold; with a mark where it is over.
std::string share(std::string_view label, double value, std::uint8_t over, int bit) {
  return std::string(label) + ' ' + (std::isnan(value) ? "-" : number(value, 2)) +
         ((over >> bit & 1) != 0 ? "!" : "");
}

bool has(std::uint32_t bits, operate::Permissive which) {
  return (bits >> static_cast<unsigned>(which) & 1U) != 0;
}

}  // namespace

std::string as_argument(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : "'" + name + "'";
}

std::string mode_text(const wire::DigestLoop& loop) {
  const bool fault = loop.why == domain::Reason::mv_fault;
  return std::string(domain::name(loop.actual)) + (fault ? "!" : "");
}

std::string loop_remark(const wire::DigestLoop& loop, const std::vector<wire::DigestDuty>& duties,
                        bool korean) {
  if (loop.why == domain::Reason::mv_fault) {
    return (korean ? "고장: saggar ack " : "IN FAULT: saggar ack ") + as_argument(loop.tag);
  }
  if (loop.actual == loop.target) return {};
  const bool futile = std::any_of(duties.begin(), duties.end(), [&](const wire::DigestDuty& duty) {
    return duty.duty == loop.duty && lacks_controller(duty);
  });
  if (futile && loop.why == domain::Reason::application_off) return {};
  std::string text = korean ? "목표 " : "wants ";
  text += domain::name(loop.target);
  if (loop.why != domain::Reason::none) {
    text += ": " + std::string(domain::text(loop.why, korean));
  }
  return text;
}

std::string reason_text(const wire::DigestDuty& duty, bool korean) {
  std::string text(domain::text(duty.reason, korean));
  if (duty.reason != domain::Reason::permissive_missing) return text;
  std::string names;
  for (const operate::PermissiveRow& row : operate::permissive_table()) {
    if (!has(duty.ended_by, row.id)) continue;
    names += (names.empty() ? "" : ", ") + std::string(korean ? row.korean : row.english);
  }
  return names.empty() ? text : text + ": " + names;
}

std::string ladder_text(const wire::DigestDuty& duty, bool korean) {
  std::string text = korean ? "래더:" : "ladder:";
  for (std::size_t i = 0; i < duty.rungs.size(); ++i) {
    const std::string rung = std::to_string(i) + ' ' + duty.rungs[i];
    text += (i == 0 ? " " : ", ") + (i == duty.rung ? "[" + rung + "]" : rung);
    const bool controller = i + 2 < duty.rungs.size();
    if (!controller || i >= duty.blocked.size()) continue;
    if (duty.blocked[i] == domain::Reason::none) continue;
    text += " (" + std::string(domain::text(duty.blocked[i], korean)) + ")";
  }
  if (lacks_controller(duty)) text += korean ? "; 제어기 없음" : "; no controller";
  return text;
}

std::vector<std::string> link_lines(const wire::Digest& digest, bool korean, std::size_t most) {
  std::vector<std::string> lines;
  std::string_view rest = korean ? digest.link.korean : digest.link.english;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (most != 0 && lines.size() > most) {
    const std::string left = std::to_string(lines.size() - most + 1);
    lines.resize(most - 1);
    lines.push_back(korean ? "... " + left + "줄 더 있음: saggar status"
                           : "... " + left + " more lines: saggar status");
  }
  return lines;
}

std::vector<std::string> trouble_lines(const wire::Digest& digest, bool korean) {
  std::vector<std::string> lines;
  for (const wire::DigestTrouble& trouble : digest.troubles) {
    std::string line = "! " + std::string(domain::name(trouble.severity)) + ": ";
    line += korean ? trouble.korean : trouble.english;
    const bool in_korean = korean && !trouble.response_korean.empty();
    const std::string& response = in_korean ? trouble.response_korean : trouble.response;
    if (!response.empty()) line += (korean ? ". 조치: " : ". Do: ") + response;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> duty_lines(const wire::DigestDuty& duty, bool korean) {
  std::vector<std::string> lines;
  for (const operate::PermissiveRow& row : operate::permissive_table()) {
    if (!has(duty.missing_permissives, row.id)) continue;
    // Nobody can clear what is not configured; the ladder says it.
    if (row.id == operate::Permissive::controller && lacks_controller(duty)) continue;
    lines.push_back(korean ? "허가 조건 미충족: " + std::string(row.korean) +
                                 " (해제: " + std::string(row.who_clears_korean) + ")"
                           : "missing: " + std::string(row.english) + " (" +
                                 std::string(row.who_clears) + " can clear it)");
  }
  if (duty.climb_blocked != domain::Reason::none) {
    lines.push_back((korean ? "상승 차단: " : "climb blocked: ") +
                    std::string(domain::text(duty.climb_blocked, korean)));
  }
  return lines;
}

std::vector<std::string> trust_lines(const wire::Digest& digest, domain::Duty duty, bool korean) {
  std::vector<std::string> lines;
  for (const wire::DigestTrust& trust : digest.trust) {
    if (trust.duty != duty) continue;
    std::string line = (korean ? "권한: " : "trust: ") + trust.controller + ", " + trust.group +
                       ": " + std::string(domain::name(trust.level));
    if (trust.card != 0) {
      const std::string which =
          as_argument(trust.controller) + " --group " + as_argument(trust.group);
      line += (korean ? "; 제안 " : "; move ") + std::to_string(trust.card) +
              (korean ? " 응답 대기: saggar accept " : " waits: saggar accept ") + which +
              (korean ? " 또는 saggar reject " : ", or saggar reject ") + which;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> monitor_lines(const wire::Digest& digest, domain::Duty duty, bool korean) {
  std::vector<std::string> lines;
  for (const wire::DigestMonitor& m : digest.monitors) {
    if (m.duty != duty) continue;
    std::string line = (korean ? "감시: " : "monitors: ") + m.controller + ": ";
    if (m.reason != domain::Reason::none) {
      line += (korean ? "신뢰 안 함: " : "NOT BELIEVED: ") +
              std::string(domain::text(m.reason, korean)) + "; ";
    }
    if (m.periods == 0) {
      lines.push_back(line + (korean ? "아직 판정 없음" : "nothing judged yet"));
      continue;
    }
    line += share(korean ? "입력 거리" : "distance", m.distance, m.over, 0) + ", " +
            share(korean ? "불일치" : "spread", m.spread, m.over, 1) + ", " +
            share(korean ? "예측 오차" : "residual", m.residual, m.over, 2) +
            (korean ? " (임계값 대비)" : " of the threshold") +
            (korean ? "; 적중률 " : "; coverage ") +
            (std::isnan(m.coverage) ? "-" : number(100 * m.coverage, 1) + " %") +
            (korean ? "; 드리프트 " : "; drift ") + std::string(domain::name(m.drift));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> health_lines(const wire::Digest& digest, bool korean) {
  const wire::DigestLink& link = digest.link;
  const std::string journal(journal_word(digest.journal, korean));
  if (korean) {
    return {"통신: " + count("프레임 손실", link.missed) + ", " +
                count("거부된 메시지", link.malformed) + ", " + count("미전송", link.unsent) +
                ", " + count("연결 끊김", link.disconnects) + ", " +
                count("거부된 값", link.acks_refused),
            "저널: " + journal + ", " + count("기록", digest.journal_records) + ", " +
                count("손실", digest.records_lost) + "; " +
                count("누락된 로그 줄", digest.log_lines_lost)};
  }
  return {"link: " + count("frames missed", link.missed) + ", " +
              count("messages refused", link.malformed) + ", " + count("not sent", link.unsent) +
              ", " + count("connections lost", link.disconnects) + ", " +
              count("values refused by the field", link.acks_refused),
          "journal: " + journal + ", " + count("records", digest.journal_records) + ", " +
              count("lost", digest.records_lost) + "; " +
              count("log lines lost", digest.log_lines_lost)};
}

}  // namespace saggar::app
