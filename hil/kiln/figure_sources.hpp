// check_sources: a figure that stands in a file must say where it comes from.
#pragma once

#include <string>

#include "runtime/config/complaint.hpp"
#include "runtime/config/figure_visitor.hpp"

namespace saggar::kiln {

/// Complains about every figure under `prefix` that stands in the file without a source, at its
/// line.
/// @param figures  a struct with `visit`; is not changed
/// @param prefix   its path in the file, such as "precalciner[0]."; empty for the whole file
template <class T>
void check_sources(T figures, config::Checks& checks, const std::string& prefix = {}) {
  class Look final : public config::FigureVisitor {
   public:
    Look(config::Checks& to, const std::string& before) : checks_(to), prefix_(before) {}

   private:
    void see(const std::string& path, config::Figure& figure, const config::Spec&) override {
      say(path, figure.source);
    }
    void see(const std::string& path, config::Figures& figures, const config::Spec&) override {
      say(path, figures.source);
    }
    void say(const std::string& path, const std::string& source) {
      if (!source.empty() || !checks_.stands(prefix_ + path)) return;
      const std::string key = path.substr(path.rfind('.') + 1);
      checks_.complain(prefix_ + path, key + ": has no source; " + key +
                                           " = { value = ..., source = \"where it comes from, or "
                                           "'assumed'\", grade = \"E\" } would be right");
    }

    config::Checks& checks_;
    const std::string& prefix_;
  } look(checks, prefix);
  figures.visit(look);
}

}  // namespace saggar::kiln
