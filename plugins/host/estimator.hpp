// What an estimator offers beyond a controller: virtual tags, their values, findings.
#pragma once

#include <cstdint>
#include <limits>

#include "plugins/host/instance.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

/// Puts the virtual tags of an estimator into `plant.estimates`, after those that are there.
/// Refuses, with the name: what is no tag name, a name that a tag of the kiln or another virtual
/// tag has, an unknown unit, a missing sentence, a range that is none, more than
/// domain::kMaxVirtualTags. On an error some may have been added. Thread: main
domain::Status declare_virtual_tags(const Active& estimator, domain::Plant& plant);

}  // namespace saggar::host
