// FigureVisitor: sees the figures of a struct (value, uncertainty, source, grade), each with its
// path, and passes over all else.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/visitor.hpp"

namespace saggar::config {

class FigureVisitor : public Visitor {
 protected:
  /// @param path  keys from the struct that was visited, with dots: "hydrate.factor_per_s"
  virtual void see(const std::string& path, Figure& figure, const Spec& spec) = 0;
  virtual void see(const std::string& path, Figures& figures, const Spec& spec) = 0;

 private:
  void figure(std::string_view key, Figure& f, const Spec& spec) final {
    see(path_ + std::string(key), f, spec);
  }
  void figures(std::string_view key, Figures& f, const Spec& spec) final {
    see(path_ + std::string(key), f, spec);
  }
  void number(std::string_view, double&, const Spec&) final {}
  void integer(std::string_view, std::int64_t&, const Spec&) final {}
  void flag(std::string_view, bool&, const Spec&) final {}
  void text(std::string_view, std::string&, const Spec&) final {}
  void choice(std::string_view, int&, Names, const Spec&) final {}
  void numbers(std::string_view, std::vector<double>&, const Spec&) final {}
  void integers(std::string_view, std::vector<std::int64_t>&, const Spec&) final {}
  void texts(std::string_view, std::vector<std::string>&, const Spec&) final {}
  void choices(std::string_view, std::vector<int>&, Names, const Spec&) final {}
  void parameters(std::string_view, Parameters&, const Spec&) final {}
  bool enter(std::string_view key, const Spec&) final {
    lengths_.push_back(path_.size());
    path_ += std::string(key) + '.';
    return true;
  }
  void leave() final {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }
  std::size_t begin_list(std::string_view key, std::size_t size, const Spec& spec) final {
    enter(key, spec);
    return size;
  }
  bool begin_element(std::size_t) final { return true; }
  void end_element() final {}
  void end_list() final { leave(); }

  std::string path_;
  std::vector<std::size_t> lengths_;
};

}  // namespace saggar::config
