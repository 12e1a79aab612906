// The step of both plugins, its explanation, its saved state and a parameter change touch no heap.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <new>
#include <saggar/plugin/testing.hpp>
#include <vector>

#include "controllers/pid/plugins.hpp"

namespace {
thread_local long allocations = 0;
}

// Not inlined: the compiler would else see new and free as a mismatched pair.
[[gnu::noinline]] void* operator new(std::size_t n) {
  ++allocations;
  if (void* p = std::malloc(n)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace saggar::pid {
namespace {

// One loop, called through the C table as the runtime does.
struct OneLoop {
  double pv = 750, companion = 45, value = 0, working = 750, reference = 750, low = 0, high = 1000;
  std::uint32_t quality = SAGGAR_GOOD, limited = 0, free = 1;
  char message[64] = {};

  saggar_status step(const saggar_plugin* table, void* self, int k) {
    const saggar_input none = {sizeof(saggar_input), 0, nullptr, nullptr};
    const saggar_input in[4] = {{sizeof(saggar_input), 1, &pv, &quality},
                                {sizeof(saggar_input), 1, &companion, &quality},
                                none,
                                none};
    saggar_output out = {sizeof out, 1, &value, &working, &reference, &low, &high, &limited, &free};
    saggar_io io{};
    io.struct_size = sizeof io;
    io.flags = SAGGAR_IO_DRIVING;
    io.time_ns = k * 1'000'000'000LL;
    io.dt_s = 1;
    io.input_count = 4;
    io.output_count = 1;
    io.inputs = in;
    io.outputs = &out;
    io.message = message;
    io.message_capacity = sizeof message;
    return table->step(self, &io);
  }
};

template <class C>
void expect_no_heap(const char* output, const char* unit, const char* companion,
                    const char* companion_unit, double companion_value, double working) {
  plugin::testing::Kiln kiln;
  kiln.add({"zone01.top.temperature", "degC", 0, 1200, 0});
  kiln.add({companion, companion_unit, 0, 1200, 0});
  kiln.add({output, unit, 0, 1000, 0});
  auto rig = plugin::testing::rig_of<C>(kiln, {});
  const saggar_plugin* table = plugin::table_of<C>();
  const auto* state = rig.template extension<saggar_ext_state>(SAGGAR_EXT_STATE);
  const auto* tune = rig.template extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  const auto* why = rig.template extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  std::vector<std::uint8_t> bytes(state->size(rig.self()));
  saggar_cause causes[8];
  OneLoop loop;
  loop.companion = companion_value;
  loop.working = loop.reference = working;
  loop.step(table, rig.self(), 0);
  const long before = allocations;
  for (int k = 1; k < 2000; ++k) {
    loop.pv = 750 + 3 * std::sin(0.1 * k);
    loop.quality = k % 100 == 0 ? SAGGAR_BAD : SAGGAR_GOOD;
    if (k == 500) loop.free = 0;
    if (k == 510) {
      EXPECT_EQ(tune->start(rig.self(), 0, 0, "relay", 5), SAGGAR_OK);
    }
    loop.step(table, rig.self(), k);
    loop.working = loop.value;
    why->causes(rig.self(), 0, 0, causes, 8);
  }
  EXPECT_EQ(tune->set_parameter(rig.self(), "kp", 0, 0.5), SAGGAR_OK);
  EXPECT_EQ(state->save(rig.self(), bytes.data(), bytes.size()), SAGGAR_OK);
  EXPECT_EQ(allocations, before);
}

TEST(PidAllocation, TrimPluginTouchesNoHeapWhileActive) {
  expect_no_heap<TrimPlugin>("zone01.top.setpoint", "degC", "zone01.top.output", "%", 45, 750);
}

TEST(PidAllocation, PowerPluginTouchesNoHeapWhileActive) {
  expect_no_heap<PowerPlugin>("zone01.top.power", "%", "zone01.top.working_setpoint", "degC", 750,
                              50);
}

}  // namespace
}  // namespace saggar::pid
