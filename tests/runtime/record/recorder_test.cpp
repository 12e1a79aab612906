#include "runtime/record/recorder.hpp"

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::record {
namespace {

using Recording = example::JournalTest;

TEST_F(Recording, TheHashIsTheSameWithAndWithoutAJournal) {
  example::Steady again(plant_, 1);
  Recorder without(layout_, nullptr);
  for (int i = 0; i < 300; ++i) EXPECT_TRUE(without.take(again.next()));
  EXPECT_EQ(without.digest(), write(300));
  EXPECT_EQ(without.records(), 300U);
  EXPECT_GT(without.bytes(), 300U);
}

TEST_F(Recording, AnyDeterministicFieldChangesTheHash) {
  Recorder a(layout_, nullptr), b(layout_, nullptr);
  domain::Record record = steady_.next();
  a.take(record);
  record.command.value[0] += 1e-9;
  b.take(record);
  EXPECT_NE(a.digest(), b.digest());
}

TEST_F(Recording, WhatTheMachineContributesDoesNot) {
  Recorder a(layout_, nullptr), b(layout_, nullptr);
  domain::Record record = steady_.next();
  a.take(record);
  record.timing.duration_ns += 1;
  record.frame.received_ns += 1;
  b.take(record);
  EXPECT_EQ(a.digest(), b.digest());
}

TEST_F(Recording, ARecordOfAnotherShapeIsRefused) {
  Recorder recorder(layout_, nullptr);
  EXPECT_FALSE(recorder.take(example::make_record(example::make_plant(2))));
  EXPECT_EQ(recorder.records(), 0U);
}

}  // namespace
}  // namespace saggar::record
