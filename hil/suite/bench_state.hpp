// BenchState: kiln and runtime of a case at one moment, in a file, so that many stories can begin
// there (HI-11).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/domain/result.hpp"

namespace saggar::suite {

/// State as `InProcess::snapshot` makes it, and what it may be put into.
struct BenchState {
  std::string build;  ///< digest of program and plugins; only the same can go on with it
  std::string bench;  ///< digest of the files and the seed of the bench
  double time_s = 0;  ///< of the run that it was taken from
  std::vector<std::uint8_t> state;
};

/// Digest of what a state depends on besides the build. @param files  contents of the bench's files
std::string bench_digest(const std::vector<std::string>& files, std::uint64_t seed, bool drawn);

/// Bytes of a file: a line that says what it is, three lines of the above, SHA-256, then the state.
std::string encode_bench_state(const BenchState& state);
/// Errors: no such file, another format, damaged.
domain::Result<BenchState> decode_bench_state(const std::string& name, const std::string& bytes);

}  // namespace saggar::suite
