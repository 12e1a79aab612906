// The policy plugin against a bare frozen forward of the same network, measured by a program of its
// own: this one does without LibTorch.
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tests/bench/bench.hpp"

namespace saggar::bench {

void policy(Report& report) {
  const std::string command =
      SAGGAR_BINARY_DIR "/bin/saggar-policy-bench " + std::to_string(now_ns());
  std::FILE* out = popen(command.c_str(), "r");
  double ready_s = 0, p50 = 0, p99 = 0, bare50 = 0, bare99 = 0;
  const int read = out == nullptr ? 0
                                  : std::fscanf(out, "%lf %lf %lf %lf %lf", &ready_s, &p50, &p99,
                                                &bare50, &bare99);
  if (out != nullptr) pclose(out);
  if (read != 5) {
    std::cerr << "saggar-bench: saggar-policy-bench gave no figures\n";
    std::exit(1);
  }
  report.at_most("policy step p50 over a bare frozen forward", 1.2, p50 / bare50, "x");
  report.at_most("policy step p99 over a bare frozen forward", 2, p99 / bare99, "x");
  report.at_most("policy start of the process to ready", 2, ready_s, "s");
  report.note("policy step p50", p50, "us");
  report.note("policy step p99", p99, "us");
  report.note("policy bare frozen forward p50", bare50, "us");
  report.note("policy bare frozen forward p99", bare99, "us");
}

}  // namespace saggar::bench
