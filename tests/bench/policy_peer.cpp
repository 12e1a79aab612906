// saggar-policy-bench BEGAN_NS: loads the policy plugin with a network of 3 x 64 for 30 zones, then
// times its step and a bare forward of the same network in turns. Prints seconds from BEGAN_NS (of
// the monotonic clock) to ready, then p50 and p99 of the step and of the forward, in us.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "plugins/host/instance.hpp"
#include "tests/controllers/policy/torch_mlp.hpp"
#include "tests/support/plants.hpp"

namespace saggar {
namespace {

constexpr int kZones = 30, kTurns = 400, kOfEach = 50;

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

plugin::Package package_of(const std::string& network) {
  plugin::Package p;
  p.id = "com.saggar.bench";
  p.version = "1";
  p.backend = "torchscript";
  p.sha256 = std::string(64, '0');
  p.period_s = 10;
  for (int z = 1; z <= kZones; ++z) {
    const std::string zone = (z < 10 ? "zone0" : "zone") + std::to_string(z);
    plugin::PackageOutput out{{}, "degC", 10, 1};
    for (const char* loop : {".top", ".bottom"}) {
      const std::string setpoint = zone + loop + ".setpoint";
      p.features.push_back({zone + loop + ".temperature", "degC", setpoint, -100, 100, 0, 10, {0}});
      out.tags.push_back(setpoint);
    }
    p.outputs.push_back(out);
  }
  p.members = {0};
  p.files = {{"model.pt", {network.begin(), network.end()}}};
  return p;
}

host::Active ready(const domain::Plant& plant, const plugin::Package& package) {
  const auto library = host::Library::open(SAGGAR_BINARY_DIR "/plugins/saggar-policy-heat.so");
  if (!library) throw std::runtime_error(library.error().text());
  host::InstanceSpec spec;
  spec.name = "policy";
  spec.period_s = 10;
  spec.latency_cycles = 1;
  auto created = host::instantiate(library.value(), plant, spec);
  if (!created) throw std::runtime_error(created.error().text());
  const auto given = created.value().give_package(std::make_shared<const plugin::Package>(package));
  if (!given) throw std::runtime_error(given.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active) throw std::runtime_error(active.error().text());
  return std::move(active).value();
}

void fill(host::StepIo& io, std::int64_t k) {
  for (const host::InputPort& in : io.inputs()) {
    for (std::size_t i = 0; i < in.value.size(); ++i) {
      in.value[i] = 700 + static_cast<double>((static_cast<std::size_t>(k) + i) % 17) - 8;
      in.quality[i] = SAGGAR_GOOD;
    }
  }
  for (const host::OutputPort& out : io.outputs()) {
    for (std::size_t i = 0; i < out.mvs.size(); ++i) {
      out.reference[i] = out.working[i] = 700;
      out.low[i] = 0;
      out.high[i] = 1000;
      out.limited[i] = 0;
      out.free[i] = 1;
    }
  }
  io.moment.cycle = static_cast<std::uint64_t>(k);
  io.moment.time_ns = k * 10'000'000'000;
  io.moment.driving = true;
}

double share(std::vector<std::int64_t>& ns, double of) {
  const auto at = static_cast<std::size_t>(of * static_cast<double>(ns.size()));
  std::nth_element(ns.begin(), ns.begin() + static_cast<std::ptrdiff_t>(at), ns.end());
  return 1e-3 * static_cast<double>(ns[at]);
}

int bench(std::int64_t began_ns) {
  const std::string network =
      policy::torchscript_bytes({2 * kZones, kZones, {64, 64, 64}, 1, 1, {}});
  const domain::Plant plant = testing::small_plant(kZones);
  host::Active active = ready(plant, package_of(network));
  const double ready_s = 1e-9 * static_cast<double>(now_ns() - began_ns);

  policy::BareForward bare(network, 2 * kZones);
  host::StepIo io = active.make_io();
  std::vector<float> x(2 * kZones, 0.3F);
  std::vector<std::int64_t> step_ns, bare_ns;
  std::int64_t k = 0;
  double sum = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    for (int i = 0; i < kOfEach; ++i) {
      fill(io, ++k);
      const std::int64_t began = now_ns();
      const host::StepResult result = active.step(io);
      step_ns.push_back(now_ns() - began);
      if (result.status != domain::ProposalStatus::ok) return 1;
    }
    for (int i = 0; i < kOfEach; ++i) {
      x[static_cast<std::size_t>(i)] = 0.01F * static_cast<float>(turn);
      const std::int64_t began = now_ns();
      sum += bare.run(x);
      bare_ns.push_back(now_ns() - began);
    }
  }
  std::printf("%.4f %.3f %.3f %.3f %.3f\n", ready_s, share(step_ns, 0.5), share(step_ns, 0.99),
              share(bare_ns, 0.5), share(bare_ns, 0.99));
  return std::isfinite(sum) ? 0 : 1;
}

}  // namespace
}  // namespace saggar

int main(int argc, char** argv) {
  try {
    return saggar::bench(argc > 1 ? std::strtoll(argv[1], nullptr, 10) : saggar::now_ns());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "saggar-policy-bench: %s\n", error.what());
    return 1;
  }
}
