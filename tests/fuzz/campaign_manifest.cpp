// Any bytes as the manifest of a campaign: one that is what would be written for it, with paths and
// indices that stay inside, or one error with a text, nothing else.
#include <cstdlib>
#include <string_view>

#include "hil/cluster/manifest.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace saggar::cluster;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = read_manifest("fuzz", text);
  if (!read.ok()) {
    if (read.error().where.rfind("fuzz", 0) != 0 || read.error().what.empty()) std::abort();
    return 0;
  }
  if (json(read.value()) != text) std::abort();
  for (const ShardCase& one : read.value().cases) {
    if (one.story >= read.value().stories.size() || one.shard >= read.value().shards) std::abort();
  }
  return 0;
}
