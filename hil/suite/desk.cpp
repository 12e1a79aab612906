#include "hil/suite/desk.hpp"

#include <chrono>

namespace saggar::suite {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kAnswer(30000);

}  // namespace

domain::Result<std::unique_ptr<Desk>> Desk::connect(wire::Context& context,
                                                    const std::string& endpoint,
                                                    const record::Names& names) {
  auto link = wire::OperatorClient::connect(context, endpoint);
  if (!link) return link.error();
  return std::unique_ptr<Desk>(new Desk(std::move(link).value(), names));
}

bool Desk::answers(double seconds) {
  return static_cast<bool>(link_->status(milliseconds(static_cast<long>(1000 * seconds))));
}

wire::IntentByName Desk::by_name(const domain::Intent& intent) const {
  wire::IntentByName out;
  out.id = intent.id;
  out.not_before = intent.not_before;
  out.kind = intent.kind;
  if (intent.mv != domain::kNoMv) out.mv = names_.mvs[intent.mv];
  out.duty = intent.duty;
  out.mode = intent.mode;
  out.rung = intent.rung;
  if (intent.controller != domain::kNoController) {
    out.controller = names_.controllers[intent.controller];
  }
  out.value = intent.value;
  out.key = std::string(intent.key.view());
  out.who = std::string(intent.who.view());
  out.station = std::string(intent.station.view());
  out.reason = std::string(intent.reason.view());
  return out;
}

std::string Desk::tell(const std::vector<domain::Intent>& intents, bool in_cycles) {
  if (intents.empty()) return {};
  for (const domain::Intent& intent : intents) {
    wire::IntentByName request = by_name(intent);
    if (!in_cycles) request.not_before = 0;
    const auto sent = link_->post(request, kAnswer);
    if (!sent) return sent.error().text();
  }
  const auto has_them = link_->status(kAnswer);
  return has_them ? std::string() : has_them.error().text();
}

std::string Desk::see(std::uint64_t cycle, Seen& seen) {
  const auto until = Clock::now() + kAnswer;
  while (Clock::now() < until) {
    const auto digest = link_->status(kAnswer);
    if (!digest) return digest.error().text();
    if (digest.value().cycle < cycle) continue;
    for (const wire::DigestDuty& duty : digest.value().duties) {
      const auto d = static_cast<std::size_t>(duty.duty);
      seen.rung[d] = duty.rung;
      seen.applications[d] = duty.state;
    }
    return {};
  }
  return "the runtime does not show cycle " + std::to_string(cycle);
}

}  // namespace saggar::suite
