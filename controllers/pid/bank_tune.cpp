// Bank: what a person may change while it runs, and what it remembers.
#include <cmath>
#include <stdexcept>
#include <string>

#include "controllers/pid/bank.hpp"

namespace saggar::pid {

void Bank::set_parameter(std::uint32_t param, std::uint32_t element, double value) {
  if (element != plugin::kAllElements && element >= count_)
    throw std::out_of_range("element: this kiln has fewer outputs");
  // Try all outputs before any is touched, so that a refusal changes nothing.
  const std::uint32_t asked = values_.each(param) ? element : plugin::kAllElements;
  spare_ = values_;  // same sizes: no heap
  values_.set(param, asked, value);
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (const auto wrong = values_.problem(i)) {
      values_ = spare_;
      throw std::invalid_argument(std::string(*wrong));
    }
  }
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (asked == plugin::kAllElements || i == asked) loops_[i].retune(values_.tuning(i));
  }
}

bool Bank::tune_start(std::uint32_t output, std::uint32_t element, std::string_view method,
                      double amplitude) {
  if (output != 0 || element >= count_ || stepped_ == 0) return false;
  if (tuner_.running() || tuner_.returning()) return false;  // one at a time
  if (method != "relay" && method != "step") return false;
  const Seen& seen = seen_[element];
  // free means that a controller has this output: take it to MAN or AUTO first.
  if (seen.is_free != 0 || seen.usable == 0) return false;
  TuneSettings s = values_.tune_settings(element);
  s.method = method == "relay" ? TuneMethod::relay : TuneMethod::step;
  s.amplitude = amplitude;
  const double down = s.method == TuneMethod::relay ? s.down_share * amplitude : 0;
  const bool fits = seen.working + amplitude <= seen.high && seen.working - down >= seen.low;
  if (!fits || !tuner_.begin(s, seen.working, seen.pv)) return false;
  tuned_ = element;
  return true;
}

void Bank::tune_abort() { tuner_.abort(); }

void Bank::tune_result(saggar_tune_result& result) {
  const TuneResult& r = tuner_.result();
  if (tuner_.running() || tuner_.returning()) {
    result.state = SAGGAR_TUNE_RUNNING;
  } else if (tuner_.phase() == TunePhase::finished) {
    result.state = SAGGAR_TUNE_FINISHED;
  } else {
    result.state = tuner_.phase() == TunePhase::failed ? SAGGAR_TUNE_FAILED : SAGGAR_TUNE_IDLE;
  }
  const bool found = result.state == SAGGAR_TUNE_FINISHED;
  result.gain = r.model.gain;
  result.time_constant_s = r.model.time_constant_s;
  result.dead_time_s = r.model.dead_time_s;
  result.kp = found ? r.gains.kp : 0;
  result.ti_s = found ? r.gains.ti_s : 0;
  result.td_s = found ? r.gains.td_s : 0;
  result.fit = r.fit;
}

void Bank::state(plugin::State& s) {
  values_.state(s);
  for (Loop& loop : loops_) {
    pid::State now = loop.state();
    s(now);
    if (!s.is_loading()) continue;
    loop = Loop(values_.tuning(static_cast<std::uint32_t>(&loop - loops_.data())));
    loop.restore(now);
  }
  for (Seen& seen : seen_) {
    s(seen.pv, seen.working, seen.low, seen.high, seen.reference, seen.value, seen.usable,
      seen.is_free);
  }
  ProgrammerState program = programmer_.state();
  shift_.serialize(s);
  s(loads_, reference_before_, program, tuner_, tuned_, tag_scale_, last_time_ns_, stepped_,
    interrupted_);
  if (s.is_loading()) programmer_.restore(program);
}

}  // namespace saggar::pid
