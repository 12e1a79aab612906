#include "runtime/config/figure_visitor.hpp"

#include <gmock/gmock.h>

namespace saggar::config {
namespace {

struct Inner {
  Figure rate;
  template <class V>
  void visit(V& v) {
    v("rate", rate, Spec{});
  }
};

struct Outer {
  double number = 0;
  Inner first, second;
  Figures list;
  template <class V>
  void visit(V& v) {
    v("number", number, Spec{});
    v("first", first, Spec{});
    v("second", second, Spec{});
    v("list", list, Spec{});
  }
};

class Paths final : public FigureVisitor {
 public:
  std::vector<std::string> seen;

 private:
  void see(const std::string& path, Figure& figure, const Spec&) override {
    seen.push_back(path);
    figure.value = 2;
  }
  void see(const std::string& path, Figures&, const Spec&) override { seen.push_back(path); }
};

TEST(FigureVisitor, SeesFiguresWithTheirPathsAndPassesOverAllElse) {
  Outer outer;
  Paths paths;
  outer.visit(paths);
  EXPECT_THAT(paths.seen, ::testing::ElementsAre("first.rate", "second.rate", "list"));
  EXPECT_EQ(outer.second.rate.value, 2) << "it may change them";
  EXPECT_EQ(outer.number, 0);
}

}  // namespace
}  // namespace saggar::config
