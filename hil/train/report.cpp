#include "hil/train/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace saggar::train {
namespace {

using report::Cell;

report::LineChart curves(const Round& round, std::size_t number) {
  report::LineChart chart;
  chart.title = "Loss while learning, round " + std::to_string(number);
  chart.x.title = "epoch";
  chart.y.title = "loss";
  chart.y.logarithmic = true;
  for (std::size_t k = 0; k < round.loss.size(); ++k) {
    for (const bool held : {false, true}) {
      report::Series s;
      s.label = "member " + std::to_string(k + 1) + (held ? ", held out" : "");
      s.y = held ? round.held_out_loss[k] : round.loss[k];
      for (std::size_t i = 1; i <= s.y.size(); ++i) s.x.push_back(static_cast<double>(i));
      s.dashed = held;
      chart.series.push_back(std::move(s));
    }
  }
  chart.caption =
      "Squared error weighed by what an error costs; dashed: runs that nothing was learnt from.";
  return chart;
}

/// What the policy is worth on rehearsals held out, as it goes on.
report::LineChart tuning_curve(const std::vector<Tuned>& tuned, bool too_hot) {
  report::LineChart chart;
  chart.title = too_hot ? "Too hot, rehearsals held out" : "Cost, rehearsals held out";
  chart.x.title = "look";
  chart.y.title = too_hot ? "share" : "cost";
  for (std::size_t k = 0; k < tuned.size(); ++k) {
    report::Series s;
    s.label = "member " + std::to_string(k + 1);
    for (std::size_t i = 0; i < tuned[k].held_out.size(); ++i) {
      s.x.push_back(static_cast<double>(i));
      s.y.push_back(too_hot ? tuned[k].held_out[i].too_hot : tuned[k].held_out[i].cost);
    }
    chart.series.push_back(std::move(s));
  }
  chart.caption = too_hot ? "The constraint; its price is not in the cost."
                          : "Share out of band, travel and trims by their prices. A look is a "
                            "twentieth of the iterations.";
  return chart;
}

report::Table tuning_table(const std::vector<Tuned>& tuned) {
  report::Table table;
  table.title = "Before and after, rehearsals held out";
  table.columns = {{"member"},
                   {"cost before", "", 5},
                   {"cost after", "", 5},
                   {"out of band before", "%", 3},
                   {"after", "%", 3},
                   {"too hot before", "%", 4},
                   {"after", "%", 4},
                   {"travel before", "K/h", 2},
                   {"after", "K/h", 2},
                   {"look that is kept"}};
  for (std::size_t k = 0; k < tuned.size(); ++k) {
    const Score &a = tuned[k].held_out.front(), &b = tuned[k].held_out[tuned[k].kept];
    report::Row row;
    row.cells = {
        k + 1,           a.cost,          b.cost,           100 * a.outside,  100 * b.outside,
        100 * a.too_hot, 100 * b.too_hot, a.travel_K_per_h, b.travel_K_per_h, tuned[k].kept};
    table.rows.push_back(std::move(row));
  }
  table.footnote = "On the reduced kiln. What it is worth on the full one says the exam.";
  return table;
}

report::Table rounds_table(const std::vector<Round>& rounds) {
  report::Table table;
  table.title = "Rounds";
  table.columns = {{"round"},
                   {"runs"},
                   {"examples"},
                   {"held out"},
                   {"left out"},
                   {"student drove", "%", 1},
                   {"error held out", "K", 3}};
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const Round& r = rounds[i];
    report::Row row;
    row.cells = {i + 1,    r.runs, r.examples, r.held_out, r.left_out, 100 * r.student_drove,
                 r.error_K};
    table.rows.push_back(std::move(row));
  }
  table.footnote =
      "Left out: a lag reaches before the start, something was missing, or the teacher had no "
      "plan.";
  return table;
}

report::Table outputs_table(const Finished& finished) {
  report::Table table;
  table.title = "Difference from the teacher by output, runs held out";
  table.columns = {{"output"}, {"trim", "K", 1}, {"worth"}, {"error", "K", 3}};
  const Round& last = finished.rounds.back();
  for (std::size_t k = 0; k < finished.signals.outputs.size(); ++k) {
    const config::PolicyOutput& output = finished.signals.outputs[k];
    report::Row row;
    row.cells = {output.tags.front(), output.trim, finished.signals.worth[k],
                 k < last.output_error_K.size() ? Cell(last.output_error_K[k]) : Cell()};
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string interval(const verdict::Interval& i) {
  char text[120];
  std::snprintf(text, sizeof text, "%.4g [%.4g, %.4g]", i.mean, i.low, i.high);
  return text;
}

const ExamRow* find(const ExamResult& exam, const std::string& name) {
  for (const ExamRow& row : exam.rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

report::Row cells_of(const ExamRow& row) {
  report::Row out;
  out.cells = {row.name, row.unit, interval(row.own)};
  for (std::size_t i = 1; i < row.mean.size(); ++i) {
    out.cells.emplace_back(row.mean[i]);
    const verdict::Paired& p = row.against[i - 1];
    out.cells.emplace_back(interval(p.difference) + " " + std::string(verdict::text(p.finding)));
  }
  return out;
}

report::Table figures_table(const ExamResult& exam, bool first) {
  report::Table table;
  table.title = first ? "What decides" : "All key figures";
  table.columns = {{"key figure"}, {"unit"}, {exam.names.front() + ", 95 %"}};
  for (std::size_t i = 1; i < exam.names.size(); ++i) {
    table.columns.push_back({exam.names[i]});
    table.columns.push_back({exam.names.front() + " less " + exam.names[i]});
  }
  if (first) {
    for (const char* name : kFirstFigures) {
      if (const ExamRow* row = find(exam, name); row != nullptr)
        table.rows.push_back(cells_of(*row));
    }
  } else {
    for (const ExamRow& row : exam.rows) table.rows.push_back(cells_of(row));
  }
  table.footnote = "Differences are plant by plant, 95 % bootstrap intervals.";
  return table;
}

}  // namespace

report::Page page_of(const TrainingFile& file, const Finished& finished, const std::string& date) {
  report::Page page;
  page.title = "Training of " + file.id + " " + file.version;
  page.subtitle = file.description;
  page.date = date;
  page.sections.push_back({"Rounds", {rounds_table(finished.rounds)}});
  report::Section learning{"Learning", {}};
  for (std::size_t i = 0; i < finished.rounds.size(); ++i) {
    learning.blocks.emplace_back(curves(finished.rounds[i], i + 1));
  }
  page.sections.push_back(std::move(learning));
  if (!finished.tuned.empty()) {
    page.sections.push_back({"Fine-tuning",
                             {tuning_table(finished.tuned), tuning_curve(finished.tuned, false),
                              tuning_curve(finished.tuned, true)}});
  }
  page.sections.push_back({"Outputs", {outputs_table(finished)}});
  return page;
}

report::Page page_of(const ExamResult& exam, const std::string& title, const std::string& date) {
  report::Page page;
  page.title = title;
  char text[160];
  std::snprintf(text, sizeof text, "%zu plants that nothing was learnt from%s", exam.plants,
                exam.failed > 0 ? "; some runs could not be made" : "");
  page.subtitle = text;
  page.date = date;
  if (exam.rows.empty()) return page;
  page.sections.push_back({"What decides", {figures_table(exam, true)}});
  page.sections.push_back({"All key figures", {figures_table(exam, false)}});
  return page;
}

std::string text_of(const ExamResult& exam) {
  std::string out;
  char text[400];
  for (const char* name : kFirstFigures) {
    const ExamRow* row = find(exam, name);
    if (row == nullptr) continue;
    std::snprintf(text, sizeof text, "%-20s %-8s %s %s", name, row->unit.c_str(),
                  exam.names.front().c_str(), interval(row->own).c_str());
    out += text;
    for (std::size_t i = 1; i < exam.names.size(); ++i) {
      std::snprintf(text, sizeof text, " | %s %.4g, less %s: %s", exam.names[i].c_str(),
                    row->mean[i], interval(row->against[i - 1].difference).c_str(),
                    std::string(verdict::text(row->against[i - 1].finding)).c_str());
      out += text;
    }
    out += "\n";
  }
  return out;
}

}  // namespace saggar::train
