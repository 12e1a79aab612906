// Service: answers the requests of clients; every instance computes in a thread of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hil/service/instance.hpp"
#include "hil/service/test_case.hpp"
#include "runtime/wire/service.hpp"

namespace saggar::service {

struct Settings {
  std::filesystem::path configs = "configs";
  std::size_t most_instances = 4;
  double idle_s = 3600;  ///< wall time without a request after which an instance ends
  Limits limits;
};

/// Thread: one, except its own. `take` never computes and never blocks.
class Service {
 public:
  /// Errors: no test case in `settings.configs`.
  static domain::Result<std::unique_ptr<Service>> make(const Settings& settings);
  /// Ends all instances; one that computes ends at its next simulated second.
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// A request, to be answered through `next` with the same `client`; exactly once.
  void take(std::uint64_t client, const wire::ServiceRequest& request);
  /// The next answer that is ready.
  bool next(std::uint64_t& client, wire::ServiceReply& reply);
  /// Readable when `next` may have something: for wire::Pollable::of_fd.
  int doorbell() const noexcept { return doorbell_; }
  /// Ends instances that nobody has asked for `idle_s`.
  void tidy();
  std::size_t instances() const noexcept { return workers_.size(); }

 private:
  struct Worker;
  struct Answer {
    std::uint64_t client;
    wire::ServiceReply reply;
  };
  Service(const Settings& settings, std::vector<TestCase> cases);
  void list_cases(std::uint64_t client);
  void initialise(std::uint64_t client, const wire::ServiceRequest& request);
  void refuse(std::uint64_t client, std::uint64_t instance, std::string field, std::string why);
  void give(std::uint64_t client, wire::ServiceReply reply);
  void run(Worker& worker);
  wire::ServiceReply compute(Worker& worker, const wire::ServiceRequest& request);

  Settings settings_;
  std::vector<TestCase> cases_;
  std::map<std::uint64_t, std::unique_ptr<Worker>> workers_;
  std::uint64_t next_instance_ = 1;
  int doorbell_ = -1;
  std::mutex mutex_;
  std::deque<Answer> answers_;  ///< under mutex_
};

}  // namespace saggar::service
