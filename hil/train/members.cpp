#include "hil/train/members.hpp"

#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "hil/campaign/pool.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;

constexpr double kLimit_s = 24 * 3600.0;

template <class T>
void append(std::string& to, const std::vector<T>& from) {
  const std::uint64_t count = from.size();
  to.append(reinterpret_cast<const char*>(&count), sizeof count);
  to.append(reinterpret_cast<const char*>(from.data()), from.size() * sizeof(T));
}

/// False at the end, or where a count is more than there is.
template <class T>
bool take(const std::string& from, std::size_t& at, std::vector<T>& to) {
  std::uint64_t count = 0;
  if (from.size() - at < sizeof count) return false;
  std::memcpy(&count, from.data() + at, sizeof count);
  at += sizeof count;
  if (count > (from.size() - at) / sizeof(T)) return false;
  to.resize(count);
  std::memcpy(to.data(), from.data() + at, count * sizeof(T));
  at += count * sizeof(T);
  return true;
}

void write(const fs::path& path, const Member& member) {
  std::string bytes;
  append(bytes, std::vector<char>(member.torchscript.begin(), member.torchscript.end()));
  append(bytes, member.said);
  for (const auto& curve : member.curves) append(bytes, curve);
  const fs::path beside = path.string() + ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error(path.string() + " cannot be written");
  fs::rename(beside, path);
}

bool read(const fs::path& path, const MemberOptions& options, Member& to) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::vector<char> module;
  std::size_t at = 0;
  if (!take(bytes, at, module) || !take(bytes, at, to.said)) return false;
  to.curves.resize(options.curves);
  for (auto& curve : to.curves) {
    if (!take(bytes, at, curve)) return false;
  }
  to.torchscript.assign(module.begin(), module.end());
  return to.said.size() == options.said && at == bytes.size();
}

}  // namespace

domain::Result<std::vector<Member>> make_members(const MemberOptions& options,
                                                 const std::function<Member(std::size_t)>& make) {
  const auto path = [&](std::size_t k) {
    return options.folder / ("member" + std::to_string(k + 1) + ".study");
  };
  std::vector<std::size_t> missing;
  for (std::size_t k = 0; k < options.count; ++k) {
    if (!fs::exists(path(k))) missing.push_back(k);
  }
  campaign::PoolOptions pool;
  pool.jobs = options.jobs;
  pool.limit_s = kLimit_s;
  pool.stop = options.stop;
  std::string problem;
  const bool whole = campaign::run_pool(
      missing.size(), pool,
      [&](std::size_t i) {
        try {
          write(path(missing[i]), make(missing[i]));
          return 0;
        } catch (const std::exception& error) {
          std::cerr << "member " << missing[i] + 1 << ": " << error.what() << std::endl;
          return 1;
        }
      },
      [&](const campaign::Ended& ended) {
        if (!ended.sound())
          problem = "member " + std::to_string(missing[ended.index] + 1) + ": " + ended.problem();
      });
  if (!whole) return domain::Error{"network", "stopped: the same command goes on from here"};
  if (!problem.empty()) return domain::Error{"network", problem};
  std::vector<Member> out(options.count);
  for (std::size_t k = 0; k < options.count; ++k) {
    if (read(path(k), options, out[k])) continue;
    return domain::Error{path(k).string(),
                         "is damaged or of other runs: delete it, and it is made anew"};
  }
  return out;
}

}  // namespace saggar::train
