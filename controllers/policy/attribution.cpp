#include "controllers/policy/attribution.hpp"

namespace saggar::policy {

void attribute(Network& network, const std::vector<double>& x, std::size_t output,
               std::vector<double>& shares) {
  std::vector<float> at(x.size()), slope(x.size());
  shares.assign(x.size(), 0.0);
  for (int step = 0; step < kAttributionSteps; ++step) {  // in the middle of each piece of the way
    const double part = (step + 0.5) / kAttributionSteps;
    for (std::size_t i = 0; i < x.size(); ++i) at[i] = static_cast<float>(part * x[i]);
    network.slopes(at.data(), output, slope.data());
    for (std::size_t i = 0; i < x.size(); ++i) shares[i] += x[i] * slope[i] / kAttributionSteps;
  }
}

}  // namespace saggar::policy
