#include "hil/cluster/spec.hpp"

namespace saggar::cluster {

std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string plain_name(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    out += plain ? c : '-';
  }
  return out.empty() ? "campaign" : out;
}

std::string headline(const std::string& suite, std::size_t cases, std::size_t shards,
                     const std::string& campaign) {
  return plain_name(suite) + ", " + std::to_string(cases) + " cases in " + std::to_string(shards) +
         " shards, campaign " + campaign.substr(0, 12);
}

}  // namespace saggar::cluster
