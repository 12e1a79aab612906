// A mode engine with a kiln of two zones around it.
#pragma once

#include "runtime/operate/mode_engine.hpp"
#include "tests/support/plants.hpp"

namespace saggar::testing {

using domain::AppState;
using domain::Mode;
using domain::MvId;
using domain::Reason;
using domain::Source;
using operate::Authority;
using operate::Owner;

inline constexpr MvId kMv = 1;

/// A kiln of two zones whose field goes remote when the runtime asks for it.
struct ModeDesk {
  explicit ModeDesk(domain::Plant kiln = small_plant(2), operate::ModeSettings settings = {})
      : plant(std::move(kiln)), engine(plant, settings), frame(plant.tags.size()) {
    for (const domain::Mv& mv : plant.mvs) {
      set(mv.working, 750);
      set(mv.remote, 0);
    }
    step();
  }
  void set(domain::TagId tag, double value, domain::Quality quality = domain::Quality::good) {
    frame.samples[tag] = {value, time_ns, quality, domain::SubStatus::none};
  }
  void step(double dt_s = 1) {
    time_ns += static_cast<std::int64_t>(dt_s * 1e9);
    events.clear();
    engine.update({1, time_ns, period_s, frame, link_up, heartbeat, applications}, events);
    if (!obedient) return;
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {  // as a furnace controller does
      const Source source = engine.source(static_cast<MvId>(i));
      set(plant.mvs[i].remote, link_up && source != Source::none ? 1 : 0);
    }
  }
  void settle(int cycles = 3) {
    for (int k = 0; k < cycles; ++k) step();
  }
  void all_on() {
    applications.fill(AppState::on);
    settle();
  }
  Mode actual(MvId mv = kMv) const { return engine.blocks()[mv].actual; }
  Mode target(MvId mv = kMv) const { return engine.blocks()[mv].target; }
  Reason ask(Mode mode, Authority by = Authority::operator_) {
    return engine.request(kMv, mode, by);
  }

  domain::Plant plant;
  operate::ModeEngine engine;
  domain::Frame frame;
  domain::Bounded<domain::Event> events{256};
  std::array<AppState, domain::kDutyCount> applications{};
  std::int64_t time_ns = 0;
  double period_s = 30;
  bool link_up = true, heartbeat = true, obedient = true;
};

}  // namespace saggar::testing
