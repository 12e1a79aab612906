// Loads an animal of the zoo up to the state a test needs.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "plugins/host/instance.hpp"
#include "tests/support/plants.hpp"

namespace saggar::host {

inline std::string zoo_path(const std::string& animal) {
  return SAGGAR_BINARY_DIR "/zoo/" + animal + ".so";
}

inline Library open_animal(const std::string& animal) {
  domain::Result<Library> library = Library::open(zoo_path(animal));
  if (!library.ok()) throw std::runtime_error(library.error().text());
  return library.value();
}

/// Two zones: four loops.
inline const domain::Plant& small() {
  static const domain::Plant plant = testing::small_plant(2);
  return plant;
}

inline InstanceSpec spec_of(std::vector<ParamSpec> params = {}) {
  InstanceSpec spec;
  spec.name = "under_test";
  spec.params = std::move(params);
  return spec;
}

inline Active active_animal(const std::string& animal, std::vector<ParamSpec> params = {},
                            const domain::Plant& plant = small()) {
  auto created = instantiate(open_animal(animal), plant, spec_of(std::move(params)));
  if (!created.ok()) throw std::runtime_error(created.error().text());
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) throw std::runtime_error(configured.error().text());
  auto active = std::move(configured).value().activate();
  if (!active.ok()) throw std::runtime_error(active.error().text());
  return std::move(active).value();
}

/// Good inputs of 740, references of 750, working values of 745, everything free.
inline void fill_inputs(StepIo& io) {
  for (const InputPort& in : io.inputs()) {
    for (double& v : in.value) v = 740;
    for (std::uint32_t& q : in.quality) q = SAGGAR_GOOD;
  }
  for (const OutputPort& out : io.outputs()) {
    for (std::size_t i = 0; i < out.mvs.size(); ++i) {
      out.reference[i] = 750;
      out.working[i] = 745;
      out.low[i] = 0;
      out.high[i] = 1000;
      out.limited[i] = 0;
      out.free[i] = 1;
    }
  }
}

/// The next step of a controller that drives, one second after the last.
inline StepResult next_step(Active& active, StepIo& io) {
  io.moment.cycle += 1;
  io.moment.time_ns += 1'000'000'000;
  io.moment.budget_ns = 100'000;
  io.moment.driving = true;
  return active.step(io);
}

}  // namespace saggar::host
