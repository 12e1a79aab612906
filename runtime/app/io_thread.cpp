#include "runtime/app/io_thread.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace saggar::app {
namespace {

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

IoThread::IoThread(loop::Channels& channels, const domain::Plant& plant, wire::FieldClient& field,
                   wire::OperatorServer* operators, const Blackboard& blackboard,
                   IoSettings settings)
    : channels_(channels),
      field_(field),
      operators_(operators),
      blackboard_(blackboard),
      settings_(settings),
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
    switch (field_.receive(*slot, ack_)) {
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
        for (const domain::Reason refused : ack_.refused) {
          if (refused != domain::Reason::none) acks_refused_.fetch_add(1);
        }
        break;
      case wire::FieldClientGot::link_up:
        put_link_frame(true);
        break;
      case wire::FieldClientGot::link_lost:
        put_link_frame(false);
        break;
      case wire::FieldClientGot::refused:
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
  while (operators_->receive(request)) {
    if (request.is_status) {
      const auto digest = blackboard_.read();
      operators_->status(request.client, digest != nullptr ? *digest : wire::Digest{});
      continue;
    }
    if (channels_.intents.push(request.intent)) {
      waiting_.push_back({request.client, request.intent.id, request.intent.station});
    } else {
      domain::IntentAnswer busy;
      busy.id = request.intent.id;
      busy.station = request.intent.station;
      busy.kind = domain::AnswerKind::busy;
      busy.reason = domain::Reason::busy;
      operators_->answer(request.client, busy, "64 requests wait already; ask again");
    }
  }
}

void IoThread::pump_answers() {
  while (const domain::IntentAnswer* answer = channels_.answers.front()) {
    const auto it = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& w) {
      return w.id == answer->id && w.station == answer->station;
    });
    if (it != waiting_.end()) {
      operators_->answer(it->client, *answer, domain::text(answer->reason, false));
      waiting_.erase(it);
    }
    channels_.answers.pop();
  }
}

}  // namespace saggar::app
