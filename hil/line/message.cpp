#include "hil/line/message.hpp"

#include <bit>

namespace saggar::line {
namespace {

double turned(double value, std::uint64_t chance) noexcept {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) ^ (1ULL << (chance >> 58U)));
}

}  // namespace

void spoil(domain::Frame& frame, std::uint64_t chance) noexcept {
  if (frame.samples.empty()) return;
  domain::Sample& sample = frame.samples[(chance & 0xFFFFFFFFU) % frame.samples.size()];
  sample.value = turned(sample.value, chance);
}

void spoil(domain::Command& command, std::uint64_t chance) noexcept {
  if (command.value.empty()) return;
  double& value = command.value[(chance & 0xFFFFFFFFU) % command.value.size()];
  value = turned(value, chance);
}

void move(domain::Frame& frame, std::int64_t by_ns) noexcept {
  if (by_ns == 0) return;
  frame.time_ns += by_ns;
  for (domain::Sample& sample : frame.samples) sample.time_ns += by_ns;
}

void move(domain::Command& command, std::int64_t by_ns) noexcept {
  command.time_ns += by_ns;
  command.valid_until_ns += by_ns;
}

void serialize(domain::Archive& archive, domain::Frame& frame) {
  archive(frame.sequence, frame.time_ns, frame.received_ns, frame.missed, frame.clock_jump_ns,
          frame.link_up);
  for (domain::Sample& sample : frame.samples) {
    archive(sample.value, sample.time_ns, sample.quality, sample.sub_status);
  }
}

void serialize(domain::Archive& archive, domain::Command& command) {
  archive(command.cycle, command.frame_sequence, command.time_ns, command.valid_until_ns,
          command.heartbeat, command.value, command.action);
}

}  // namespace saggar::line
