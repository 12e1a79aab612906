#include "runtime/app/view.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <optional>
#include <thread>

#include "runtime/app/digest_text.hpp"
#include "runtime/domain/intent.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::app {
namespace {

volatile std::sig_atomic_t g_signal = 0;
void on_signal(int signal) { g_signal = signal; }

struct Words {
  const char *title, *link_up, *link_lost, *drives, *since, *recipe, *working, *pv, *trim, *out,
      *core, *mode, *guard, *cycle, *events;
};
constexpr Words kEnglish{"kiln",
                         "link up",
                         "LINK LOST",
                         "drives",
                         "since cycle",
                         "recipe",
                         "working",
                         "PV",
                         "trim",
                         "out %",
                         "bed core",
                         "mode",
                         "guard pass/clip/reject",
                         "cycle time us p50/p99/max",
                         "newest events"};
constexpr Words kKorean{"킬른",
                        "통신 정상",
                        "통신 두절",
                        "제어",
                        "시작 주기",
                        "레시피",
                        "작업값",
                        "측정값",
                        "보정",
                        "출력%",
                        "분말 중심",
                        "모드",
                        "가드 통과/제한/거부",
                        "주기 시간 us p50/p99/최대",
                        "최근 이벤트"};

/// Lines of a screen besides duties, loops and events.
constexpr std::size_t kFixedLines = 6;
/// Of a list of reasons why there is no link; `status` has them all.
constexpr std::size_t kMaxLinkLines = 6;

void put(std::string& out, const char* format, auto... values) {
  char line[320];
  std::snprintf(line, sizeof line, format, values...);
  out += line;
}

/// Core temperature of the saggar column nearest to the middle of a zone.
double core_at(const wire::Truth& truth, std::size_t zone) {
  if (zone >= truth.zone_position_m.size() || truth.column_position_m.empty()) return NAN;
  double best = 1e9, core = NAN;
  for (std::size_t i = 0; i < truth.column_position_m.size(); ++i) {
    const double distance = std::abs(truth.column_position_m[i] - truth.zone_position_m[zone]);
    if (distance < best) {
      best = distance;
      core = truth.column_core_degC[i];
    }
  }
  return best < 2.0 ? core : NAN;  // no column near: a gap
}

/// What is wrong now; nothing in a well runtime. A line is cut between characters.
void note(std::string& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    out += "  ";
    out += domain::FixedText<301>(line).view();
    out += '\n';
  }
}

/// Lines that `head` adds for what is wrong.
std::size_t note_count(const wire::Digest& d, bool korean) {
  std::size_t n = link_lines(d, korean, kMaxLinkLines).size() + d.troubles.size();
  for (const wire::DigestDuty& duty : d.duties) n += duty_lines(duty, korean).size();
  return n + d.trust.size() + d.monitors.size();
}

void head(std::string& out, const wire::Digest& d, const Words& w, bool korean) {
  const auto seconds = static_cast<long long>(d.time_ns / 1'000'000'000);
  put(out, "%s %s  %lld:%02lld:%02lld  %s  heartbeat %u\n", w.title, d.kiln.c_str(), seconds / 3600,
      seconds / 60 % 60, seconds % 60, d.link_up ? w.link_up : w.link_lost, d.heartbeat);
  note(out, link_lines(d, korean, kMaxLinkLines));
  note(out, trouble_lines(d, korean));
  for (const wire::DigestDuty& duty : d.duties) {
    std::string ladder;
    for (std::size_t i = 0; i < duty.rungs.size(); ++i) {
      ladder += i == duty.rung ? " [" + duty.rungs[i] + "]" : " " + duty.rungs[i];
    }
    put(out, "%-11s %-10s %s:%s  %s %llu, %s\n", std::string(domain::name(duty.duty)).c_str(),
        std::string(domain::name(duty.state)).c_str(), w.drives, ladder.c_str(), w.since,
        static_cast<unsigned long long>(duty.since_cycle), reason_text(duty, korean).c_str());
    note(out, duty_lines(duty, korean));
    note(out, trust_lines(d, duty.duty, korean));
    note(out, monitor_lines(d, duty.duty, korean));
  }
  unsigned long long sums[3] = {};
  for (const auto& gate : d.gates) {
    for (std::size_t o = 0; o < 3; ++o) sums[o] += gate[o];
  }
  put(out, "%s %llu / %llu / %llu   %s %.0f / %.0f / %.0f\n\n", w.guard, sums[0], sums[1], sums[2],
      w.cycle, d.cycle_p50_us, d.cycle_p99_us, d.cycle_max_us);
}

void loop_line(std::string& out, const wire::DigestLoop& loop, const wire::Truth* truth) {
  const double core = truth != nullptr && loop.loop == 0 ? core_at(*truth, loop.zone) : NAN;
  char core_text[16] = "";
  if (std::isfinite(core)) std::snprintf(core_text, sizeof core_text, "%.0f", core);
  const double width = std::isfinite(loop.pv) ? std::clamp(loop.pv / 20.0, 0.0, 45.0) : 0.0;
  put(out, "%2d %-3s %8.1f %8.1f %8.1f%c %6.2f %6.1f %9s %-5s %s\n", loop.zone + 1,
      loop.loop == 0 ? "top" : "bot", loop.recipe_sp, loop.working_sp, loop.pv,
      loop.quality == domain::Quality::good ? ' ' : '?', loop.working_sp - loop.recipe_sp,
      loop.output_percent, core_text, mode_text(loop).c_str(),
      std::string(static_cast<std::size_t>(width), '#').c_str());
}

int terminal_rows() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return 50;
  return size.ws_row;
}

}  // namespace

std::string screen_text(const wire::Digest& digest, const wire::Truth* truth, int rows,
                        bool korean) {
  const Words& w = korean ? kKorean : kEnglish;
  std::string out;
  head(out, digest, w, korean);
  put(out, "%-6s %8s %8s %8s  %6s %6s %9s %-5s\n", "zone", w.recipe, w.working, w.pv, w.trim, w.out,
      w.core, w.mode);
  std::vector<const wire::DigestLoop*> loops;
  for (const wire::DigestLoop& loop : digest.loops) {
    if (loop.duty == domain::Duty::heat) loops.push_back(&loop);
  }
  const std::size_t events = std::min<std::size_t>(digest.events.size(), 4);
  const auto room = std::max<std::ptrdiff_t>(
      1, rows - static_cast<std::ptrdiff_t>(kFixedLines + digest.duties.size() + events +
                                            note_count(digest, korean)));
  if (std::ssize(loops) > room) {  // small screen: top loops only
    std::erase_if(loops, [](const wire::DigestLoop* loop) { return loop->loop != 0; });
  }
  const bool all = std::ssize(loops) <= room;
  const std::ptrdiff_t shown = all ? std::ssize(loops) : room - 1;
  for (std::ptrdiff_t i = 0; i < shown; ++i) {
    loop_line(out, *loops[static_cast<std::size_t>(i)], truth);
  }
  if (!all) put(out, "... +%d\n", static_cast<int>(std::ssize(loops) - shown));
  put(out, "\n%s\n", w.events);
  for (std::size_t i = digest.events.size() - events; i < digest.events.size(); ++i) {
    const wire::DigestEvent& event = digest.events[i];
    const domain::FixedText<201> text(korean ? event.korean : event.english);
    put(out, "  %llu %s\n", static_cast<unsigned long long>(event.cycle),
        std::string(text.view()).c_str());
  }
  return out;
}

int watch(const WatchOptions& options) {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  wire::Context context;
  auto records = wire::DigestSubscriber::connect(context, options.records);
  if (!records) {
    std::cerr << "saggar: " << records.error().text() << '\n';
    return 1;
  }
  std::unique_ptr<wire::TruthSubscriber> truths;
  if (!options.truth.empty()) {
    auto made = wire::TruthSubscriber::connect(context, options.truth);
    if (made) truths = std::move(made).value();
  }
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  const auto start = std::chrono::steady_clock::now();
  wire::Digest digest;
  std::optional<wire::Truth> truth;
  bool any = false;
  while (g_signal == 0) {
    const std::chrono::duration<double> past = std::chrono::steady_clock::now() - start;
    if (options.for_s > 0 && past.count() > options.for_s) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    bool news = false;
    while (records.value()->receive(digest)) news = true;
    wire::Truth newest;
    while (truths != nullptr && truths->receive(newest)) truth = newest;
    any = any || news;
    if (!news || !terminal) continue;
    std::cout << "\x1b[H\x1b[2J"
              << screen_text(digest, truth ? &*truth : nullptr, terminal_rows(), options.korean)
              << std::flush;
  }
  if (!terminal && any) {
    std::cout << screen_text(digest, truth ? &*truth : nullptr, 200, options.korean);
  }
  if (!any) std::cerr << "saggar: nothing came from " << options.records << '\n';
  return any ? 0 : 1;
}

}  // namespace saggar::app
