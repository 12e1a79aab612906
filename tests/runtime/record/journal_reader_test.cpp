#include "runtime/record/journal_reader.hpp"

#include <algorithm>

#include "runtime/record/database.hpp"
#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

class Reading : public example::JournalTest {
 protected:
  /// Changes the closed journal behind its back.
  void tamper(const std::string& sql) {
    auto db = Database::open(path_, true);
    ASSERT_TRUE(db);
    const auto done = db.value().execute(sql.c_str());
    ASSERT_TRUE(done) << done.error().text();
  }
  /// Flips one bit of the file where `cycle`'s record (of a closed journal) lies.
  void flip_bit_of(std::uint64_t cycle) {
    std::vector<std::uint8_t> bytes;
    {
      const auto reader = read();
      ASSERT_TRUE(reader->seek(cycle));
      ASSERT_TRUE(reader->next().value());
      bytes.assign(reader->bytes().begin(), reader->bytes().end());
    }
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const std::string wanted(bytes.begin(), bytes.end());
    const std::size_t at = all.find(wanted);
    ASSERT_NE(at, std::string::npos);
    const auto flipped = static_cast<char>(all[at + bytes.size() / 2] ^ 0x10);
    file.clear();
    file.seekp(static_cast<std::streamoff>(at + bytes.size() / 2));
    file.put(flipped);
  }
};

TEST_F(Reading, GivesBackEveryRecordToTheBit) {
  write(600);
  const auto reader = read();
  EXPECT_EQ(reader->first_cycle(), 1U);
  EXPECT_EQ(reader->last_cycle(), 600U);
  example::Steady again(plant_, 1);
  for (int i = 0; i < 600; ++i) {
    const auto more = reader->next();
    ASSERT_TRUE(more) << more.error().text();
    ASSERT_TRUE(more.value());
    const auto difference = compare(again.next(), reader->record(), plant_, Depth::everything);
    ASSERT_FALSE(difference) << difference->text();
    EXPECT_EQ(again.record().timing.duration_ns, reader->record().timing.duration_ns);
  }
  EXPECT_FALSE(reader->next().value());
}

TEST_F(Reading, BeginsAtAnyCycleOrTime) {
  write(600);
  const auto reader = read();
  for (const std::uint64_t cycle : {1U, 2U, 255U, 256U, 257U, 400U, 600U}) {
    ASSERT_TRUE(reader->seek(cycle));
    ASSERT_TRUE(reader->next().value());
    EXPECT_EQ(reader->record().cycle, cycle);
    example::Steady again(plant_, 1);
    while (again.next().cycle < cycle) continue;
    EXPECT_FALSE(compare(again.record(), reader->record(), plant_, Depth::everything));
  }
  ASSERT_TRUE(reader->seek(601));
  EXPECT_FALSE(reader->next().value());
  ASSERT_TRUE(reader->seek_time(300'500'000'000));
  ASSERT_TRUE(reader->next().value());
  EXPECT_EQ(reader->record().cycle, 301U);
  ASSERT_TRUE(reader->seek_time(700'000'000'000));
  EXPECT_FALSE(reader->next().value());
}

TEST_F(Reading, KnowsTheRunTheMetaAndTheLayout) {
  open({}, {{"kiln", "P2"}, {"config/site.toml", "period_ms = 1000\n"}})
      ->set_meta("started", "2026-01-31T12:00:00Z");
  const auto reader = read();
  ASSERT_EQ(reader->runs().size(), 1U);
  const record::Run& run = reader->runs()[0];
  EXPECT_EQ(run.meta.at("kiln"), "P2");
  EXPECT_EQ(run.meta.at("config/site.toml"), "period_ms = 1000\n");
  EXPECT_EQ(run.meta.at("started"), "2026-01-31T12:00:00Z");
  EXPECT_EQ(to_text(run.layout), to_text(layout_));
  EXPECT_EQ(reader->first_cycle(), 0U);
  EXPECT_EQ(reader->last_cycle(), 0U);
}

TEST_F(Reading, FindsSnapshotsAndEvents) {
  {
    const auto writer = open();
    Recorder recorder(layout_, writer.get());
    for (int i = 0; i < 30; ++i) {
      domain::Record record = steady_.next();
      if (record.cycle == 7) {
        record.events.push({domain::EventCode::guard_clipped, 0, 0, 1, 2});  // debug: not indexed
        record.events.push({domain::EventCode::rung_lost, 0, 5, 0.25, -1});
      }
      recorder.take(record);
      const std::vector<std::uint8_t> state = {1, 2, static_cast<std::uint8_t>(i)};
      if (record.cycle % 10 == 0) writer->snapshot(record.cycle, state);
    }
  }
  const auto reader = read();
  EXPECT_FALSE(reader->snapshot_at(9).value());
  const auto snapshot = reader->snapshot_at(29).value();
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->cycle, 20U);
  EXPECT_EQ(snapshot->state, (std::vector<std::uint8_t>{1, 2, 19}));

  const auto events = reader->events(1, 30).value();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].cycle, 7U);
  EXPECT_EQ(events[0].time_ns, 7'000'000'000);
  EXPECT_EQ(events[0].event.code, domain::EventCode::rung_lost);
  EXPECT_EQ(events[0].event.b, 5U);
  EXPECT_EQ(events[0].event.x, 0.25);
  EXPECT_TRUE(reader->events(8, 30).value().empty());
  EXPECT_TRUE(reader->events(1, 30, 0).value().empty());
}

TEST_F(Reading, NamesTheCycleOfAFlippedBit) {
  write(600);
  flip_bit_of(300);
  EXPECT_EQ(damage(), "damaged at cycle 300: its bytes do not fit the digests");
  EXPECT_EQ(damage(299), "damaged at cycle 300: its bytes do not fit the digests");
  EXPECT_EQ(damage(520), "");  // key records let the rest be checked
}

TEST_F(Reading, EveryFlippedBitOfARecordIsFound) {
  // SC-101: any edit. All bits of one record and of its digest.
  write(20);
  std::size_t size = 0;
  {
    const auto reader = read();
    ASSERT_TRUE(reader->seek(10));
    ASSERT_TRUE(reader->next().value());
    size = reader->bytes().size();
  }
  auto db = Database::open(path_, true);
  ASSERT_TRUE(db);
  ASSERT_TRUE(db.value().execute("PRAGMA synchronous=OFF"));
  const auto reader = read();
  const auto set = [&](const char* column, std::span<const std::uint8_t> v) {
    const std::string sql = std::string("UPDATE record SET ") + column + " = ?1 WHERE cycle = 10";
    auto update = db.value().prepare(sql.c_str());
    EXPECT_TRUE(update.value().bind(1, v).run());
  };
  for (const char* column : {"data", "chain"}) {
    const std::string sql = std::string("SELECT ") + column + " FROM record WHERE cycle = 10";
    auto query = db.value().prepare(sql.c_str());
    ASSERT_EQ(query.value().step(), SQLITE_ROW);
    const auto blob = query.value().blob(0);
    const std::vector<std::uint8_t> original(blob.begin(), blob.end());
    query.value().reset();
    EXPECT_EQ(original.size(), column[0] == 'd' ? size : 32U);
    for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
      std::vector<std::uint8_t> changed = original;
      changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
      set(column, changed);
      const auto found = reader->verify();
      ASSERT_FALSE(found) << column << " bit " << bit;
      ASSERT_EQ(found.error().what.substr(0, 21), "damaged at cycle 10: ") << bit;
    }
    set(column, original);
  }
  EXPECT_EQ(damage(), "");
}

TEST_F(Reading, FindsDeletedSwappedAndInsertedRecords) {
  write(40);
  std::filesystem::copy(path_, path_ + ".good");
  const auto restore = [&] {
    std::filesystem::copy(path_ + ".good", path_,
                          std::filesystem::copy_options::overwrite_existing);
  };
  tamper("DELETE FROM record WHERE cycle = 20");
  EXPECT_EQ(damage().substr(0, 19), "damaged at cycle 21");
  restore();
  tamper(
      "UPDATE record SET cycle = 99 WHERE cycle = 20; UPDATE record SET cycle = 20 WHERE "
      "cycle = 21; UPDATE record SET cycle = 21 WHERE cycle = 99");
  EXPECT_EQ(damage().substr(0, 19), "damaged at cycle 20");
  restore();
  tamper("INSERT INTO record SELECT 41, time_ns, chain, data, timing FROM record WHERE cycle = 40");
  EXPECT_EQ(damage().substr(0, 19), "damaged at cycle 41");
  restore();
  tamper("UPDATE record SET time_ns = time_ns + 1 WHERE cycle = 12");
  EXPECT_EQ(damage().substr(0, 19), "damaged at cycle 12");
  restore();
  EXPECT_EQ(damage(), "");
}

TEST_F(Reading, GoesOnAtTheNextKeyRecordAfterDamage) {
  write(600);
  flip_bit_of(300);
  const auto reader = read();
  ASSERT_TRUE(reader->seek(298));
  std::vector<std::uint64_t> seen;
  int errors = 0;
  for (;;) {
    const auto more = reader->next();
    if (!more) {
      ++errors;
      continue;
    }
    if (!more.value()) break;
    seen.push_back(reader->record().cycle);
  }
  EXPECT_EQ(errors, 1);
  ASSERT_EQ(seen.size(), 2U + 600U - 511U);
  EXPECT_EQ(seen[1], 299U);
  EXPECT_EQ(seen[2], 512U);
}

TEST_F(Reading, RefusesWhatIsNoJournal) {
  const auto refusal = [&](const std::string& path) {
    const auto reader = JournalReader::open(path);
    return reader ? std::string() : reader.error().text();
  };
  EXPECT_EQ(refusal(path_), path_ + ": cannot be opened (No such file or directory)");
  std::ofstream(path_) << std::string(5000, 'x');
  EXPECT_EQ(refusal(path_), path_ + ": is not a journal: file is not a database");
  std::filesystem::remove(path_);
  tamper("CREATE TABLE t(x)");
  EXPECT_EQ(refusal(path_), path_ + ": is not a journal: a database of something else");
  std::filesystem::remove(path_);
  std::ofstream(path_) << "";
  EXPECT_EQ(refusal(path_),
            path_ + ": is not a journal: it is empty; its writer ended before it began");
  EXPECT_NE(refusal("/").find("is not a file"), std::string::npos);
}

TEST_F(Reading, RefusesAnotherFormatAndSaysSo) {
  write(5);
  tamper("PRAGMA user_version = 3");
  const auto reader = JournalReader::open(path_);
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().what,
            "has journal format 3, newer than the 2 this build reads; use a newer build");
  const auto writer = JournalWriter::open(path_, layout_, {});
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().what.find("newer than the 2 of this build"), std::string::npos);
  tamper("PRAGMA user_version = 1");
  const auto older = JournalReader::open(path_);
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().what,
            "has journal format 1, this build reads 2; use the build that wrote it");
  const auto older_writer = JournalWriter::open(path_, layout_, {});
  ASSERT_FALSE(older_writer);
  EXPECT_NE(older_writer.error().what.find("older than the 2 of this build"), std::string::npos);
}

TEST_F(Reading, RefusesALayoutItCannotRead) {
  write(5);
  tamper("UPDATE run SET layout = 'saggar layout 1' || char(10) || 'tag x furlong 0'");
  const auto reader = JournalReader::open(path_);
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().what.find("layout line 2: found 'tag x furlong 0'"), std::string::npos);
}

}  // namespace
}  // namespace saggar::record
