#include "runtime/app/io_thread.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "runtime/operate/intents.hpp"

namespace saggar::app {
namespace {

/// Places of the ring of intents that only ai_off, hold and release may take (SC-91).
constexpr std::size_t kEmergencyPlaces = 16;
/// Requests served in one pass: a flood of them must not keep frames and commands waiting.
constexpr int kRequestsPerPass = 64;
constexpr std::int64_t kTidy_ns = 100'000'000;

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

IoThread::IoThread(loop::Channels& channels, const domain::Plant& plant, wire::FieldClient& field,
                   wire::OperatorServer* operators, Blackboard& blackboard, IoSettings settings)
    : channels_(channels),
      plant_(plant),
      field_(field),
      operators_(operators),
      blackboard_(blackboard),
      settings_(std::move(settings)),
      reporter_(plant, settings_.field_address, settings_.log, blackboard),
      last_frame_(plant.tags.size()),
      ack_(plant.mvs.size()) {}

IoThread::~IoThread() { stop(); }

void IoThread::start() {
  thread_ = std::thread([this] { run(); });
}

void IoThread::stop() {
  stop_.store(true);
  if (thread_.joinable()) thread_.join();
}

void IoThread::run() {
  const auto field = field_.pollables();
  std::vector<wire::Pollable> items(field.begin(), field.end());
  items.push_back(wire::Pollable::of_fd(channels_.outbox.doorbell_fd()));
  if (operators_ != nullptr) items.push_back(operators_->pollable());
  while (!stop_.load(std::memory_order_relaxed)) {
    wire::wait(items, std::chrono::milliseconds(20));
    channels_.outbox.quiet();
    beat();
    pump_field();
    send(channels_.outbox.take());
    pump_answers();
    if (operators_ != nullptr) pump_operators();
    reporter_.look(field_, now_ns());
  }
  if (settings_.pacing == loop::Pacing::field) {
    domain::Frame* slot = channels_.inbox.claim();
    while (slot == nullptr) {
      std::this_thread::yield();
      slot = channels_.inbox.claim();
    }
    slot->sequence = loop::kStopSequence;
    channels_.inbox.publish();
  }
}

void IoThread::beat() {
  const std::int64_t now = now_ns();
  if (now >= next_beat_ns_) {
    const std::uint32_t counter = channels_.watchdog.beat(now);
    if (settings_.pacing == loop::Pacing::wall) heartbeat_ = counter;
    next_beat_ns_ = now + settings_.heartbeat_ns;
  }
  field_.beat(heartbeat_, now);
  blackboard_.write_heartbeat(heartbeat_);
}

/// In wall pacing the control thread learns of a lost link from a frame that says so; in field
/// pacing there is no cycle without a frame, so there is nothing to tell.
void IoThread::put_link_frame(bool up) {
  if (settings_.pacing == loop::Pacing::field || last_frame_.sequence == 0) return;
  domain::Frame& frame = channels_.inbox.fill();
  frame = last_frame_;
  frame.link_up = up;
  frame.missed = 0;
  channels_.inbox.show();
}

void IoThread::pump_field() {
  for (;;) {
    const bool wall = settings_.pacing == loop::Pacing::wall;
    domain::Frame* slot = wall ? &channels_.inbox.fill() : channels_.inbox.claim();
    if (slot == nullptr) return;  // control is 8 frames behind: the next one stays on the wire
    const wire::FieldClientGot got = field_.receive(*slot, ack_);
    switch (got) {
      case wire::FieldClientGot::nothing:
        return;
      case wire::FieldClientGot::frame:
        slot->link_up = true;
        if (wall) {
          last_frame_ = *slot;
          channels_.inbox.show();
          break;
        }
        channels_.inbox.publish();
        send(channels_.outbox.expect(settings_.expect_ns));
        break;
      case wire::FieldClientGot::ack:
        reporter_.ack(ack_, now_ns());
        break;
      case wire::FieldClientGot::link_up:
        reporter_.got(got, field_);
        put_link_frame(true);
        break;
      case wire::FieldClientGot::link_lost:
        reporter_.got(got, field_);
        put_link_frame(false);
        break;
      case wire::FieldClientGot::refused:
        reporter_.got(got, field_);
        break;
    }
  }
}

void IoThread::send(domain::Command* command) {
  if (command == nullptr) return;
  // One counter on the link: the watchdog's by the clock, the cycle's in virtual time.
  if (settings_.pacing == loop::Pacing::wall) {
    command->heartbeat = heartbeat_;
  } else {
    heartbeat_ = command->heartbeat;
  }
  field_.send(*command);
}

void IoThread::pump_operators() {
  wire::OperatorRequest request;
  for (int i = 0; i < kRequestsPerPass && operators_->receive(request); ++i) {
    if (request.is_status) {
      answer_status(request.client);
    } else {
      pass_on(request);
    }
  }
  forget_late();
}

/// The newest digest with the link as it is now: there may have been no cycle for long.
void IoThread::answer_status(std::uint64_t client) {
  const auto digest = blackboard_.read();
  wire::Digest out = digest != nullptr ? *digest : wire::Digest{};
  if (const auto link = blackboard_.read_link()) {
    out.link = *link;
    out.link_up = link->up;
  }
  out.heartbeat = heartbeat_;
  operators_->status(client, out);
}

void IoThread::pass_on(const wire::OperatorRequest& request) {
  const std::size_t places = channels_.intents.capacity();
  const std::size_t mine =
      operate::is_emergency(request.intent.kind) ? places : places - kEmergencyPlaces;
  if (channels_.intents.size() < mine && channels_.intents.push(request.intent)) {
    waiting_.push_back({request.client, request.intent});
    return;
  }
  domain::IntentAnswer busy;
  busy.id = request.intent.id;
  busy.station = request.intent.station;
  busy.kind = domain::AnswerKind::busy;
  busy.reason = domain::Reason::busy;
  operators_->answer(request.client, busy,
                     std::to_string(mine) + " requests wait for the control loop; ask again");
}

/// Whoever waits for an answer that was lost is told so, once (SC-08).
void IoThread::forget_late() {
  const std::int64_t now = now_ns();
  if (now < next_tidy_ns_) return;
  next_tidy_ns_ = now + kTidy_ns;
  if (operators_->abort_late() == 0) return;
  std::erase_if(waiting_, [&](const Waiting& w) { return !operators_->is_open(w.client); });
}

void IoThread::pump_answers() {
  while (const domain::IntentAnswer* answer = channels_.answers.front()) {
    const auto it = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& w) {
      return w.intent.id == answer->id && w.intent.station == answer->station;
    });
    if (it != waiting_.end()) {
      const auto detail = [&](bool korean) {
        return answer_text(it->intent, *answer, plant_, settings_.ladders, korean);
      };
      operators_->answer(it->client, *answer, detail(false), detail(true));
      waiting_.erase(it);
    }
    channels_.answers.pop();
  }
}

}  // namespace saggar::app
