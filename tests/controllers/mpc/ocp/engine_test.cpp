// The same problems give the same bits: on every instruction set, in every solver, again and again.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/controllers/mpc/ocp/problems.hpp"

namespace saggar::ocp {
namespace {

/// Inputs of a little closed loop, one after the other.
std::vector<double> loop(const EngineKind& kind, bool bands) {
  Problem p(chain(11, 14, bands));  // no multiple of eight: padding takes part
  fill_chain(p, 1.5);
  Solver solver(p, {}, kind);
  Dice dice{7};
  std::vector<double> all;
  for (int t = 0; t < 12; ++t) {
    EXPECT_EQ(solver.solve().status, Status::solved) << kind.name << " step " << t;
    std::memcpy(p.x0(), solver.state(0), 11 * sizeof(double));
    for (std::size_t i = 0; i < 11; ++i) p.x0()[i] += dice(-0.1, 0.1);
    std::memcpy(p.u_before(), solver.input(0), 11 * sizeof(double));
    for (std::size_t k = 0; k < 14; ++k) {
      all.insert(all.end(), solver.input(k), solver.input(k) + 11);
      all.insert(all.end(), solver.rate_multiplier(k), solver.rate_multiplier(k) + 11);
    }
  }
  return all;
}

TEST(Bits, EveryInstructionSetGivesTheSame) {
  for (const bool bands : {false, true}) {
    const std::vector<double> expected = loop(*engine_named("baseline"), bands);
    for (const char* name : {"avx2", "avx512"}) {
      const EngineKind* kind = engine_named(name);
      if (kind == nullptr) continue;  // not on this machine
      const std::vector<double> got = loop(*kind, bands);
      EXPECT_EQ(std::memcmp(got.data(), expected.data(), got.size() * sizeof(double)), 0) << name;
    }
  }
}

TEST(Bits, ASecondSolverGivesTheSame) {
  const std::vector<double> first = loop(best_engine(), true), second = loop(best_engine(), true);
  EXPECT_EQ(std::memcmp(first.data(), second.data(), first.size() * sizeof(double)), 0);
}

TEST(Bits, AForgetfulSolverIsANewOne) {
  Problem p(chain(5, 10, true));
  fill_chain(p, 2.0);
  Solver used(p), fresh(p);
  p.x0()[0] = 0.7;
  ASSERT_EQ(used.solve().status, Status::solved);
  p.x0()[0] = -0.3;
  used.forget();
  ASSERT_EQ(used.solve().status, Status::solved);
  ASSERT_EQ(fresh.solve().status, Status::solved);
  for (std::size_t k = 0; k < 10; ++k) {
    EXPECT_EQ(std::memcmp(used.input(k), fresh.input(k), 5 * sizeof(double)), 0);
  }
}

TEST(Bits, AnEngineNobodyMadeIsNull) { EXPECT_EQ(engine_named("abacus"), nullptr); }

}  // namespace
}  // namespace saggar::ocp
