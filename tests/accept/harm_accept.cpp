// A harmful controller of the zoo in the seat of a drawn P1, or the backup rung alone, seed after
// seed: a line of JSON each. Not part of ctest: `policy_harm.py` runs it.
//
//   harm_accept ANIMAL|pid FIRST_SEED SEEDS HOURS ABOVE_K FILTERED(0|1)
#include <cstdio>
#include <cstdlib>

#include "tests/closed_loop/harm.hpp"

namespace saggar {
namespace {

void print(const testing::HarmSetUp& how, const testing::HarmResult& r) {
  const auto n = [](std::uint64_t count) { return static_cast<unsigned long long>(count); };
  std::printf(
      "{\"animal\": \"%s\", \"seed\": %llu, \"hours\": %g, \"above_K\": %g, \"filtered\": %s, "
      "\"most_K\": %.2f, \"nearest_K\": %.2f, \"passed\": %llu, \"approaches\": %llu, "
      "\"trips\": %llu, \"commands_out\": %llu, \"clips\": %llu, \"infeasible\": %llu, "
      "\"surprises\": %llu, \"in_seat\": %.4f}\n",
      how.animal.empty() ? "pid" : how.animal.c_str(), n(how.seed), how.hours, how.above_K,
      how.filtered ? "true" : "false", r.most_K, r.nearest_K, n(r.passed), n(r.approaches),
      n(r.trips), n(r.commands_out), n(r.clips), n(r.infeasible), n(r.surprises),
      static_cast<double>(r.in_seat) / static_cast<double>(r.cycles));
  std::fflush(stdout);
}

}  // namespace
}  // namespace saggar

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr,
                 "usage: harm_accept ANIMAL|pid FIRST_SEED SEEDS HOURS ABOVE_K FILTERED(0|1)\n");
    return 1;
  }
  saggar::testing::HarmSetUp how;
  how.animal = std::string(argv[1]) == "pid" ? "" : argv[1];
  const std::uint64_t first = std::strtoull(argv[2], nullptr, 10);
  const std::uint64_t seeds = std::strtoull(argv[3], nullptr, 10);
  how.hours = std::atof(argv[4]);
  how.above_K = std::atof(argv[5]);
  how.filtered = std::atoi(argv[6]) != 0;
  for (how.seed = first; how.seed < first + seeds; ++how.seed) {
    saggar::print(how, saggar::testing::Harm(how).run());
  }
  return 0;
}
