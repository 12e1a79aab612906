// A journal in a folder of its own, for the tests of writer, reader, retention and trace.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/record/compare.hpp"
#include "runtime/record/journal_reader.hpp"
#include "runtime/record/journal_writer.hpp"
#include "runtime/record/recorder.hpp"
#include "tests/runtime/record/example.hpp"

namespace saggar::record::example {

/// An empty folder that goes when the test ends.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "saggar-record-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ec;
    std::filesystem::remove_all(path_, ec);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// One zone, one controller: records of some 50 bytes.
class JournalTest : public ::testing::Test {
 protected:
  JournalTest()
      : path_(folder_ / "run.journal"),
        plant_(make_plant(1)),
        steady_(plant_, 1),
        layout_(layout_of(plant_, steady_.record())) {}

  std::unique_ptr<JournalWriter> open(const JournalOptions& options = {}, const Meta& meta = {}) {
    auto writer = JournalWriter::open(path_, layout_, meta, options);
    EXPECT_TRUE(writer) << (writer ? "" : writer.error().text());
    return writer ? std::move(writer).value() : nullptr;
  }
  std::unique_ptr<JournalReader> read() {
    auto reader = JournalReader::open(path_);
    EXPECT_TRUE(reader) << (reader ? "" : reader.error().text());
    return reader ? std::move(reader).value() : nullptr;
  }
  /// Writes `count` records and closes the journal; returns the digest after the last.
  std::string write(int count, const JournalOptions& options = {}) {
    const auto writer = open(options);
    Recorder recorder(layout_, writer.get());
    for (int i = 0; i < count; ++i) EXPECT_TRUE(recorder.take(steady_.next()));
    return recorder.digest();
  }
  Verified verified(std::uint64_t from = 0) {
    const auto result = read()->verify(from);
    EXPECT_TRUE(result) << (result ? "" : result.error().text());
    return result ? result.value() : Verified();
  }
  std::string damage(std::uint64_t from = 0) {
    const auto result = read()->verify(from);
    return result ? "" : result.error().what;
  }

  Folder folder_;
  std::string path_;
  domain::Plant plant_;
  Steady steady_;
  Layout layout_;
};

}  // namespace saggar::record::example
