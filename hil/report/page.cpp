#include "hil/report/page.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "hil/report/style.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

/// A browser refuses whatever a mistake here might let in.
constexpr std::string_view kPolicy =
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n";

/// Letters, digits and hyphens only; "en" if nothing is left.
std::string language_tag(const std::string& language) {
  const bool sound = !language.empty() && std::all_of(language.begin(), language.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  return sound ? language : "en";
}

std::string head(const Page& page) {
  return "<!DOCTYPE html>\n<html lang=\"" + language_tag(page.language) +
         "\">\n<head>\n<meta charset=\"utf-8\"/>\n" + std::string(kPolicy) +
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
         "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>" +
         escape(page.title) + "</title>\n<style>\n" + std::string(style()) + "</style>\n</head>\n";
}

std::string banner(const Page& page) {
  std::string out = "<header>\n<h1>" + escape(page.title) + "</h1>\n";
  if (!page.subtitle.empty()) out += "<p class=\"subtitle\">" + escape(page.subtitle) + "</p>\n";
  if (!page.date.empty()) out += "<p class=\"date\">" + escape(page.date) + "</p>\n";
  return out + "</header>\n";
}

std::string contents(const Page& page, const std::vector<std::string>& names) {
  if (page.sections.size() < 2) return {};
  std::string out = "<nav aria-label=\"Contents\">\n<ol>\n";
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += "<li><a href=\"#" + names[i] + "\">" + escape(page.sections[i].title) + "</a></li>\n";
  }
  return out + "</ol>\n</nav>\n";
}

std::string block_html(const Paragraph& paragraph, const std::string&) { return html(paragraph); }
template <class Any>
std::string block_html(const Any& block, const std::string& language) {
  return html(block, language);
}

}  // namespace

std::string html(const Paragraph& paragraph) {
  std::string out;
  std::string_view rest = paragraph.text;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find("\n\n"));
    if (part.find_first_not_of("\n ") != std::string_view::npos) {
      out += "<p>" + escape(part) + "</p>\n";
    }
    rest.remove_prefix(std::min(rest.size(), part.size() + 2));
  }
  return out;
}

std::vector<std::string> anchors(const Page& page) {
  std::set<std::string> taken;
  std::vector<std::string> out;
  for (const Section& section : page.sections) {
    std::string wanted = slug(section.anchor.empty() ? section.title : section.anchor, '-');
    if (wanted.empty()) wanted = "section";
    std::string name = wanted;
    for (int n = 2; !taken.insert(name).second; ++n) name = wanted + "-" + std::to_string(n);
    out.push_back(name);
  }
  return out;
}

std::string html(const Page& page) {
  const std::vector<std::string> names = anchors(page);
  std::string out = head(page) + "<body>\n<main>\n" + banner(page) + contents(page, names);
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    const Section& section = page.sections[i];
    out += "<section id=\"" + names[i] + "\">\n<h2>" + escape(section.title) + "</h2>\n";
    for (const Block& block : section.blocks) {
      out += std::visit([&](const auto& b) { return block_html(b, page.language); }, block);
    }
    out += "</section>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace saggar::report
