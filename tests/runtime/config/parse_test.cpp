#include <gtest/gtest.h>

#include "runtime/config/node.hpp"

namespace saggar::config {
namespace {

TEST(Parse, KeepsTheValueAndPlaceOfEveryKind) {
  Node root;
  ShapeFault fault;
  ASSERT_TRUE(parse("a = 1\nb = [2.5, true]\n[c]\nd = \"x\"\ne = 1979-05-27\n", root, fault));
  EXPECT_EQ(root.find("a")->value.kind, Node::Kind::integer);
  EXPECT_EQ(root.find("a")->value.number, 1.0);
  const Node& list = root.find("b")->value;
  EXPECT_EQ(list.kind, Node::Kind::array);
  EXPECT_EQ(list.items[0].number, 2.5);
  EXPECT_EQ(list.items[0].at.line, 2);
  EXPECT_EQ(list.items[0].at.column, 6);
  EXPECT_TRUE(list.items[1].flag);
  const Node& table = root.find("c")->value;
  EXPECT_EQ(table.find("d")->value.text, "x");
  EXPECT_EQ(table.find("d")->key_at.line, 4);
  EXPECT_EQ(table.find("d")->key_at.column, 1);
  EXPECT_EQ(table.find("e")->value.kind, Node::Kind::time);
}

TEST(Parse, ATextThatIsNotTomlIsRefusedAtItsPlace) {
  Node root;
  ShapeFault fault;
  EXPECT_FALSE(parse("a = 1\nb = = 2\n", root, fault));
  EXPECT_EQ(fault.at.line, 2);
  EXPECT_EQ(fault.at.column, 5);
  EXPECT_EQ(fault.what.rfind("not TOML: ", 0), 0U);
}

TEST(Parse, AHeaderThatBeginsWithNoKeyIsRefused) {
  // toml++ 3.3 runs into an assertion here, which a release build takes for granted.
  for (const std::string header : {"[|x]", "[!]", "[[#a]]", "[ =]", "[.a]", "[[,"}) {
    Node root;
    ShapeFault fault;
    EXPECT_FALSE(parse("a = 1\n" + header + "\n", root, fault)) << header;
    EXPECT_EQ(fault.at.line, 2) << header;
    EXPECT_EQ(fault.what.rfind("not TOML: ", 0), 0U) << header;
  }
}

TEST(Parse, AByteOrderMarkIsNoPartOfTheText) {
  Node root;
  ShapeFault fault;
  ASSERT_TRUE(
      parse("\xEF\xBB\xBF"
            "a = 1\n",
            root, fault))
      << fault.what;
  EXPECT_EQ(root.find("a")->key_at.column, 1);
}

TEST(Parse, AKeyThatStandsTwiceIsRefused) {
  Node root;
  ShapeFault fault;
  EXPECT_FALSE(parse("a = 1\na = 2\n", root, fault));
  EXPECT_EQ(fault.at.line, 2);
}

TEST(Parse, BytesThatAreNotUtf8AreRefused) {
  Node root;
  ShapeFault fault;
  EXPECT_FALSE(parse("a = \"\xff\xfe\"\n", root, fault));
  EXPECT_FALSE(fault.what.empty());
}

}  // namespace
}  // namespace saggar::config
