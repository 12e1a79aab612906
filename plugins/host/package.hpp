// A policy package as the host hands it to a plugin; see saggar/plugin/package.hpp for what it
// holds.
#pragma once

#include <saggar/plugin/package.hpp>

namespace saggar::host {

using plugin::EnsembleShape;
using plugin::Package;
using plugin::PackageFeature;
using plugin::PackageFile;
using plugin::PackageOutput;
using plugin::PackagePrediction;

}  // namespace saggar::host
