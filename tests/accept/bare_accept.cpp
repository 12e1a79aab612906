// Kiln and runtime with nothing around them: what the runner of suites is measured against. Run by
// bar 3 of `./dev accept hil`.
//
//   bare_accept HOURS     prints {"seconds": ..., "hash": "..."}
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "hil/suite/in_process.hpp"

int main(int argc, char** argv) {
  using namespace saggar;
  const double hours = argc > 1 ? std::atof(argv[1]) : 72;
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  const suite::InProcessFiles files{
      configs / "site/test.toml", configs / "kiln/p2.toml", configs / "kiln/p2.plant.toml",
      configs / "recipes/ncm811-p2.toml", configs / "control/pid.toml"};
  suite::InProcessOptions options;
  options.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  const auto began = std::chrono::steady_clock::now();
  auto made = suite::InProcess::make(files, options);
  if (!made) {
    std::fprintf(stderr, "%s\n", made.error().text().c_str());
    return 2;
  }
  suite::InProcess& run = *made.value();
  domain::Intent intent;
  intent.id = 1;
  intent.not_before = 1;
  intent.kind = domain::IntentKind::switch_on;
  intent.duty = domain::Duty::heat;
  intent.who.assign("operator");
  intent.station.assign("desk");
  intent.reason.assign("the best rung is to drive");
  run.offer(intent);
  run.cycles(static_cast<std::uint64_t>(hours * 3600));
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("{\"seconds\": %.3f, \"hash\": \"%s\"}\n", seconds, run.digest().c_str());
  return 0;
}
