// Records with every field at random, for the tests of the codec.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "runtime/domain/record.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record::example {

using domain::Record;

/// Records whose every field may be anything that its type and the counts allow.
class Random {
 public:
  explicit Random(std::uint64_t seed) : random_(seed) {}

  std::uint64_t bits() { return random_(); }
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  bool once_in(std::uint64_t n) { return below(n) == 0; }

  /// Numbers on a grid, near `near`, special ones, or any 64 bits.
  double number(double near, double resolution) {
    switch (below(8)) {
      case 0:
        return std::bit_cast<double>(bits());
      case 1:
        return special();
      case 2:
        return near;
      case 3:
        return near + static_cast<double>(below(1000)) * 1e-3;
      case 4:
        return static_cast<double>(below(20000)) / 10.0;
      default:
        break;
    }
    const double r = resolution > 0 ? resolution : 0.25;
    return (std::round(near / r) + static_cast<double>(below(200)) - 100.0) * r;
  }
  double special() {
    using Limits = std::numeric_limits<double>;
    const double all[] = {0.0,
                          -0.0,
                          Limits::quiet_NaN(),
                          -Limits::quiet_NaN(),
                          std::bit_cast<double>(0x7FF0000000000001ULL),  // signalling NaN
                          std::bit_cast<double>(0xFFF8DEADBEEF1234ULL),
                          Limits::infinity(),
                          -Limits::infinity(),
                          Limits::denorm_min(),
                          -Limits::denorm_min(),
                          Limits::min(),
                          Limits::max(),
                          Limits::lowest(),
                          1e300,
                          0x1p51,
                          -0x1p52};
    return all[below(std::size(all))];
  }
  std::int64_t time() {
    switch (below(4)) {
      case 0:
        return static_cast<std::int64_t>(bits());
      case 1:
        return std::numeric_limits<std::int64_t>::min();
      default:
        return static_cast<std::int64_t>(below(1'000'000'000'000));
    }
  }
  template <class E>
  E one_of(unsigned count) {
    return static_cast<E>(below(count));
  }
  template <std::size_t N>
  domain::FixedText<N> text() {
    std::string s;
    for (std::uint64_t n = below(N + 8); n != 0; --n) s += once_in(5) ? "한" : "q";
    return domain::FixedText<N>(s);
  }

  /// Changes about one field in `rarity` of the record; cycle rises.
  void change(Record& r, const Layout& layout, std::uint64_t rarity) {
    rarity_ = rarity;
    r.cycle += once_in(20) ? 1 + below(600) : 1;
    r.time_ns = once_in(30) ? time() : r.time_ns + 1'000'000'000;
    frame(r.frame, r, layout);
    if (!once_in(4)) r.screened = r.frame;
    if (once_in(4)) frame(r.screened, r, layout);
    for (std::size_t i = 0; i < r.estimate.samples.size(); ++i) {
      sample(r.estimate.samples[i], 0.0, r.time_ns);
      if (turn()) r.estimate.sigma[i] = number(1.0, 0);
    }
    for (domain::EstimatorReport& e : r.estimators) {
      if (turn()) e.status = one_of<domain::ProposalStatus>(6);
      if (turn()) e.reason = one_of<domain::Reason>(256);
      e.job = one_of<domain::JobFact>(4);
      if (turn()) e.inputs_sequence = bits();
      if (turn()) e.inputs_time_ns = time();
    }
    for (domain::TrustReport& t : r.trust) {
      if (!turn()) continue;
      t.controller = static_cast<domain::ControllerId>(below(256));
      t.group = static_cast<std::uint8_t>(below(256));
      t.level = one_of<domain::Level>(domain::kLevelCount);
      t.reason = one_of<domain::Reason>(256);
      t.since_cycle = bits(), t.card = bits(), t.card_cycle = bits();
      for (auto* n : {&t.shown, &t.accepted, &t.modified, &t.rejected, &t.expired}) {
        *n = static_cast<std::uint32_t>(bits());
      }
    }
    for (domain::MonitorReport& m : r.monitors) {
      if (turn()) monitor(m);
    }
    decided(r);
    acted(r, layout);
    timing(r);
  }

 private:
  bool turn() { return once_in(rarity_); }

  void monitor(domain::MonitorReport& m) {
    m.controller = static_cast<domain::ControllerId>(below(256));
    m.periods = bits();
    for (double* v : {&m.distance, &m.spread, &m.residual, &m.band, &m.coverage, &m.bias,
                      &m.difference, &m.drift_level}) {
      if (turn()) *v = number(*v, 0);
    }
    m.differs = static_cast<domain::TagId>(below(65536));
    m.coverage_off = turn();
    m.over = static_cast<std::uint8_t>(below(8));
    m.drift = one_of<domain::Drift>(domain::kDriftCount);
    m.reason = one_of<domain::Reason>(256);
  }
  void sample(domain::Sample& s, double resolution, std::int64_t now) {
    if (turn()) s.value = number(s.value, resolution);
    s.time_ns = once_in(50) ? time() : once_in(rarity_) ? s.time_ns : now;
    if (turn()) s.quality = one_of<domain::Quality>(3);
    if (turn()) s.sub_status = one_of<domain::SubStatus>(domain::kSubStatusCount);
  }
  void frame(domain::Frame& f, const Record& r, const Layout& layout) {
    f.sequence = turn() ? bits() : f.sequence + 1;
    f.time_ns = turn() ? time() : r.time_ns;
    f.received_ns = time();
    f.missed = turn() ? static_cast<std::uint32_t>(bits()) : 0;
    f.link_up = !turn();
    for (std::size_t i = 0; i < f.samples.size(); ++i) {
      sample(f.samples[i], layout.tag_resolution[i], f.time_ns);
    }
  }
  void intent(domain::Intent& x) {
    x = {};
    x.id = bits();
    x.not_before = bits();
    x.kind = one_of<domain::IntentKind>(domain::kIntentKindCount);
    x.mv = static_cast<domain::MvId>(bits());
    x.duty = one_of<domain::Duty>(3);
    x.mode = one_of<domain::Mode>(domain::kModeCount);
    x.rung = static_cast<std::uint8_t>(bits());
    x.controller = static_cast<std::uint8_t>(bits());
    x.value = number(0, 0.1);
    x.key = text<48>();
    x.who = text<32>();
    x.station = text<32>();
    x.reason = text<128>();
  }
  void decided(Record& r) {
    r.intents.clear();
    r.answers.clear();
    for (std::uint64_t n = turn() ? below(11) : 0; n != 0; --n) {
      domain::Intent x;
      intent(x);
      r.intents.push(x);
      r.answers.push(
          {bits(), text<32>(), bits(), one_of<domain::AnswerKind>(4), one_of<domain::Reason>(256)});
    }
    for (domain::ModeBlock& m : r.modes) {
      if (turn()) m.target = one_of<domain::Mode>(8);
      if (turn()) m.actual = one_of<domain::Mode>(8);
      if (turn()) m.normal = one_of<domain::Mode>(8);
      if (turn()) m.permitted = static_cast<domain::ModeMask>(bits());
      if (turn()) m.limited = one_of<domain::Limited>(4);
    }
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      if (turn()) r.applications[d] = one_of<domain::AppState>(domain::kAppStateCount);
      if (!turn()) continue;
      const auto u8 = [&] { return static_cast<std::uint8_t>(bits()); };
      r.decisions[d] = {u8(),
                        u8(),
                        once_in(2) ? u8() : one_of<std::uint8_t>(3),
                        one_of<domain::Reason>(256),
                        bits(),
                        once_in(2),
                        number(0, 0),
                        one_of<domain::Reason>(256),
                        {},
                        static_cast<std::uint32_t>(bits()),
                        static_cast<std::uint32_t>(bits()),
                        one_of<domain::Reason>(256),
                        once_in(2)};
      for (domain::Reason& why : r.decisions[d].blocked) why = one_of<domain::Reason>(256);
    }
    for (domain::Proposal& p : r.proposals) proposal(p, r);
  }
  void proposal(domain::Proposal& p, const Record& r) {
    if (turn()) p.controller = one_of<std::uint8_t>(4);
    if (turn()) p.duty = one_of<domain::Duty>(3);
    if (turn()) p.status = one_of<domain::ProposalStatus>(6);
    if (turn()) p.reason = one_of<domain::Reason>(256);
    if (turn()) p.inputs_sequence = once_in(3) ? bits() : r.frame.sequence;
    if (turn()) p.inputs_time_ns = once_in(3) ? time() : r.frame.time_ns;
    if (turn()) p.confidence = number(0.5, 0);
    for (double& v : p.value) {
      if (turn()) v = number(v, 0);
    }
  }
  void acted(Record& r, const Layout& layout) {
    for (std::size_t i = 0; i < r.recipe.size(); ++i) {
      const double grid = layout.mv_resolution[i];
      domain::Ask& ask = r.request.asks[i];
      if (turn()) r.recipe[i] = number(r.recipe[i], grid);
      if (turn()) ask.value = once_in(2) ? r.recipe[i] : number(ask.value, grid);
      if (turn() && !r.proposals.empty() && !r.proposals[0].value.empty()) {
        ask.value = r.proposals[0].value[i % r.proposals[0].value.size()];
      }
      if (turn()) ask.source = one_of<domain::Source>(5);
      if (turn()) ask.inputs_sequence = once_in(3) ? bits() : r.frame.sequence;
      if (turn()) ask.inputs_time_ns = once_in(3) ? time() : r.frame.time_ns;
      if (turn()) r.command.value[i] = once_in(2) ? ask.value : number(ask.value, grid);
      if (turn()) r.command.action[i] = one_of<domain::Action>(3);
    }
    r.command.cycle = turn() ? bits() : r.cycle;
    r.command.frame_sequence = turn() ? bits() : r.frame.sequence;
    r.command.time_ns = turn() ? time() : r.time_ns;
    r.command.valid_until_ns = turn() ? time() : r.command.time_ns;
    r.command.heartbeat = turn() ? static_cast<std::uint32_t>(bits()) : r.command.heartbeat + 1;
    for (auto& gate : r.gates) {
      for (std::uint32_t& n : gate) n = turn() ? static_cast<std::uint32_t>(bits()) : n;
    }
    r.guard_actions.clear();
    const std::uint64_t actions = turn() ? below(r.guard_actions.capacity() + 4) : 0;
    for (std::uint64_t n = 0; n < actions; ++n) action(r);
    r.events.clear();
    const std::uint64_t events = turn() ? below(r.events.capacity() + 4) : 0;
    for (std::uint64_t n = 0; n < events; ++n) event(r);
  }
  double candidate(const Record& r, std::uint16_t mv) {
    if (mv >= r.recipe.size() || once_in(3)) return number(0, 0);
    return once_in(2) ? r.request.asks[mv].value : r.command.value[mv];
  }
  std::uint16_t some_mv(const Record& r) {
    return static_cast<std::uint16_t>(once_in(4) ? bits() : below(r.recipe.size() + 1));
  }
  void action(Record& r) {
    const std::uint16_t mv = some_mv(r);
    r.guard_actions.push({mv, one_of<domain::Gate>(domain::kGateCount), one_of<domain::Outcome>(3),
                          one_of<domain::Reason>(256), candidate(r, mv), candidate(r, mv)});
  }
  void event(Record& r) {
    const std::uint16_t a = some_mv(r);
    r.events.push({static_cast<domain::EventCode>(once_in(3) ? bits() & 0xFFFF : 50), a,
                   static_cast<std::uint16_t>(bits()), candidate(r, a), candidate(r, a)});
  }
  void timing(Record& r) {
    r.timing = {time(), time(), time(), time(), time()};
    r.screened.received_ns = time();
  }

  std::mt19937_64 random_;
  std::uint64_t rarity_ = 10;
};

}  // namespace saggar::record::example
