#include "hil/suite/service.hpp"

#include <limits>

namespace saggar::suite {
namespace {

constexpr std::uint8_t kOff = 0xFF;

double over(std::uint64_t part, std::uint64_t whole) noexcept {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                   : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

void Service::add(const domain::DutyDecision& decision) {
  ++cycles_;
  if (decision.rung == 0) {
    ++best_;
  } else if (decision.rung != kOff) {
    ++away_[decision.climb_needs];
  } else {
    const bool none = decision.application_reason == domain::Reason::none;
    ++away_[none ? domain::Reason::application_off : decision.application_reason];
  }
}

double Service::factor() const noexcept { return over(best_, cycles_); }
double Service::share(std::uint64_t cycles) const noexcept { return over(cycles, cycles_); }
double Interventions::rate() const noexcept { return over(changed_, asks_); }

void watch_guard(const domain::Plant& plant, const domain::Record& record,
                 std::array<Interventions, domain::kDutyCount>& duties) {
  std::array<bool, domain::kMaxMvs> changed{};
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.mv >= plant.mvs.size() || action.outcome == domain::Outcome::pass) continue;
    changed[action.mv] = true;
    if (action.outcome != domain::Outcome::clip) continue;
    duties[static_cast<std::size_t>(plant.mvs[action.mv].duty)].clip(action.after - action.before);
  }
  for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
    if (record.request.asks[i].source == domain::Source::none) continue;
    duties[static_cast<std::size_t>(plant.mvs[i].duty)].ask(changed[i]);
  }
}

}  // namespace saggar::suite
