#include <map>

#include "runtime/wire/service_codec.hpp"
#include "runtime/wire/service_link.hpp"
#include "runtime/wire/socket.hpp"

namespace saggar::wire {

struct ServiceServer::Impl {
  explicit Impl(Socket s) : socket(std::move(s)) {}

  struct Open {
    PeerId peer;
    std::uint64_t request = 0;
  };
  bool take(ServiceRequest& request, std::uint64_t& client);
  void refuse(std::uint64_t number, const domain::Error& why);

  Socket socket;
  std::string endpoint;
  std::map<std::uint64_t, Open> open;
  std::uint64_t next_client = 1, refused = 0;
  Inbox inbox;
  Encoder encoder;
};

void ServiceServer::Impl::refuse(std::uint64_t number, const domain::Error& why) {
  ++refused;
  ServiceReply reply;
  reply.request = number;
  reply.error_field = why.where;
  reply.error = why.what;
  socket.send_to(inbox.peer(), encode_service_reply(encoder, reply));
}

bool ServiceServer::Impl::take(ServiceRequest& request, std::uint64_t& client) {
  if (inbox.extra_parts()) {
    refuse(0, {"envelope", "message of several parts; right is one"});
    return false;
  }
  if (inbox.payload().empty()) return false;  // a knock
  std::uint64_t number = 0;
  domain::Result<ServiceRequest> read = decode_service_request(inbox.payload(), number);
  if (!read.ok()) {
    refuse(number, read.error());
    return false;
  }
  if (open.size() >= kMaxOpen) {
    refuse(number, {"request", std::to_string(open.size()) +
                                   " requests wait for an answer; try again when some have it"});
    return false;
  }
  request = std::move(read).value();
  client = next_client++;
  open.emplace(client, Open{inbox.peer(), number});
  return true;
}

domain::Result<std::unique_ptr<ServiceServer>> ServiceServer::bind(Context& context,
                                                                   const std::string& endpoint) {
  domain::Result<Socket> socket = Socket::open(context, Socket::Role::router);
  if (!socket.ok()) return socket.error();
  auto impl = std::make_unique<Impl>(std::move(socket).value());
  domain::Result<std::string> bound = impl->socket.bind(endpoint);
  if (!bound.ok()) return bound.error();
  impl->endpoint = std::move(bound).value();
  return std::unique_ptr<ServiceServer>(new ServiceServer(std::move(impl)));
}

ServiceServer::ServiceServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ServiceServer::~ServiceServer() = default;

const std::string& ServiceServer::endpoint() const noexcept { return impl_->endpoint; }
Pollable ServiceServer::pollable() noexcept { return {impl_->socket.handle(), -1}; }
std::uint64_t ServiceServer::refused() const noexcept { return impl_->refused; }

bool ServiceServer::receive(ServiceRequest& request, std::uint64_t& client) {
  constexpr int kMaxRefused = 256;  // a flood of bad requests must not keep the caller
  for (int i = 0; i < kMaxRefused && impl_->socket.receive(impl_->inbox); ++i) {
    if (impl_->take(request, client)) return true;
  }
  return false;
}

void ServiceServer::answer(std::uint64_t client, ServiceReply reply) {
  const auto found = impl_->open.find(client);
  if (found == impl_->open.end()) return;
  reply.request = found->second.request;
  impl_->socket.send_to(found->second.peer, encode_service_reply(impl_->encoder, reply));
  impl_->open.erase(found);
}

}  // namespace saggar::wire
