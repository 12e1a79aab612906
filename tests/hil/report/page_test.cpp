// A page is one well-formed file that fetches nothing, whatever texts it is given.
#include "hil/report/page.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::Markup;

TEST(Page, WithEverythingIsWellFormedAndLiesInOneFile) {
  const std::string text = html(test::sample_page());
  EXPECT_EQ(faults_of(text), "");
  EXPECT_EQ(text.find("http"), text.find("http-equiv"));  // no address anywhere
  EXPECT_EQ(text.find("<script"), text.npos);
  EXPECT_TRUE(text.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  const std::string file = ::testing::TempDir() + "report_sample.html";
  std::ofstream(file) << text;
  EXPECT_TRUE(std::ifstream(file).good()) << file;
}

TEST(Page, IsTheSameBytesForTheSameContent) {
  EXPECT_EQ(html(test::sample_page()), html(test::sample_page()));
}

TEST(Page, WithFiveChartsAndATableStaysBelow150Kilobytes) {
  EXPECT_LT(html(test::sample_page()).size(), 150'000u);
}

// Every text a page takes, with what would end an element, an attribute or a style sheet.
TEST(Page, ShowsEveryTextAsTextAndNeverAsMarkup) {
  const std::string evil = "</style></title><script>alert('x')</script>\" onload=\"y\" & <b>";
  Page page{evil, evil, evil, {}, evil};
  Table table{evil, {{evil, evil}, {evil, evil, -1, false, {}, evil}}, {{{evil, evil}}}, evil};
  LineChart line = test::bed_chart();
  line.title = line.caption = line.x.title = line.y.unit = evil;
  line.series[0].label = line.bands[0].label = line.lines[0].label = evil;
  Histogram histogram = test::peak_histogram();
  histogram.title = histogram.x.unit = histogram.limits[0].label = evil;
  HeatMap map = test::bed_map(5, 4);
  map.title = map.amount.title = map.x.unit = evil;
  StackedBars bars = test::energy_bars();
  bars.x_title = bars.bars[0] = bars.parts[0].label = evil;
  bars.parts[0].values.pop_back();  // its label stands in a note
  page.sections = {{evil, {Paragraph{evil}, table, line, histogram, map, bars}, evil}, {evil}};
  const std::string text = html(page);
  EXPECT_EQ(faults_of(text), "");
  const Markup markup(text);
  EXPECT_EQ(markup.count("script"), 0u);
  EXPECT_EQ(markup.count("style"), 1u);
  EXPECT_EQ(markup.count("title"), 1u);
  EXPECT_EQ(markup.elements[0].attribute("lang"), "en");
}

TEST(Page, ListsItsSectionsInOrderFromTwoOn) {
  Page page{"T", "", "", {{"One"}}};
  EXPECT_EQ(Markup(html(page)).count("nav"), 0u);
  page.sections.push_back({"Two & more"});
  const std::string text = html(page);
  EXPECT_NE(text.find("<li><a href=\"#one\">One</a></li>\n"
                      "<li><a href=\"#two-more\">Two &amp; more</a></li>"),
            text.npos);
  EXPECT_EQ(faults_of(text), "");
}

TEST(Page, GivesEverySectionAnAnchorOfItsOwn) {
  Page page;
  page.sections = {{"Heat up"}, {"Heat up!"}, {"\uAC00\uB9C8"}, {""}, {"x", {}, "Heat-Up"}};
  const std::vector<std::string> expected = {"heat-up", "heat-up-2", "section", "section-2",
                                             "heat-up-3"};
  EXPECT_EQ(anchors(page), expected);
}

TEST(Page, WithoutAnythingIsStillAPage) {
  const std::string text = html(Page{});
  EXPECT_EQ(faults_of(text), "");
  EXPECT_EQ(Markup(text).count("main"), 1u);
}

TEST(Page, TellsTheLanguageOfItsContent) {
  Page page{"T"};
  page.language = "ko-KR";
  EXPECT_EQ(Markup(html(page)).elements[0].attribute("lang"), "ko-KR");
}

TEST(Page, ShowsEveryChartAsAnImageWithADescription) {
  const Markup markup(html(test::sample_page()));
  std::size_t images = 0;
  for (const auto& element : markup.elements) {
    if (element.name != "svg" || element.attribute("role").empty()) continue;
    EXPECT_EQ(element.attribute("role"), "img");
    EXPECT_GT(element.attribute("aria-label").size(), 20u);
    ++images;
  }
  EXPECT_EQ(images, 5u);
  EXPECT_EQ(markup.count("figure"), 5u);
}

TEST(Paragraph, BeginsANewOneAtAnEmptyLine) {
  EXPECT_EQ(html(Paragraph{"a < b\nc\n\nd"}), "<p>a &lt; b\nc</p>\n<p>d</p>\n");
  EXPECT_EQ(html(Paragraph{""}), "");
  EXPECT_EQ(html(Paragraph{"\n\n \n\n"}), "");
}

}  // namespace
}  // namespace saggar::report
