// The drill plugins: well-behaved until they are told which way to go wrong.
#include <pthread.h>
#include <saggar/plugin/ext/confidence.h>
#include <saggar/plugin/ext/state.h>
#include <saggar/plugin/ext/tune.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>

#include "hil/drill/hoard.hpp"
#include "hil/drill/ports.hpp"

namespace saggar::drill {
namespace {

/// All that its next steps depend on; saved and restored as it is.
struct State {
  std::array<double, kParamCount> param{};
  double steps = 0;                          ///< taken so far
  std::array<double, kMostOutputs> sound{};  ///< its last sound proposal
};

struct Self {
  State state;
  Hoard hoard;
  sigset_t signals{};  ///< of the thread, before they were blocked
  bool blocked = false;

  Way way() const noexcept { return static_cast<Way>(std::lround(state.param[kMisbehave])); }
};

/// Calls `set(value, output, element, number)` for each value proposed.
template <class F>
void each(saggar_io& io, F&& set) {
  std::uint32_t n = 0;
  for (std::uint32_t p = 0; p < io.output_count; ++p) {
    for (std::uint32_t i = 0; i < io.outputs[p].count; ++i, ++n) {
      set(io.outputs[p].value[i], io.outputs[p], i, n);
    }
  }
}

void propose_all(saggar_io& io, double what) noexcept {
  each(io,
       [&](double& value, const saggar_output&, std::uint32_t, std::uint32_t) { value = what; });
}

saggar_status none(saggar_io& io, std::uint32_t why) noexcept {
  io.reason = why;
  return SAGGAR_NO_PROPOSAL;
}

void be_late() noexcept {
  const timespec pause{0, 600'000'000};
  ::nanosleep(&pause, nullptr);
}

void flood() noexcept {
  static constexpr char kLine[] = "saggar-drill: a line that nobody asked for\n";
  for (int i = 0; i < 100; ++i) {
    if (::write(STDERR_FILENO, kLine, sizeof kLine - 1) < 0) return;
  }
}

void block_signals(Self& self) noexcept {
  if (self.blocked) return;
  sigset_t all;
  sigfillset(&all);
  self.blocked = ::pthread_sigmask(SIG_BLOCK, &all, &self.signals) == 0;
}

void touch_heap() noexcept {
  void* volatile block = std::malloc(4096);
  std::free(block);
}

/// The ways that no process survives.
void end_process(Way way) noexcept {
  if (way == Way::segfault) {
    volatile int* volatile nowhere = nullptr;
    *nowhere = 1;
  }
  if (way == Way::abort) std::abort();
  if (way == Way::exits) std::exit(0);
  const timespec hour{3600, 0};
  while (way == Way::hangs) ::nanosleep(&hour, nullptr);
}

/// The ways that use up what belongs to all.
void waste(Self& self, Way way) noexcept {
  if (way == Way::late) be_late();
  if (way == Way::allocates) touch_heap();
  if (way == Way::leak) self.hoard.keep_memory();
  if (way == Way::thread_bomb) self.hoard.keep_threads();
  if (way == Way::fd_leak) self.hoard.keep_file();
  if (way == Way::log_flood) flood();
  if (way == Way::blocks_signals) block_signals(self);
  if (ends_process(way)) end_process(way);
}

/// The ways to propose what nobody wants; the sound proposal is already there.
void spoil(const Self& self, Way way, saggar_io& io) noexcept {
  using Limits = std::numeric_limits<double>;
  const double sign = std::fmod(self.state.steps, 2.0) < 1 ? 1.0 : -1.0;
  if (way == Way::nan) io.outputs[0].value[0] = Limits::quiet_NaN();
  if (way == Way::inf) io.outputs[0].value[0] = Limits::infinity();
  if (way == Way::denormal) propose_all(io, Limits::denorm_min());
  if (way == Way::huge) propose_all(io, 1e300);
  if (way == Way::wrong_length) --io.outputs[0].count;
  if (way == Way::low_confidence) io.confidence = 0.2;
  each(io, [&](double& value, const saggar_output& out, std::uint32_t i, std::uint32_t n) {
    if (way == Way::oscillates) value += sign * self.state.param[kAmplitude];
    if (way == Way::ignores_limits) value = out.high[i] + 1000;
    if (way == Way::stale && n < kMostOutputs) value = self.state.sound[n];
  });
}

saggar_status step(void* me, saggar_io* io) {
  auto& self = *static_cast<Self*>(me);
  const Way way = self.way();
  self.state.steps += 1;
  each(*io, [&](double& value, const saggar_output& out, std::uint32_t i, std::uint32_t n) {
    value = out.reference[i];
    if (n < kMostOutputs && (way != Way::stale || self.state.steps == 1)) {
      self.state.sound[n] = value;
    }
  });
  if (way == Way::none) {
    self.hoard.give_back();
    if (self.blocked) ::pthread_sigmask(SIG_SETMASK, &self.signals, nullptr);
    self.blocked = false;
    return SAGGAR_OK;
  }
  waste(self, way);
  spoil(self, way, *io);
  if (way == Way::throws) throw std::runtime_error("drill: asked to throw");
  if (way == Way::reports_fault) return SAGGAR_FAULT;
  if (way == Way::no_proposal) return none(*io, SAGGAR_WHY_INFEASIBLE);
  if (way == Way::not_ready) return none(*io, SAGGAR_WHY_NOT_READY);
  if (way == Way::out_of_domain) return none(*io, SAGGAR_WHY_OUT_OF_DOMAIN);
  return SAGGAR_OK;
}

// ---- life of an instance ---------------------------------------------------------------------

saggar_status create(const saggar_host*, void** self) {
  *self = new (std::nothrow) Self;
  return *self != nullptr ? SAGGAR_OK : SAGGAR_FAULT;
}
void destroy(void* me) {
  auto* self = static_cast<Self*>(me);
  self->hoard.give_back();
  // Threads that still look at it end within their nap; then nobody does.
  const timespec nap{0, 10'000'000};
  while (self->hoard.threads() > 0) ::nanosleep(&nap, nullptr);
  delete self;
}
saggar_status configure(void* me, const saggar_setup* setup, char*, std::uint32_t) {
  auto& self = *static_cast<Self*>(me);
  for (std::uint32_t i = 0; i < kParamCount; ++i) {
    self.state.param[i] = setup->params[i].value[0];
  }
  return SAGGAR_OK;
}
saggar_status activate(void* me) {
  auto& self = *static_cast<Self*>(me);
  self.state.steps = 0;
  self.state.sound.fill(0);
  return SAGGAR_OK;
}
void deactivate(void* me) { static_cast<Self*>(me)->hoard.give_back(); }

// ---- extensions ------------------------------------------------------------------------------

saggar_status set_parameter(void* me, const char* key, std::uint32_t, double value) {
  auto& self = *static_cast<Self*>(me);
  for (std::uint32_t i = 0; i < kParamCount; ++i) {
    if (std::strcmp(kParams[i].key, key) != 0) continue;
    if (i == kMisbehave && value != std::floor(value)) return SAGGAR_FAULT;
    self.state.param[i] = value;
    return SAGGAR_OK;
  }
  return SAGGAR_FAULT;
}
saggar_status start_tuning(void*, std::uint32_t, std::uint32_t, const char*, double) {
  return SAGGAR_FAULT;  // there is nothing to tune
}
void abort_tuning(void*) {}
void tuning_result(void*, saggar_tune_result* result) {
  *result = {};
  result->struct_size = sizeof *result;
}
constexpr saggar_ext_tune kTune = {
    sizeof(saggar_ext_tune), 0, set_parameter, start_tuning, abort_tuning, tuning_result};

std::uint64_t state_size(void*) { return sizeof(State); }
saggar_status save(void* me, std::uint8_t* data, std::uint64_t size) {
  if (size != sizeof(State)) return SAGGAR_FAULT;
  std::memcpy(data, &static_cast<const Self*>(me)->state, sizeof(State));
  return SAGGAR_OK;
}
saggar_status restore(void* me, const std::uint8_t* data, std::uint64_t size) {
  if (size != sizeof(State)) return SAGGAR_FAULT;
  State state;
  std::memcpy(&state, data, sizeof state);
  const double way = state.param[kMisbehave];
  if (!(way >= 0 && way < static_cast<double>(kWays.size()))) return SAGGAR_FAULT;
  static_cast<Self*>(me)->state = state;
  return SAGGAR_OK;
}
constexpr saggar_ext_state kState = {sizeof(saggar_ext_state), 0, state_size, save, restore};

std::uint32_t trained(void*, std::uint32_t, double*, double*, std::uint32_t) { return 0; }
double least_confidence(void*) { return 0.5; }
constexpr saggar_ext_confidence kConfidence = {sizeof(saggar_ext_confidence), 0, trained,
                                               least_confidence};

const void* extension(void*, const char* id) {
  if (std::strcmp(id, SAGGAR_EXT_TUNE) == 0) return &kTune;
  if (std::strcmp(id, SAGGAR_EXT_STATE) == 0) return &kState;
  return std::strcmp(id, SAGGAR_EXT_CONFIDENCE) == 0 ? &kConfidence : nullptr;
}

constexpr saggar_plugin kTable = {sizeof(saggar_plugin),
                                  SAGGAR_ABI_MAJOR,
                                  SAGGAR_ABI_MINOR,
                                  kDuty,
                                  kId,
                                  "1.0.0",
                                  "Saggar",
                                  "Misbehaves when it is told to: for drills and tests only",
                                  kPorts.data(),
                                  kParams.data(),
                                  nullptr,
                                  kPorts.size(),
                                  kParamCount,
                                  0,
                                  0,
                                  create,
                                  destroy,
                                  configure,
                                  activate,
                                  step,
                                  deactivate,
                                  extension};

}  // namespace
}  // namespace saggar::drill

extern "C" const saggar_plugin* saggar_plugin_entry(void) { return &saggar::drill::kTable; }
