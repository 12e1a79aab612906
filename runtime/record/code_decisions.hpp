// The deciding part of a record: modes, applications, proposals, decisions, intents, answers.
// Private to the codec.
#pragma once

#include <vector>

#include "runtime/record/columns.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// One controller's proposal. Its values are compared with the recipe and the last command, which
/// is what a rung that tracks or holds proposes.
class ProposalColumn {
 public:
  explicit ProposalColumn(std::size_t size) : values_(size), recipe_(size), command_(size) {}
  void reset() noexcept {
    values_.reset();
    last_ = domain::Proposal();
    sequence_clock_ = time_clock_ = 0;
  }
  static constexpr std::size_t kMaxHead = 48;

  template <class W>
  void code(W& w, Part<W, domain::Proposal>& p, const domain::Frame& frame,
            const std::vector<double>& recipe, const std::vector<double>& command,
            const std::vector<std::vector<domain::MvId>>& mvs_of) {
    w.room(kMaxHead);
    std::uint8_t flags = 0;
    if constexpr (!W::kReading) flags = flags_of(p, frame);
    code_byte(w, flags);
    code_head(w, p, flags);
    const auto time = static_cast<std::uint64_t>(frame.time_ns);
    code_clock(w, p.inputs_sequence, flags >> 2 & 3, last_.inputs_sequence, frame.sequence,
               sequence_clock_);
    code_clock(w, p.inputs_time_ns, flags >> 4 & 3,
               static_cast<std::uint64_t>(last_.inputs_time_ns), time, time_clock_);
    const References refs = references(p.duty, recipe, command, mvs_of);
    if constexpr (W::kReading) {
      values_.read(
          w, [&](std::size_t i, double v) { p.value[i] = v; }, refs);
    } else {
      values_.write(
          w, [&](std::size_t i) { return p.value[i]; }, refs);
    }
    last_.controller = p.controller, last_.duty = p.duty;
    last_.status = p.status, last_.reason = p.reason;
    last_.inputs_sequence = p.inputs_sequence, last_.inputs_time_ns = p.inputs_time_ns;
    last_.confidence = p.confidence;
    sequence_clock_ = frame.sequence;
    time_clock_ = time;
  }

 private:
  // Flags: bit 0 head changed, bit 1 confidence changed, bits 2-3 how the sequence is coded, 4-5
  // the time: still, moved with the frame, as a number.
  static constexpr unsigned kStill = 0, kMoved = 1, kNumber = 2;

  static unsigned clock_kind(std::uint64_t v, std::uint64_t last, std::uint64_t moved) noexcept {
    return v == last ? kStill : v == last + moved ? kMoved : kNumber;
  }
  std::uint8_t flags_of(const domain::Proposal& p, const domain::Frame& frame) const noexcept {
    const bool head = p.controller != last_.controller || p.duty != last_.duty ||
                      p.status != last_.status || p.reason != last_.reason;
    const bool confidence = std::bit_cast<std::uint64_t>(p.confidence) !=
                            std::bit_cast<std::uint64_t>(last_.confidence);
    const unsigned sequence =
        clock_kind(p.inputs_sequence, last_.inputs_sequence, frame.sequence - sequence_clock_);
    const unsigned time = clock_kind(static_cast<std::uint64_t>(p.inputs_time_ns),
                                     static_cast<std::uint64_t>(last_.inputs_time_ns),
                                     static_cast<std::uint64_t>(frame.time_ns) - time_clock_);
    return static_cast<std::uint8_t>((head ? 1U : 0U) | (confidence ? 2U : 0U) | sequence << 2 |
                                     time << 4);
  }
  template <class W>
  void code_head(W& w, Part<W, domain::Proposal>& p, unsigned flags) {
    if ((flags & 1) != 0) {
      code_byte(w, p.controller);
      code_enum(w, p.duty, domain::kDutyCount);
      code_enum(w, p.status, static_cast<unsigned>(domain::ProposalStatus::fault) + 1);
      code_enum(w, p.reason, 256);
    } else if constexpr (W::kReading) {
      p.controller = last_.controller, p.duty = last_.duty;
      p.status = last_.status, p.reason = last_.reason;
    }
    if ((flags & 2) != 0) {
      code_double(w, p.confidence, last_.confidence);
    } else if constexpr (W::kReading) {
      p.confidence = last_.confidence;
    }
  }
  template <class W, class T>
  static void code_clock(W& w, T& v, unsigned kind, std::uint64_t last, std::uint64_t clock,
                         std::uint64_t clock_before) {
    if (kind == kNumber) return code_delta(w, v, clock);
    if constexpr (W::kReading) {
      if (kind > kNumber) return w.fail("no such kind of time");
      v = static_cast<T>(kind == kStill ? last : last + (clock - clock_before));
    }
  }
  References references(domain::Duty duty, const std::vector<double>& recipe,
                        const std::vector<double>& command,
                        const std::vector<std::vector<domain::MvId>>& mvs_of) {
    const auto& mvs = mvs_of[static_cast<std::size_t>(duty)];
    if (mvs.size() != values_.size() || mvs.empty()) return {};
    for (std::size_t i = 0; i < mvs.size(); ++i) {
      recipe_[i] = recipe[mvs[i]];
      command_[i] = command[mvs[i]];
    }
    return {{command_.data(), recipe_.data()}, 2};
  }

  DoubleColumn values_;
  domain::Proposal last_;
  std::uint64_t sequence_clock_ = 0, time_clock_ = 0;
  std::vector<double> recipe_, command_;
};

template <class W>
void code_intent(W& w, Part<W, domain::Intent>& x) {
  w.room(320);
  code_uint(w, x.id);
  code_uint(w, x.not_before);
  code_enum(w, x.kind, domain::kIntentKindCount);
  code_uint(w, x.mv);
  code_enum(w, x.duty, domain::kDutyCount);
  code_enum(w, x.mode, domain::kModeCount);
  code_byte(w, x.rung);
  code_byte(w, x.controller);
  code_double(w, x.value);
  code_text(w, x.key);
  code_text(w, x.who);
  code_text(w, x.station);
  code_text(w, x.reason);
}

template <class W>
void code_answer(W& w, Part<W, domain::IntentAnswer>& x, std::uint64_t cycle) {
  w.room(64);
  code_uint(w, x.id);
  code_text(w, x.station);
  code_delta(w, x.cycle, cycle);
  code_enum(w, x.kind, 4);
  code_enum(w, x.reason, 256);
}

template <class W>
void code_decision(W& w, Part<W, domain::DutyDecision>& d, std::uint64_t cycle) {
  w.room(64 + domain::kMaxRungs);
  code_byte(w, d.rung);
  code_byte(w, d.wanted_rung);
  code_byte(w, d.controller);
  code_enum(w, d.reason, 256);
  code_delta(w, d.since_cycle, cycle);
  code_enum(w, d.moved, 2);
  code_double(w, d.bump);
  code_enum(w, d.climb_needs, 256);
  for (auto& reason : d.blocked) code_enum(w, reason, 256);
  code_uint(w, d.missing);
  code_uint(w, d.unconnected);
  code_enum(w, d.application_reason, 256);
  code_enum(w, d.bias_frozen, 2);
}

inline bool same_bits(const domain::DutyDecision& a, const domain::DutyDecision& b) noexcept {
  return a.rung == b.rung && a.wanted_rung == b.wanted_rung && a.controller == b.controller &&
         a.reason == b.reason && a.since_cycle == b.since_cycle && a.moved == b.moved &&
         a.climb_needs == b.climb_needs && a.blocked == b.blocked && a.missing == b.missing &&
         a.unconnected == b.unconnected && a.application_reason == b.application_reason &&
         a.bias_frozen == b.bias_frozen &&
         std::bit_cast<std::uint64_t>(a.bump) == std::bit_cast<std::uint64_t>(b.bump);
}

/// The items of a Bounded, and how many did not fit.
template <class W, class T, class Each>
void code_bounded(W& w, T& items, Each each) {
  w.room(24);
  if constexpr (W::kReading) {
    const std::uint64_t n = w.uint();
    std::uint32_t lost = 0;
    code_uint(w, lost);
    if (n > items.capacity()) return w.fail("more items than a record can hold");
    items.clear();
    for (std::uint64_t i = 0; i < n && w.ok(); ++i) {
      std::remove_cvref_t<decltype(items[0])> item{};
      each(item);
      items.push(item);
    }
    items.count_lost(lost);
  } else {
    w.uint(items.size());
    w.uint(items.lost());
    for (const auto& item : items) each(item);
  }
}

/// Everything between the frame and the request.
class DecidedPart {
 public:
  explicit DecidedPart(const Layout& layout)
      : target_(layout.mv_duty.size()),
        actual_(layout.mv_duty.size()),
        normal_(layout.mv_duty.size()),
        permitted_(layout.mv_duty.size()),
        limited_(layout.mv_duty.size()),
        mvs_of_(domain::kDutyCount) {
    for (const std::size_t size : layout.proposal_sizes) proposals_.emplace_back(size);
    for (std::size_t i = 0; i < layout.mv_duty.size(); ++i) {
      mvs_of_[static_cast<std::size_t>(layout.mv_duty[i])].push_back(static_cast<domain::MvId>(i));
    }
  }

  void reset() noexcept {
    for (auto* column : {&target_, &actual_, &normal_, &permitted_, &limited_}) column->reset();
    for (ProposalColumn& column : proposals_) column.reset();
    applications_.fill(domain::AppState::off);
    decisions_.fill(domain::DutyDecision());
  }

  /// @param last_command values of the command of the cycle before, per MV
  template <class W>
  void code(W& w, Part<W, domain::Record>& r, const std::vector<double>& last_command) {
    w.room(64);
    std::uint8_t flags = 0;
    if constexpr (!W::kReading) flags = flags_of(r);
    code_byte(w, flags);
    code_modes(w, r.modes);
    for (std::size_t i = 0; i < domain::kDutyCount; ++i) {
      if ((flags & kApplications) != 0) {
        code_enum(w, r.applications[i], domain::kAppStateCount);
      } else if constexpr (W::kReading) {
        r.applications[i] = applications_[i];
      }
      if ((flags & kDecisions) != 0) {
        code_decision(w, r.decisions[i], r.cycle);
      } else if constexpr (W::kReading) {
        r.decisions[i] = decisions_[i];
      }
    }
    applications_ = r.applications;
    decisions_ = r.decisions;
    for (std::size_t i = 0; i < proposals_.size(); ++i) {
      proposals_[i].code(w, r.proposals[i], r.frame, r.recipe, last_command, mvs_of_);
    }
    code_intents(w, r, flags);
  }

  const std::vector<std::vector<domain::MvId>>& mvs_of() const noexcept { return mvs_of_; }

 private:
  static constexpr std::uint8_t kApplications = 1, kDecisions = 2, kIntents = 4, kAnswers = 8;

  std::uint8_t flags_of(const domain::Record& r) const noexcept {
    bool decisions = false;
    for (std::size_t i = 0; i < domain::kDutyCount; ++i) {
      decisions = decisions || !same_bits(r.decisions[i], decisions_[i]);
    }
    const bool intents = !r.intents.empty() || r.intents.lost() != 0;
    const bool answers = !r.answers.empty() || r.answers.lost() != 0;
    return static_cast<std::uint8_t>((r.applications != applications_ ? kApplications : 0) |
                                     (decisions ? kDecisions : 0) | (intents ? kIntents : 0) |
                                     (answers ? kAnswers : 0));
  }

  template <class W>
  void code_intents(W& w, Part<W, domain::Record>& r, std::uint8_t flags) {
    if ((flags & kIntents) != 0) {
      code_bounded(w, r.intents, [&](auto& x) { code_intent(w, x); });
    } else if constexpr (W::kReading) {
      r.intents.clear();
    }
    if ((flags & kAnswers) != 0) {
      code_bounded(w, r.answers, [&](auto& x) { code_answer(w, x, r.cycle); });
    } else if constexpr (W::kReading) {
      r.answers.clear();
    }
  }

  void code_modes(Sink& w, const std::vector<domain::ModeBlock>& modes) {
    const auto u8 = [](auto v) { return static_cast<std::uint8_t>(v); };
    target_.write(w, [&](std::size_t i) { return u8(modes[i].target); });
    actual_.write(w, [&](std::size_t i) { return u8(modes[i].actual); });
    normal_.write(w, [&](std::size_t i) { return u8(modes[i].normal); });
    permitted_.write(w, [&](std::size_t i) { return u8(modes[i].permitted); });
    limited_.write(w, [&](std::size_t i) { return u8(modes[i].limited); });
  }
  void code_modes(Source& w, std::vector<domain::ModeBlock>& modes) {
    const auto mode = [&](std::uint8_t v) {
      if (v >= domain::kModeCount) w.fail("no such mode");
      return static_cast<domain::Mode>(v % domain::kModeCount);
    };
    target_.read(w, [&](std::size_t i, std::uint8_t v) { modes[i].target = mode(v); });
    actual_.read(w, [&](std::size_t i, std::uint8_t v) { modes[i].actual = mode(v); });
    normal_.read(w, [&](std::size_t i, std::uint8_t v) { modes[i].normal = mode(v); });
    permitted_.read(w, [&](std::size_t i, std::uint8_t v) { modes[i].permitted = v; });
    limited_.read(w, [&](std::size_t i, std::uint8_t v) {
      if (v > 3) w.fail("no such limit status");
      modes[i].limited = static_cast<domain::Limited>(v % 4);
    });
  }

  ByteColumn target_, actual_, normal_, permitted_, limited_;
  std::array<domain::AppState, domain::kDutyCount> applications_{};
  std::array<domain::DutyDecision, domain::kDutyCount> decisions_{};
  std::vector<ProposalColumn> proposals_;
  std::vector<std::vector<domain::MvId>> mvs_of_;
};

}  // namespace saggar::record
