// Estimators at the level of the host: what they may declare, and what becomes of what they say.
#include "plugins/host/estimator.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using domain::Quality;
using domain::Reason;
using domain::SubStatus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

InstanceSpec estimator_spec(std::vector<ParamSpec> params = {}) {
  InstanceSpec spec = spec_of(std::move(params));
  spec.role = Role::estimator;
  return spec;
}

domain::Result<Active> made(const std::string& animal, InstanceSpec spec = estimator_spec(),
                            const domain::Plant& plant = small()) {
  auto library = Library::open(zoo_path(animal));
  if (!library.ok()) return library.error();
  auto created = instantiate(library.value(), plant, std::move(spec));
  if (!created.ok()) return created.error();
  auto configured = std::move(created).value().configure();
  if (!configured.ok()) return configured.error();
  return std::move(configured).value().activate();
}

/// Why it cannot become an estimator of the small plant.
std::string refusal(const std::string& animal, InstanceSpec spec = estimator_spec()) {
  auto active = made(animal, std::move(spec));
  if (!active.ok()) return active.error().text();
  domain::Plant plant = small();
  const auto declared = declare_virtual_tags(active.value(), plant);
  return declared.ok() ? "accepted" : declared.error().text();
}

TEST(Estimator, DeclaresItsTagsBehindThoseOfTheKiln) {
  auto active = made("estimates");
  ASSERT_TRUE(active.ok()) << active.error().text();
  domain::Plant plant = small();
  ASSERT_TRUE(declare_virtual_tags(active.value(), plant).ok());
  ASSERT_EQ(plant.estimates.size(), 2U);
  EXPECT_EQ(plant.estimates[0].name, "kiln.mean.temperature");
  EXPECT_EQ(plant.estimates[0].unit, domain::Unit::degC);
  EXPECT_EQ(plant.estimates[0].high, 1300);
  EXPECT_THAT(active.value().finding_causes(), ElementsAre("sensor_drift", "blocked_port"));
}

TEST(Estimator, WhatItDeclaresWrongIsRefusedByName) {
  EXPECT_EQ(refusal("estimates"), "accepted");
  EXPECT_THAT(refusal("estimates_a_bad_name"), HasSubstr("'Mean Temperature'"));
  EXPECT_THAT(refusal("estimates_a_bad_name"), HasSubstr("lower-case letters"));
  EXPECT_THAT(refusal("estimates_a_field_tag"),
              HasSubstr("virtual tag 'zone01.top.temperature' has the name of a tag of kiln"));
  EXPECT_THAT(refusal("estimates_one_twice"), HasSubstr("tag kiln.steps: is declared twice"));
  EXPECT_THAT(refusal("estimates_an_odd_unit"), HasSubstr("unit 'furlong' is not one of"));
  EXPECT_THAT(refusal("estimates_in_no_range"), HasSubstr("low < high"));
}

TEST(Estimator, MustOfferTheExtensionAndHasNeitherDutyNorOutput) {
  EXPECT_THAT(refusal("estimates_without_extension"),
              HasSubstr("does not offer saggar.estimator/1: it would do nothing"));
  EXPECT_THAT(refusal("estimates_with_output"), HasSubstr("it offers no duty"));
  EXPECT_THAT(refusal("estimates_with_a_duty", spec_of()),
              HasSubstr("an estimator drives nothing, make it two plugins"));
}

TEST(Estimator, IsNoControllerNorAControllerAnEstimator) {
  EXPECT_THAT(refusal("well_behaved"), HasSubstr("write it under [[controller]]"));
  EXPECT_THAT(refusal("estimates", spec_of()), HasSubstr("write it under [[estimator]]"));
}

/// One estimator, stepped once per second from temperatures of 740.
struct Bench {
  explicit Bench(const std::string& animal)
      : active(made(animal, estimator_spec({{"from_cycle", 2.0, {}}, {"until_cycle", 3.0, {}}}))
                   .value()),
        io(active.make_io()),
        samples(2),
        sigma(2) {
    fill_inputs(io);
  }
  Reason step() {
    result = next_step(active, io);
    return active.estimate(io.moment.time_ns, samples, sigma);
  }
  Active active;
  StepIo io;
  StepResult result;
  std::vector<domain::Sample> samples;
  std::vector<double> sigma;
};

TEST(Estimator, GivesValueSigmaAndQualityOfEachTag) {
  Bench bench("estimates");
  ASSERT_EQ(bench.step(), Reason::none);
  EXPECT_EQ(bench.result.status, domain::ProposalStatus::ok);
  EXPECT_EQ(bench.samples[0].value, 740);
  EXPECT_EQ(bench.samples[0].quality, Quality::good);
  EXPECT_EQ(bench.samples[0].time_ns, 1'000'000'000);
  EXPECT_EQ(bench.sigma[0], 1.5);
  EXPECT_EQ(bench.samples[1].value, 1);
  EXPECT_EQ(bench.samples[1].quality, Quality::uncertain);
}

TEST(Estimator, ATagWithoutNumberSigmaOrRangeIsBadAloneAndForThatStep) {
  for (const auto& [animal, why] : {std::pair("estimates_no_number", SubStatus::not_finite),
                                    std::pair("estimates_no_sigma", SubStatus::not_finite)}) {
    Bench bench(animal);
    for (int cycle = 1; cycle <= 3; ++cycle) {
      ASSERT_EQ(bench.step(), Reason::none) << animal;
      EXPECT_EQ(bench.samples[0].quality, cycle == 2 ? Quality::bad : Quality::good) << animal;
      EXPECT_EQ(bench.samples[0].sub_status, cycle == 2 ? why : SubStatus::none) << animal;
      EXPECT_EQ(std::isinf(bench.sigma[0]), cycle == 2) << animal;
      EXPECT_EQ(bench.samples[1].quality, Quality::uncertain) << animal;
    }
  }
  Bench hot("estimates_out_of_range");  // 740 degC where it declared 0 to 10
  ASSERT_EQ(hot.step(), Reason::none);
  EXPECT_EQ(hot.samples[0].quality, Quality::bad);
  EXPECT_EQ(hot.samples[0].sub_status, SubStatus::out_of_range);
}

TEST(Estimator, OneThatThrowsOrWritesTooFewOrTooManyIsFoundOutAndRecovers) {
  for (const auto& [animal, why] : {std::pair("estimates_and_throws", Reason::plugin_threw),
                                    std::pair("estimates_too_few", Reason::wrong_shape),
                                    std::pair("estimates_past_the_end", Reason::wrong_shape)}) {
    Bench bench(animal);
    EXPECT_EQ(bench.step(), Reason::none) << animal;
    EXPECT_EQ(bench.step(), why) << animal;
    EXPECT_EQ(bench.step(), Reason::none) << animal;
  }
}

// The second finding of the animal names a cause that it did not declare.
TEST(Estimator, FindingsNameADeclaredCauseByItsIndex) {
  Bench bench("estimates");
  bench.step();
  EXPECT_TRUE(bench.active.findings().empty());
  bench.step();
  const std::span<const Finding> found = bench.active.findings();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].cause, 0);
  EXPECT_EQ(found[0].zone, 1U);
  EXPECT_EQ(found[0].element, 0U);
  EXPECT_EQ(found[0].statistic, 5.5);
  EXPECT_EQ(found[0].threshold, 3);
  EXPECT_EQ(found[0].since_s, 60);
}

TEST(Estimator, AStateThatLosesItsEstimatesIsFoundByVerifyState) {
  EXPECT_TRUE(made("estimates").value().verify_state().ok());
  const auto verified = made("estimates_forgetfully").value().verify_state();
  ASSERT_FALSE(verified.ok());
  EXPECT_THAT(verified.error().what, HasSubstr("differs"));
}

// Field tags win: `zone*.*.temperature` of a controller stays what it was.
TEST(Estimator, APortNamesVirtualTagsOnlyWhereItNamesNoTagOfTheKiln) {
  domain::Plant plant = small();
  ASSERT_TRUE(plant.estimates.add({"zone01.core.temperature", domain::Unit::degC, 0, 1300}).ok());
  ASSERT_TRUE(plant.estimates.add({"zone02.core.temperature", domain::Unit::degC, 0, 1300}).ok());
  EXPECT_EQ(plant.match("zone*.*.temperature").size(), 4U);
  const std::vector<domain::TagId> cores = plant.match("zone*.core.temperature");
  ASSERT_EQ(cores.size(), 2U);
  EXPECT_EQ(cores[1], plant.tags.size() + 1);
  EXPECT_EQ(plant.tag(cores[1]).name, "zone02.core.temperature");
  auto active = made("estimates", estimator_spec(), plant);
  ASSERT_TRUE(active.ok());
  EXPECT_EQ(active.value().make_io().inputs()[0].tags.size(), 4U);
}

}  // namespace
}  // namespace saggar::host
