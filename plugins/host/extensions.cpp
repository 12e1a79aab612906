// The optional capabilities of an active instance.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "plugins/host/descriptor.hpp"
#include "plugins/host/instance_body.hpp"

namespace saggar::host {
namespace {

using domain::Error;
using domain::Reason;
using domain::Status;

constexpr std::uint32_t kAll = 0xFFFFFFFFU;

struct Place {
  bool found = false;
  std::uint32_t output = 0, element = 0;
};

Place place_of(const Instance& it, domain::MvId mv) noexcept {
  std::uint32_t output = 0;
  for (const ResolvedPort& port : it.ports) {
    if (!port.is_output) continue;
    for (std::size_t i = 0; i < port.mvs.size(); ++i) {
      if (port.mvs[i] == mv) return {true, output, static_cast<std::uint32_t>(i)};
    }
    ++output;
  }
  return {};
}

// A zero-terminated copy on the stack; empty if it does not fit.
std::array<char, 64> terminated(std::string_view text) noexcept {
  std::array<char, 64> copy{};
  if (text.size() < copy.size()) std::copy(text.begin(), text.end(), copy.begin());
  return copy;
}

using HostState = std::array<std::int64_t, 3>;
static_assert(sizeof(HostState) == kHostStateBytes);

HostState host_state(std::int64_t last_time_ns, bool first) noexcept {
  const std::int64_t is_first = first ? 1 : 0;
  return {last_time_ns, is_first, ~(last_time_ns ^ (is_first << 32))};
}

}  // namespace

std::span<const std::uint8_t> Instance::save() noexcept {
  if (state_bytes.empty()) return {};
  const HostState own = host_state(last_time_ns, first);
  std::memcpy(state_bytes.data(), own.data(), kHostStateBytes);
  const saggar_status saved = call_or<saggar_status>(SAGGAR_FAULT, [&] {
    return state->save(self, state_bytes.data() + kHostStateBytes,
                       state_bytes.size() - kHostStateBytes);
  });
  if (saved != SAGGAR_OK) return {};
  return state_bytes;
}

Status Instance::restore(std::span<const std::uint8_t> bytes) {
  if (state == nullptr) return Error{where(), "does not offer " SAGGAR_EXT_STATE};
  if (bytes.size() < kHostStateBytes) {
    return Error{where(), "refuses the saved state: it has " + std::to_string(bytes.size()) +
                              " bytes, at least " + std::to_string(kHostStateBytes) +
                              " are needed"};
  }
  HostState own{};
  std::memcpy(own.data(), bytes.data(), kHostStateBytes);
  if (own != host_state(own[0], own[1] != 0)) {
    return Error{where(), "refuses the saved state: it is damaged"};
  }
  return call_plugin(*this, "restore", [&]() -> Status {
    const std::span<const std::uint8_t> its = bytes.subspan(kHostStateBytes);
    if (state->restore(self, its.data(), its.size()) != SAGGAR_OK) {
      const std::string why = error_text();
      return Error{where(), "refuses the saved state" + (why.empty() ? "" : ": " + why)};
    }
    last_time_ns = own[0];
    first = own[1] != 0;
    return domain::Done{};
  });
}

void Active::begin_anew() noexcept { instance_->first = true; }

std::uint64_t Active::state_size() const noexcept { return instance_->state_bytes.size(); }
std::span<const std::uint8_t> Active::save_state() noexcept { return instance_->save(); }
Status Active::restore_state(std::span<const std::uint8_t> state) {
  return instance_->restore(state);
}

bool Active::explains() const noexcept { return instance_->explain != nullptr; }

std::span<const saggar_cause> Active::explain(std::uint32_t output,
                                              std::uint32_t element) noexcept {
  Instance& it = *instance_;
  if (it.explain == nullptr) return {};
  for (saggar_cause& cause : it.causes) {
    cause = {sizeof(saggar_cause), kAll, 0, 0, 0, nullptr};
  }
  const std::uint32_t n = call_or(std::uint32_t{0}, [&] {
    return it.explain->causes(it.self, output, element, it.causes.data(), kMaxCauses);
  });
  return {it.causes.data(), std::min(n, kMaxCauses)};
}

std::uint32_t Active::horizon_points() const noexcept {
  return static_cast<std::uint32_t>(instance_->path_time.size());
}

HorizonPath Active::horizon(std::uint32_t input, std::uint32_t element) noexcept {
  Instance& it = *instance_;
  const std::uint32_t room = horizon_points();
  if (room == 0) return {};
  const std::uint32_t got = call_or(std::uint32_t{0}, [&] {
    return it.horizon->path(it.self, input, element, it.path_time.data(), it.path_value.data(),
                            it.path_sigma.data(), room);
  });
  const std::size_t n = std::min(got, room);
  return {{it.path_time.data(), n}, {it.path_value.data(), n}, {it.path_sigma.data(), n}};
}

double Active::confidence_limit() const noexcept { return instance_->limit; }

TrainedRange Active::trained_range(std::uint32_t input) const noexcept {
  if (input >= instance_->trained_low.size()) return {};
  return {instance_->trained_low[input], instance_->trained_high[input]};
}

bool Active::tunes() const noexcept { return instance_->tune != nullptr; }

Reason Active::set_parameter(std::string_view key, domain::MvId mv, double value) noexcept {
  Instance& it = *instance_;
  const std::array<char, 64> name = terminated(key);
  if (it.tune == nullptr || name[0] == '\0') return Reason::not_supported;
  const saggar_param* param = nullptr;
  for (std::uint32_t i = 0; i < it.table().param_count && param == nullptr; ++i) {
    const saggar_param& p = param_at(it.table(), i);
    if (std::strcmp(p.key, name.data()) == 0) param = &p;
  }
  if (param == nullptr || (param->flags & SAGGAR_PARAM_TUNABLE) == 0) return Reason::not_supported;
  if (!(value >= param->min && value <= param->max)) return Reason::out_of_limits;
  std::uint32_t element = kAll;
  if (mv != domain::kNoMv) {
    const Place place = place_of(it, mv);
    if (!place.found || place.output != 0) return Reason::unknown_tag;
    if ((param->flags & SAGGAR_PARAM_PER_OUTPUT) == 0) return Reason::not_supported;
    element = place.element;
  }
  const saggar_status set = call_or<saggar_status>(
      SAGGAR_FAULT, [&] { return it.tune->set_parameter(it.self, name.data(), element, value); });
  return set == SAGGAR_OK ? Reason::none : Reason::not_in_this_mode;
}

Reason Active::tune_start(domain::MvId mv, std::string_view method, double amplitude) noexcept {
  Instance& it = *instance_;
  const std::array<char, 64> name = terminated(method);
  if (it.tune == nullptr || name[0] == '\0') return Reason::not_supported;
  if (!std::isfinite(amplitude) || amplitude <= 0) return Reason::out_of_limits;
  const Place place = place_of(it, mv);
  if (!place.found) return Reason::unknown_tag;
  const saggar_status begun = call_or<saggar_status>(SAGGAR_FAULT, [&] {
    return it.tune->start(it.self, place.output, place.element, name.data(), amplitude);
  });
  return begun == SAGGAR_OK ? Reason::none : Reason::not_in_this_mode;
}

void Active::tune_abort() noexcept {
  Instance& it = *instance_;
  if (it.tune != nullptr) call_or(0, [&] { return it.tune->abort(it.self), 0; });
}

saggar_tune_result Active::tune_result() noexcept {
  Instance& it = *instance_;
  saggar_tune_result result{};
  result.struct_size = sizeof result;
  if (it.tune == nullptr) return result;
  const bool known = call_or(false, [&] { return it.tune->result(it.self, &result), true; });
  if (!known || result.state < SAGGAR_TUNE_IDLE || result.state > SAGGAR_TUNE_FAILED) {
    result = {};
    result.struct_size = sizeof result;
    result.state = SAGGAR_TUNE_FAILED;
  }
  return result;
}

std::string Active::last_error() const { return instance_->error_text(); }

}  // namespace saggar::host
