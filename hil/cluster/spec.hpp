// Spec: files that a cluster's own scheduler takes, and what stands in them.
#pragma once

#include <string>
#include <vector>

namespace saggar::cluster {

/// One file of a specification.
struct Spec {
  std::string name;  ///< without folder
  std::string text;
  bool runnable = false;  ///< a script to be called
};

/// As one word of a POSIX shell, whatever is in it.
std::string shell_word(const std::string& text);
/// Of letters, digits, '.', '_' and '-' only, never empty: others become '-'.
std::string plain_name(const std::string& text);
/// "acceptance, 200 cases in 20 shards, campaign 0123456789ab": for the head of a file.
std::string headline(const std::string& suite, std::size_t cases, std::size_t shards,
                     const std::string& campaign);

}  // namespace saggar::cluster
