// The order of the parts, key records, and the two directions. The format is in
// docs/qa/journal.md.
#include "runtime/record/codec.hpp"

#include "runtime/record/bytes.hpp"
#include "runtime/record/code_decisions.hpp"
#include "runtime/record/code_monitors.hpp"
#include "runtime/record/code_outputs.hpp"
#include "runtime/record/code_samples.hpp"
#include "runtime/record/code_trust.hpp"

namespace saggar::record {
namespace {

constexpr std::uint8_t kKeyByte = 0x4B, kDeltaByte = 0x64;  // 'K', 'd'

std::size_t worst_case(const Layout& layout) {
  const std::size_t tags = layout.names.tags.size(), mvs = layout.mv_duty.size();
  const std::size_t sample = DoubleColumn::kMaxBytes + ClockColumn::kMaxBytes + 4;
  std::size_t n = 4096 + tags * (sample + ScreenedSamples::kMaxBytes) +
                  layout.virtual_tags * (sample + DoubleColumn::kMaxBytes);
  n += mvs * (3 * DoubleColumn::kMaxBytes + 2 * ClockColumn::kMaxBytes + 28);
  for (const std::size_t size : layout.proposal_sizes) {
    n += size * DoubleColumn::kMaxBytes + ProposalColumn::kMaxHead + 16;
  }
  n += layout.estimators * 64 + layout.trust_rows * kTrustRoom +
       layout.monitor_rows * kMonitorRoom + layout.guard_actions * 32 +
       domain::Record::event_room(tags, mvs) * 40;
  return n + domain::Record::kMaxIntents * (320 + 64) + 4096;
}

bool has_shape(const domain::Record& r, const Layout& layout) noexcept {
  const std::size_t tags = layout.names.tags.size(), mvs = layout.mv_duty.size();
  bool same = r.frame.samples.size() == tags && r.screened.samples.size() == tags &&
              r.estimate.samples.size() == layout.virtual_tags &&
              r.estimate.sigma.size() == layout.virtual_tags &&
              r.estimators.size() == layout.estimators && r.trust.size() == layout.trust_rows &&
              r.monitors.size() == layout.monitor_rows && r.modes.size() == mvs &&
              r.recipe.size() == mvs && r.request.asks.size() == mvs &&
              r.command.value.size() == mvs && r.command.action.size() == mvs &&
              r.proposals.size() == layout.proposal_sizes.size() &&
              r.guard_actions.size() <= layout.guard_actions &&
              r.events.size() <= domain::Record::event_room(tags, mvs);
  for (std::size_t i = 0; same && i < r.proposals.size(); ++i) {
    same = r.proposals[i].value.size() == layout.proposal_sizes[i];
  }
  return same;
}

/// What both directions remember of the records before, and the order of the parts.
class RecordCoder {
 public:
  explicit RecordCoder(const Layout& shape)
      : layout(shape),
        measured_(shape),
        reports_(shape.estimators),
        trust_(shape.trust_rows),
        monitors_(shape.monitor_rows),
        decided_(shape),
        acted_(shape) {}

  template <class W>
  void code(W& w, Part<W, domain::Record>& r, bool key) {
    if (key) {
      measured_.reset(), decided_.reset(), acted_.reset();
      std::fill(reports_.begin(), reports_.end(), domain::EstimatorReport{});
      std::fill(trust_.begin(), trust_.end(), domain::TrustReport{});
      std::fill(monitors_.begin(), monitors_.end(), domain::MonitorReport{});
      cycle_ = 0;
      time_ns_ = step_ns_ = 0;
      code_shape(w);
    }
    code_delta(w, r.cycle, cycle_ + 1);
    code_delta(w, r.time_ns, time_ns_ + step_ns_);
    step_ns_ = static_cast<std::uint64_t>(r.time_ns) - time_ns_;
    time_ns_ = static_cast<std::uint64_t>(r.time_ns);
    cycle_ = r.cycle;
    measured_.code(w, r);
    code_estimators(w, r);
    for (std::size_t i = 0; i < layout.trust_rows; ++i) code_trust(w, r.trust[i], trust_[i]);
    for (std::size_t i = 0; i < layout.monitor_rows; ++i) {
      code_monitor(w, r.monitors[i], monitors_[i]);
    }
    acted_.code_recipe(w, r);
    decided_.code(w, r, acted_.last_command());
    acted_.code(w, r, decided_.mvs_of());
  }

  std::uint64_t cycle() const noexcept { return cycle_; }

  const Layout layout;

 private:
  // A key record says its shape, so that a wrong layout is noticed before its numbers are used.
  void code_shape(Sink& w) {
    w.room(64 + layout.proposal_sizes.size() * Sink::kMaxVarint);
    w.uint(layout.names.tags.size());
    w.uint(layout.mv_duty.size());
    w.uint(layout.virtual_tags);
    w.uint(layout.proposal_sizes.size());
    for (const std::size_t size : layout.proposal_sizes) w.uint(size);
    if (layout.estimators != 0) w.uint(layout.estimators);
    if (layout.trust_rows != 0) w.uint(layout.trust_rows);
    if (layout.monitor_rows != 0) w.uint(layout.monitor_rows);
  }
  void code_shape(Source& w) {
    bool same = w.uint() == layout.names.tags.size();
    same = w.uint() == layout.mv_duty.size() && same;
    same = w.uint() == layout.virtual_tags && same;
    same = w.uint() == layout.proposal_sizes.size() && same;
    for (std::size_t i = 0; same && i < layout.proposal_sizes.size(); ++i) {
      same = w.uint() == layout.proposal_sizes[i];
    }
    if (layout.estimators != 0) same = same && w.uint() == layout.estimators;
    if (layout.trust_rows != 0) same = same && w.uint() == layout.trust_rows;
    if (layout.monitor_rows != 0) same = same && w.uint() == layout.monitor_rows;
    if (!same) w.fail("the record has another shape than the layout of its run");
  }

  // One byte while nothing happens. Journals without estimators have none.
  template <class W>
  void code_estimators(W& w, Part<W, domain::Record>& r) {
    for (std::size_t i = 0; i < layout.estimators; ++i) {
      auto& x = r.estimators[i];
      domain::EstimatorReport& last = reports_[i];
      w.room(64);
      std::uint8_t moved = 0;
      if constexpr (!W::kReading) {
        const bool inputs =
            x.inputs_sequence != last.inputs_sequence || x.inputs_time_ns != last.inputs_time_ns;
        const bool state = x.status != last.status || x.reason != last.reason;
        moved = static_cast<std::uint8_t>((state ? 1U : 0U) | (inputs ? 2U : 0U) |
                                          static_cast<unsigned>(x.job) << 2);
      }
      code_byte(w, moved);
      if constexpr (W::kReading) {
        if (moved >> 2 > static_cast<unsigned>(domain::JobFact::skipped)) {
          return w.fail("no such fact of an estimator");
        }
        x = last;
        x.job = static_cast<domain::JobFact>(moved >> 2);
      }
      if ((moved & 1) != 0) {
        code_enum(w, x.status, static_cast<std::size_t>(domain::ProposalStatus::fault) + 1);
        code_enum(w, x.reason, 256);
      }
      if ((moved & 2) != 0) {
        code_delta(w, x.inputs_sequence, r.frame.sequence);
        code_delta(w, x.inputs_time_ns, static_cast<std::uint64_t>(r.frame.time_ns));
      }
      last = x;
    }
  }

  MeasuredPart measured_;
  std::vector<domain::EstimatorReport> reports_;
  std::vector<domain::TrustReport> trust_;
  std::vector<domain::MonitorReport> monitors_;
  DecidedPart decided_;
  ActedPart acted_;
  std::uint64_t cycle_ = 0, time_ns_ = 0, step_ns_ = 0;
};

}  // namespace

struct Encoder::State {
  explicit State(const Layout& layout) : coder(layout), sink(worst_case(layout)) {}
  RecordCoder coder;
  Sink sink;
  bool key_next = true;
};

Encoder::Encoder(const Layout& layout) : state_(std::make_unique<State>(layout)) {}
Encoder::~Encoder() = default;
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;

std::span<const std::uint8_t> Encoder::encode(const domain::Record& record) {
  State& s = *state_;
  if (!has_shape(record, s.coder.layout)) return {};
  const bool key = s.key_next || record.cycle / kKeyInterval != s.coder.cycle() / kKeyInterval;
  s.key_next = false;
  s.sink.clear();
  s.sink.byte(key ? kKeyByte : kDeltaByte);
  s.coder.code(s.sink, record, key);
  return s.sink.bytes();
}

void Encoder::restart() noexcept { state_->key_next = true; }

struct Decoder::State {
  explicit State(const Layout& layout) : coder(layout) {}
  RecordCoder coder;
  bool synchronised = false;
};

Decoder::Decoder(const Layout& layout) : state_(std::make_unique<State>(layout)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

domain::Status Decoder::decode(std::span<const std::uint8_t> bytes, domain::Record& record) {
  State& s = *state_;
  if (!has_shape(record, s.coder.layout)) {
    return domain::Error{"", "the record to fill has not the shape of the layout"};
  }
  Source source(bytes);
  const std::uint8_t kind = source.byte();
  if (kind != kKeyByte && kind != kDeltaByte) source.fail("not the first byte of a record");
  const bool key = kind == kKeyByte;
  if (!key && !s.synchronised) {
    source.fail("needs the record before it, or a key record");
  }
  s.synchronised = false;
  if (source.ok()) s.coder.code(source, record, key);
  if (source.ok() && !source.at_end()) source.fail("goes on after the end of the record");
  if (!source.ok()) return source.error();
  s.synchronised = true;
  return domain::Done{};
}

bool is_key(std::span<const std::uint8_t> bytes) noexcept {
  return !bytes.empty() && bytes[0] == kKeyByte;
}

}  // namespace saggar::record
