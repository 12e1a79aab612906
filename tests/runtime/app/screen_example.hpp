// A digest of a small kiln, for the tests of what people see.
#pragma once

#include <string>

#include "runtime/wire/digest.hpp"

namespace saggar::app {

inline wire::DigestLoop example_loop(int zone, int loop) {
  wire::DigestLoop l;
  l.tag = "zone0" + std::to_string(zone + 1) + (loop == 0 ? ".top" : ".bottom") + ".setpoint";
  l.unit = units::Unit::degC;
  l.zone = static_cast<std::uint16_t>(zone);
  l.loop = static_cast<std::uint16_t>(loop);
  l.recipe_sp = 750;
  l.working_sp = 751.25;
  l.requested_sp = 751.5;
  l.pv = 749.5;
  l.quality = domain::Quality::good;
  l.target = l.actual = domain::Mode::rcas;
  l.output_percent = 43.2;
  return l;
}

/// Heat is driven by `pid`, second of four rungs; five events, the last from cycle 104.
inline wire::Digest example_digest(int zones = 3) {
  wire::Digest d;
  d.cycle = 3725;
  d.time_ns = 3'725'000'000'000;  // 1:02:05
  d.kiln = "p9";
  d.heartbeat = 42;
  d.link_up = true;
  d.frame_age_s = 0.4;
  wire::DigestDuty heat;
  heat.state = domain::AppState::on;
  heat.rung = 1;
  heat.rungs = {"mpc", "pid", "hold", "recipe"};
  heat.controller = "pid";
  heat.reason = domain::Reason::low_confidence;
  heat.since_cycle = 3000;
  wire::DigestDuty transport;
  transport.duty = domain::Duty::transport;
  transport.rungs = {"hold", "recipe"};
  transport.reason = domain::Reason::application_off;
  d.duties = {heat, transport};
  for (int z = 0; z < zones; ++z) {
    for (int l = 0; l < 2; ++l) d.loops.push_back(example_loop(z, l));
  }
  d.gates[3] = {100, 7, 1};
  d.gates[4] = {90, 10, 2};
  d.cycle_p50_us = 61;
  d.cycle_p99_us = 93;
  d.cycle_p999_us = 120;
  d.cycle_max_us = 217;
  d.overruns = 4;
  d.records_dropped = 6;
  for (std::uint64_t c = 100; c < 105; ++c) {
    d.events.push_back({c, domain::EventCode::link_lost, domain::Severity::error,
                        "english" + std::to_string(c), "한국어" + std::to_string(c)});
  }
  return d;
}

/// How many lines of `text` contain `word`.
inline int lines_with(const std::string& text, const std::string& word) {
  int n = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    n += text.substr(at, end - at).find(word) != std::string::npos ? 1 : 0;
    at = end + 1;
  }
  return n;
}

}  // namespace saggar::app
