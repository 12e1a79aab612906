// kubernetes: a campaign as an Indexed Job of Kubernetes and a Job that merges what it leaves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/cluster/manifest.hpp"
#include "hil/cluster/spec.hpp"

namespace saggar::cluster {

struct KubernetesOptions {
  std::string image;                   ///< that holds the build of the plan
  std::string program = "saggar-hil";  ///< in the image
  std::string claim;                   ///< PersistentVolumeClaim that holds the campaign's folder
  std::string folder;                  ///< of the campaign in that volume; empty = all of it
  std::string space = "default";       ///< namespace
  std::string memory = "2Gi";          ///< of one shard, requested and its limit
  std::uint32_t parallelism = 0;       ///< shards at a time; 0 = all
  std::uint32_t jobs = 1;              ///< cases at a time and processors of one shard, 1 to 1024
  std::uint32_t retries = 3;  ///< of one shard, for reasons that are not the tests'; to 100
};

/// shards.yaml, merge.yaml (batch/v1 Job, Kubernetes 1.33 or later) and submit.sh. A shard that
/// ends with 1 is not tried again, one that ends with 2 ends all, anything else is tried again.
/// Errors: an option that Kubernetes would not take, by its name.
domain::Result<std::vector<Spec>> kubernetes(const Manifest& manifest,
                                             const KubernetesOptions& options);

}  // namespace saggar::cluster
