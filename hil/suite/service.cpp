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
double Interventions::filtered() const noexcept { return over(filtered_, asks_); }

void watch_guard(const domain::Plant& plant, const domain::Record& record,
                 std::array<Interventions, domain::kDutyCount>& duties) {
  struct Change {
    bool clipped = false, refused = false, filtered = false;
    double by = 0;  ///< over all gates
  };
  std::array<Change, domain::kMaxMvs> changes{};
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.mv >= plant.mvs.size() || action.outcome == domain::Outcome::pass) continue;
    Change& change = changes[action.mv];
    const bool clip = action.outcome == domain::Outcome::clip;
    change.clipped = change.clipped || clip;
    change.refused = change.refused || !clip;
    change.filtered = change.filtered || (clip && action.gate == domain::Gate::g8_predictive);
    if (clip) change.by += action.after - action.before;
  }
  for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
    const Change& change = changes[i];
    Interventions& duty = duties[static_cast<std::size_t>(plant.mvs[i].duty)];
    // What a later gate refused left the guard as nothing: it has no size.
    if (change.clipped && !change.refused) duty.clip(change.by);
    if (record.request.asks[i].source == domain::Source::none) continue;
    duty.ask(change.clipped || change.refused, change.filtered);
  }
}

}  // namespace saggar::suite
