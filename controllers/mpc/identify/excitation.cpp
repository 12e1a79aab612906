#include "controllers/mpc/identify/excitation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace saggar::identify {
namespace {

constexpr int kLeastBits = 5, kMostBits = 12;
// Feedback taps of registers with 5 .. 12 bits that run through all states but zero (bit 0 is the
// oldest): primitive polynomials, for instance Davies 1970, appendix.
constexpr std::array<std::uint32_t, 8> kTaps = {0x05, 0x03, 0x03, 0x1d, 0x11, 0x09, 0x05, 0x53};

/// One period of a maximal sequence of `bits` bits, from a register that the seed chose.
std::vector<std::int8_t> maximal_sequence(int bits, std::uint64_t seed) {
  const std::uint32_t count = (1U << static_cast<unsigned>(bits)) - 1;
  std::uint32_t state = static_cast<std::uint32_t>(seed * 2654435761U % count) + 1;
  const std::uint32_t taps = kTaps[static_cast<std::size_t>(bits - kLeastBits)];
  std::vector<std::int8_t> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    out.push_back((state & 1U) != 0 ? 1 : -1);
    std::uint32_t fed = state & taps;
    fed ^= fed >> 8U;
    fed ^= fed >> 4U;
    fed ^= fed >> 2U;
    fed ^= fed >> 1U;
    state = (state >> 1U) | ((fed & 1U) << static_cast<unsigned>(bits - 1));
  }
  return out;
}

int groups_of(const Plan& plan) {
  int last = -1;
  for (const TestInput& in : plan.inputs) last = std::max(last, in.group);
  return last + 1;
}

std::string shown(double v) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4g", v);
  return text;
}

std::string problem_of(const TestInput& in, const Plan& plan) {
  if (in.group < 0 || in.group > 63) return "group of " + in.name + ": 0 to 63 would be right";
  if (!(in.amplitude > 0)) return "amplitude of " + in.name + ": above 0 would be right";
  const double room = std::min(in.high, -in.low);
  if (!(in.amplitude <= room)) {
    return "amplitude of " + in.name + ": found " + shown(in.amplitude) +
           ", but it may be moved by " + shown(in.low) + " to " + shown(in.high) + "; at most " +
           shown(std::max(0.0, room)) + " would be right";
  }
  const double needed_s = 2 * in.amplitude / in.rate_per_s;
  if (!(needed_s <= 0.75 * plan.switching_s)) {
    return "switching time: found " + shown(plan.switching_s) + " s, but " + in.name + " needs " +
           shown(needed_s) + " s from one side to the other; " + shown(needed_s / 0.75) +
           " s or more would be right, or a smaller amplitude";
  }
  return "";
}

}  // namespace

double switching_for(double time_constant_s, double faster, double period_s) noexcept {
  return std::max(period_s, 2.8 * time_constant_s / std::max(faster, 1.0));
}

std::string Excitation::problem(const Plan& plan) {
  if (plan.inputs.empty()) return "inputs: at least one would be right";
  if (!(plan.switching_s > 0)) return "switching time: above 0 would be right";
  if (!(plan.rest_s >= 0)) return "rest: 0 or more would be right";
  if (plan.shape == Shape::prbs && !(plan.group_s >= 8 * plan.switching_s))
    return "group time: found " + shown(plan.group_s) + " s; eight switching times or more, " +
           shown(8 * plan.switching_s) + " s, would be right";
  const int groups = groups_of(plan);
  for (const TestInput& in : plan.inputs) {
    const std::string wrong = problem_of(in, plan);
    if (!wrong.empty()) return wrong;
  }
  for (int g = 0; g < groups; ++g) {
    const auto has = [&](const TestInput& in) { return in.group == g; };
    if (std::none_of(plan.inputs.begin(), plan.inputs.end(), has))
      return "group: none of the inputs is in group " + std::to_string(g) +
             "; groups without a gap from 0 would be right";
  }
  return "";
}

Excitation::Excitation(const Plan& plan) : slot_s_(plan.switching_s) {
  for (const TestInput& in : plan.inputs) amplitude_.push_back(in.amplitude);
  const auto rest = [&] {
    slots_.push_back({duration_s_, -1});
    sign_.resize(slots_.size() * amplitude_.size(), 0);
    duration_s_ += plan.rest_s;
  };
  rest();
  for (int g = 0; g < groups_of(plan); ++g) {
    if (plan.shape == Shape::prbs) {
      add_prbs(plan, g);
    } else {
      add_steps(plan, g);
    }
    rest();
  }
}

void Excitation::add_prbs(const Plan& plan, int group) {
  const auto slots = static_cast<std::size_t>(plan.group_s / plan.switching_s);
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.inputs[i].group == group) members.push_back(i);
  }
  int bits = kLeastBits;
  while (bits < kMostBits && (std::size_t{1} << static_cast<unsigned>(bits)) - 1 < slots) ++bits;
  const auto sequence = maximal_sequence(bits, plan.seed + static_cast<std::uint64_t>(group));
  const std::size_t shift = std::max<std::size_t>(1, sequence.size() / members.size());
  for (std::size_t s = 0; s < slots; ++s) {
    slots_.push_back({duration_s_, group});
    duration_s_ += plan.switching_s;
    sign_.resize(slots_.size() * amplitude_.size(), 0);
    for (std::size_t m = 0; m < members.size(); ++m)
      sign_[(slots_.size() - 1) * amplitude_.size() + members[m]] =
          sequence[(s + m * shift) % sequence.size()];
  }
}

void Excitation::add_steps(const Plan& plan, int group) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.inputs[i].group != group) continue;
    for (const int sign : {1, 0, -1, 0}) {
      slots_.push_back({duration_s_, group});
      duration_s_ += plan.switching_s;
      sign_.resize(slots_.size() * amplitude_.size(), 0);
      sign_[(slots_.size() - 1) * amplitude_.size() + i] = static_cast<std::int8_t>(sign);
    }
  }
}

namespace {

template <class Slots>
std::size_t slot_at(const Slots& slots, double time_s) noexcept {
  const auto after = std::upper_bound(slots.begin(), slots.end(), time_s,
                                      [](double t, const auto& s) { return t < s.start_s; });
  return after == slots.begin() ? 0 : static_cast<std::size_t>(after - slots.begin()) - 1;
}

}  // namespace

int Excitation::group(double time_s) const noexcept {
  if (!(time_s >= 0 && time_s < duration_s_)) return -1;
  return slots_[slot_at(slots_, time_s)].group;
}

double Excitation::level(std::size_t i, double time_s) const noexcept {
  if (!(time_s >= 0 && time_s < duration_s_)) return 0;
  return amplitude_[i] * sign_[slot_at(slots_, time_s) * amplitude_.size() + i];
}

}  // namespace saggar::identify
