#include "hil/train/learner.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "controllers/policy/network.hpp"

namespace saggar::train {
namespace {

struct Data {
  std::vector<float> x, y;
};

/// y0 = |x0|, which is not linear; y1 = x1, of which every other one is not asked for.
Data bends(int count) {
  Data d;
  for (int i = 0; i < count; ++i) {
    const auto a = static_cast<float>(std::sin(1.7 * i)), b = static_cast<float>(std::cos(i));
    d.x.insert(d.x.end(), {a, b});
    d.y.push_back(std::abs(a));
    d.y.push_back(i % 2 == 0 ? b : std::numeric_limits<float>::quiet_NaN());
  }
  return d;
}

Study small() {
  Study s;
  s.inputs = 2;
  s.targets = 2;
  s.width = 16;
  s.layers = 2;
  s.epochs = 60;
  s.batch = 32;
  s.rate = 1e-2;
  s.worth = {1, 1};
  s.straight = {0, 0, 0, 1};  // y1 = x1 is given
  s.bias = {0, 0};
  return s;
}

Learnt learn(const Data& d, const Study& s) {
  const std::size_t n = d.x.size() / s.inputs;
  return train::learn(s, {d.x.data(), d.y.data(), n}, {d.x.data(), d.y.data(), n / 2}, {});
}

TEST(Learner, LearnsWhatIsNotLinear) {
  const Data d = bends(512);
  const Learnt learnt = learn(d, small());
  ASSERT_EQ(learnt.loss.size(), 60U);
  EXPECT_LT(learnt.loss.back(), 0.05 * learnt.loss.front());
  EXPECT_LT(learnt.held_out_loss.back(), 0.01);
  const std::vector<float> said = answers(learnt.torchscript, small(), d.x.data(), 512);
  double error = 0;
  for (std::size_t i = 0; i < 512; ++i) error += std::pow(said[2 * i] - d.y[2 * i], 2) / 512;
  EXPECT_LT(std::sqrt(error), 0.08);
}

TEST(Learner, TheSameSeedGivesTheSameBytesAndAnotherOneDoesNot) {
  const Data d = bends(64);
  Study s = small();
  s.epochs = 3;
  const std::string once = learn(d, s).torchscript;
  EXPECT_EQ(once, learn(d, s).torchscript);
  s.seed = 2;
  EXPECT_NE(once, learn(d, s).torchscript);
}

TEST(Learner, ThePluginReadsWhatItWrites) {
  const Data d = bends(64);
  Study s = small();
  s.epochs = 2;
  const Learnt learnt = learn(d, s);
  const auto network = policy::load_torchscript(
      "member1.pt", reinterpret_cast<const std::uint8_t*>(learnt.torchscript.data()),
      learnt.torchscript.size(), {2, 2});
  const std::vector<float> said = answers(learnt.torchscript, s, d.x.data(), 64);
  for (std::size_t i = 0; i < 64; ++i) {
    float y[2];
    network->run(&d.x[2 * i], y);
    EXPECT_NEAR(y[0], said[2 * i], 1e-6);
    EXPECT_NEAR(y[1], said[2 * i + 1], 1e-6);
  }
}

TEST(Learner, ALossThatIsNoNumberSaysWhatWouldBeRight) {
  Data d = bends(64);
  d.x[0] = std::numeric_limits<float>::infinity();
  try {
    (void)learn(d, small());
    FAIL() << "learnt from infinity";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("a lower rate would be right"));
  }
  EXPECT_THROW((void)train::learn(small(), {}, {}, {}), std::runtime_error);
}

}  // namespace
}  // namespace saggar::train
