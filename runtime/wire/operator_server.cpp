#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <map>

#include "runtime/wire/operator_codec.hpp"
#include "runtime/wire/operator_link.hpp"
#include "runtime/wire/socket.hpp"
#include "runtime/wire/stream_codec.hpp"

namespace saggar::wire {

using domain::AnswerKind;
using domain::Reason;

namespace {

/// A person who presses one of these is never told to wait, nor that a clock is wrong (SC-91).
bool is_emergency(domain::IntentKind kind) noexcept {
  return kind == domain::IntentKind::ai_off || kind == domain::IntentKind::hold ||
         kind == domain::IntentKind::release;
}

std::int64_t steady_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::int64_t unix_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// The place of a rung in its ladder: by its name first, for a rung may be called "1", then by its
/// number.
std::optional<std::uint8_t> rung_of(const std::string& word,
                                    const std::vector<std::string>& ladder) {
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    if (lower(ladder[i]) == lower(word)) return static_cast<std::uint8_t>(i);
  }
  std::uint8_t number = 0;
  const char* end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number >= ladder.size()) return std::nullopt;
  return number;
}

}  // namespace

struct OperatorServer::Impl {
  Impl(Socket s, const domain::Plant& p, std::vector<std::string> names, RungNames ladders)
      : socket(std::move(s)), plant(p), controllers(std::move(names)), rungs(std::move(ladders)) {}

  /// What is needed to answer a request later.
  struct Open {
    PeerId peer;
    std::uint64_t request = 0;
    std::uint64_t id = 0;
    bool is_status = false;
    std::int64_t until_ns = INT64_MAX;  // monotonic: aborted then
  };

  /// An answer that waits for room in the queue of its station.
  struct Late {
    PeerId peer;
    std::vector<std::uint8_t> bytes;
  };

  bool receive(OperatorRequest& out);
  bool take(OperatorRequest& out);
  bool take_intent(OperatorRequest& out);
  bool take_status(OperatorRequest& out);
  bool resolve(const IntentByName& in, domain::Intent& out, IntentReply& reply) const;
  bool resolve_rung(const IntentByName& in, domain::Intent& out, IntentReply& reply) const;
  void refuse(std::uint64_t request, IntentReply reply);
  bool full(std::uint64_t request, std::uint64_t id, std::size_t room);
  std::uint64_t remember(const Open& open);
  std::size_t abort_late();
  void deliver(const PeerId& to, Bytes message);
  void deliver_late();

  Socket socket;
  const domain::Plant& plant;
  const std::vector<std::string> controllers;
  const RungNames rungs;
  std::string endpoint;
  std::map<std::uint64_t, Open> open;
  std::uint64_t next_client = 1;
  std::uint64_t refused_count = 0;
  std::uint64_t undelivered = 0;
  std::vector<Late> late;  // answers for which the station's queue had no room
  const std::uint64_t session = new_session();
  std::int64_t answer_limit_ns = std::chrono::nanoseconds(kAnswerLimit).count();
  Inbox inbox;
  Encoder encoder;
};

/// A station that reads slowly gets its answer later; one that is gone, or very far behind, never.
void OperatorServer::Impl::deliver(const PeerId& to, Bytes message) {
  constexpr std::size_t kMaxLate = 1024;
  if (socket.send_to(to, message)) return;
  if (errno == EAGAIN && late.size() < kMaxLate) {
    late.push_back({to, {message.begin(), message.end()}});
  } else {
    ++undelivered;
  }
}

void OperatorServer::Impl::deliver_late() {
  std::erase_if(late, [this](const Late& reply) {
    if (socket.send_to(reply.peer, reply.bytes)) return true;
    if (errno == EAGAIN) return false;
    ++undelivered;
    return true;
  });
}

void OperatorServer::Impl::refuse(std::uint64_t request, IntentReply reply) {
  ++refused_count;
  deliver(inbox.peer(), encode_intent_reply(encoder, {request, std::move(reply)}));
}

/// Too many unanswered requests: the answer is "busy".
bool OperatorServer::Impl::full(std::uint64_t request, std::uint64_t id, std::size_t room) {
  if (open.size() < room) return false;
  refuse(request, {id, 0, AnswerKind::busy, Reason::busy,
                   std::to_string(open.size()) + " requests wait for an answer; try again"});
  return true;
}

/// An answer that was lost on its way is given here, so that there is one all the same (SC-08).
std::size_t OperatorServer::Impl::abort_late() {
  const std::int64_t now = steady_ns();
  std::size_t aborted = 0;
  for (auto at = open.begin(); at != open.end();) {
    const Open& entry = at->second;
    if (now < entry.until_ns) {
      ++at;
      continue;
    }
    deliver(entry.peer,
            encode_intent_reply(encoder, {entry.request,
                                          {entry.id, 0, AnswerKind::aborted, Reason::time_limit,
                                           "the control loop gave no answer in time: look at the "
                                           "status before asking again"}}));
    at = open.erase(at);
    ++aborted;
  }
  return aborted;
}

std::uint64_t OperatorServer::Impl::remember(const Open& entry) {
  open.emplace(next_client, entry);
  return next_client++;
}

/// Names to indices; false with the reply filled in when a name is unknown.
bool OperatorServer::Impl::resolve(const IntentByName& in, domain::Intent& out,
                                   IntentReply& reply) const {
  out = {};
  out.id = in.id;
  out.not_before = in.not_before;
  out.kind = in.kind;
  out.duty = in.duty;
  out.mode = in.mode;
  out.rung = in.rung;
  out.value = in.value;
  out.key.assign(in.key);
  out.who.assign(in.who);
  out.station.assign(in.station);
  out.reason.assign(in.reason);
  if (!in.mv.empty()) {
    const std::optional<domain::TagId> tag = plant.tags.find(in.mv);
    out.mv = tag ? plant.mv_of(*tag) : domain::kNoMv;
    if (out.mv == domain::kNoMv) {
      const std::string near = plant.tags.nearest(in.mv);
      reply.reason = Reason::unknown_tag;
      reply.detail = "intent.mv: '" + in.mv + "' is not a tag that may be written" +
                     (near.empty() || near == in.mv ? "" : "; did you mean " + near + "?");
      return false;
    }
    out.duty = plant.mvs[out.mv].duty;
  }
  if (!in.controller.empty()) {
    const auto found = std::find(controllers.begin(), controllers.end(), in.controller);
    if (found == controllers.end()) {
      const std::string near = domain::nearest_word(in.controller, controllers);
      reply.reason = Reason::unknown_tag;
      reply.detail = "intent.controller: there is no '" + in.controller + "'" +
                     (near.empty() ? "" : "; did you mean " + near + "?");
      return false;
    }
    out.controller = static_cast<domain::ControllerId>(found - controllers.begin());
  }
  return resolve_rung(in, out, reply);
}

bool OperatorServer::Impl::resolve_rung(const IntentByName& in, domain::Intent& out,
                                        IntentReply& reply) const {
  if (in.rung_name.empty()) return true;
  const std::vector<std::string>& ladder = rungs[static_cast<std::size_t>(out.duty)];
  if (const auto found = rung_of(in.rung_name, ladder)) {
    out.rung = *found;
    return true;
  }
  std::string known;
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    known += (i == 0 ? "" : ", ") + std::to_string(i) + ' ' + ladder[i];
  }
  const std::string duty(domain::name(out.duty));
  const std::string near = domain::nearest_word(lower(in.rung_name), ladder);
  reply.reason = Reason::out_of_limits;
  reply.detail = "the ladder of " + duty + " has no rung '" + in.rung_name + "'" +
                 (near.empty() ? "" : "; did you mean " + near + "?") + "; its rungs: " + known;
  reply.detail_korean = duty + " 래더에 '" + in.rung_name + "' 단이 없음; 있는 단: " + known;
  return false;
}

bool OperatorServer::Impl::take_intent(OperatorRequest& out) {
  std::uint64_t number = 0;
  const domain::Result<IntentRequest> read = decode_intent_request(inbox.payload(), number);
  IntentReply reply;
  if (!read.ok()) {
    reply.reason = Reason::wrong_shape;
    reply.detail = read.error().text();
    refuse(number, reply);
    return false;
  }
  const IntentRequest& request = read.value();
  reply.id = request.intent.id;
  const bool emergency = is_emergency(request.intent.kind);
  const std::int64_t age_ms = unix_ms() - request.sent_unix_ms;
  if (!emergency && request.valid_ms != 0 && age_ms > request.valid_ms) {
    reply.reason = Reason::stale_request;
    reply.detail = "the request is " + std::to_string(age_ms) + " ms old, it was valid for " +
                   std::to_string(request.valid_ms) + " ms (by the clocks of both hosts)";
    refuse(number, reply);
    return false;
  }
  if (!resolve(request.intent, out.intent, reply)) {
    refuse(number, reply);
    return false;
  }
  if (full(number, reply.id, emergency ? kMaxOpen + kEmergencyOpen : kMaxOpen)) return false;
  out.is_status = false;
  // An intent for a later cycle has its answer then, whenever that is.
  const std::int64_t until =
      request.intent.not_before == 0 ? steady_ns() + answer_limit_ns : INT64_MAX;
  out.client = remember({inbox.peer(), number, reply.id, false, until});
  return true;
}

bool OperatorServer::Impl::take_status(OperatorRequest& out) {
  const domain::Result<std::uint64_t> read = decode_status_request(inbox.payload());
  if (!read.ok()) {
    refuse(0, {0, 0, AnswerKind::error, Reason::wrong_shape, read.error().text()});
    return false;
  }
  if (full(read.value(), 0, kMaxOpen)) return false;
  out.is_status = true;
  out.intent = {};
  out.client = remember({inbox.peer(), read.value(), 0, true});
  return true;
}

bool OperatorServer::Impl::take(OperatorRequest& out) {
  if (inbox.payload().empty() && !inbox.extra_parts()) return false;  // a knock
  const domain::Result<Kind> kind = kind_of(inbox.payload());
  if (inbox.extra_parts() || !kind.ok()) {
    refuse(0, {0, 0, AnswerKind::error, Reason::wrong_shape,
               inbox.extra_parts() ? "message of several parts" : kind.error().text()});
    return false;
  }
  if (kind.value() == Kind::intent_request) return take_intent(out);
  if (kind.value() == Kind::status_request) return take_status(out);
  refuse(0, {0, 0, AnswerKind::error, Reason::wrong_shape,
             "a runtime takes intent_request and status_request here, not " +
                 std::string(name(kind.value()))});
  return false;
}

bool OperatorServer::Impl::receive(OperatorRequest& out) {
  if (!late.empty()) deliver_late();
  constexpr int kMaxRefused = 256;  // a flood of bad requests must not keep the io thread
  for (int i = 0; i < kMaxRefused && socket.receive(inbox); ++i) {
    if (take(out)) return true;
  }
  return false;
}

domain::Result<std::unique_ptr<OperatorServer>> OperatorServer::bind(
    Context& context, const std::string& endpoint, const domain::Plant& plant,
    std::vector<std::string> controllers, RungNames rungs) {
  domain::Result<Socket> socket = Socket::open(context, Socket::Role::router);
  if (!socket.ok()) return socket.error();
  auto impl = std::make_unique<Impl>(std::move(socket).value(), plant, std::move(controllers),
                                     std::move(rungs));
  domain::Result<std::string> bound = impl->socket.bind(endpoint);
  if (!bound.ok()) return bound.error();
  impl->endpoint = std::move(bound).value();
  return std::unique_ptr<OperatorServer>(new OperatorServer(std::move(impl)));
}

OperatorServer::OperatorServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OperatorServer::~OperatorServer() = default;

const std::string& OperatorServer::endpoint() const noexcept { return impl_->endpoint; }
bool OperatorServer::receive(OperatorRequest& request) noexcept { return impl_->receive(request); }

void OperatorServer::answer(std::uint64_t client, const domain::IntentAnswer& answer,
                            std::string_view detail, std::string_view detail_korean) {
  const auto found = impl_->open.find(client);
  if (found == impl_->open.end() || found->second.is_status) return;
  const Impl::Open entry = found->second;
  impl_->open.erase(found);
  const NumberedReply reply{entry.request,
                            {entry.id, answer.cycle, answer.kind, answer.reason,
                             std::string(detail), std::string(detail_korean)}};
  impl_->deliver(entry.peer, encode_intent_reply(impl_->encoder, reply));
}

void OperatorServer::status(std::uint64_t client, const Digest& digest) {
  const auto found = impl_->open.find(client);
  if (found == impl_->open.end() || !found->second.is_status) return;
  const Impl::Open entry = found->second;
  impl_->open.erase(found);
  impl_->deliver(entry.peer,
                 encode_digest(impl_->encoder, {impl_->session, entry.request}, digest));
}

bool OperatorServer::is_open(std::uint64_t client) const noexcept {
  return impl_->open.contains(client);
}
std::size_t OperatorServer::abort_late() { return impl_->abort_late(); }
void OperatorServer::set_answer_limit(std::chrono::milliseconds limit) noexcept {
  impl_->answer_limit_ns = std::chrono::nanoseconds(limit).count();
}
std::size_t OperatorServer::open_requests() const noexcept { return impl_->open.size(); }
std::uint64_t OperatorServer::refused_count() const noexcept { return impl_->refused_count; }
std::uint64_t OperatorServer::undelivered() const noexcept { return impl_->undelivered; }
Pollable OperatorServer::pollable() const noexcept { return {impl_->socket.handle(), -1}; }

}  // namespace saggar::wire
