#include "runtime/wire/streams.hpp"

#include "runtime/wire/field_topic.hpp"
#include "runtime/wire/socket.hpp"
#include "runtime/wire/stream_codec.hpp"

namespace saggar::wire {
namespace {

Bytes encode(Encoder& encoder, const StreamHead& head, const Digest& value) {
  return encode_digest(encoder, head, value);
}
Bytes encode(Encoder& encoder, const StreamHead& head, const Truth& value) {
  return encode_truth(encoder, head, value);
}
domain::Status decode(Bytes message, StreamHead& head, Digest& value) {
  return decode_digest(message, head, value);
}
domain::Status decode(Bytes message, StreamHead& head, Truth& value) {
  return decode_truth(message, head, value);
}

}  // namespace

template <class T>
struct Publisher<T>::Impl {
  explicit Impl(Socket s) : socket(std::move(s)) {}
  Socket socket;
  std::string endpoint;
  StreamHead head{new_session(), 0};
  Inbox inbox;
  Encoder encoder;
};

template <class T>
domain::Result<std::unique_ptr<Publisher<T>>> Publisher<T>::bind(Context& context,
                                                                 const std::string& endpoint) {
  domain::Result<Socket> socket = Socket::open(context, Socket::Role::publisher);
  if (!socket.ok()) return socket.error();
  auto impl = std::make_unique<Impl>(std::move(socket).value());
  domain::Result<std::string> bound = impl->socket.bind(endpoint);
  if (!bound.ok()) return bound.error();
  impl->endpoint = std::move(bound).value();
  return std::unique_ptr<Publisher>(new Publisher(std::move(impl)));
}

template <class T>
Publisher<T>::Publisher(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class T>
Publisher<T>::~Publisher() = default;
template <class T>
const std::string& Publisher<T>::endpoint() const noexcept {
  return impl_->endpoint;
}
template <class T>
void Publisher<T>::publish(const T& value) {
  while (impl_->socket.receive(impl_->inbox)) {
  }  // subscriptions: ZeroMQ keeps them, but they must be taken off the queue
  ++impl_->head.sequence;
  impl_->socket.send(encode(impl_->encoder, impl_->head, value));
}

template <class T>
struct Subscriber<T>::Impl {
  explicit Impl(Socket s) : socket(std::move(s)) {}
  Socket socket;
  StreamHead last;
  std::uint64_t missed = 0;
  std::uint64_t refused = 0;
  Inbox inbox;
};

template <class T>
domain::Result<std::unique_ptr<Subscriber<T>>> Subscriber<T>::connect(Context& context,
                                                                      const std::string& endpoint) {
  domain::Result<Socket> socket = Socket::open(context, Socket::Role::subscriber);
  if (!socket.ok()) return socket.error();
  auto impl = std::make_unique<Impl>(std::move(socket).value());
  impl->socket.subscribe(kFramesTopic);
  if (domain::Status s = impl->socket.connect(endpoint); !s.ok()) return s.error();
  return std::unique_ptr<Subscriber>(new Subscriber(std::move(impl)));
}

template <class T>
Subscriber<T>::Subscriber(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class T>
Subscriber<T>::~Subscriber() = default;

template <class T>
bool Subscriber<T>::receive(T& value) {
  while (impl_->socket.receive(impl_->inbox)) {
    StreamHead head;
    if (impl_->inbox.extra_parts() || !decode(impl_->inbox.payload(), head, value).ok()) {
      ++impl_->refused;
      continue;
    }
    // A new session is a restarted publisher, not a gap.
    if (head.session == impl_->last.session && head.sequence > impl_->last.sequence) {
      impl_->missed += head.sequence - impl_->last.sequence - 1;
    }
    impl_->last = head;
    return true;
  }
  return false;
}

template <class T>
std::uint64_t Subscriber<T>::missed() const noexcept {
  return impl_->missed;
}
template <class T>
std::uint64_t Subscriber<T>::refused() const noexcept {
  return impl_->refused;
}
template <class T>
Pollable Subscriber<T>::pollable() const noexcept {
  return {impl_->socket.handle(), -1};
}

template class Publisher<Digest>;
template class Subscriber<Digest>;
template class Publisher<Truth>;
template class Subscriber<Truth>;

}  // namespace saggar::wire
