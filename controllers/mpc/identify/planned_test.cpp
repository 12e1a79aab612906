#include "controllers/mpc/identify/planned_test.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::identify {

std::string_view text(TestEnd end) noexcept {
  switch (end) {
    case TestEnd::none:
      return "not over";
    case TestEnd::finished:
      return "finished";
    case TestEnd::aborted:
      return "aborted by a person";
    case TestEnd::too_far:
      return "an output left its band";
    case TestEnd::bad_value:
      return "an output could not be seen";
    case TestEnd::lost:
      return "the inputs were taken over";
  }
  return "";
}

PlannedTest::PlannedTest(const Plan& plan, std::vector<Watched> watched,
                         const WatchSettings& settings)
    : excitation_(plan), watched_(std::move(watched)), settings_(settings) {
  deviation_.assign(watched_.size(), 0);
  strayed_s_.assign(watched_.size(), 0);
  blind_s_.assign(watched_.size(), 0);
}

bool PlannedTest::begin() noexcept {
  if (active()) return false;
  phase_ = TestPhase::running;
  end_ = TestEnd::none;
  elapsed_s_ = returning_s_ = 0;
  std::fill(strayed_s_.begin(), strayed_s_.end(), 0.0);
  std::fill(blind_s_.begin(), blind_s_.end(), 0.0);
  return true;
}

void PlannedTest::watch(double dt_s) noexcept {
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    const bool blind = !std::isfinite(deviation_[i]);
    const bool far = !blind && std::fabs(deviation_[i]) > watched_[i].band;
    blind_s_[i] = blind ? blind_s_[i] + dt_s : 0;
    strayed_s_[i] = far ? strayed_s_[i] + dt_s : 0;
    const bool too_far = strayed_s_[i] > settings_.hold_s;
    if (!too_far && blind_s_[i] <= settings_.hold_s) continue;
    culprit_ = i;
    abort(too_far ? TestEnd::too_far : TestEnd::bad_value);
    return;
  }
}

void PlannedTest::advance(double dt_s) noexcept {
  if (phase_ == TestPhase::returning) {
    returning_s_ += dt_s;
    if (returning_s_ > settings_.settle_s) phase_ = TestPhase::over;
    return;
  }
  if (phase_ != TestPhase::running) return;
  elapsed_s_ += dt_s;
  watch(dt_s);
  if (running() && elapsed_s_ >= excitation_.duration_s()) abort(TestEnd::finished);
}

double PlannedTest::level(std::size_t i) const noexcept {
  return running() ? excitation_.level(i, elapsed_s_) : 0;
}

void PlannedTest::is_back() noexcept {
  if (phase_ == TestPhase::returning) phase_ = TestPhase::over;
}

void PlannedTest::abort(TestEnd why) noexcept {
  if (!running()) return;
  phase_ = TestPhase::returning;
  end_ = why;
}

double PlannedTest::done() const noexcept {
  const double whole = excitation_.duration_s();
  return whole > 0 ? std::min(1.0, elapsed_s_ / whole) : 0;
}

}  // namespace saggar::identify
