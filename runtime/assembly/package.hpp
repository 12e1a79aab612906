// package: from a policy package to what a plugin takes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "plugins/host/package.hpp"
#include "runtime/config/given_package.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::assembly {

/// Every file has the SHA-256 that the manifest lists for it. The error names each that has not.
domain::Status check_hashes(const config::GivenPackage& package);

/// SHA-256 of the manifest, as 64 digits: with the hashes it lists it stands for the whole package.
std::string digest_of(const config::GivenPackage& package);

/// Hashes, then papers, then tags and units: all that has to be right before a plugin sees it.
/// @param plant with the virtual tags of the estimators
domain::Result<std::shared_ptr<const host::Package>> host_package(
    const config::GivenPackage& package, const domain::Plant& plant);

/// What the journal says of it, under `package/CONTROLLER/`: folder, id, version, sha256, accepted.
void note(const config::GivenPackage& package, const std::string& controller,
          std::map<std::string, std::string>& meta);

/// The package of a journal's meta, read from the folder that is noted there.
/// Error: it is not the one that ran.
domain::Result<config::PackageFolder> recorded_package(
    const std::map<std::string, std::string>& meta, const std::string& controller);

}  // namespace saggar::assembly
