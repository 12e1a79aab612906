#include "runtime/wire/field_client.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/field_topic.hpp"
#include "runtime/wire/hello_codec.hpp"
#include "runtime/wire/socket.hpp"
#include "runtime/wire/tag_check.hpp"

namespace saggar::wire {
namespace {

enum class State : std::uint8_t {
  down,      // no agreed field
  checking,  // tag tables agree, waiting for the field to confirm us
  up,
};

constexpr std::int64_t kHelloInterval_ns = 250'000'000;
constexpr std::int64_t kMismatchInterval_ns = 1'000'000'000;
/// How long a frame may wait for the ack that the field sent before it.
constexpr std::int64_t kHeldLimit_ns = 200'000'000;
/// How often lost connections are counted.
constexpr std::int64_t kLookInterval_ns = 100'000'000;

std::int64_t steady_ns() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

struct FieldClient::Impl {
  Impl(Socket frame_socket, Socket command_socket, const domain::Plant& p,
       const HeartbeatSettings& heartbeat)
      : frames(std::move(frame_socket)),
        commands(std::move(command_socket)),
        plant(p),
        settings(heartbeat),
        watch(heartbeat),
        incoming(p.mvs.size()) {}

  FieldClientGot receive(domain::Frame& frame, domain::Ack& ack);
  FieldClientGot handle(domain::Ack& ack);
  FieldClientGot on_welcome();
  FieldClientGot on_heartbeat();
  FieldClientGot on_ack(domain::Ack& ack);
  FieldClientGot on_refusal();
  FieldClientGot receive_frame(domain::Frame& frame);
  FieldClientGot on_frame(domain::Frame& frame);
  FieldClientGot foreign_frame(std::uint64_t frame_session);
  FieldClientGot deliver(domain::Frame& frame);
  FieldClientGot deliver_held(domain::Frame& frame);
  FieldClientGot refuse(std::string text);
  FieldClientGot go_down() noexcept;
  bool send(const domain::Command& command);
  void beat(std::uint32_t counter, std::int64_t now);
  void judge_field(std::int64_t now);
  void say_hello(std::int64_t now);
  void hold() noexcept;
  bool hello(std::uint64_t to_session, std::string differences);

  Socket frames;
  Socket commands;
  const domain::Plant& plant;
  const HeartbeatSettings settings;
  const std::uint64_t session = new_session();
  std::string address;

  State state = State::down;
  std::uint64_t field_session = 0;
  std::uint64_t former_session = 0;  // its frames may still be in the queue
  TagMap map;
  std::optional<domain::Error> mismatch;
  std::uint64_t mismatch_session = 0;

  std::uint64_t last_sequence = 0;
  std::uint64_t last_ack = 0;
  unsigned since_commands = 0;  // calls since the command queue was seen empty, in this drain
  bool held = false;            // a frame waits in frame_inbox for its ack
  bool held_released = false;
  std::int64_t held_since = 0;  // 0 = not seen by beat yet

  HeartbeatWatch watch;
  domain::Ack incoming;
  bool watching = false;
  bool field_beat_heard = false;
  std::uint32_t field_counter = 0;
  Liveness liveness = Liveness::waiting;
  HeartbeatFault fault = HeartbeatFault::none;
  bool lost_pending = false;  // link_lost to report

  std::int64_t next_hello = INT64_MIN;
  std::int64_t next_beat = INT64_MIN;
  std::int64_t next_look = INT64_MIN;
  FieldClientCounts counts;
  std::string refusal;
  Inbox frame_inbox;
  Inbox inbox;
  Encoder encoder;
};

bool FieldClient::Impl::hello(std::uint64_t to_session, std::string differences) {
  return commands.send(
      encode_hello(encoder, {session, to_session, plant.name, std::move(differences)}));
}

FieldClientGot FieldClient::Impl::refuse(std::string text) {
  refusal = std::move(text);
  ++counts.refused;
  return FieldClientGot::refused;
}

FieldClientGot FieldClient::Impl::go_down() noexcept {
  const bool was_up = state == State::up;
  if (state != State::down) next_hello = INT64_MIN;
  state = State::down;
  held = false;
  return was_up ? FieldClientGot::link_lost : FieldClientGot::nothing;
}

/// The field says who it is: compare, and tell it our verdict.
FieldClientGot FieldClient::Impl::on_welcome() {
  domain::Result<Welcome> read = decode_welcome(inbox.payload());
  if (!read.ok()) return refuse(read.error().text());
  const Welcome& welcome = read.value();
  domain::Result<TagMap> mapped = map_tags(plant, welcome.kiln, welcome.tags);
  if (!mapped.ok()) {
    const bool news = mismatch_session != welcome.session || !mismatch;
    mismatch = domain::Error{"field link " + address, mapped.error().what};
    mismatch_session = welcome.session;
    hello(welcome.session, mapped.error().what);
    if (go_down() == FieldClientGot::link_lost) lost_pending = true;
    return news ? refuse(mismatch->text()) : FieldClientGot::nothing;
  }
  mismatch.reset();
  FieldClientGot got = FieldClientGot::nothing;
  if (welcome.session != field_session) {
    got = go_down();
    former_session = field_session;
    field_session = welcome.session;
    last_sequence = last_ack = 0;
  }
  map = std::move(mapped).value();
  if (state == State::down) state = State::checking;
  hello(field_session, "");
  return got;
}

FieldClientGot FieldClient::Impl::on_heartbeat() {
  Heartbeat heartbeat;
  const domain::Status read = decode_heartbeat(inbox.payload(), heartbeat);
  if (!read.ok()) return refuse(read.error().text());
  if (heartbeat.session != field_session) return FieldClientGot::nothing;
  field_counter = heartbeat.counter;
  field_beat_heard = true;
  if (state != State::checking) return FieldClientGot::nothing;
  state = State::up;
  watching = false;
  next_beat = INT64_MIN;
  return FieldClientGot::link_up;
}

FieldClientGot FieldClient::Impl::on_ack(domain::Ack& ack) {
  if (state != State::up) return FieldClientGot::nothing;
  std::uint64_t from = 0;
  const domain::Status read = decode_ack(inbox.payload(), map.plant_mv, from, incoming);
  if (!read.ok()) return refuse(read.error().text());
  if (from != field_session) return FieldClientGot::nothing;
  ack = incoming;
  last_ack = std::max(last_ack, ack.cycle);
  return FieldClientGot::ack;
}

FieldClientGot FieldClient::Impl::on_refusal() {
  const domain::Result<Refusal> read = decode_refusal(inbox.payload());
  if (!read.ok()) return refuse(read.error().text());
  if (read.value().say_hello && state == State::up) {
    refusal = "the field refused: " + read.value().text;
    return go_down();
  }
  return refuse("the field refused: " + read.value().text);
}

FieldClientGot FieldClient::Impl::handle(domain::Ack& ack) {
  if (inbox.extra_parts()) return refuse("message of several parts from the field");
  const domain::Result<Kind> kind = kind_of(inbox.payload());
  if (!kind.ok()) return refuse(kind.error().text());
  switch (kind.value()) {
    case Kind::welcome:
      return on_welcome();
    case Kind::heartbeat:
      return on_heartbeat();
    case Kind::ack:
      return on_ack(ack);
    case Kind::refusal:
      return on_refusal();
    default:
      return refuse("a runtime takes welcome, heartbeat, ack and refusal, not " +
                    std::string(name(kind.value())));
  }
}

/// Frames of a field that we do not know: an old one that is still queued, or a restarted one.
FieldClientGot FieldClient::Impl::foreign_frame(std::uint64_t frame_session) {
  if (frame_session == former_session) return FieldClientGot::nothing;
  const FieldClientGot got = go_down();
  if (got == FieldClientGot::link_lost) hello(0, "");
  return got;
}

FieldClientGot FieldClient::Impl::deliver(domain::Frame& frame) {
  held = false;
  FrameHead head;
  const domain::Status read = decode_frame(frame_inbox.payload(), map.plant_tag, head, frame);
  if (!read.ok()) return refuse(read.error().text());
  frame.missed = 0;
  if (last_sequence != 0) {
    frame.missed = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(head.sequence - last_sequence - 1, UINT32_MAX));
  }
  last_sequence = head.sequence;
  frame.received_ns = steady_ns();
  frame.link_up = true;
  ++counts.frames;
  counts.missed += frame.missed;
  return FieldClientGot::frame;
}

FieldClientGot FieldClient::Impl::on_frame(domain::Frame& frame) {
  if (frame_inbox.extra_parts()) return refuse("frame of several parts");
  FrameHead head;
  const domain::Status read = decode_frame_head(frame_inbox.payload(), head);
  if (!read.ok()) return refuse(read.error().text());
  if (head.session != field_session) return foreign_frame(head.session);
  if (state == State::checking) hold();  // the field confirms us on the other connection
  if (state != State::up) return FieldClientGot::nothing;
  if (head.sequence <= last_sequence) {
    return refuse("frame.sequence is " + std::to_string(head.sequence) + " after " +
                  std::to_string(last_sequence));
  }
  if (head.acked_cycle > last_ack) {
    hold();
    return FieldClientGot::nothing;
  }
  return deliver(frame);
}

FieldClientGot FieldClient::Impl::deliver_held(domain::Frame& frame) {
  FrameHead head;
  if (decode_frame_head(frame_inbox.payload(), head).ok() && head.acked_cycle > last_ack) {
    if (!held_released) return FieldClientGot::nothing;
    last_ack = head.acked_cycle;  // its ack was lost with the link: do not wait again
  }
  return deliver(frame);
}

void FieldClient::Impl::hold() noexcept {
  held = true;
  held_released = false;
  held_since = 0;
}

FieldClientGot FieldClient::Impl::receive(domain::Frame& frame, domain::Ack& ack) {
  if (lost_pending) {
    lost_pending = false;
    return FieldClientGot::link_lost;
  }
  // Each look at an empty queue is a system call: once in a drain is enough, unless it is long.
  constexpr unsigned kLongDrain = 32;
  if (since_commands == 0 || since_commands > kLongDrain) {
    while (commands.receive(inbox)) {
      const FieldClientGot got = handle(ack);
      if (got != FieldClientGot::nothing) return got;
    }
    since_commands = 0;
  }
  const FieldClientGot got = receive_frame(frame);
  since_commands = got == FieldClientGot::nothing ? 0 : since_commands + 1;
  return got;
}

FieldClientGot FieldClient::Impl::receive_frame(domain::Frame& frame) {
  if (held && state == State::up) return deliver_held(frame);
  while (frames.receive(frame_inbox)) {
    held = false;
    const FieldClientGot got = on_frame(frame);
    if (got != FieldClientGot::nothing) return got;
    if (held && state == State::up) break;
  }
  return FieldClientGot::nothing;
}

bool FieldClient::Impl::send(const domain::Command& command) {
  if (state == State::up &&
      commands.send(encode_command(encoder, {session, field_session}, command, map.field_of_mv))) {
    return true;
  }
  ++counts.unsent;
  return false;
}

void FieldClient::Impl::judge_field(std::int64_t now) {
  if (!watching) watch.restart(now);
  watching = true;
  if (field_beat_heard) watch.hear(field_counter, now);
  field_beat_heard = false;
  liveness = watch.judge(now);
  fault = watch.fault(now);
  if (liveness == Liveness::lost && go_down() == FieldClientGot::link_lost) lost_pending = true;
}

void FieldClient::Impl::say_hello(std::int64_t now) {
  if (now < next_hello) return;
  if (!hello(state == State::checking ? field_session : 0, "")) return;
  next_hello = now + (mismatch ? kMismatchInterval_ns : kHelloInterval_ns);
}

void FieldClient::Impl::beat(std::uint32_t counter, std::int64_t now) {
  if (now >= next_look) {
    next_look = now + kLookInterval_ns;
    counts.disconnects = commands.disconnects() + frames.disconnects();
  }
  if (state == State::up) judge_field(now);
  if (state != State::up) {
    say_hello(now);
  } else if (now >= next_beat) {
    next_beat = now + static_cast<std::int64_t>(settings.step_s * 1e9);
    if (!commands.send(encode_heartbeat(encoder, {session, counter, field_counter}))) {
      ++counts.unsent;
    }
  }
  if (!held) return;
  if (held_since == 0) held_since = now;
  if (now - held_since >= kHeldLimit_ns) held_released = true;
}

domain::Result<std::unique_ptr<FieldClient>> FieldClient::connect(
    Context& context, const FieldEndpoints& endpoints, const domain::Plant& plant,
    const HeartbeatSettings& heartbeat) {
  domain::Result<Socket> frames = Socket::open(context, Socket::Role::subscriber);
  if (!frames.ok()) return frames.error();
  domain::Result<Socket> commands = Socket::open(context, Socket::Role::dealer);
  if (!commands.ok()) return commands.error();
  auto impl = std::make_unique<Impl>(std::move(frames).value(), std::move(commands).value(), plant,
                                     heartbeat);
  impl->address = endpoints.commands;
  impl->frames.subscribe(kFramesTopic);
  impl->frames.subscribe(listener_topic(impl->session));
  if (domain::Status s = impl->frames.connect(endpoints.frames); !s.ok()) return s.error();
  if (domain::Status s = impl->commands.connect(endpoints.commands); !s.ok()) return s.error();
  return std::unique_ptr<FieldClient>(new FieldClient(std::move(impl)));
}

FieldClient::FieldClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FieldClient::~FieldClient() = default;

FieldClientGot FieldClient::receive(domain::Frame& frame, domain::Ack& ack) noexcept {
  return impl_->receive(frame, ack);
}
bool FieldClient::send(const domain::Command& command) noexcept { return impl_->send(command); }
void FieldClient::beat(std::uint32_t heartbeat, std::int64_t now_ns) noexcept {
  impl_->beat(heartbeat, now_ns);
}
bool FieldClient::link_up() const noexcept { return impl_->state == State::up; }
Liveness FieldClient::field_liveness() const noexcept { return impl_->liveness; }
HeartbeatFault FieldClient::field_fault() const noexcept { return impl_->fault; }
const std::optional<domain::Error>& FieldClient::mismatch() const noexcept {
  return impl_->mismatch;
}
std::string_view FieldClient::refusal() const noexcept { return impl_->refusal; }
const FieldClientCounts& FieldClient::counts() const noexcept { return impl_->counts; }
std::array<Pollable, 2> FieldClient::pollables() const noexcept {
  return {Pollable{impl_->frames.handle(), -1}, Pollable{impl_->commands.handle(), -1}};
}

}  // namespace saggar::wire
