#include "runtime/wire/field_server.hpp"

#include <algorithm>
#include <limits>

#include "runtime/wire/field_codec.hpp"
#include "runtime/wire/field_topic.hpp"
#include "runtime/wire/hello_codec.hpp"
#include "runtime/wire/socket.hpp"

namespace saggar::wire {

using domain::Reason;

namespace {
/// Of messages taken in one call: a flood must not keep the field from its work.
constexpr std::size_t kMaxAtOnce = 256;
}  // namespace

struct FieldServer::Impl {
  Impl(Socket frame_socket, Socket command_socket)
      : frames(std::move(frame_socket)), commands(std::move(command_socket)) {}

  void prepare(std::string kiln_name, const domain::TagTable& table);
  std::uint64_t publish(const domain::Frame& frame);
  FieldGot receive(domain::Command& command);
  std::size_t drop_all();
  void acknowledge(const domain::Ack& ack);

  void hear_listeners();
  bool listens(std::uint64_t runtime) const noexcept;
  FieldGot handle(domain::Command& command);
  FieldGot on_hello();
  FieldGot on_command(domain::Command& command);
  FieldGot on_heartbeat();
  bool another_drives();
  FieldGot confirm();
  bool from_peer() const noexcept { return !peer.empty() && inbox.peer() == peer; }
  void welcome();
  bool beat();
  bool probe();
  FieldGot refuse(Reason reason, std::string text, bool say_hello);
  FieldGot refuse_command(const domain::Command& command, Reason reason, std::string text);
  void release_peer();
  void forget_peer() noexcept;

  Socket frames;
  Socket commands;
  FieldEndpoints endpoints;
  std::string kiln;
  domain::TagTable tags;
  std::vector<domain::TagId> tag_of_mv;
  std::vector<domain::MvId> mv_of_tag;
  const std::uint64_t session = new_session();

  std::vector<std::uint64_t> listeners;  // runtime sessions whose subscription we saw
  std::uint64_t sequence = 0;
  std::int64_t newest_ns = std::numeric_limits<std::int64_t>::min();

  PeerId peer;
  std::uint64_t peer_session = 0;
  bool present = false;
  unsigned calls = 0;
  std::uint64_t last_cycle = 0;
  std::uint64_t acked_cycle = 0;
  std::uint32_t peer_heartbeat = 0;
  std::uint32_t own_heartbeat = 0;

  domain::Ack last_ack;
  domain::Ack refused_ack;
  domain::Command incoming;
  domain::Frame outgoing;
  std::string refusal;
  std::uint64_t refused_count = 0;
  Inbox inbox;
  Inbox listener_inbox;
  Encoder encoder;
};

void FieldServer::Impl::prepare(std::string kiln_name, const domain::TagTable& table) {
  kiln = std::move(kiln_name);
  tags = table;
  mv_of_tag.assign(tags.size(), domain::kNoMv);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[static_cast<domain::TagId>(i)].access != domain::Access::write) continue;
    mv_of_tag[i] = static_cast<domain::MvId>(tag_of_mv.size());
    tag_of_mv.push_back(static_cast<domain::TagId>(i));
  }
  last_ack = refused_ack = domain::Ack(tag_of_mv.size());
  std::fill(last_ack.taken.begin(), last_ack.taken.end(), std::numeric_limits<double>::quiet_NaN());
  incoming = domain::Command(tag_of_mv.size());
  outgoing = domain::Frame(tags.size());
}

bool FieldServer::Impl::listens(std::uint64_t runtime) const noexcept {
  return std::find(listeners.begin(), listeners.end(), runtime) != listeners.end();
}

/// Subscriptions and their end, as XPUB reports them.
void FieldServer::Impl::hear_listeners() {
  constexpr std::size_t kMaxListeners = 64;
  while (frames.receive(listener_inbox)) {
    bool joins = false;
    const std::uint64_t runtime = parse_listener(listener_inbox.payload(), joins);
    if (runtime == 0) continue;
    std::erase(listeners, runtime);
    if (!joins) continue;
    if (listeners.size() == kMaxListeners) listeners.erase(listeners.begin());
    listeners.push_back(runtime);
  }
  if (present && !listens(peer_session)) present = false;
}

std::uint64_t FieldServer::Impl::publish(const domain::Frame& frame) {
  newest_ns = frame.time_ns;
  const FrameHead head{session, ++sequence, acked_cycle};
  const domain::Frame* sent = &frame;
  if (last_ack.cycle != 0) {
    bool copied = false;
    for (std::size_t mv = 0; mv < tag_of_mv.size(); ++mv) {
      const domain::TagId tag = tag_of_mv[mv];
      if (frame.samples[tag].sub_status != domain::SubStatus::never_received) continue;
      if (!copied) outgoing = frame;
      copied = true;
      outgoing.samples[tag] = {last_ack.taken[mv], frame.time_ns, domain::Quality::good,
                               domain::SubStatus::none};
    }
    if (copied) sent = &outgoing;
  }
  frames.send(encode_frame(encoder, head, *sent));
  return sequence;
}

void FieldServer::Impl::welcome() {
  commands.send_to(inbox.peer(), encode_welcome(encoder, session, kiln, tags));
}

/// Tells the runtime that we are here; false if it is gone.
bool FieldServer::Impl::beat() {
  ++own_heartbeat;
  return probe();
}

/// The same without a step of the counter: whatever makes us look, the count keeps its pace, or the
/// runtime's watch would call it too fast (SC-48).
bool FieldServer::Impl::probe() {
  return commands.send_to(peer,
                          encode_heartbeat(encoder, {session, own_heartbeat, peer_heartbeat}));
}

FieldGot FieldServer::Impl::refuse(Reason reason, std::string text, bool say_hello) {
  refusal = std::move(text);
  ++refused_count;
  commands.send_to(inbox.peer(), encode_refusal(encoder, {session, reason, say_hello, refusal}));
  return FieldGot::refused;
}

FieldGot FieldServer::Impl::refuse_command(const domain::Command& command, Reason reason,
                                           std::string text) {
  refusal = std::move(text);
  ++refused_count;
  refused_ack.cycle = command.cycle;
  refused_ack.time_ns = newest_ns;
  refused_ack.taken = last_ack.taken;
  for (std::size_t mv = 0; mv < command.action.size(); ++mv) {
    refused_ack.refused[mv] = command.action[mv] == domain::Action::none ? Reason::none : reason;
  }
  commands.send_to(peer, encode_ack(encoder, session, refused_ack, tag_of_mv));
  return FieldGot::refused;
}

void FieldServer::Impl::forget_peer() noexcept {
  peer.clear();
  peer_session = 0;
  present = false;
}

/// Told outright: a hello of its that is still under way would bring it back without its knowing.
void FieldServer::Impl::release_peer() {
  if (peer.empty()) return;
  commands.send_to(peer, encode_refusal(encoder, {session, Reason::no_authority, true,
                                                  "the field has let this runtime go: say hello"}));
  forget_peer();
}

/// True while a runtime other than the sender drives and is still connected.
bool FieldServer::Impl::another_drives() {
  if (peer.empty() || inbox.peer() == peer) return false;
  return probe();
}

/// The runtime drives once we know that our frames reach it.
FieldGot FieldServer::Impl::confirm() {
  if (peer.empty() || present || !listens(peer_session)) return FieldGot::nothing;
  if (!beat()) return FieldGot::nothing;
  present = true;
  return FieldGot::hello;
}

FieldGot FieldServer::Impl::on_hello() {
  const domain::Result<Hello> hello = decode_hello(inbox.payload());
  if (!hello.ok()) return refuse(Reason::wrong_shape, hello.error().text(), false);
  const Hello& h = hello.value();
  if (h.field_session != session) {
    welcome();
    return FieldGot::nothing;
  }
  if (!h.differences.empty()) {
    if (from_peer()) forget_peer();
    refusal = "the runtime refused our tag table: " + h.differences;
    ++refused_count;
    return FieldGot::refused;
  }
  if (h.kiln != kiln) {
    return refuse(Reason::no_authority, "hello.kiln is '" + h.kiln + "', this is '" + kiln + "'",
                  false);
  }
  if (h.runtime_session != peer_session && another_drives()) {
    return refuse(Reason::no_authority, "another runtime drives this kiln and is still connected",
                  false);
  }
  if (h.runtime_session != peer_session) {
    last_cycle = acked_cycle = 0;
    peer_heartbeat = 0;
  } else if (from_peer() && present) {
    probe();  // our confirmation was not heard: again
    return FieldGot::nothing;
  }
  peer = inbox.peer();
  peer_session = h.runtime_session;
  present = false;
  return confirm();
}

FieldGot FieldServer::Impl::on_command(domain::Command& command) {
  CommandHead head;
  const domain::Status read = decode_command(inbox.payload(), mv_of_tag, head, incoming);
  if (!read.ok()) return refuse(Reason::wrong_shape, read.error().text(), false);
  if (!from_peer() || head.runtime_session != peer_session) {
    return refuse(Reason::no_authority, "command of a runtime that does not drive: say hello",
                  true);
  }
  if (head.field_session != session) {
    return refuse(Reason::sequence, "command.field_session is of an earlier run of the field",
                  true);
  }
  if (incoming.cycle < last_cycle) {
    return refuse_command(incoming, Reason::sequence,
                          "command.cycle is " + std::to_string(incoming.cycle) + " after " +
                              std::to_string(last_cycle));
  }
  if (incoming.valid_until_ns < newest_ns) {
    return refuse_command(incoming, Reason::stale_request,
                          "command.valid_until_ns ended " +
                              std::to_string((newest_ns - incoming.valid_until_ns) / 1'000'000) +
                              " ms before the field's time");
  }
  last_cycle = incoming.cycle;
  peer_heartbeat = incoming.heartbeat;
  command = incoming;
  return FieldGot::command;
}

FieldGot FieldServer::Impl::on_heartbeat() {
  Heartbeat heartbeat;
  const domain::Status read = decode_heartbeat(inbox.payload(), heartbeat);
  if (!read.ok()) return refuse(Reason::wrong_shape, read.error().text(), false);
  if (!from_peer() || heartbeat.session != peer_session) {
    return refuse(Reason::no_authority, "heartbeat of a runtime that does not drive: say hello",
                  true);
  }
  peer_heartbeat = heartbeat.counter;
  beat();
  hear_listeners();
  return FieldGot::heartbeat;
}

FieldGot FieldServer::Impl::handle(domain::Command& command) {
  if (inbox.extra_parts()) return refuse(Reason::wrong_shape, "message of several parts", false);
  if (inbox.payload().empty()) {  // a knock: somebody has just connected
    welcome();
    return FieldGot::nothing;
  }
  const domain::Result<Kind> kind = kind_of(inbox.payload());
  if (!kind.ok()) return refuse(Reason::wrong_shape, kind.error().text(), false);
  switch (kind.value()) {
    case Kind::command:
      return on_command(command);
    case Kind::heartbeat:
      return on_heartbeat();
    case Kind::hello:
      return on_hello();
    default:
      return refuse(
          Reason::wrong_shape,
          "a field takes hello, command and heartbeat, not " + std::string(name(kind.value())),
          false);
  }
}

FieldGot FieldServer::Impl::receive(domain::Command& command) {
  // While a runtime listens, its subscription is looked at now and then: each look costs.
  constexpr unsigned kLookEach = 64;
  if (!present || ++calls % kLookEach == 0) hear_listeners();
  if (!present && confirm() == FieldGot::hello) return FieldGot::hello;
  for (std::size_t i = 0; i < kMaxAtOnce && commands.receive(inbox); ++i) {
    const FieldGot got = handle(command);
    if (got != FieldGot::nothing) return got;
  }
  return FieldGot::nothing;
}

std::size_t FieldServer::Impl::drop_all() {
  hear_listeners();
  std::size_t lost = 0;
  while (lost < kMaxAtOnce && commands.receive(inbox)) ++lost;
  return lost;
}

void FieldServer::Impl::acknowledge(const domain::Ack& ack) {
  last_ack = ack;
  if (peer.empty()) return;
  if (commands.send_to(peer, encode_ack(encoder, session, ack, tag_of_mv))) {
    acked_cycle = std::max(acked_cycle, ack.cycle);
  }
}

domain::Result<std::unique_ptr<FieldServer>> FieldServer::bind(Context& context,
                                                               const FieldEndpoints& endpoints,
                                                               std::string kiln,
                                                               const domain::TagTable& tags) {
  if (tags.size() == 0)
    return domain::Error{"field " + kiln, "has no tags; at least one is needed"};
  domain::Result<Socket> frames = Socket::open(context, Socket::Role::publisher);
  if (!frames.ok()) return frames.error();
  domain::Result<Socket> commands = Socket::open(context, Socket::Role::router);
  if (!commands.ok()) return commands.error();
  auto impl = std::make_unique<Impl>(std::move(frames).value(), std::move(commands).value());
  impl->prepare(std::move(kiln), tags);
  const domain::Result<std::string> frames_at = impl->frames.bind(endpoints.frames);
  if (!frames_at.ok()) return frames_at.error();
  const domain::Result<std::string> commands_at = impl->commands.bind(endpoints.commands);
  if (!commands_at.ok()) return commands_at.error();
  impl->endpoints = {frames_at.value(), commands_at.value()};
  return std::unique_ptr<FieldServer>(new FieldServer(std::move(impl)));
}

FieldServer::FieldServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FieldServer::~FieldServer() = default;

const FieldEndpoints& FieldServer::endpoints() const noexcept { return impl_->endpoints; }
std::uint64_t FieldServer::session() const noexcept { return impl_->session; }
std::size_t FieldServer::mv_count() const noexcept { return impl_->tag_of_mv.size(); }
domain::TagId FieldServer::tag_of(domain::MvId mv) const noexcept { return impl_->tag_of_mv[mv]; }
std::uint64_t FieldServer::publish(const domain::Frame& frame) noexcept {
  return impl_->publish(frame);
}
FieldGot FieldServer::receive(domain::Command& command) noexcept { return impl_->receive(command); }
std::size_t FieldServer::drop_all() noexcept { return impl_->drop_all(); }
void FieldServer::note_time(std::int64_t time_ns) noexcept {
  impl_->newest_ns = std::max(impl_->newest_ns, time_ns);
}
void FieldServer::acknowledge(const domain::Ack& ack) noexcept { impl_->acknowledge(ack); }
std::uint32_t FieldServer::peer_heartbeat() const noexcept { return impl_->peer_heartbeat; }
std::uint64_t FieldServer::peer_session() const noexcept { return impl_->peer_session; }
bool FieldServer::peer_present() const noexcept { return impl_->present; }
void FieldServer::release_peer() noexcept { impl_->release_peer(); }
std::string_view FieldServer::refusal() const noexcept { return impl_->refusal; }
std::uint64_t FieldServer::refused_count() const noexcept { return impl_->refused_count; }
std::uint64_t FieldServer::disconnects() const noexcept {
  return impl_->commands.disconnects() + impl_->frames.disconnects();
}
Pollable FieldServer::pollable() const noexcept { return {impl_->commands.handle(), -1}; }

}  // namespace saggar::wire
