#include "hil/line/line.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::line {

using faults::Kind;

namespace {

constexpr const char* kFrames = "frames";
constexpr const char* kCommands = "commands";

}  // namespace

Line::Line(const Settings& settings)
    : frames_(domain::Frame(settings.tags), instruments::stream(settings.seed, "line frames"),
              settings.figures),
      commands_(domain::Command(settings.mvs), instruments::stream(settings.seed, "line commands"),
                settings.figures),
      clock_(settings.figures.slew),
      arriving_(settings.tags),
      leaving_(settings.tags),
      lost_ns_(static_cast<std::int64_t>(settings.lost_s * 1e9)) {}

void Line::schedule(std::vector<faults::Fault> events, std::int64_t now_ns) {
  faults_ = faults::Schedule(std::move(events), 1e-9 * static_cast<double>(now_ns));
  now_ns_ = now_ns;
  realise();  // what was active is over
}

std::string Line::begin(const faults::Fault& fault) {
  for (const faults::Objection& o : faults::objections(fault)) {
    return std::string(o.field) + " " + o.text;
  }
  if (faults::realised_by(fault.fault) != faults::RealisedBy::line) {
    return "is nothing that a line could show: put it into the kiln, or ask a controller for it";
  }
  realise();
  return {};
}

void Line::end(const faults::Fault& /*fault*/) { realise(); }

Trouble Line::trouble(const char* direction) const noexcept {
  const auto worst = [&](Kind kind) {
    const double one = faults_.worst(kind, direction).value_or(0.0);
    return std::max(one, faults_.worst(kind, "").value_or(0.0));
  };
  Trouble t;
  t.delay_s = worst(Kind::link_delay);
  t.jitter_s = worst(Kind::link_jitter);
  t.loss = worst(Kind::link_random_loss);
  t.burst_loss = worst(Kind::link_burst_loss);
  t.reorder = worst(Kind::link_reorder);
  t.duplicate = worst(Kind::link_duplicate);
  t.corrupt = worst(Kind::link_corrupt);
  t.spacing_s = worst(Kind::link_rate_limit);
  t.cut = faults_.worst(Kind::link_half_open, direction).has_value();
  t.held =
      faults_.worst(Kind::link_partition, direction) || faults_.worst(Kind::link_partition, "");
  t.newest_first = worst(Kind::link_partition) >= 0.5;
  return t;
}

void Line::realise() {
  constexpr double kHour_s = 3600;
  frames_.set(trouble(kFrames), now_ns_);
  commands_.set(trouble(kCommands), now_ns_);
  const auto worst = [&](Kind kind) { return faults_.worst(kind, "").value_or(0.0); };
  const double step_s = worst(Kind::clock_jump) + worst(Kind::clock_ntp_step) -
                        worst(Kind::clock_leap_second) + kHour_s * worst(Kind::clock_dst_label);
  clock_.set(step_s, worst(Kind::clock_skew), faults_.worst(Kind::clock_freeze, "").has_value(),
             now_ns_);
}

void Line::send(const domain::Frame& frame, std::int64_t now_ns) {
  now_ns_ = now_ns;
  faults_.run(1e-9 * static_cast<double>(now_ns), *this);
  leaving_ = frame;
  move(leaving_, clock_.error_ns(now_ns));
  frames_.send(leaving_, now_ns);
}

bool Line::take(domain::Frame& frame, std::int64_t now_ns) {
  bool got = false;
  std::uint32_t missed = 0;
  while (frames_.take(arriving_, now_ns)) {
    heard_ns_ = now_ns;
    if (arriving_.sequence <= last_sequence_) {
      ++frames_.counts().refused;
      continue;
    }
    if (last_sequence_ != 0) {
      missed += static_cast<std::uint32_t>(arriving_.sequence - last_sequence_ - 1);
    }
    last_sequence_ = arriving_.sequence;
    field_up_ = arriving_.link_up;
    frame = arriving_;
    frame.received_ns = now_ns;
    got = true;
  }
  link_up_ = heard_ns_ >= 0 && now_ns - heard_ns_ <= lost_ns_;
  frame.missed = missed;
  frame.clock_jump_ns = 0;
  frame.link_up = link_up_ && field_up_;
  return got;
}

void Line::send(const domain::Command& command, std::int64_t now_ns) {
  if (link_up_) commands_.send(command, now_ns);
}

bool Line::take(domain::Command& command, std::int64_t now_ns) {
  if (!commands_.take(command, now_ns)) return false;
  move(command, -clock_.error_ns(now_ns));  // the devices judge it by their own clock
  return true;
}

void Line::serialize(domain::Archive& archive) {
  faults_.serialize(archive);
  frames_.serialize(archive);
  commands_.serialize(archive);
  clock_.serialize(archive);
  archive(now_ns_, last_sequence_, heard_ns_, field_up_, link_up_);
}

}  // namespace saggar::line
