// `saggar-hil serve`: docs/qa/test-case-service.md.
#include <CLI/CLI.hpp>
#include <array>
#include <csignal>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/service/service.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/wire/service_link.hpp"

namespace saggar::app {
namespace {

volatile std::sig_atomic_t g_stop = 0;
void on_signal(int) { g_stop = 1; }

struct ServeOptions {
  service::Settings what;
  std::string endpoint = "tcp://127.0.0.1:7731";
};

int run(const ServeOptions& options) {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  auto service = service::Service::make(options.what);
  if (!service) {
    std::cerr << service.error().text() << "\n";
    return 2;
  }
  wire::Context context;
  auto server = wire::ServiceServer::bind(context, options.endpoint);
  if (!server) {
    std::cerr << server.error().text() << "\n";
    return 2;
  }
  std::cout << "test cases on " << server.value()->endpoint() << std::endl;
  const std::array<wire::Pollable, 2> items = {server.value()->pollable(),
                                               wire::Pollable::of_fd(service.value()->doorbell())};
  std::uint64_t client = 0;
  wire::ServiceRequest request;
  wire::ServiceReply reply;
  while (g_stop == 0) {
    wire::wait(items, std::chrono::milliseconds(500));
    while (g_stop == 0 && server.value()->receive(request, client)) {
      service.value()->take(client, request);
    }
    while (service.value()->next(client, reply)) {
      server.value()->answer(client, std::move(reply));
    }
    service.value()->tidy();
  }
  std::cout << "ended; " << server.value()->refused() << " messages were no request" << std::endl;
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, int& result) {
  const auto options = std::make_shared<ServeOptions>();  // lives as long as its command
  CLI::App* serve = app.add_subcommand(
      "serve", "Let other tools drive simulated kilns step by step, until a signal");
  serve->add_option("--endpoint", options->endpoint, "Address to listen on; port * = any free one")
      ->capture_default_str();
  serve->add_option("--configs", options->what.configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  serve->add_option("--instances", options->what.most_instances, "Most kilns at a time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  serve->add_option("--idle", options->what.idle_s, "An unused kiln ends after so long, in s")
      ->check(CLI::Range(1.0, 1e6))
      ->capture_default_str();
  serve->callback([options, &result] { result = run(*options); });
}

}  // namespace saggar::app
