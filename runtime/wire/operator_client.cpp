#include <chrono>

#include "runtime/wire/operator_codec.hpp"
#include "runtime/wire/operator_link.hpp"
#include "runtime/wire/socket.hpp"
#include "runtime/wire/stream_codec.hpp"

namespace saggar::wire {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

milliseconds left_until(Clock::time_point end) {
  const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace

struct OperatorClient::Impl {
  explicit Impl(Socket s) : socket(std::move(s)) {}

  domain::Status send(Bytes message, Clock::time_point end);
  /// Waits for a message; false when time is over.
  bool next(Clock::time_point end);
  domain::Error no_answer(milliseconds timeout) const;

  Socket socket;
  std::string endpoint;
  std::uint64_t request = new_session() >> 16U;  // two programs of one station must not collide
  Inbox inbox;
  Encoder encoder;
};

domain::Status OperatorClient::Impl::send(Bytes message, Clock::time_point end) {
  while (!socket.send(message)) {
    zmq_pollitem_t item{socket.handle(), -1, ZMQ_POLLOUT, 0};
    const milliseconds left = left_until(end);
    if (left.count() == 0) {
      return domain::Error{endpoint,
                           "nobody there: the request was not sent. Is the runtime "
                           "running, and is this its operator address?"};
    }
    zmq_poll(&item, 1, static_cast<long>(left.count()));
  }
  return domain::Done{};
}

bool OperatorClient::Impl::next(Clock::time_point end) {
  for (;;) {
    if (socket.receive(inbox)) return true;
    const milliseconds left = left_until(end);
    if (left.count() == 0) return false;
    const Pollable item{socket.handle(), -1};
    wait({&item, 1}, left);
  }
}

domain::Error OperatorClient::Impl::no_answer(milliseconds timeout) const {
  return domain::Error{endpoint, "no answer within " + std::to_string(timeout.count()) +
                                     " ms. The runtime may have taken the request just before: "
                                     "look at its status before asking again"};
}

domain::Result<std::unique_ptr<OperatorClient>> OperatorClient::connect(
    Context& context, const std::string& endpoint) {
  domain::Result<Socket> socket = Socket::open(context, Socket::Role::dealer);
  if (!socket.ok()) return socket.error();
  auto impl = std::make_unique<Impl>(std::move(socket).value());
  impl->endpoint = endpoint;
  if (domain::Status s = impl->socket.connect(endpoint); !s.ok()) return s.error();
  return std::unique_ptr<OperatorClient>(new OperatorClient(std::move(impl)));
}

OperatorClient::OperatorClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OperatorClient::~OperatorClient() = default;

namespace {

std::int64_t unix_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

domain::Status OperatorClient::post(const IntentByName& intent, milliseconds timeout) {
  Impl& my = *impl_;
  domain::Result<Bytes> message =
      encode_intent_request(my.encoder, {++my.request, unix_ms(), 0, intent});
  if (!message.ok()) return message.error();
  return my.send(message.value(), Clock::now() + timeout);
}

domain::Result<IntentReply> OperatorClient::ask(const IntentByName& intent, milliseconds timeout) {
  Impl& my = *impl_;
  const Clock::time_point end = Clock::now() + timeout;
  const std::int64_t sent_ms = unix_ms();
  const auto valid_ms = static_cast<std::uint32_t>(std::max<std::int64_t>(timeout.count(), 1));
  domain::Result<Bytes> message =
      encode_intent_request(my.encoder, {++my.request, sent_ms, valid_ms, intent});
  if (!message.ok()) return message.error();
  if (domain::Status s = my.send(message.value(), end); !s.ok()) return s.error();
  while (my.next(end)) {
    domain::Result<NumberedReply> read = decode_intent_reply(my.inbox.payload());
    if (!read.ok()) continue;  // an answer to an earlier status request
    // Number 0: the runtime could not read who asked; this is the only request under way.
    if (read.value().request == my.request || read.value().request == 0) {
      return std::move(read).value().reply;
    }
  }
  return my.no_answer(timeout);
}

domain::Result<Digest> OperatorClient::status(milliseconds timeout) {
  Impl& my = *impl_;
  const Clock::time_point end = Clock::now() + timeout;
  if (domain::Status s = my.send(encode_status_request(my.encoder, ++my.request), end); !s.ok()) {
    return s.error();
  }
  while (my.next(end)) {
    const Bytes payload = my.inbox.payload();
    StreamHead head;
    Digest digest;
    if (decode_digest(payload, head, digest).ok() && head.sequence == my.request) return digest;
    const domain::Result<NumberedReply> refused = decode_intent_reply(payload);
    if (refused.ok() && (refused.value().request == my.request || refused.value().request == 0)) {
      return domain::Error{my.endpoint, "the runtime refused: " + refused.value().reply.detail};
    }
  }
  return my.no_answer(timeout);
}

}  // namespace saggar::wire
