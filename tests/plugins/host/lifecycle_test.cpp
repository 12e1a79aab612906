// What the host does when create, configure, activate, deactivate or destroy go wrong.
#include <gmock/gmock.h>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

template <class T>
std::string text_of(const domain::Result<T>& result) {
  return result.ok() ? "accepted" : result.error().text();
}
domain::Result<Created> create(const std::string& animal, std::vector<ParamSpec> params = {}) {
  return instantiate(open_animal(animal), small(), spec_of(std::move(params)));
}

TEST(Lifecycle, AnExceptionFromCreateIsARefusal) {
  EXPECT_THAT(text_of(create("throws_in_create")),
              HasSubstr("create threw an exception: matrix is singular"));
}

TEST(Lifecycle, AnExceptionFromConfigureIsARefusal) {
  EXPECT_THAT(text_of(std::move(create("throws_in_configure")).value().configure()),
              HasSubstr("configure threw an exception: matrix is singular"));
}

TEST(Lifecycle, AnExceptionFromActivateIsARefusal) {
  auto configured = std::move(create("throws_in_activate")).value().configure();
  ASSERT_TRUE(configured.ok());
  EXPECT_THAT(text_of(std::move(configured).value().activate()),
              HasSubstr("activate threw an exception: matrix is singular"));
}

TEST(Lifecycle, ARefusalOfThePluginCarriesItsOwnText) {
  auto created = create("complete", {{"refuse", 1.0, {}}});
  ASSERT_TRUE(created.ok());
  EXPECT_THAT(text_of(std::move(created).value().configure()),
              HasSubstr("refuses this configuration: refuse is 1, it would have to be 0"));
}

// activate has no text of its own: it comes through "saggar.last_error/1".
TEST(Lifecycle, ARefusalToActivateCarriesItsTextToo) {
  auto configured =
      std::move(create("complete", {{"refuse_activate", 1.0, {}}})).value().configure();
  ASSERT_TRUE(configured.ok());
  EXPECT_THAT(text_of(std::move(configured).value().activate()),
              HasSubstr("refuses to activate: refuse_activate is 1"));
}

TEST(Lifecycle, WhatFailsToBeCreatedSaysSo) {
  std::vector<domain::Result<Created>> all;
  for (int i = 0; i < 8; ++i) all.push_back(create("empty"));  // its pool has 8 places
  for (const auto& one : all) EXPECT_TRUE(one.ok());
  EXPECT_THAT(text_of(create("empty")), HasSubstr("create failed, without saying why"));
}

TEST(Lifecycle, DestroyRunsForEveryInstanceHoweverFarItCame) {
  for (int i = 0; i < 50; ++i) {  // the zoo's pool has 8 places: a leak would show
    EXPECT_TRUE(create("well_behaved").ok());
    active_animal("well_behaved");
  }
}

TEST(Lifecycle, ExceptionsAtTheEndAreSwallowed) {
  EXPECT_NO_THROW(active_animal("throws_at_the_end"));
}

}  // namespace
}  // namespace saggar::host
