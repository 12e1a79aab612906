// set_field: puts a value into one field of a configuration struct, by the path that complaints
// use.
#pragma once

#include <functional>
#include <string>

#include "runtime/config/visitor.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::scenario {

/// @param visit  shows a struct to a visitor
/// @param path   such as `bench.control` or `event[0].severity`
/// @param value  as a file would have it, without quotes
/// Errors: no such field (with the nearest one), no number, outside its range, no such choice;
/// lists and figures cannot be set.
domain::Status set_field(const std::function<void(config::Visitor&)>& visit,
                         const std::string& path, const std::string& value);

}  // namespace saggar::scenario
