#include "hil/suite/alarms.hpp"

#include <algorithm>
#include <limits>

namespace saggar::suite {
namespace {

/// Drops what is as old as the window or older.
void forget(std::deque<double>& times_s, double now_s, double window_s) {
  while (!times_s.empty() && now_s - times_s.front() >= window_s) times_s.pop_front();
}

}  // namespace

bool is_alarm(const domain::Event& event) noexcept { return !domain::response(event.code).empty(); }

void Alarms::pass(double now_s, double dt_s) {
  // What stood until now decides about the time until now.
  if (recent_s_.size() > rules_.flood_most) flood_s_ += dt_s;
  now_s_ = now_s;
  forget(recent_s_, now_s, rules_.flood_window_s);
}

void Alarms::add(const domain::Event& event) {
  if (!is_alarm(event)) return;
  ++count_;
  recent_s_.push_back(now_s_);
  Same& same = same_[static_cast<Source>(event.code) << 16U | event.a];
  forget(same.recent_s, now_s_, rules_.chatter_window_s);
  same.recent_s.push_back(now_s_);
  same.chattered = same.chattered || same.recent_s.size() > rules_.chatter_most;
}

std::uint64_t Alarms::chattering() const noexcept {
  return static_cast<std::uint64_t>(
      std::count_if(same_.begin(), same_.end(), [](const auto& s) { return s.second.chattered; }));
}

double Alarms::repeats() const noexcept {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(count_ - same_.size()) / static_cast<double>(count_);
}

}  // namespace saggar::suite
