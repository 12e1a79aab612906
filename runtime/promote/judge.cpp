#include "runtime/promote/judge.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::promote {
namespace {

using config::GateConfig;
using config::KeyFigure;
using domain::Level;

constexpr double kDay_s = 86400;
constexpr double kMostBlind = 0.1;  // of the time it moved the group

Verdict verdict(bool held) noexcept { return held ? Verdict::held : Verdict::not_held; }

Condition unknown(Condition c, Because why) noexcept {
  c.verdict = Verdict::not_known;
  c.because = why;
  return c;
}

/// Days in which there was something to judge: proposals below `narrow`, moves of its own from
/// there on.
Condition time(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::time, .required = gate.days};
  const bool drives = tally.level >= Level::narrow;
  c.measured = (drives ? tally.moved_s : tally.proposed_s) / kDay_s;
  c.required_count = gate.lots;
  c.count = tally.lots_known ? tally.lots : std::nan("");
  if (gate.days <= 0 && gate.lots == 0) return c;
  if (!(tally.held_s > 0)) return unknown(c, Because::no_evidence);
  const bool enough_days = gate.days > 0 && c.measured >= gate.days;
  const bool enough_lots = gate.lots > 0 && c.count >= gate.lots;  // false for NaN
  if (gate.days <= 0 && std::isnan(c.count)) return unknown(c, Because::lots_unknown);
  c.verdict = verdict(enough_days || enough_lots);
  if (c.verdict == Verdict::not_held && gate.lots > 0 && std::isnan(c.count)) {
    c.because = Because::lots_unknown;
  }
  return c;
}

Condition coverage(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::coverage, .required = gate.coverage};
  c.count = static_cast<double>(tally.periods);
  c.measured = tally.periods == 0
                   ? std::nan("")
                   : static_cast<double>(tally.inside) / static_cast<double>(tally.periods);
  if (gate.coverage <= 0) return c;
  if (!tally.monitored) return unknown(c, Because::no_monitor);
  if (tally.periods == 0) return unknown(c, Because::nothing_due);
  c.verdict = verdict(c.measured >= gate.coverage);
  return c;
}

Condition acceptance(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::acceptance, .required = gate.acceptance};
  c.required_count = gate.proposals;
  c.count = tally.shown();
  c.measured = tally.shown() == 0 ? std::nan("") : tally.accepted / c.count;
  if (gate.acceptance <= 0 && gate.proposals == 0) return c;
  if (tally.shown() == 0) return unknown(c, Because::nobody_decided);
  c.verdict = verdict(c.measured >= gate.acceptance && c.count >= gate.proposals);
  if (c.count < gate.proposals) c.because = Because::too_few;
  return c;
}

Condition overrides(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::overrides, .required = gate.override_share};
  c.required_count = gate.moves;
  c.count = tally.decided();
  const double taken = tally.modified + tally.rejected + tally.undone;
  c.measured = tally.decided() == 0 ? std::nan("") : taken / c.count;
  if (gate.override_share >= 1 && gate.moves == 0) return c;
  if (tally.decided() == 0) return unknown(c, Because::nobody_decided);
  c.verdict = verdict(c.measured <= gate.override_share && c.count >= gate.moves);
  if (c.count < gate.moves) c.because = Because::too_few;
  return c;
}

Condition severe(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::severe, .required = gate.severe};
  c.measured = tally.severe;
  if (std::isinf(gate.severe)) return c;
  if (!(tally.held_s > 0)) return unknown(c, Because::no_evidence);
  c.verdict = verdict(c.measured <= gate.severe);
  return c;
}

Condition harm(const GateConfig& gate, const Tally& tally) noexcept {
  Condition c{.what = Asked::harm, .required = gate.harm_s};
  c.measured = tally.harm_s;
  if (std::isinf(gate.harm_s)) return c;
  if (!(tally.touched_s > 0)) return unknown(c, Because::never_moved);
  if (c.measured > gate.harm_s) {
    c.verdict = Verdict::not_held;
  } else if (tally.blind_s > kMostBlind * tally.touched_s) {
    return unknown(c, Because::unwatched);
  } else {
    c.verdict = Verdict::held;
  }
  return c;
}

Condition figure(const GateConfig& gate, KeyFigure which, const Blocks& blocks,
                 const std::string& who, const std::string& baseline) {
  Condition c{
      .what = static_cast<Asked>(static_cast<int>(Asked::zone_error) + static_cast<int>(which))};
  const bool asked = !std::isinf(gate.margin) && std::find(gate.figures.begin(), gate.figures.end(),
                                                           which) != gate.figures.end();
  const Comparison compared = compare(blocks, who, baseline, which, gate.confidence);
  c.comparison = compared;
  c.required = gate.margin * std::abs(compared.baseline);
  c.measured = compared.difference.upper;
  c.required_count = 2;
  c.count = static_cast<double>(std::min(compared.blocks, compared.baseline_blocks));
  if (!asked) return c;
  if (baseline.empty()) return unknown(c, Because::no_baseline);
  if (std::isnan(c.measured)) {
    return unknown(c, blocks.count(who) == 0 ? Because::never_moved : Because::too_few_blocks);
  }
  c.verdict = verdict(c.measured <= c.required);
  return c;
}

/// Asks for less than SC-82 does at this step.
bool weaker(Asked what, const GateConfig& gate) {
  const GateConfig least = config::sc82_gate(gate.to);
  switch (what) {
    case Asked::time: {
      // Either is enough, so each that is asked for must be as hard; one left out is harder.
      const bool easy_days = gate.days > 0 && gate.days < least.days;
      const bool easy_lots = gate.lots > 0 && (least.lots == 0 || gate.lots < least.lots);
      return least.days > 0 && (easy_days || easy_lots || (gate.days <= 0 && gate.lots == 0));
    }
    case Asked::coverage:
      return gate.coverage < least.coverage;
    case Asked::acceptance:
      return gate.acceptance < least.acceptance || gate.proposals < least.proposals;
    case Asked::overrides:
      return gate.override_share > least.override_share || gate.moves < least.moves;
    case Asked::severe:
      return gate.severe > least.severe;
    case Asked::harm:
      return gate.harm_s > least.harm_s;
    default:
      break;
  }
  const auto which =
      static_cast<KeyFigure>(static_cast<int>(what) - static_cast<int>(Asked::zone_error));
  const bool named =
      std::find(gate.figures.begin(), gate.figures.end(), which) != gate.figures.end();
  const bool needed = !std::isinf(least.margin);
  return needed && (!named || std::isinf(gate.margin) || gate.confidence < least.confidence);
}

}  // namespace

std::optional<Level> next(Level level) noexcept {
  if (level == Level::full) return std::nullopt;
  return static_cast<Level>(static_cast<int>(level) + 1);
}

Judgement judge(const GateConfig& gate, const Tally& tally, const Blocks& blocks,
                const std::string& who, const std::string& baseline) {
  Judgement j;
  j.gate = gate;
  j.baseline = baseline.empty() ? blocks.most(who) : baseline;
  j.conditions = {time(gate, tally),      coverage(gate, tally), acceptance(gate, tally),
                  overrides(gate, tally), severe(gate, tally),   harm(gate, tally)};
  for (std::size_t k = 0; k < config::kKeyFigureCount; ++k) {
    j.conditions.push_back(figure(gate, static_cast<KeyFigure>(k), blocks, who, j.baseline));
  }
  std::size_t asked = 0, held = 0;
  for (Condition& c : j.conditions) {
    asked += c.verdict != Verdict::not_asked ? 1 : 0;
    held += c.verdict == Verdict::held ? 1 : 0;
    c.weaker = weaker(c.what, gate);
  }
  j.open = asked > 0 && held == asked;
  return j;
}

}  // namespace saggar::promote
