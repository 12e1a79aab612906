#include "runtime/config/site_config.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "runtime/config/number_text.hpp"

namespace saggar::config {
namespace {

bool is_tcp(std::string_view rest) {
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view port = rest.substr(colon + 1);
  int number = 0;
  const auto [end, code] = std::from_chars(port.data(), port.data() + port.size(), number);
  return code == std::errc() && end == port.data() + port.size() && number >= 1 && number <= 65535;
}

bool is_endpoint(std::string_view text) {
  if (text.size() > 200) return false;
  if (text.starts_with("tcp://")) return is_tcp(text.substr(6));
  if (text.starts_with("ipc://")) return text.size() > 6 && text.size() < 6 + 100;
  return text.starts_with("inproc://") && text.size() > 9;
}

void check_endpoints(const EndpointConfig& endpoints, Checks& checks) {
  const std::array<std::pair<const char*, const std::string*>, 5> all = {
      {{"endpoints.frames", &endpoints.frames},
       {"endpoints.commands", &endpoints.commands},
       {"endpoints.operator", &endpoints.operators},
       {"endpoints.records", &endpoints.records},
       {"endpoints.truth", &endpoints.truth}}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!checks.sound(all[i].first)) continue;
    if (all[i].second->empty()) continue;  // only truth may be: there is none then
    if (!is_endpoint(*all[i].second)) {
      checks.complain(all[i].first, "found '" + *all[i].second +
                                        "', right is tcp://host:port with a port of 1 to 65535, "
                                        "ipc://path or inproc://name");
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (*all[j].second == *all[i].second) {
        checks.complain(all[i].first, "'" + *all[i].second + "' is already " + all[j].first);
      }
    }
  }
}

void check_watchdog(const SiteConfig& site, Checks& checks) {
  const WatchdogConfig& dog = site.watchdog;
  if (dog.heartbeat_s >= dog.warn_s) {
    checks.complain("watchdog.warn_s",
                    "found " + plain(dog.warn_s) +
                        ", must be longer than heartbeat_s = " + plain(dog.heartbeat_s));
  }
  if (dog.warn_s >= dog.shed_s) {
    checks.complain("watchdog.shed_s", "found " + plain(dog.shed_s) +
                                           ", must be longer than warn_s = " + plain(dog.warn_s));
  }
  const double longest = 10 * site.supervisory_period_s();
  if (dog.shed_s > longest) {
    checks.complain("watchdog.shed_s", "found " + plain(dog.shed_s) + ", right is at most " +
                                           plain(longest) + " s = 10 supervisory periods (SC-04)");
  }
  if (dog.command_valid_s <= site.period_s()) {
    checks.complain("watchdog.command_valid_s", "found " + plain(dog.command_valid_s) +
                                                    ", must be longer than the cycle period, " +
                                                    plain(site.period_s()) + " s");
  }
  if (dog.command_valid_s > longest) {
    checks.complain("watchdog.command_valid_s", "found " + plain(dog.command_valid_s) +
                                                    ", right is at most " + plain(longest) +
                                                    " s = 10 supervisory periods");
  }
}

}  // namespace

void SiteConfig::check(Checks& checks) const {
  check_endpoints(endpoints, checks);
  if (checks.sound("watchdog") && checks.sound("cycle")) check_watchdog(*this, checks);
  if (checks.sound("journal") && journal.enabled && journal.path.empty()) {
    checks.complain("journal.path", "must name a file while the journal is enabled");
  }
}

}  // namespace saggar::config
