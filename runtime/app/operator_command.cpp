#include "runtime/app/operator_command.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "runtime/app/digest_text.hpp"

namespace saggar::app {
namespace {

std::chrono::milliseconds timeout_of(const OperatorOptions& options) {
  return std::chrono::milliseconds(static_cast<long>(options.timeout_s * 1000));
}

std::string login_name() {
  const char* user = std::getenv("USER");
  return user != nullptr && *user != '\0' ? user : "uid " + std::to_string(::getuid());
}

std::string host_name() {
  char text[32] = {};
  ::gethostname(text, sizeof text - 1);
  return text;
}

void put(std::ostringstream& out, const char* format, auto... values) {
  char line[256];
  std::snprintf(line, sizeof line, format, values...);
  out << line;
}

}  // namespace

void sign(const OperatorOptions& options, wire::IntentByName& intent) {
  intent.id =
      static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  intent.who = options.who.empty() ? login_name() : options.who;
  intent.station = options.station.empty() ? host_name() : options.station;
  intent.reason = options.reason.empty() ? "asked at the console" : options.reason;
}

int ask(const OperatorOptions& options, wire::IntentByName intent) {
  wire::Context context;
  auto client = wire::OperatorClient::connect(context, options.endpoint);
  if (!client) {
    std::cerr << "saggar: " << client.error().text() << '\n';
    return 1;
  }
  sign(options, intent);
  const auto reply = client.value()->ask(intent, timeout_of(options));
  if (!reply) {
    std::cerr << "saggar: " << reply.error().text() << '\n';
    return 1;
  }
  std::cout << reply_text(reply.value(), options.korean);
  return reply.value().answer == domain::AnswerKind::done ? 0 : 2;
}

std::string reply_text(const wire::IntentReply& reply, bool korean) {
  std::string text =
      std::string(domain::name(reply.answer)) + " at cycle " + std::to_string(reply.cycle);
  const std::string_view reason = domain::text(reply.reason, korean);
  if (reply.reason != domain::Reason::none) text += ": " + std::string(reason);
  const bool translated = korean && !reply.detail_korean.empty();
  const std::string& detail = translated ? reply.detail_korean : reply.detail;
  if (!detail.empty() && detail != reason) text += " (" + detail + ')';
  return text + '\n';
}

std::string status_text(const wire::Digest& digest, bool korean) {
  std::ostringstream out;
  put(out, "kiln %s  cycle %llu  field time %.0f s  link %s  frame age %.1f s\n",
      digest.kiln.c_str(), static_cast<unsigned long long>(digest.cycle),
      static_cast<double>(digest.time_ns) * 1e-9, digest.link_up ? "up" : "LOST",
      digest.frame_age_s);
  for (const std::string& line : link_lines(digest, korean, 0)) out << "  " << line << '\n';
  for (const std::string& line : trouble_lines(digest, korean)) out << line << '\n';
  for (const wire::DigestDuty& duty : digest.duties) {
    const char* rung = duty.rung < duty.rungs.size() ? duty.rungs[duty.rung].c_str() : "-";
    put(out, "%-11s %-10s drives: %-8s since cycle %llu, ",
        std::string(domain::name(duty.duty)).c_str(), std::string(domain::name(duty.state)).c_str(),
        rung, static_cast<unsigned long long>(duty.since_cycle));
    out << reason_text(duty, korean) << '\n';
    out << "            " << ladder_text(duty, korean) << '\n';
    for (const std::string& line : duty_lines(duty, korean)) out << "            " << line << '\n';
    for (const std::string& line : trust_lines(digest, duty.duty, korean)) {
      out << "            " << line << '\n';
    }
    for (const std::string& line : monitor_lines(digest, duty.duty, korean)) {
      out << "            " << line << '\n';
    }
  }
  put(out,
      "cycle time p50 %.1f p99 %.1f p99.9 %.1f max %.1f us, overruns %llu, records dropped %llu\n",
      digest.cycle_p50_us, digest.cycle_p99_us, digest.cycle_p999_us, digest.cycle_max_us,
      static_cast<unsigned long long>(digest.overruns),
      static_cast<unsigned long long>(digest.records_dropped));
  for (const std::string& line : health_lines(digest, korean)) out << line << '\n';
  put(out, "%-28s %9s %9s %9s %7s %-5s %-8s\n", "MV", "recipe", "working", "PV", "out %", "mode",
      "limited");
  for (const wire::DigestLoop& loop : digest.loops) {
    put(out, "%-28s %9.2f %9.2f %9.2f %7.1f %-5s %-8s", loop.tag.c_str(), loop.recipe_sp,
        loop.working_sp, loop.pv, loop.output_percent, mode_text(loop).c_str(),
        std::string(domain::name(loop.limited)).c_str());
    const std::string remark = loop_remark(loop, digest.duties, korean);
    out << (remark.empty() ? "" : " ") << remark << '\n';
  }
  for (const wire::DigestEvent& event : digest.events) {
    out << "cycle " << event.cycle << ' ' << domain::name(event.severity) << ": "
        << (korean ? event.korean : event.english) << '\n';
  }
  return out.str();
}

int status(const OperatorOptions& options) {
  wire::Context context;
  auto client = wire::OperatorClient::connect(context, options.endpoint);
  if (!client) {
    std::cerr << "saggar: " << client.error().text() << '\n';
    return 1;
  }
  const auto digest = client.value()->status(timeout_of(options));
  if (!digest) {
    std::cerr << "saggar: " << digest.error().text() << '\n';
    return 1;
  }
  std::cout << status_text(digest.value(), options.korean);
  return 0;
}

}  // namespace saggar::app
