// Loads one plugin as the runtime does, and steps it: 4 loops 10 K below a recipe of 750 degC.
#include <cstdio>

#include "plugins/host/instance.hpp"
#include "tests/support/plants.hpp"

namespace {

using namespace saggar;  // NOLINT(google-build-using-namespace)

int complain(const domain::Error& error) {
  std::printf("%s\n", error.text().c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto library = host::Library::open(argv[1]);
  if (!library.ok()) return complain(library.error());
  const domain::Plant plant = testing::small_plant(2);
  host::InstanceSpec spec;
  spec.name = "consumer";
  spec.params = {{"gain_per_h", 3.6, {}}};
  auto created = host::instantiate(library.value(), plant, spec);
  if (!created.ok()) return complain(created.error());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) return complain(configured.error());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) return complain(active.error());
  const domain::Status state = active.value().verify_state();
  if (!state.ok()) return complain(state.error());

  host::StepIo io = active.value().make_io();
  for (const host::InputPort& in : io.inputs()) {
    for (double& v : in.value) v = 740;
    for (auto& q : in.quality) q = SAGGAR_GOOD;
  }
  for (const host::OutputPort& out : io.outputs()) {
    for (std::size_t i = 0; i < out.mvs.size(); ++i) {
      out.reference[i] = out.working[i] = 750;
      out.high[i] = 1000;
      out.free[i] = 1;
    }
  }
  for (int cycle = 1; cycle <= 100; ++cycle) {
    io.moment = {static_cast<std::uint64_t>(cycle), cycle * 1'000'000'000LL, 100'000, true};
    if (active.value().step(io).status != domain::ProposalStatus::ok) {
      std::printf("step %d failed: %s\n", cycle, std::string(io.message()).c_str());
      return 1;
    }
  }
  // 10 K for 100 s at 0.001 K per K and second: 1 K.
  std::printf("%s proposes %.6g\n", std::string(library.value().id()).c_str(),
              io.outputs()[0].value[0]);
  return 0;
}
