#include "runtime/record/database.hpp"

#include <limits>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

TEST(Database, ValuesComeBackAsTheyWereBound) {
  const example::Folder folder;
  auto db = Database::open(folder / "x.db", true);
  ASSERT_TRUE(db);
  ASSERT_TRUE(db.value().execute("CREATE TABLE t(i, d, s, b)"));
  const std::vector<std::uint8_t> blob = {0, 255, 7};
  auto insert = db.value().prepare("INSERT INTO t VALUES(?1,?2,?3,?4)");
  ASSERT_TRUE(insert);
  insert.value().bind(1, std::numeric_limits<std::int64_t>::min()).bind(2, 0.1);
  insert.value().bind(3, std::string_view("한글")).bind(4, std::span(blob));
  EXPECT_TRUE(insert.value().run());
  auto query = db.value().prepare("SELECT * FROM t");
  ASSERT_EQ(query.value().step(), SQLITE_ROW);
  EXPECT_EQ(query.value().integer(0), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(query.value().real(1), 0.1);
  EXPECT_EQ(query.value().text(2), "한글");
  EXPECT_EQ(query.value().blob(3).size(), 3U);
  EXPECT_EQ(query.value().step(), SQLITE_DONE);
  EXPECT_EQ(db.value().integer("SELECT MAX(i) FROM t WHERE i > 0").value(), 0);
}

TEST(Database, ErrorsNameTheFileAndTheCause) {
  const example::Folder folder;
  const auto missing = Database::open(folder / "no/x.db", true);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().where, folder / "no/x.db");
  EXPECT_NE(missing.error().what.find("unable to open database file"), std::string::npos);
  auto db = Database::open(folder / "x.db", true);
  EXPECT_FALSE(db.value().execute("NOT SQL"));
  EXPECT_FALSE(db.value().prepare("SELECT * FROM nothing"));
  EXPECT_FALSE(db.value().integer("SELECT * FROM nothing"));
}

TEST(Database, AnUnchangingFileMayHaveAnyName) {
  const example::Folder folder;
  const std::string path = folder / "odd?name#50%.db";
  ASSERT_TRUE(Database::open(path, true).value().execute("CREATE TABLE t(i)"));
  auto db = Database::open_unchanging(path);
  ASSERT_TRUE(db);
  EXPECT_EQ(db.value().integer("SELECT COUNT(*) FROM sqlite_master").value(), 1);
  EXPECT_FALSE(db.value().execute("INSERT INTO t VALUES(1)"));
}

}  // namespace
}  // namespace saggar::record
