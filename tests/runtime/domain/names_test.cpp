// Every enumerator has a spelling of its own; every reason and event has its texts (SC-67, SC-69).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/event.hpp"
#include "runtime/domain/intent.hpp"
#include "runtime/domain/mode.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/reason.hpp"
#include "runtime/domain/record.hpp"
#include "runtime/domain/sample.hpp"

namespace saggar::domain {
namespace {

const std::vector<Reason> kAllReasons = {
#define SAGGAR_REASON(code, name, english, korean) Reason::name,
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
};

const std::vector<EventCode> kAllEvents = {
#define SAGGAR_EVENT(code, name, severity, english, korean, response) EventCode::name,
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
};

bool has_hangul(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]);
    if (a >= 0xEA && a <= 0xED) return true;  // U+AC00..U+D7A3 begin with EA to ED
  }
  return false;
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// Names of 0..count-1 are known and all different, and one past the end is "unknown".
template <class E>
void expect_spelled(int count) {
  std::set<std::string_view> seen;
  for (int i = 0; i < count; ++i) {
    const std::string_view spelling = name(static_cast<E>(i));
    EXPECT_FALSE(spelling.empty()) << i;
    EXPECT_NE(spelling, "unknown") << i;
    EXPECT_TRUE(seen.insert(spelling).second) << spelling << " twice";
  }
  EXPECT_EQ(name(static_cast<E>(count)), "unknown");
}

TEST(Names, EveryEnumeratorIsSpelledOnce) {
  expect_spelled<Quality>(3);
  expect_spelled<SubStatus>(kSubStatusCount);
  expect_spelled<Mode>(kModeCount);
  expect_spelled<Limited>(4);
  expect_spelled<AppState>(kAppStateCount);
  expect_spelled<Duty>(static_cast<int>(kDutyCount));
  expect_spelled<ProposalStatus>(6);
  expect_spelled<IntentKind>(kIntentKindCount);
  expect_spelled<Drift>(kDriftCount);
  expect_spelled<Signal>(static_cast<int>(kSignalCount));
  expect_spelled<AnswerKind>(4);
  expect_spelled<Severity>(4);
  expect_spelled<Gate>(static_cast<int>(kGateCount));
}

// The order of the tables is the order of the enumerators: a few that would hurt if swapped.
TEST(Names, TheSpellingBelongsToItsEnumerator) {
  EXPECT_EQ(name(Mode::oos), "OOS");
  EXPECT_EQ(name(Mode::iman), "IMAN");
  EXPECT_EQ(name(Mode::man), "MAN");
  EXPECT_EQ(name(Mode::auto_), "AUTO");
  EXPECT_EQ(name(Mode::cas), "CAS");
  EXPECT_EQ(name(Mode::rcas), "RCAS");
  EXPECT_EQ(name(Mode::rout), "ROUT");
  EXPECT_EQ(name(Quality::bad), "bad");
  EXPECT_EQ(name(SubStatus::simulated), "simulated");
  EXPECT_EQ(name(SubStatus::frozen), "frozen");
  EXPECT_EQ(name(AppState::on_partial), "ON_PARTIAL");
  EXPECT_EQ(name(AppState::fault), "FAULT");
  EXPECT_EQ(name(Duty::transport), "transport");
  EXPECT_EQ(name(ProposalStatus::late), "late");
  EXPECT_EQ(name(IntentKind::ai_off), "ai_off");
  EXPECT_EQ(name(IntentKind::set_parameter), "set_parameter");
  EXPECT_EQ(name(AnswerKind::aborted), "aborted");
  EXPECT_EQ(name(Gate::g5_rate), "G5 rate");
  EXPECT_EQ(name(Gate::g9_readback), "G9 read-back");
  EXPECT_EQ(name(Limited::constant), "constant");
}

TEST(Names, ParsingIsTheInverseOfSpelling) {
  for (int i = 0; i < kModeCount; ++i) {
    EXPECT_EQ(parse_mode(name(static_cast<Mode>(i))), static_cast<Mode>(i));
  }
  for (std::size_t i = 0; i < kDutyCount; ++i) {
    EXPECT_EQ(parse_duty(name(static_cast<Duty>(i))), static_cast<Duty>(i));
  }
  for (int i = 0; i < kIntentKindCount; ++i) {
    EXPECT_EQ(parse_intent_kind(name(static_cast<IntentKind>(i))), static_cast<IntentKind>(i));
  }
}

TEST(Names, ParsingRefusesOtherSpellings) {
  EXPECT_EQ(parse_mode("auto"), std::nullopt);
  EXPECT_EQ(parse_mode(""), std::nullopt);
  EXPECT_EQ(parse_mode("unknown"), std::nullopt);
  for (int i = 0; i < kLevelCount; ++i) {
    EXPECT_EQ(parse_level(name(static_cast<Level>(i))), static_cast<Level>(i));
  }
  EXPECT_EQ(parse_level("Full"), std::nullopt);
  EXPECT_EQ(name(MoveAnswer::withdrawn), "withdrawn");
  EXPECT_EQ(parse_duty("Heat"), std::nullopt);
  EXPECT_EQ(parse_intent_kind("ai off"), std::nullopt);
}

TEST(Reasons, EachHasACodeANameAndTwoTexts) {
  std::set<int> codes;
  std::set<std::string_view> names;
  for (const Reason reason : kAllReasons) {
    EXPECT_TRUE(codes.insert(static_cast<int>(reason)).second) << name(reason) << ": code twice";
    EXPECT_TRUE(names.insert(name(reason)).second) << name(reason) << " twice";
    EXPECT_FALSE(text(reason, false).empty()) << name(reason);
    EXPECT_TRUE(is_ascii(text(reason, false))) << name(reason);
    EXPECT_TRUE(has_hangul(text(reason, true))) << name(reason);
  }
}

TEST(Reasons, TheCountIsOnePastTheLargestCode) {
  int largest = 0;
  for (const Reason reason : kAllReasons) largest = std::max(largest, static_cast<int>(reason));
  EXPECT_EQ(reason_count(), largest + 1);
}

// Codes are in journals: these may never change their meaning.
TEST(Reasons, CodesThatJournalsHoldStayWhatTheyAre) {
  EXPECT_EQ(static_cast<int>(Reason::none), 0);
  EXPECT_EQ(static_cast<int>(Reason::non_finite), 1);
  EXPECT_EQ(static_cast<int>(Reason::operator_request), 19);
  EXPECT_EQ(static_cast<int>(Reason::stale_request), 40);
  EXPECT_EQ(static_cast<int>(Reason::rate_limit), 44);
  EXPECT_EQ(static_cast<int>(Reason::mode_not_permitted), 70);
  EXPECT_EQ(static_cast<int>(EventCode::runtime_started), 1);
  EXPECT_EQ(static_cast<int>(EventCode::rung_moved), 30);
  EXPECT_EQ(static_cast<int>(EventCode::records_lost), 81);
}

// LC-20: the operator reads which signals it was.
TEST(Names, EverySignalHasATextInBothLanguages) {
  for (std::size_t i = 0; i < kSignalCount; ++i) {
    EXPECT_TRUE(is_ascii(text(static_cast<Signal>(i), false)));
    EXPECT_TRUE(has_hangul(text(static_cast<Signal>(i), true)));
  }
}

TEST(Reasons, AnUnknownCodeHasAnHonestName) {
  EXPECT_EQ(name(static_cast<Reason>(255)), "unknown");
  EXPECT_EQ(text(static_cast<Reason>(255), false), "unknown");
}

TEST(Events, EachHasACodeANameAndTwoTexts) {
  std::set<int> codes;
  std::set<std::string_view> names;
  for (const EventCode code : kAllEvents) {
    EXPECT_TRUE(codes.insert(static_cast<int>(code)).second) << name(code) << ": code twice";
    EXPECT_TRUE(names.insert(name(code)).second) << name(code) << " twice";
    EXPECT_FALSE(text(code, false).empty()) << name(code);
    EXPECT_TRUE(is_ascii(text(code, false))) << name(code);
    const std::string_view korean = text(code, true);
    EXPECT_TRUE(has_hangul(korean) || korean == text(code, false)) << name(code);
  }
}

// error means that an operator must act, so it says what to do.
TEST(Events, EveryErrorSaysWhatToDo) {
  for (const EventCode code : kAllEvents) {
    if (severity(code) == Severity::error) {
      EXPECT_FALSE(response(code).empty()) << name(code);
    }
  }
  EXPECT_EQ(severity(EventCode::link_lost), Severity::error);
  EXPECT_EQ(severity(EventCode::guard_clipped), Severity::debug);
}

// Drain fills in {a:kind}, {b:kind}, {x}, {y}: both languages must use the same, and known ones.
TEST(Events, BothLanguagesHaveTheSamePlaceholders) {
  const std::set<std::string> known = {
      "{a:mv}",    "{a:tag}",     "{a:duty}",   "{a:controller}", "{a:intent}",    "{b:reason}",
      "{b:mode}",  "{b:rung}",    "{b:state}",  "{b:gate}",       "{b:substatus}", "{x}",
      "{y}",       "{a:cause}",   "{b:place}",  "{b:level}",      "{b:answer}",    "{group}",
      "{b:drift}", "{b:signals}", "{b:any_tag}"};
  const auto placeholders = [](std::string_view text) {
    std::multiset<std::string> found;
    for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
      found.emplace(text.substr(at, text.find('}', at) - at + 1));
    }
    return found;
  };
  for (const EventCode code : kAllEvents) {
    const auto english = placeholders(text(code, false));
    EXPECT_EQ(english, placeholders(text(code, true))) << name(code);
    for (const std::string& p : english) EXPECT_EQ(known.count(p), 1U) << name(code) << " " << p;
  }
}

TEST(Events, AnUnknownCodeHasAnHonestText) {
  const auto unknown = static_cast<EventCode>(9999);
  EXPECT_EQ(name(unknown), "unknown");
  EXPECT_EQ(text(unknown, true), "unknown event");
  EXPECT_EQ(severity(unknown), Severity::info);
  EXPECT_EQ(response(unknown), "");
}

// NE 107: out of service and forced values are a function check, whatever the quality.
TEST(Ne107, FollowsTheSubStatusFirstAndTheQualityThen) {
  EXPECT_EQ(ne107(Quality::good, SubStatus::none), Ne107::ok);
  EXPECT_EQ(ne107(Quality::uncertain, SubStatus::none), Ne107::out_of_spec);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::none), Ne107::failure);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::sensor_failure), Ne107::failure);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::not_finite), Ne107::failure);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::never_received), Ne107::failure);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::out_of_service), Ne107::function_check);
  EXPECT_EQ(ne107(Quality::good, SubStatus::simulated), Ne107::function_check);
  EXPECT_EQ(ne107(Quality::good, SubStatus::local_control), Ne107::function_check);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::out_of_range), Ne107::out_of_spec);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::too_fast), Ne107::out_of_spec);
  EXPECT_EQ(ne107(Quality::uncertain, SubStatus::substituted), Ne107::out_of_spec);
  EXPECT_EQ(ne107(Quality::bad, SubStatus::stale), Ne107::out_of_spec);
  EXPECT_EQ(ne107(Quality::uncertain, SubStatus::frozen), Ne107::maintenance);
}

TEST(Sample, IsBadUntilSomethingWasReceived) {
  const Sample sample;
  EXPECT_FALSE(sample.usable());
  EXPECT_EQ(sample.sub_status, SubStatus::never_received);
  EXPECT_TRUE(std::isnan(sample.value));
}

}  // namespace
}  // namespace saggar::domain
