#include "hil/service/service.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

namespace saggar::service {

using wire::ServiceCall;
using wire::ServiceReply;
using wire::ServiceRequest;
using Clock = std::chrono::steady_clock;

struct Service::Worker {
  std::uint64_t number = 0;
  TestCase test_case;
  std::unique_ptr<Instance> instance;  ///< of its thread
  Clock::time_point asked = Clock::now();
  std::atomic<bool> stop{false};
  std::atomic<bool> failed{false};  ///< it could not begin: to be cleared away
  std::mutex mutex;
  std::condition_variable rings;
  bool busy = false;  ///< under mutex, like job
  std::optional<std::pair<std::uint64_t, ServiceRequest>> job;
  std::thread thread;

  ~Worker() {
    stop = true;
    { const std::lock_guard lock(mutex); }
    rings.notify_all();
    if (thread.joinable()) thread.join();
  }
  /// False while it computes.
  bool give(std::uint64_t client, const ServiceRequest& request) {
    {
      const std::lock_guard lock(mutex);
      if (busy) return false;
      busy = true;
      job.emplace(client, request);
    }
    asked = Clock::now();
    rings.notify_all();
    return true;
  }
  bool is_busy() {
    const std::lock_guard lock(mutex);
    return busy;
  }
};

domain::Result<std::unique_ptr<Service>> Service::make(const Settings& settings) {
  auto cases = find_test_cases(settings.configs);
  if (!cases) return cases.error();
  return std::unique_ptr<Service>(new Service(settings, std::move(cases).value()));
}

Service::Service(const Settings& settings, std::vector<TestCase> cases)
    : settings_(settings),
      cases_(std::move(cases)),
      doorbell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Service::~Service() {
  for (auto& [number, worker] : workers_) worker->stop = true;
  workers_.clear();
  ::close(doorbell_);
}

void Service::give(std::uint64_t client, ServiceReply reply) {
  {
    const std::lock_guard lock(mutex_);
    answers_.push_back({client, std::move(reply)});
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto rung = ::write(doorbell_, &one, sizeof one);
}

bool Service::next(std::uint64_t& client, ServiceReply& reply) {
  const std::lock_guard lock(mutex_);
  if (answers_.empty()) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto heard = ::read(doorbell_, &count, sizeof count);
    return false;
  }
  client = answers_.front().client;
  reply = std::move(answers_.front().reply);
  answers_.pop_front();
  return true;
}

void Service::refuse(std::uint64_t client, std::uint64_t instance, std::string field,
                     std::string why) {
  ServiceReply reply;
  reply.instance = instance;
  reply.error_field = std::move(field);
  reply.error = std::move(why);
  give(client, std::move(reply));
}

void Service::list_cases(std::uint64_t client) {
  ServiceReply reply;
  for (const TestCase& c : cases_) {
    reply.points.push_back({c.name, "", "case", c.description, 0, 0, 0, true});
  }
  give(client, std::move(reply));
}

void Service::initialise(std::uint64_t client, const ServiceRequest& request) {
  const TestCase* found = nullptr;
  std::vector<std::string> names;
  for (const TestCase& c : cases_) {
    names.push_back(c.name);
    if (c.name == request.test_case) found = &c;
  }
  if (found == nullptr) {
    const std::string near = domain::nearest_word(request.test_case, names);
    return refuse(
        client, 0, "test_case",
        "there is no \"" + request.test_case + "\"" +
            (near.empty() ? "; list_cases says which there are" : "; did you mean " + near + "?"));
  }
  tidy();
  if (workers_.size() >= settings_.most_instances) {
    return refuse(client, 0, "instance",
                  std::to_string(workers_.size()) +
                      " instances are in use, which is the most; stop one, or come later");
  }
  const std::uint64_t number = next_instance_++;
  auto& worker = workers_[number] = std::make_unique<Worker>();
  worker->number = number;
  worker->test_case = *found;
  worker->give(client, request);
  worker->thread = std::thread([this, w = worker.get()] { run(*w); });
}

void Service::take(std::uint64_t client, const ServiceRequest& request) {
  if (request.call == ServiceCall::list_cases) return list_cases(client);
  if (request.call == ServiceCall::initialise) return initialise(client, request);
  const auto at = workers_.find(request.instance);
  if (at == workers_.end() || at->second->failed) {
    return refuse(client, request.instance, "instance",
                  "there is no " + std::to_string(request.instance) +
                      ": it was stopped, or idle for too long, or never begun; right is the "
                      "number in the reply to initialise");
  }
  if (request.call == ServiceCall::stop) {
    workers_.erase(at);  // what it computes ends at its next second, and is answered
    ServiceReply reply;
    reply.instance = request.instance;
    return give(client, std::move(reply));
  }
  if (at->second->give(client, request)) return;
  refuse(client, request.instance, "instance", "computes for another request; wait for its reply");
}

void Service::tidy() {
  const auto now = Clock::now();
  std::erase_if(workers_, [&](const auto& entry) {
    Worker& w = *entry.second;
    if (w.is_busy()) return false;
    return w.failed || std::chrono::duration<double>(now - w.asked).count() > settings_.idle_s;
  });
}

ServiceReply Service::compute(Worker& worker, const ServiceRequest& request) {
  if (worker.instance != nullptr) return worker.instance->answer(request);
  auto made = Instance::make(worker.test_case, request, settings_.configs / "scenarios",
                             settings_.limits, worker.stop);
  ServiceReply reply;
  if (!made) {
    worker.failed = true;
    reply.error_field = made.error().where;
    reply.error = made.error().what;
    return reply;
  }
  worker.instance = std::move(made).value();
  ServiceRequest describe;
  describe.call = ServiceCall::describe;
  describe.instance = worker.number;
  return worker.instance->answer(describe);
}

void Service::run(Worker& worker) {
  for (;;) {
    std::unique_lock lock(worker.mutex);
    worker.rings.wait(lock, [&] { return worker.stop.load() || worker.job.has_value(); });
    if (!worker.job) return;
    const auto [client, request] = std::move(*worker.job);
    worker.job.reset();
    lock.unlock();
    ServiceReply reply = compute(worker, request);
    if (worker.stop) {
      reply = {};
      reply.instance = worker.number;
      reply.error_field = "instance";
      reply.error = "was stopped while it computed";
    }
    lock.lock();
    worker.busy = false;  // before the answer: its client may ask again at once
    lock.unlock();
    give(client, std::move(reply));
  }
}

}  // namespace saggar::service
