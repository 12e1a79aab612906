#include "hil/evidence/junit.hpp"

#include <cmath>
#include <cstdio>
#include <map>
#include <vector>

#include "hil/report/text.hpp"

namespace saggar::evidence {
namespace {

using suite::CaseResult;

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", std::isfinite(value) && value > 0 ? value : 0.0);
  return text;
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
  double seconds = 0;
  Counts& operator+=(const Counts& other) {
    tests += other.tests, failures += other.failures, errors += other.errors;
    seconds += other.seconds;
    return *this;
  }
};

std::string attributes(const Counts& c) {
  return " tests=\"" + std::to_string(c.tests) + "\" failures=\"" + std::to_string(c.failures) +
         "\" errors=\"" + std::to_string(c.errors) + "\" time=\"" + seconds(c.seconds) + "\"";
}

/// One test case. @param inside  what it holds besides its properties
std::string test_case(const CaseResult& one, const std::string& name, double time_s,
                      const std::string& inside) {
  std::string out = "    <testcase classname=\"" + xml(one.scenario) + "\" name=\"" + xml(name) +
                    "\" time=\"" + seconds(time_s) + "\">\n";
  if (!one.requirements.empty()) {
    out += "      <properties>\n";
    for (const std::string& id : one.requirements) {
      out += "        <property name=\"requirement\" value=\"" + xml(id) + "\"/>\n";
    }
    out += "      </properties>\n";
  }
  return out + inside + "    </testcase>\n";
}

std::string trouble(const char* element, const std::string& type, const std::string& message,
                    const std::string& body) {
  return std::string("      <") + element + " message=\"" + xml(message) + "\" type=\"" +
         xml(type) + "\">" + xml(body) + "</" + element + ">\n";
}

std::string of_case(const CaseResult& one, Counts& counts) {
  std::string inside;
  const bool ran = one.outcome == "passed" || one.outcome == "failed";
  const std::string replay = "replay: " + one.replay;
  std::size_t missed = 0;
  for (const suite::Check& check : one.checks) missed += check.held ? 0 : 1;
  if (!ran) {
    inside = trouble("error", one.outcome, one.problem, one.problem + "\n" + replay);
    ++counts.errors;
  } else if (one.outcome == "failed" && missed == 0) {
    inside = trouble("failure", "case", one.problem, one.problem + "\n" + replay);
    ++counts.failures;
  }
  ++counts.tests;
  counts.seconds += std::isfinite(one.seconds) && one.seconds > 0 ? one.seconds : 0;
  std::string out = test_case(one, one.id, one.seconds, inside);
  for (const suite::Check& check : one.checks) {
    ++counts.tests;
    counts.failures += check.held ? 0 : 1;
    inside = check.held
                 ? ""
                 : trouble("failure", check.kind,
                           check.text + ": expected " + check.expected + ", got " + check.got,
                           "expected: " + check.expected + "\ngot: " + check.got + "\n" + replay);
    out += test_case(one, one.id + " " + check.text, 0, inside);
  }
  return out;
}

/// The suite of what no case shows by itself: a test per kind that is as it has to be, else a test
/// per miss.
std::string of_campaign(std::string_view campaign, const std::vector<Miss>& misses,
                        Counts& counts) {
  std::string out;
  const std::string open = "    <testcase classname=\"" + xml(campaign) + "\" name=\"";
  for (const std::string_view kind : kMissKinds) {
    bool held = true;
    for (const Miss& miss : misses) {
      if (miss.kind != kind) continue;
      held = false;
      ++counts.tests, ++counts.failures;
      std::string body = "expected: " + miss.expected + "\ngot: " + miss.got;
      if (!miss.replay.empty()) body += "\nreplay: " + miss.replay;
      const std::string name = (miss.id.empty() ? "" : miss.id + " ") + miss.check;
      out += open + xml(name) + "\" time=\"0.000\">\n" +
             trouble("failure", miss.kind,
                     miss.check + ": expected " + miss.expected + ", got " + miss.got, body) +
             "    </testcase>\n";
    }
    if (!held) continue;
    ++counts.tests;
    out += open + xml(kind) + "\" time=\"0.000\"/>\n";
  }
  return out;
}

}  // namespace

std::string xml(std::string_view text) {
  std::string out;
  // Line ends and tabs in an attribute would be read as blanks.
  for (const char c : report::escape(text)) {
    if (c == '\n' || c == '\t' || c == '\r') {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

std::string junit(std::string_view campaign, std::span<const CaseResult> results,
                  const std::vector<Miss>& misses) {
  std::map<std::string, std::pair<Counts, std::string>> suites;
  for (const CaseResult* one : by_id(results)) {
    auto& [counts, cases] = suites[one->scenario];
    cases += of_case(*one, counts);
  }
  auto& whole = suites[std::string(campaign)];
  whole.second += of_campaign(campaign, misses, whole.first);
  Counts all;
  std::string body;
  for (const auto& [name, suite] : suites) {
    all += suite.first;
    body += "  <testsuite name=\"" + xml(name) + "\"" + attributes(suite.first) +
            " skipped=\"0\">\n" + suite.second + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"" + xml(campaign) + "\"" +
         attributes(all) + ">\n" + body + "</testsuites>\n";
}

}  // namespace saggar::evidence
