#include "hil/suite/bench_state.hpp"

#include <cstdlib>
#include <span>
#include <sstream>

#include "runtime/config/number_text.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::suite {
namespace {

constexpr std::string_view kMagic = "saggar bench state 1";

std::string digest_of(const std::vector<std::uint8_t>& bytes) {
  return record::hex(record::sha256(std::span<const std::uint8_t>(bytes)));
}

}  // namespace

std::string bench_digest(const std::vector<std::string>& files, std::uint64_t seed, bool drawn) {
  std::string text = std::to_string(seed) + (drawn ? " drawn\n" : " nominal\n");
  for (const std::string& file : files) text += record::hex(record::sha256(file)) + "\n";
  return record::hex(record::sha256(text));
}

std::string encode_bench_state(const BenchState& state) {
  std::string out(kMagic);
  out += "\n" + state.build + "\n" + state.bench + "\n" + config::plain(state.time_s) + "\n" +
         digest_of(state.state) + "\n";
  out.append(state.state.begin(), state.state.end());
  return out;
}

domain::Result<BenchState> decode_bench_state(const std::string& name, const std::string& bytes) {
  std::istringstream in(bytes);
  std::string magic, time, digest;
  BenchState out;
  std::getline(in, magic);
  if (magic != kMagic) {
    return domain::Error{name, "is no state of a bench; `saggar-hil snapshot` makes one"};
  }
  std::getline(in, out.build);
  std::getline(in, out.bench);
  std::getline(in, time);
  if (!std::getline(in, digest)) return domain::Error{name, "is cut in its head"};
  out.time_s = std::strtod(time.c_str(), nullptr);
  const auto at = static_cast<std::size_t>(in.tellg());
  if (at <= bytes.size()) out.state.assign(bytes.begin() + static_cast<long>(at), bytes.end());
  if (digest_of(out.state) != digest) return domain::Error{name, "is damaged: its hash is another"};
  return out;
}

}  // namespace saggar::suite
