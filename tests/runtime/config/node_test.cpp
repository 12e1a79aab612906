#include "runtime/config/node.hpp"

#include <gtest/gtest.h>

namespace saggar::config {
namespace {

TEST(Node, FindsAMemberByItsKey) {
  Node node;
  node.members.push_back({"a", {1, 1}, Node{}});
  EXPECT_NE(node.find("a"), nullptr);
  EXPECT_EQ(node.find("b"), nullptr);
}

TEST(Node, DescribesTextsOnOneLineCutAtACharacter) {
  Node node;
  node.kind = Node::Kind::text;
  node.text = "a\nb\tc";
  EXPECT_EQ(node.described(), "the text \"a b c\"");
  node.text.clear();
  for (int i = 0; i < 30; ++i) node.text += "가";  // 3 bytes each: 20 fit into 60
  const std::string shown = node.described();
  EXPECT_EQ(shown, "the text \"" + node.text.substr(0, 60) + "...\"");
  node.text = "x" + node.text;  // now the cut would fall into a character
  EXPECT_EQ(node.described(), "the text \"" + node.text.substr(0, 58) + "...\"");
}

}  // namespace
}  // namespace saggar::config
