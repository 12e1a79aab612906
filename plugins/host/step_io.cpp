#include "plugins/host/step_io.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "runtime/domain/sample.hpp"

namespace saggar::host {
namespace {

static_assert(static_cast<int>(domain::Quality::good) == SAGGAR_GOOD &&
              static_cast<int>(domain::Quality::uncertain) == SAGGAR_UNCERTAIN &&
              static_cast<int>(domain::Quality::bad) == SAGGAR_BAD);

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
// Stands before and after each output array: a plugin that writes past an end changes it. Bits
// of no number a controller computes.
constexpr std::uint64_t kGuard = 0x5A66AA5A5A66AA5AULL;

void set_guard(double* at) noexcept { std::memcpy(at, &kGuard, sizeof kGuard); }
bool is_guard(const double* at) noexcept { return std::memcmp(at, &kGuard, sizeof kGuard) == 0; }

}  // namespace

StepIo::StepIo(const Instance* owner, const std::vector<ResolvedPort>& ports) : owner_(owner) {
  std::size_t numbers = 0, words = 0;
  for (const ResolvedPort& port : ports) {
    const std::size_t n = port.tags.size();
    numbers += port.is_output ? 5 * n + 2 : n;
    words += port.is_output ? 2 * n : n;
  }
  numbers_ = std::make_unique<double[]>(numbers);
  words_ = std::make_unique<std::uint32_t[]>(words);
  message_ = std::make_unique<char[]>(kMessageBytes + 1);
  double* number = numbers_.get();
  std::uint32_t* word = words_.get();
  const auto take = [](auto*& from, std::size_t n) {
    const std::span part(from, n);
    from += n;
    return part;
  };
  for (const ResolvedPort& port : ports) {
    const std::size_t n = port.tags.size();
    const auto count = static_cast<std::uint32_t>(n);
    if (!port.is_output) {
      const InputPort in{port.name, port.unit, port.tags, take(number, n), take(word, n)};
      std::fill(in.quality.begin(), in.quality.end(), std::uint32_t{SAGGAR_BAD});
      inputs_.push_back(in);
      raw_inputs_.push_back({sizeof(saggar_input), count, in.value.data(), in.quality.data()});
      continue;
    }
    set_guard(take(number, 1).data());
    const std::span<double> value = take(number, n);
    set_guard(take(number, 1).data());
    OutputPort out{port.name,       port.unit,       port.mvs,        value,
                   take(number, n), take(number, n), take(number, n), take(number, n),
                   take(word, n),   take(word, n)};
    outputs_.push_back(out);
    raw_outputs_.push_back({sizeof(saggar_output), count, value.data(), out.working.data(),
                            out.reference.data(), out.low.data(), out.high.data(),
                            out.limited.data(), out.free.data()});
  }
  true_inputs_ = raw_inputs_;
  true_outputs_ = raw_outputs_;
  repair();
}

void StepIo::repair() noexcept {
  std::copy(true_inputs_.begin(), true_inputs_.end(), raw_inputs_.begin());
  std::copy(true_outputs_.begin(), true_outputs_.end(), raw_outputs_.begin());
  for (const saggar_output& out : true_outputs_) {
    set_guard(out.value - 1);
    set_guard(out.value + out.count);
  }
  message_[kMessageBytes] = '\0';
  raw_.struct_size = sizeof raw_;
  raw_.input_count = static_cast<std::uint32_t>(true_inputs_.size());
  raw_.output_count = static_cast<std::uint32_t>(true_outputs_.size());
  raw_.inputs = raw_inputs_.data();
  raw_.outputs = raw_outputs_.data();
  raw_.message_capacity = kMessageBytes;
  raw_.message = message_.get();
}

void StepIo::read(const domain::Frame& screened, const domain::Estimate* estimate) noexcept {
  const std::size_t tags = screened.samples.size();
  for (const InputPort& port : inputs_) {
    for (std::size_t k = 0; k < port.tags.size(); ++k) {
      const std::size_t id = port.tags[k];
      if (id >= tags && estimate == nullptr) {
        port.quality[k] = SAGGAR_BAD;
        continue;
      }
      const domain::Sample& s = id < tags ? screened.samples[id] : estimate->samples[id - tags];
      port.value[k] = s.value;
      port.quality[k] = static_cast<std::uint32_t>(s.quality);
    }
  }
}

void StepIo::begin(double dt_s, bool first) noexcept {
  for (const saggar_output& out : true_outputs_) std::fill_n(out.value, out.count, kNan);
  raw_.flags = 0;
  if (moment.driving) raw_.flags |= SAGGAR_IO_DRIVING;
  if (first) raw_.flags |= SAGGAR_IO_FIRST;
  raw_.cycle = moment.cycle;
  raw_.time_ns = moment.time_ns;
  raw_.dt_s = dt_s;
  raw_.budget_ns = moment.budget_ns;
  raw_.confidence = 1.0;
  raw_.reason = SAGGAR_WHY_NONE;
  message_[0] = '\0';
}

bool StepIo::is_intact() noexcept {
  bool intact = raw_.struct_size == sizeof raw_ && raw_.input_count == true_inputs_.size() &&
                raw_.output_count == true_outputs_.size() && raw_.inputs == raw_inputs_.data() &&
                raw_.outputs == raw_outputs_.data() && raw_.message == message_.get() &&
                raw_.message_capacity == kMessageBytes && message_[kMessageBytes] == '\0';
  if (!true_inputs_.empty()) {
    intact = intact && std::memcmp(raw_inputs_.data(), true_inputs_.data(),
                                   true_inputs_.size() * sizeof(saggar_input)) == 0;
  }
  if (!true_outputs_.empty()) {
    intact = intact && std::memcmp(raw_outputs_.data(), true_outputs_.data(),
                                   true_outputs_.size() * sizeof(saggar_output)) == 0;
  }
  for (const saggar_output& out : true_outputs_) {
    intact = intact && is_guard(out.value - 1) && is_guard(out.value + out.count);
  }
  if (!intact) repair();
  return intact;
}

void StepIo::say(const char* text) noexcept {
  const std::size_t n = ::strnlen(text, kMessageBytes - 1);
  std::memcpy(message_.get(), text, n);
  message_[n] = '\0';
}

std::string_view StepIo::message() const noexcept {
  return {message_.get(), ::strnlen(message_.get(), kMessageBytes)};
}

}  // namespace saggar::host
