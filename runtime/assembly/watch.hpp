// watch: from a policy package to the monitors of its controller.
#pragma once

#include "plugins/host/instance.hpp"
#include "runtime/config/given_package.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/monitor/watch.hpp"

namespace saggar::assembly {

/// Everything from manifest and domain. Error, at the place where the control file names the
/// package: the plugin says of itself "saggar.ensemble/1" other lengths than the package has, or a
/// prediction reaches too far for its period.
/// @param package whose papers and tags were found right
/// @param plant with the virtual tags of the estimators
domain::Result<monitor::WatchSettings> watch_of(const config::GivenPackage& package,
                                                const domain::Plant& plant,
                                                const host::Active& active);

}  // namespace saggar::assembly
