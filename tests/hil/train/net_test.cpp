#include "hil/train/net.hpp"

#include <gtest/gtest.h>

namespace saggar::train {
namespace {

Study small() {
  Study s;
  s.inputs = 3;
  s.targets = 2;
  s.width = 4;
  s.layers = 2;
  s.straight = {1, 0, 0, 1, 0, 0};
  s.bias = {0.5F, 0};
  return s;
}

TEST(Net, GoesThereAndBackAsTorchScript) {
  const Net net(small());
  const Net again(small(), net.torchscript());
  const at::Tensor x = torch::linspace(-1, 1, 12).reshape({4, 3});
  EXPECT_TRUE(torch::equal(net.forward(x), again.forward(x)));
}

TEST(Net, OnlyWhatIsNotLinearLearns) {
  Net net(small());
  std::int64_t count = 0;
  for (const at::Tensor& p : net.parameters()) count += p.numel();
  EXPECT_EQ(count, 3 * 4 + 4 + 4 * 4 + 4 + 4 * 2 + 2);
}

TEST(Net, RowsThatAreNotAskedForCostNothing) {
  const float x[] = {0, 0, 0};
  const float y[] = {NAN, 3.5F};
  const Net net(small());
  const Asked rows(small(), {x, y, 1});
  const double said = net.forward(rows.x)[0][1].item<double>();
  EXPECT_NEAR(loss_of(net, rows, torch::ones({2})).item<double>(), (said - 3.5) * (said - 3.5),
              1e-5);
}

}  // namespace
}  // namespace saggar::train
