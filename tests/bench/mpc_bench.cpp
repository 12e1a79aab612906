// The solver of the model-predictive controller on the family of kiln problems kept beside the
// tree, held against the recorded peers. Times are divided by those of a calibration kernel, run
// just before on this machine and recorded with the peers (18.9 us), so that machines can be
// compared.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/bench/bench.hpp"
#include "tests/controllers/mpc/ocp/tapes.hpp"

namespace saggar::bench {
namespace {

constexpr double kPeersCalibration_us = 18.9;
const std::string kFolder = std::string(SAGGAR_SHARED_DIR) + "/bench/mpc";

/// Best of the accurate peers for one problem, us.
struct Peers {
  double p50 = 1e300, p99 = 1e300;  // p99: of those whose work is bounded
  std::string fastest, steadiest;
};

/// Accurate: gap <= 1e-5, first move within 2.5e-3, violation <= 1e-5, 200 steps without failure.
/// Bounded: interior point (HPIPM); active sets and splitting methods are not.
std::map<std::string, Peers> recorded() {
  std::ifstream in(kFolder + "/results.csv");
  std::map<std::string, Peers> peers;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> f;
    std::stringstream parts(line);
    for (std::string part; std::getline(parts, part, ',');) f.push_back(part);
    if (f.size() < 16) continue;
    const auto number = [&](std::size_t i) { return std::strtod(f[i].c_str(), nullptr); };
    if (number(11) > 1e-5 || number(12) > 2.5e-3 || number(13) > 1e-5 || number(14) > 0 ||
        number(15) < 200) {
      continue;
    }
    Peers& best = peers[f[1] + "_nz" + f[2] + "_N" + f[3]];
    if (number(5) < best.p50) best.p50 = number(5), best.fastest = f[0];
    if (f[0].rfind("HPIPM", 0) == 0 && number(6) < best.p99) {
      best.p99 = number(6), best.steadiest = f[0];
    }
  }
  return peers;
}

/// Median time of the calibration kernel here, us.
double calibration_us() {
  std::FILE* out = popen(SAGGAR_BINARY_DIR "/bin/saggar-mpc-calibrate", "r");
  double p50 = 0;
  const int read = out != nullptr ? std::fscanf(out, "llt96_us p50 %lf", &p50) : 0;
  if (out != nullptr) pclose(out);
  if (read != 1 || !(p50 > 0)) {
    std::cerr << "saggar-bench: saggar-mpc-calibrate gave no figure\n";
    std::exit(1);
  }
  return p50;
}

double share(std::vector<double> seconds, double of) {
  std::sort(seconds.begin(), seconds.end());
  const auto at = static_cast<std::size_t>(of * static_cast<double>(seconds.size()));
  return 1e6 * seconds[std::min(seconds.size() - 1, at)];
}

}  // namespace

void mpc(Report& report) {
  const auto peers = recorded();
  if (peers.empty()) {
    std::cerr << "saggar-bench: no peers in " << kFolder << "/results.csv; set SAGGAR_SHARED_DIR\n";
    std::exit(1);
  }
  for (const char* variant : {"box", "soft", "ltv"}) {
    for (const int zones : {8, 16, 32}) {
      double before = 0;
      for (const int stages : {20, 40, 80}) {
        const std::string name =
            std::string(variant) + "_nz" + std::to_string(zones) + "_N" + std::to_string(stages);
        const Peers& best = peers.at(name);
        const double scale = kPeersCalibration_us / calibration_us();
        const ocp::TapeResult ours = ocp::replay(kFolder + "/data", name, ocp::best_engine(), 3);
        const double p50 = share(ours.seconds, 0.5), p99 = share(ours.seconds, 0.99);
        report.at_most(name + " p50 over the fastest peer (" + best.fastest + ")", 1,
                       p50 * scale / best.p50, "x");
        report.at_most(name + " p99 over the bounded peer (" + best.steadiest + ")", 1,
                       p99 * scale / best.p99, "x");
        report.note(name + " p50", p50, "us");
        report.note(name + " p99", p99, "us");
        report.at_most(name + " objective gap", 1e-8, ours.gap, "1");
        report.at_most(name + " residual", 1e-8, ours.residual, "1");
        report.at_most(name + " steps not solved", 0, ours.unsolved, "1");
        if (before > 0) report.note(name + " p50 over half the stages", p50 / before, "x");
        before = p50;
      }
    }
  }
}

}  // namespace saggar::bench
