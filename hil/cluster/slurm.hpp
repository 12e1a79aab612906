// slurm: a campaign as an array job of Slurm and a job that merges what it leaves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/cluster/manifest.hpp"
#include "hil/cluster/spec.hpp"

namespace saggar::cluster {

struct SlurmOptions {
  std::uint32_t throttle = 0;      ///< shards at a time; 0 = as many as the cluster gives
  std::uint32_t jobs = 1;          ///< cases at a time and processors of one shard, 1 to 1024
  std::uint32_t restarts = 3;      ///< of one shard, for reasons that are not the tests'; to 100
  std::uint32_t max_array = 1001;  ///< MaxArraySize of the cluster; Slurm's own default
  std::string time = "01:00:00";  ///< limit of one shard: minutes, [days-]hours:minutes:seconds, ..
  std::string mem = "2G";         ///< of one shard: a number with K, M, G or T
  std::string partition, account;  ///< empty = the cluster's default
  std::string program;             ///< path of saggar-hil on the nodes
};

/// array.sbatch, merge.sbatch and submit.sh, for a folder of their own in that of the campaign,
/// which they find as `..`. Errors: an option that Slurm would not take, by its name.
domain::Result<std::vector<Spec>> slurm(const Manifest& manifest, const SlurmOptions& options);

}  // namespace saggar::cluster
