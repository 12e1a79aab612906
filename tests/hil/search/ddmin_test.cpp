#include "hil/search/ddmin.hpp"

#include <gtest/gtest.h>

namespace saggar::search {
namespace {

using Parts = std::vector<std::size_t>;

/// Fails if all of `needed` are there; counts what it was asked.
struct Synthetic {
  Parts needed;
  std::size_t asked = 0;

  std::size_t operator()(const std::vector<Parts>& candidates) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      ++asked;
      const bool all = std::all_of(needed.begin(), needed.end(), [&](std::size_t part) {
        return std::find(candidates[i].begin(), candidates[i].end(), part) != candidates[i].end();
      });
      if (all) return i;
    }
    return candidates.size();
  }
};

TEST(Ddmin, FindsTheOneThatIsEnough) {
  Synthetic test{{5}};
  EXPECT_EQ(ddmin(8, std::ref(test)), Parts{5});
  EXPECT_LE(test.asked, 8U);  // nothing, then halves: at most 2 log2(8) more
}

TEST(Ddmin, FindsTwoFarApart) {
  Synthetic test{{0, 19}};
  EXPECT_EQ(ddmin(20, std::ref(test)), (Parts{0, 19}));
}

TEST(Ddmin, KeepsAllThatAreNeeded) {
  Synthetic test{{0, 1, 2, 3, 4}};
  EXPECT_EQ(ddmin(5, std::ref(test)), (Parts{0, 1, 2, 3, 4}));
}

TEST(Ddmin, LeavesNothingWhereNothingIsNeeded) {
  Synthetic test;
  EXPECT_EQ(ddmin(7, std::ref(test)), Parts{});
  EXPECT_EQ(test.asked, 1U);
  EXPECT_EQ(ddmin(0, std::ref(test)), Parts{});
}

// Zeller and Hildebrandt: what is left cannot lose any single part.
TEST(Ddmin, NothingOfTheResultCanBeLeftOut) {
  for (std::size_t mask = 1; mask < 256; mask += 7) {
    Synthetic test;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if ((mask >> bit & 1U) != 0) test.needed.push_back(bit);
    }
    EXPECT_EQ(ddmin(8, std::ref(test)), test.needed);
  }
}

}  // namespace
}  // namespace saggar::search
