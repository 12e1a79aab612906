#include "hil/bridge/field.hpp"

#include <array>

namespace saggar::bridge {

using Clock = std::chrono::steady_clock;

namespace {
constexpr auto kPoll = std::chrono::milliseconds(50);
constexpr auto kTruthInterval = std::chrono::milliseconds(250);
}  // namespace

Field::Field(kiln::Kiln& kiln, wire::FieldServer& server, wire::TruthPublisher* truths,
             double period_s, double shed_s, std::ostream& log)
    : kiln_(kiln),
      server_(server),
      truths_(truths),
      period_s_(period_s),
      shed_s_(shed_s),
      log_(log),
      frame_(kiln.tags().size()),
      command_(kiln.mv_count()),
      ack_(kiln.mv_count()),
      heard_(Clock::now()) {}

void Field::publish() {
  if (kiln_.link_down()) return;
  kiln_.read(frame_);
  published_ = server_.publish(frame_);
}

/// The link fault is on: what comes is lost, nothing is answered. A runtime is not silent because
/// it cannot be heard, so its patience begins anew when the link is back.
void Field::lose_messages() {
  server_.drop_all();
  heard_ = Clock::now();
}

/// One message; true if it was a command that the kiln took.
bool Field::take() {
  if (kiln_.link_down()) {
    lose_messages();
    return false;
  }
  server_.note_time(kiln_.time_ns());
  switch (server_.receive(command_)) {
    case wire::FieldGot::nothing:
      return false;
    case wire::FieldGot::refused:
      tell_refusal();
      return false;
    case wire::FieldGot::hello:
      heard_ = Clock::now();
      if (server_.peer_session() == host_session_) return false;  // it only said it again
      host_session_ = server_.peer_session();
      told_refusal_.clear();
      kiln_.new_host();
      if (diary_ != nullptr) diary_->new_host();
      log_ << "field: a runtime said hello" << std::endl;
      if (awaiting_) publish();  // a new runtime has not heard the frame that waits for an answer
      return false;
    case wire::FieldGot::heartbeat:
      heard_ = Clock::now();
      kiln_.beat(server_.peer_heartbeat());
      if (diary_ != nullptr) diary_->beat(server_.peer_heartbeat());
      return false;
    case wire::FieldGot::command:
      break;
  }
  heard_ = Clock::now();
  ack_.cycle = command_.cycle;
  ack_.time_ns = kiln_.time_ns();
  if (diary_ != nullptr) diary_->apply(command_);
  if (!kiln_.apply(command_, ack_)) return false;
  answered_ = command_.frame_sequence;
  server_.acknowledge(ack_);
  return true;
}

bool Field::exchange(std::chrono::milliseconds limit, const volatile int* stop) {
  if (kiln_.link_down()) {
    lose_messages();
    return false;
  }
  const std::array<wire::Pollable, 1> items{server_.pollable()};
  const auto began = Clock::now();
  const auto over = [&] {
    return *stop != 0 || (limit.count() >= 0 && Clock::now() - began > limit);
  };
  // A frame that nobody hears would only make the sequence numbers a matter of chance.
  while (!server_.peer_present()) {
    if (over()) return false;
    take();
    if (!server_.peer_present()) wire::wait(items, kPoll);
  }
  publish();
  awaiting_ = true;
  const bool answered = await(items, over);
  awaiting_ = false;
  return answered;
}

bool Field::await(std::span<const wire::Pollable> items, const std::function<bool()>& over) {
  while (!over()) {
    if (take() && answered_ == published_) return true;
    // A runtime that is gone is forgotten, so that the next one may say hello.
    if (server_.peer_present() && Clock::now() - heard_ > std::chrono::duration<double>(shed_s_)) {
      server_.release_peer();
      host_session_ = 0;  // if it is the same one that comes back, it gets the frame again
    }
    wire::wait(items, kPoll);
  }
  return false;
}

void Field::serve_until(Clock::time_point until, const volatile int* stop) {
  const std::array<wire::Pollable, 1> items{server_.pollable()};
  while (*stop == 0) {
    catch_up();
    take();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) break;
    wire::wait(items, std::min(left, kPoll));
  }
  if (server_.peer_present() && Clock::now() - heard_ > std::chrono::duration<double>(shed_s_)) {
    server_.release_peer();
  }
}

void Field::follow_clock() {
  follows_clock_ = true;
  caught_up_ = Clock::now();
}

void Field::catch_up() {
  const auto now = Clock::now();
  const double passed_s = std::chrono::duration<double>(now - caught_up_).count();
  if (!follows_clock_ || passed_s <= 0) return;
  caught_up_ = now;
  kiln_.advance(passed_s);
  if (diary_ != nullptr) diary_->advance(passed_s);
  tell_host();
  tell_faults();
  show_truth();
}

void Field::one_period(Clock::time_point end, const volatile int* stop) {
  const bool goes_out = !kiln_.link_down();
  publish();
  if (diary_ != nullptr) diary_->begin_period({goes_out ? published_ : 0, kiln_.time_ns()});
  serve_until(end, stop);
  catch_up();
}

void Field::advance() {
  kiln_.advance(period_s_);
  tell_host();
  tell_faults();
  show_truth();
}

void Field::lose(const char* why) {
  log_ << "field: " << why << std::endl;
  kiln_.shed();
  server_.release_peer();
  tell_host();
}

void Field::tell_host() {
  if (kiln_.host_alive() == host_alive_) return;
  host_alive_ = kiln_.host_alive();
  log_ << "field: at " << static_cast<double>(kiln_.time_ns()) * 1e-9
       << (host_alive_ ? " s a living runtime is there"
                       : " s shed: no living runtime, the devices are on their local recipe")
       << std::endl;
}

/// Each reason once until the next runtime comes: who is refused asks again and again.
void Field::tell_refusal() {
  if (server_.refusal() == told_refusal_) return;
  told_refusal_ = server_.refusal();
  log_ << "field: refused: " << told_refusal_ << std::endl;
}

void Field::tell_faults() {
  const auto& statements = kiln_.fault_statements();
  told_.resize(statements.size(), faults::State::waiting);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (statements[i].state == told_[i]) continue;
    told_[i] = statements[i].state;
    log_ << "field: fault " << statements[i].text() << std::endl;
  }
}

void Field::show_truth() {
  if (truths_ == nullptr || Clock::now() - shown_ < kTruthInterval) return;
  shown_ = Clock::now();
  kiln_.truth(truth_);
  wire::Truth out;
  out.time_ns = truth_.time_ns;
  out.zone_position_m = truth_.zone_position_m;
  out.zone_gas_degC = truth_.zone_gas_degC;
  out.column_position_m = truth_.column_position_m;
  out.column_core_degC = truth_.column_core_degC;
  out.column_surface_degC = truth_.column_surface_degC;
  out.column_dryness = truth_.column_dryness;
  truths_->publish(out);
}

}  // namespace saggar::bridge
