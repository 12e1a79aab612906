// The acting part of a record: recipe, request, command, guard actions, counts, events. Private to
// the codec.
#pragma once

#include <vector>

#include "runtime/record/code_decisions.hpp"
#include "runtime/record/columns.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// A double of an action or event: usually 0, the request or the command of its MV. Kinds 0 to 3
/// fit two bits of the item's head.
struct Candidate {
  static constexpr unsigned kNumber = 3;
  double request = 0, command = 0;

  unsigned kind_of(double v) const noexcept {
    const auto bits = std::bit_cast<std::uint64_t>(v);
    if (bits == 0) return 0;
    if (bits == std::bit_cast<std::uint64_t>(request)) return 1;
    return bits == std::bit_cast<std::uint64_t>(command) ? 2 : kNumber;
  }
  template <class W>
  void code(W& w, Part<W, double>& v, unsigned kind) const {
    if (kind == kNumber) return code_double(w, v);
    if constexpr (W::kReading) v = kind == 0 ? 0.0 : kind == 1 ? request : command;
  }
};

inline Candidate candidate(const domain::Record& r, std::uint16_t mv) noexcept {
  if (mv >= r.request.asks.size()) return {};
  return {r.request.asks[mv].value, r.command.value[mv]};
}

/// Head: bit 0 same gate, outcome and limit as the action before, bit 1 next MV, 2-3 kind of
/// `before`, 4-5 kind of `after`.
template <class W>
void code_action(W& w, Part<W, domain::GuardAction>& x, domain::GuardAction& last,
                 const domain::Record& r) {
  w.room(32);
  std::uint8_t head = 0;
  if constexpr (!W::kReading) {
    const bool same = x.gate == last.gate && x.outcome == last.outcome && x.limit == last.limit;
    const bool next = x.mv == static_cast<domain::MvId>(last.mv + 1);
    const Candidate of = candidate(r, x.mv);
    head = static_cast<std::uint8_t>((same ? 1U : 0U) | (next ? 2U : 0U) |
                                     of.kind_of(x.before) << 2 | of.kind_of(x.after) << 4);
  }
  code_byte(w, head);
  if ((head & 1) == 0) {
    code_enum(w, x.gate, domain::kGateCount);
    code_enum(w, x.outcome, domain::kOutcomeCount);
    code_enum(w, x.limit, 256);
  } else if constexpr (W::kReading) {
    x.gate = last.gate, x.outcome = last.outcome, x.limit = last.limit;
  }
  if ((head & 2) == 0) {
    code_uint(w, x.mv);
  } else if constexpr (W::kReading) {
    x.mv = static_cast<domain::MvId>(last.mv + 1);
  }
  const Candidate of = candidate(r, x.mv);
  of.code(w, x.before, head >> 2 & 3);
  of.code(w, x.after, head >> 4 & 3);
  last = x;
}

/// Head: bit 0 same code as the event before, bit 1 next a, 2 same b, 3-4 kind of x, 5-6 of y.
template <class W>
void code_event(W& w, Part<W, domain::Event>& e, domain::Event& last, const domain::Record& r) {
  w.room(40);
  std::uint8_t head = 0;
  if constexpr (!W::kReading) {
    const Candidate of = candidate(r, e.a);
    head = static_cast<std::uint8_t>((e.code == last.code ? 1U : 0U) |
                                     (e.a == static_cast<std::uint16_t>(last.a + 1) ? 2U : 0U) |
                                     (e.b == last.b ? 4U : 0U) | of.kind_of(e.x) << 3 |
                                     of.kind_of(e.y) << 5);
  }
  code_byte(w, head);
  auto code = static_cast<std::uint16_t>(e.code);
  if ((head & 1) == 0) {
    code_uint(w, code);
  } else {
    code = static_cast<std::uint16_t>(last.code);
  }
  if constexpr (W::kReading) e.code = static_cast<domain::EventCode>(code);
  if ((head & 2) == 0) {
    code_uint(w, e.a);
  } else if constexpr (W::kReading) {
    e.a = static_cast<std::uint16_t>(last.a + 1);
  }
  if ((head & 4) == 0) {
    code_uint(w, e.b);
  } else if constexpr (W::kReading) {
    e.b = last.b;
  }
  const Candidate of = candidate(r, e.a);
  of.code(w, e.x, head >> 3 & 3);
  of.code(w, e.y, head >> 5 & 3);
  last = e;
}

/// The recipe comes before the proposals (they refer to it), the rest after them.
class ActedPart {
 public:
  explicit ActedPart(const Layout& layout)
      : recipe_(layout.mv_resolution),
        asked_(layout.mv_resolution),
        source_(layout.mv_duty.size()),
        sequence_(layout.mv_duty.size()),
        time_(layout.mv_duty.size()),
        value_(layout.mv_resolution),
        action_(layout.mv_duty.size()),
        last_command_(layout.mv_duty.size()),
        proposed_(layout.mv_duty.size()),
        request_(layout.mv_duty.size()) {}

  void reset() noexcept {
    recipe_.reset(), asked_.reset(), source_.reset(), sequence_.reset(), time_.reset();
    value_.reset(), action_.reset();
    std::fill(last_command_.begin(), last_command_.end(), 0.0);
    gates_ = {};
    valid_ns_ = 0;
    heartbeat_ = 0;
  }

  const std::vector<double>& last_command() const noexcept { return last_command_; }

  void code_recipe(Sink& w, const domain::Record& r) {
    recipe_.write(w, [&](std::size_t i) { return r.recipe[i]; });
  }
  void code_recipe(Source& w, domain::Record& r) {
    recipe_.read(w, [&](std::size_t i, double v) { r.recipe[i] = v; });
  }

  template <class W>
  void code(W& w, Part<W, domain::Record>& r,
            const std::vector<std::vector<domain::MvId>>& mvs_of) {
    gather_proposed(r, mvs_of);
    code_request(w, r);
    code_command(w, r);
    last_command_ = r.command.value;
    w.room(64);
    std::uint8_t flags = 0;
    if constexpr (!W::kReading) flags = flags_of(r);
    code_byte(w, flags);
    code_head(w, r, flags);
    code_gates(w, r, flags);
    domain::GuardAction last_action;
    domain::Event last_event;
    if ((flags & kActions) != 0) {
      code_bounded(w, r.guard_actions, [&](auto& x) { code_action(w, x, last_action, r); });
    } else if constexpr (W::kReading) {
      r.guard_actions.clear();
    }
    if ((flags & kEvents) != 0) {
      code_bounded(w, r.events, [&](auto& x) { code_event(w, x, last_event, r); });
    } else if constexpr (W::kReading) {
      r.events.clear();
    }
  }

 private:
  static constexpr std::uint8_t kHead = 1, kGates = 2, kActions = 4, kEvents = 8;

  std::uint8_t flags_of(const domain::Record& r) const noexcept {
    const domain::Command& c = r.command;
    const bool head = c.cycle != r.cycle || c.frame_sequence != r.frame.sequence ||
                      c.time_ns != r.time_ns || c.heartbeat != heartbeat_ + 1 ||
                      valid_for(c) != valid_ns_;
    const bool actions = !r.guard_actions.empty() || r.guard_actions.lost() != 0;
    const bool events = !r.events.empty() || r.events.lost() != 0;
    return static_cast<std::uint8_t>((head ? kHead : 0) | (r.gates != gates_ ? kGates : 0) |
                                     (actions ? kActions : 0) | (events ? kEvents : 0));
  }
  static std::uint64_t valid_for(const domain::Command& c) noexcept {
    return static_cast<std::uint64_t>(c.valid_until_ns) - static_cast<std::uint64_t>(c.time_ns);
  }

  /// What the driving controller of each duty proposed; the last command where none drives.
  void gather_proposed(const domain::Record& r,
                       const std::vector<std::vector<domain::MvId>>& mvs_of) {
    proposed_ = last_command_;
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      for (const domain::Proposal& p : r.proposals) {
        if (p.controller != r.decisions[d].controller || p.value.size() != mvs_of[d].size())
          continue;
        for (std::size_t i = 0; i < p.value.size(); ++i) proposed_[mvs_of[d][i]] = p.value[i];
        break;
      }
    }
  }

  void code_request(Sink& w, const domain::Record& r) {
    const auto& asks = r.request.asks;
    asked_.write(
        w, [&](std::size_t i) { return asks[i].value; }, request_references(r));
    source_.write(w, [&](std::size_t i) { return static_cast<std::uint8_t>(asks[i].source); });
    sequence_.write(w, r.frame.sequence, [&](std::size_t i) { return asks[i].inputs_sequence; });
    time_.write(w, static_cast<std::uint64_t>(r.frame.time_ns),
                [&](std::size_t i) { return static_cast<std::uint64_t>(asks[i].inputs_time_ns); });
  }
  void code_request(Source& w, domain::Record& r) {
    auto& asks = r.request.asks;
    asked_.read(
        w, [&](std::size_t i, double v) { asks[i].value = v; }, request_references(r));
    source_.read(w, [&](std::size_t i, std::uint8_t v) {
      if (v > static_cast<unsigned>(domain::Source::hold)) w.fail("no such source of a request");
      asks[i].source = static_cast<domain::Source>(v % 5);
    });
    sequence_.read(w, r.frame.sequence,
                   [&](std::size_t i, std::uint64_t v) { asks[i].inputs_sequence = v; });
    time_.read(w, static_cast<std::uint64_t>(r.frame.time_ns), [&](std::size_t i, std::uint64_t v) {
      asks[i].inputs_time_ns = static_cast<std::int64_t>(v);
    });
  }
  References request_references(const domain::Record& r) const noexcept {
    return {{proposed_.data(), last_command_.data(), r.recipe.data()}, 3};
  }

  void code_command(Sink& w, const domain::Record& r) {
    const domain::Command& c = r.command;
    for (std::size_t i = 0; i < request_.size(); ++i) request_[i] = r.request.asks[i].value;
    const References refs{{request_.data(), r.recipe.data()}, 2};
    value_.write(
        w, [&](std::size_t i) { return c.value[i]; }, refs);
    action_.write(w, [&](std::size_t i) { return static_cast<std::uint8_t>(c.action[i]); });
  }
  void code_command(Source& w, domain::Record& r) {
    domain::Command& c = r.command;
    for (std::size_t i = 0; i < request_.size(); ++i) request_[i] = r.request.asks[i].value;
    const References refs{{request_.data(), r.recipe.data()}, 2};
    value_.read(
        w, [&](std::size_t i, double v) { c.value[i] = v; }, refs);
    action_.read(w, [&](std::size_t i, std::uint8_t v) {
      if (v > static_cast<unsigned>(domain::Action::release)) w.fail("no such action");
      c.action[i] = static_cast<domain::Action>(v % 3);
    });
  }

  template <class W>
  void code_head(W& w, Part<W, domain::Record>& r, std::uint8_t flags) {
    auto& c = r.command;
    if ((flags & kHead) != 0) {
      code_delta(w, c.cycle, r.cycle);
      code_delta(w, c.frame_sequence, r.frame.sequence);
      code_delta(w, c.time_ns, static_cast<std::uint64_t>(r.time_ns));
      code_delta(w, c.valid_until_ns, static_cast<std::uint64_t>(c.time_ns) + valid_ns_);
      code_uint(w, c.heartbeat);
    } else if constexpr (W::kReading) {
      c.cycle = r.cycle;
      c.frame_sequence = r.frame.sequence;
      c.time_ns = r.time_ns;
      c.valid_until_ns =
          static_cast<std::int64_t>(static_cast<std::uint64_t>(r.time_ns) + valid_ns_);
      c.heartbeat = heartbeat_ + 1;
    }
    valid_ns_ = valid_for(c);
    heartbeat_ = c.heartbeat;
  }

  template <class W>
  void code_gates(W& w, Part<W, domain::Record>& r, std::uint8_t flags) {
    w.room(domain::kGateCount * domain::kOutcomeCount * 5);
    for (std::size_t g = 0; g < domain::kGateCount; ++g) {
      for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) {
        if ((flags & kGates) != 0) {
          code_uint(w, r.gates[g][o]);
        } else if constexpr (W::kReading) {
          r.gates[g][o] = gates_[g][o];
        }
      }
    }
    gates_ = r.gates;
  }

  DoubleColumn recipe_, asked_;
  ByteColumn source_;
  ClockColumn sequence_, time_;
  DoubleColumn value_;
  ByteColumn action_;
  std::vector<double> last_command_, proposed_, request_;
  domain::GateCounts gates_{};
  std::uint64_t valid_ns_ = 0;
  std::uint32_t heartbeat_ = 0;
};

}  // namespace saggar::record
