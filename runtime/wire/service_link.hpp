// ServiceServer: the end of the test-case service that clients connect to.
#pragma once

#include <memory>
#include <string>

#include "runtime/domain/result.hpp"
#include "runtime/wire/service.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

/// Takes requests of any number of clients; each is answered exactly once, in any order. What
/// cannot be read is answered here, with the field and what would be right. Thread: one. Never
/// blocks.
class ServiceServer {
 public:
  static constexpr std::size_t kMaxOpen = 256;  ///< unanswered requests; further ones are refused

  static domain::Result<std::unique_ptr<ServiceServer>> bind(Context& context,
                                                             const std::string& endpoint);
  ~ServiceServer();
  ServiceServer(const ServiceServer&) = delete;
  ServiceServer& operator=(const ServiceServer&) = delete;

  /// The address really bound.
  const std::string& endpoint() const noexcept;
  Pollable pollable() noexcept;
  /// The next sound request, and what to answer it by; false when there is none.
  bool receive(ServiceRequest& request, std::uint64_t& client);
  /// Sets the number of the request by itself. A client that is gone gets nothing.
  void answer(std::uint64_t client, ServiceReply reply);
  /// Messages that were no request.
  std::uint64_t refused() const noexcept;

 private:
  struct Impl;
  explicit ServiceServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saggar::wire
