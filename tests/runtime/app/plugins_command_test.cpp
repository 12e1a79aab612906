// `saggar plugins`: folders and files, alone and on a kiln.
#include "runtime/app/plugins_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kKiln = SAGGAR_SOURCE_DIR "/configs/kiln/p2.toml";

struct Said {
  int code = 0;
  std::string out, err;
};

Said said(const std::string& path, const std::string& kiln = "") {
  Said s;
  std::ostringstream out;
  ::testing::internal::CaptureStderr();
  s.code = plugins({path, kiln}, out);
  s.err = ::testing::internal::GetCapturedStderr();
  s.out = out.str();
  return s;
}

TEST(PluginsCommand, OnAKilnEachPluginOfAFolderSaysWhatItBinds) {
  const Said alone = said(SAGGAR_PLUGIN_DIR);
  EXPECT_EQ(alone.code, 0) << alone.out << alone.err;
  EXPECT_THAT(alone.out, Not(HasSubstr("binds")));
  const Said there = said(SAGGAR_PLUGIN_DIR, kKiln);
  EXPECT_THAT(there.out, HasSubstr("ok       saggar-pid-trim.so: com.saggar.pid-trim"));
  EXPECT_THAT(there.out, HasSubstr("heat of kiln 'p2': binds, reads "));
}

TEST(PluginsCommand, ALibraryThatDoesNotBindIsRefusedOnThatKilnOnly) {
  const std::string library = SAGGAR_BINARY_DIR "/zoo/wrong_unit.so";
  EXPECT_EQ(said(library).code, 0);
  const Said there = said(library, kKiln);
  EXPECT_EQ(there.code, 2);
  EXPECT_THAT(there.out, HasSubstr("heat of kiln 'p2': port '"));
  EXPECT_THAT(there.out, HasSubstr("is in K, but tag zone01.top."));
}

TEST(PluginsCommand, WhatCannotBeLookedAtIsNamed) {
  const Said folder = said("/nowhere");
  EXPECT_EQ(folder.code, 1);
  EXPECT_THAT(folder.err, HasSubstr("saggar: /nowhere: is not a folder"));
  const Said kiln = said(SAGGAR_PLUGIN_DIR, "/nowhere/kiln.toml");
  EXPECT_EQ(kiln.code, 1);
  EXPECT_THAT(kiln.err, HasSubstr("/nowhere/kiln.toml"));
}

}  // namespace
}  // namespace saggar::app
