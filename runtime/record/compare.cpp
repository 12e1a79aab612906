#include "runtime/record/compare.hpp"

#include <bit>
#include <cinttypes>
#include <cstdio>
#include <type_traits>

namespace saggar::record {
namespace {

using domain::Record;

const std::string kNobody;  // a difference that belongs to no tag

std::string show(double v) {
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", v);
  // Numbers that print alike but differ: NaN with another payload.
  if (v != v) {
    std::snprintf(text, sizeof text, "nan (bits %016" PRIx64 ")", std::bit_cast<std::uint64_t>(v));
  }
  return text;
}
std::string show(std::string_view v) { return '\'' + std::string(v) + '\''; }
template <class T>
std::string show(T v) requires(std::is_integral_v<T>) {
  return std::to_string(v);
}
template <class E>
std::string show(E v) requires(std::is_enum_v<E>) {
  if constexpr (requires { domain::name(v); }) {
    return std::string(domain::name(v));
  } else {
    return std::to_string(static_cast<unsigned>(v));
  }
}

template <class T>
bool same(const T& a, const T& b) noexcept {
  if constexpr (std::is_same_v<T, double>) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
  } else {
    return a == b;
  }
}

/// Walks two records together and keeps the first difference.
class Walk {
 public:
  Walk(const Record& recorded, const Record& replayed, const domain::Plant& plant)
      : a_(recorded), b_(replayed), plant_(plant) {}

  std::optional<Difference> commands() {
    check("cycle", kNobody, a_.cycle, b_.cycle);
    const domain::Command &a = a_.command, &b = b_.command;
    check("command cycle", kNobody, a.cycle, b.cycle);
    check("command frame sequence", kNobody, a.frame_sequence, b.frame_sequence);
    check("command time", kNobody, a.time_ns, b.time_ns);
    check("command validity", kNobody, a.valid_until_ns, b.valid_until_ns);
    check("command heartbeat", kNobody, a.heartbeat, b.heartbeat);
    if (!sizes("command", a.value.size(), b.value.size())) return found_;
    for (std::size_t i = 0; i < a.value.size() && !found_; ++i) {
      check("command value", mv(i), a.value[i], b.value[i]);
      check("command action", mv(i), a.action[i], b.action[i]);
    }
    return found_;
  }

  std::optional<Difference> everything() {
    // In the order of the cycle: the first difference is nearest to its cause.
    check("cycle", kNobody, a_.cycle, b_.cycle);
    check("time", kNobody, a_.time_ns, b_.time_ns);
    frame("frame", a_.frame, b_.frame);
    intents();
    frame("screened frame", a_.screened, b_.screened);
    estimate();
    estimators();
    trust();
    monitors();
    modes();
    proposals();
    decisions();
    request();
    guard();
    commands();
    events();
    return found_;
  }

 private:
  /// An MV whose name is looked up only when needed.
  struct MvAt {
    std::size_t index;
  };
  static MvAt mv(std::size_t i) noexcept { return {i}; }

  template <class T, class Tag>
  void check(std::string_view what, const Tag& of, const T& a, const T& b) {
    if (found_ || same(a, b)) return;
    found_ = Difference{a_.cycle, std::string(what), name_of(of), show(a), show(b)};
  }
  bool sizes(const char* what, std::size_t a, std::size_t b) {
    if (a != b) check(std::string("number of items of ") + what, kNobody, a, b);
    return !found_;
  }
  std::string tag(std::size_t i) const {
    return i < plant_.tags.size() ? plant_.tags[static_cast<domain::TagId>(i)].name
                                  : "tag " + std::to_string(i);
  }
  std::string virtual_tag(std::size_t i) const {
    return i < plant_.estimates.size() ? plant_.estimates[static_cast<domain::TagId>(i)].name
                                       : "virtual tag " + std::to_string(i);
  }
  static std::string name_of(const std::string& tag) { return tag; }
  std::string name_of(MvAt at) const {
    return at.index < plant_.mvs.size() ? tag(plant_.mvs[at.index].tag)
                                        : "MV " + std::to_string(at.index);
  }

  void samples(const std::string& what, const std::vector<domain::Sample>& a,
               const std::vector<domain::Sample>& b, bool tags) {
    if (!sizes(what.c_str(), a.size(), b.size())) return;
    for (std::size_t i = 0; i < a.size() && !found_; ++i) {
      const bool equal = same(a[i].value, b[i].value) && a[i].time_ns == b[i].time_ns &&
                         a[i].quality == b[i].quality && a[i].sub_status == b[i].sub_status;
      if (equal) continue;
      const std::string name = tags ? tag(i) : virtual_tag(i);
      check(what + " value", name, a[i].value, b[i].value);
      check(what + " time", name, a[i].time_ns, b[i].time_ns);
      check(what + " quality", name, a[i].quality, b[i].quality);
      check(what + " sub-status", name, a[i].sub_status, b[i].sub_status);
    }
  }
  void frame(const std::string& what, const domain::Frame& a, const domain::Frame& b) {
    check(what + " sequence", kNobody, a.sequence, b.sequence);
    check(what + " time", kNobody, a.time_ns, b.time_ns);
    check(what + " missed", kNobody, a.missed, b.missed);
    check(what + " link", kNobody, a.link_up, b.link_up);
    samples(what, a.samples, b.samples, true);
  }
  void estimate() {
    samples("estimate", a_.estimate.samples, b_.estimate.samples, false);
    if (!sizes("estimate sigma", a_.estimate.sigma.size(), b_.estimate.sigma.size())) return;
    for (std::size_t i = 0; i < a_.estimate.sigma.size() && !found_; ++i) {
      if (same(a_.estimate.sigma[i], b_.estimate.sigma[i])) continue;
      check("estimate sigma", virtual_tag(i), a_.estimate.sigma[i], b_.estimate.sigma[i]);
    }
  }

  void estimators() {
    if (!sizes("estimators", a_.estimators.size(), b_.estimators.size())) return;
    for (std::size_t i = 0; i < a_.estimators.size() && !found_; ++i) {
      const domain::EstimatorReport &a = a_.estimators[i], &b = b_.estimators[i];
      const std::string what = "estimator " + std::to_string(i);
      check(what + " status", kNobody, a.status, b.status);
      check(what + " reason", kNobody, a.reason, b.reason);
      check(what + " inputs sequence", kNobody, a.inputs_sequence, b.inputs_sequence);
      check(what + " inputs time", kNobody, a.inputs_time_ns, b.inputs_time_ns);
    }
  }

  void trust() {
    if (!sizes("trust", a_.trust.size(), b_.trust.size())) return;
    for (std::size_t i = 0; i < a_.trust.size() && !found_; ++i) {
      const domain::TrustReport &a = a_.trust[i], &b = b_.trust[i];
      const std::string what = "trust " + std::to_string(i);
      check(what + " level", kNobody, a.level, b.level);
      check(what + " reason", kNobody, a.reason, b.reason);
      check(what + " since cycle", kNobody, a.since_cycle, b.since_cycle);
      check(what + " card", kNobody, a.card, b.card);
      check(what + " cards shown", kNobody, a.shown, b.shown);
      check(what + " cards accepted", kNobody, a.accepted, b.accepted);
      check(what + " cards modified", kNobody, a.modified, b.modified);
      check(what + " cards rejected", kNobody, a.rejected, b.rejected);
      check(what + " cards expired", kNobody, a.expired, b.expired);
    }
  }

  void monitors() {
    if (!sizes("monitors", a_.monitors.size(), b_.monitors.size())) return;
    for (std::size_t i = 0; i < a_.monitors.size() && !found_; ++i) {
      const domain::MonitorReport &a = a_.monitors[i], &b = b_.monitors[i];
      const std::string what = "monitor " + std::to_string(i);
      check(what + " periods", kNobody, a.periods, b.periods);
      check(what + " distance", kNobody, a.distance, b.distance);
      check(what + " spread", kNobody, a.spread, b.spread);
      check(what + " residual", kNobody, a.residual, b.residual);
      check(what + " band", kNobody, a.band, b.band);
      check(what + " coverage", kNobody, a.coverage, b.coverage);
      check(what + " bias", kNobody, a.bias, b.bias);
      check(what + " difference", kNobody, a.difference, b.difference);
      check(what + " input that differs", kNobody, a.differs, b.differs);
      check(what + " drift level", kNobody, a.drift_level, b.drift_level);
      check(what + " coverage off", kNobody, a.coverage_off, b.coverage_off);
      check(what + " signals over", kNobody, a.over, b.over);
      check(what + " drift", kNobody, a.drift, b.drift);
      check(what + " reason", kNobody, a.reason, b.reason);
    }
  }

  void intents() {
    if (!sizes("intents", a_.intents.size(), b_.intents.size())) return;
    check("lost intents", kNobody, a_.intents.lost(), b_.intents.lost());
    for (std::size_t i = 0; i < a_.intents.size() && !found_; ++i) {
      intent("intent " + std::to_string(i), a_.intents[i], b_.intents[i]);
    }
    if (!sizes("answers", a_.answers.size(), b_.answers.size())) return;
    check("lost answers", kNobody, a_.answers.lost(), b_.answers.lost());
    for (std::size_t i = 0; i < a_.answers.size() && !found_; ++i) {
      const domain::IntentAnswer &a = a_.answers[i], &b = b_.answers[i];
      const std::string what = "answer " + std::to_string(i);
      check(what + " id", kNobody, a.id, b.id);
      check(what + " station", kNobody, a.station.view(), b.station.view());
      check(what + " cycle", kNobody, a.cycle, b.cycle);
      check(what + " kind", kNobody, a.kind, b.kind);
      check(what + " reason", kNobody, a.reason, b.reason);
    }
  }
  void intent(const std::string& what, const domain::Intent& a, const domain::Intent& b) {
    check(what + " id", kNobody, a.id, b.id);
    check(what + " not before", kNobody, a.not_before, b.not_before);
    check(what + " kind", kNobody, a.kind, b.kind);
    check(what + " MV", kNobody, a.mv, b.mv);
    check(what + " duty", kNobody, a.duty, b.duty);
    check(what + " mode", kNobody, a.mode, b.mode);
    check(what + " rung", kNobody, a.rung, b.rung);
    check(what + " controller", kNobody, a.controller, b.controller);
    check(what + " value", kNobody, a.value, b.value);
    check(what + " key", kNobody, a.key.view(), b.key.view());
    check(what + " who", kNobody, a.who.view(), b.who.view());
    check(what + " station", kNobody, a.station.view(), b.station.view());
    check(what + " reason", kNobody, a.reason.view(), b.reason.view());
  }

  void modes() {
    if (!sizes("modes", a_.modes.size(), b_.modes.size())) return;
    for (std::size_t i = 0; i < a_.modes.size() && !found_; ++i) {
      const domain::ModeBlock &a = a_.modes[i], &b = b_.modes[i];
      check("target mode", mv(i), a.target, b.target);
      check("actual mode", mv(i), a.actual, b.actual);
      check("normal mode", mv(i), a.normal, b.normal);
      check("permitted modes", mv(i), a.permitted, b.permitted);
      check("limit status", mv(i), a.limited, b.limited);
    }
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      check("application", duty(d), a_.applications[d], b_.applications[d]);
    }
  }
  static std::string duty(std::size_t d) {
    return std::string(domain::name(static_cast<domain::Duty>(d)));
  }

  void proposals() {
    if (!sizes("proposals", a_.proposals.size(), b_.proposals.size())) return;
    for (std::size_t p = 0; p < a_.proposals.size() && !found_; ++p) {
      const domain::Proposal &a = a_.proposals[p], &b = b_.proposals[p];
      const std::string what = "proposal " + std::to_string(p);
      check(what + " controller", kNobody, a.controller, b.controller);
      check(what + " duty", kNobody, a.duty, b.duty);
      check(what + " status", kNobody, a.status, b.status);
      check(what + " reason", kNobody, a.reason, b.reason);
      check(what + " inputs sequence", kNobody, a.inputs_sequence, b.inputs_sequence);
      check(what + " inputs time", kNobody, a.inputs_time_ns, b.inputs_time_ns);
      check(what + " confidence", kNobody, a.confidence, b.confidence);
      if (!sizes(what.c_str(), a.value.size(), b.value.size())) return;
      const auto mvs = plant_.of(a.duty);
      for (std::size_t i = 0; i < a.value.size() && !found_; ++i) {
        if (same(a.value[i], b.value[i])) continue;
        check(what + " value", i < mvs.size() ? mv(mvs[i]) : mv(kNone), a.value[i], b.value[i]);
      }
    }
  }
  void decisions() {
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      const domain::DutyDecision &a = a_.decisions[d], &b = b_.decisions[d];
      check("driving rung", duty(d), a.rung, b.rung);
      check("wanted rung", duty(d), a.wanted_rung, b.wanted_rung);
      check("driving controller", duty(d), a.controller, b.controller);
      check("reason of the last move", duty(d), a.reason, b.reason);
      check("cycle of the last move", duty(d), a.since_cycle, b.since_cycle);
      check("ladder moved", duty(d), a.moved, b.moved);
      check("bump", duty(d), a.bump, b.bump);
      check("what a climb needs", duty(d), a.climb_needs, b.climb_needs);
      for (std::size_t rung = 0; rung < domain::kMaxRungs; ++rung) {
        check("why rung " + std::to_string(rung) + " is blocked", duty(d), a.blocked[rung],
              b.blocked[rung]);
      }
      check("permissives missing", duty(d), a.missing, b.missing);
      check("permissives not connected", duty(d), a.unconnected, b.unconnected);
      check("reason of the application", duty(d), a.application_reason, b.application_reason);
      check("bias frozen", duty(d), a.bias_frozen, b.bias_frozen);
    }
  }

  void request() {
    if (!sizes("recipe", a_.recipe.size(), b_.recipe.size())) return;
    for (std::size_t i = 0; i < a_.recipe.size() && !found_; ++i) {
      check("recipe value", mv(i), a_.recipe[i], b_.recipe[i]);
    }
    if (!sizes("request", a_.request.asks.size(), b_.request.asks.size())) return;
    for (std::size_t i = 0; i < a_.request.asks.size() && !found_; ++i) {
      const domain::Ask &a = a_.request.asks[i], &b = b_.request.asks[i];
      check("requested value", mv(i), a.value, b.value);
      check("source of the request", mv(i), a.source, b.source);
      check("inputs sequence of the request", mv(i), a.inputs_sequence, b.inputs_sequence);
      check("inputs time of the request", mv(i), a.inputs_time_ns, b.inputs_time_ns);
    }
  }

  void guard() {
    for (std::size_t g = 0; g < domain::kGateCount; ++g) {
      const std::string gate(domain::name(static_cast<domain::Gate>(g)));
      for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) {
        check("count " + std::to_string(o) + " of gate " + gate, kNobody, a_.gates[g][o],
              b_.gates[g][o]);
      }
    }
    if (!sizes("guard actions", a_.guard_actions.size(), b_.guard_actions.size())) return;
    check("lost guard actions", kNobody, a_.guard_actions.lost(), b_.guard_actions.lost());
    for (std::size_t i = 0; i < a_.guard_actions.size() && !found_; ++i) {
      const domain::GuardAction &a = a_.guard_actions[i], &b = b_.guard_actions[i];
      const std::string what = "guard action " + std::to_string(i);
      check(what + " MV", mv(a.mv), a.mv, b.mv);
      check(what + " gate", mv(a.mv), a.gate, b.gate);
      check(what + " outcome", mv(a.mv), a.outcome, b.outcome);
      check(what + " limit", mv(a.mv), a.limit, b.limit);
      check(what + " before", mv(a.mv), a.before, b.before);
      check(what + " after", mv(a.mv), a.after, b.after);
    }
  }
  void events() {
    if (!sizes("events", a_.events.size(), b_.events.size())) return;
    check("lost events", kNobody, a_.events.lost(), b_.events.lost());
    for (std::size_t i = 0; i < a_.events.size() && !found_; ++i) {
      const domain::Event &a = a_.events[i], &b = b_.events[i];
      const std::string what = "event " + std::to_string(i);
      check(what + " code", kNobody, a.code, b.code);
      check(what + " a", kNobody, a.a, b.a);
      check(what + " b", kNobody, a.b, b.b);
      check(what + " x", kNobody, a.x, b.x);
      check(what + " y", kNobody, a.y, b.y);
    }
  }

  static constexpr std::size_t kNone = domain::kNoMv;
  const Record& a_;
  const Record& b_;
  const domain::Plant& plant_;
  std::optional<Difference> found_;
};

}  // namespace

std::string Difference::text() const {
  return "cycle " + std::to_string(cycle) + ": " + what + (tag.empty() ? "" : " of " + tag) +
         ": recorded " + recorded + ", replayed " + replayed;
}

std::optional<Difference> compare(const Record& recorded, const Record& replayed,
                                  const domain::Plant& plant, Depth depth) {
  Walk walk(recorded, replayed, plant);
  return depth == Depth::commands ? walk.commands() : walk.everything();
}

}  // namespace saggar::record
