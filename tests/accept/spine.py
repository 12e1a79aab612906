"""Acceptance of the spine. See spine.sh."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import kill_drill  # noqa: E402
import pair  # noqa: E402
from report import Report  # noqa: E402

ROOT = pair.ROOT


def run(*command, timeout_s=7200):
    """Runs a command in the root; (exit code, output, seconds)."""
    began = time.time()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout_s,
                          check=False)
    return done.returncode, done.stdout + done.stderr, time.time() - began


def gtest(report, bar, line, binary, pattern, required, measured="passed"):
    code, out, seconds = run(f"build/release/tests/{binary}", f"--gtest_filter={pattern}")
    tests = re.search(r"\[  PASSED  \] (\d+) test", out)
    count = int(tests.group(1)) if tests else 0
    report.row(bar, line, required, f"{measured}: {count} tests, {seconds:.0f} s",
               code == 0 and count > 0)


def fresh(report, quick):
    if quick:
        report.left_out("1", "fresh Debian 12 root: both README commands", "--quick")
        return
    code, out, _ = run("sh", "tests/accept/fresh_debian.sh")
    times = dict(re.findall(r"^time (\w+) ([\d.]+)$", out, re.M))
    report.row("1", "fresh Debian 12 root: ./dev run and ./dev test succeed", "both",
               "exit %d" % code, code == 0)
    for step in ("install", "build", "test"):
        if step in times:
            limit = 600 if step == "build" else None
            report.row("1", f"  {step}, s", f"<= {limit}" if limit else "stated", times[step],
                       float(times[step]) <= limit if limit else None)


def day(report, quick):
    hours = 1 if quick else 24
    first, seconds = pair.lockstep("day1", hours, settle_s=1800 if quick else 7200)
    share = first["soak_within_1K"]
    report.row("2", f"{hours} h of P2 in lockstep: soak samples within +-1 K, settled", ">= 0.99",
               f"{share:.5f} of {first['soak_samples']}", share >= 0.99)
    report.row("2", "  guard rejections, errors", "0",
               f"{first['guard_rejections']}, {first['errors']}",
               first["guard_rejections"] == 0 and first["errors"] == 0)
    report.row("2", "  speed over the wire, x real time", "stated",
               f"{hours * 3600 / seconds:.0f}", None)
    second, _ = pair.lockstep("day2", hours, settle_s=1800 if quick else 7200)
    same = second["sha256"] == first["sha256"]
    report.row("2", "  second run: same SHA-256 of the records", "equal", second["sha256"][:16], same)
    shorter = hours if quick else 24
    chaos = pair.ROOT / "build/release/lib/libsaggar-chaos.so"
    if quick:
        report.left_out("2", "  random sleeps of 0-5 ms in every thread", "--quick")
    else:
        third, seconds = pair.lockstep("chaos", shorter, settle_s=7200, timeout_s=7200,
                                       env=pair.environment(chaos, 5000))
        report.row("2", f"  random sleeps of 0-5 ms in every thread ({seconds:.0f} s)", "equal",
                   third["sha256"][:16], third["sha256"] == first["sha256"])
    burners = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(3)]
    try:
        loaded, _ = pair.lockstep("loaded", hours, settle_s=1800 if quick else 7200)
    finally:
        for burner in burners:
            burner.kill()
    report.row("2", "  under full CPU load (3 busy loops on 2 cores)", "equal",
               loaded["sha256"][:16], loaded["sha256"] == first["sha256"])


def bench(report, quick):
    path = ROOT / "var/accept/bench.json"
    sections = ["cycle", "plugin", "records"] if quick else []
    code, out, _ = run("build/release/bin/saggar-bench", *sections, "--json", str(path))
    if not path.exists():
        report.row("3", "saggar-bench", "runs", f"exit {code}: {out[-120:]}", False)
        return
    for row in json.loads(path.read_text(encoding="utf-8")):
        bar = "4" if "simulated" in row["line"] or "lockstep" in row["line"] or "hashed" in row["line"] and "P2" in row["line"] else "3"
        report.row(bar, row["line"], row["required"], row["measured"],
                   row["holds"] if row["judged"] else None)
    if quick:
        report.left_out("3", "frame in to command out against a raw echo", "--quick")
        report.left_out("4", "simulator speed", "--quick")


def fuzz(report, quick):
    if quick:
        report.left_out("8", "fuzzing, sanitizers", "--quick")
        return
    code, out, seconds = run("./dev", "fuzz", "600")
    report.row("8", "every decoder and the configuration reader, 600 s each", "no finding",
               f"exit {code}, {seconds:.0f} s", code == 0)
    for preset in ("asan-ubsan", "tsan"):
        code, out, seconds = run("./dev", "test", preset)
        last = out.strip().splitlines()[-1] if out.strip() else ""
        report.row("8", f"preset {preset}", "green", f"{last}, {seconds:.0f} s", code == 0)


def reasons(report):
    """Every reason code and every event is named by a test."""
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.cpp"))
    source = (ROOT / "runtime/domain/reasons.def").read_text(encoding="utf-8")
    names = re.findall(r"^SAGGAR_REASON\(\d+, (\w+),", source, re.M)
    missing = [n for n in names if n != "none" and not re.search(rf"Reason::{n}\b", tests)]
    report.row("9", f"reason codes named by a test, of {len(names) - 1}", "all",
               "missing: " + ", ".join(missing) if missing else "all", not missing)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", help="comma-separated bars, such as 2,7")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else list("123456789")
    pair.WORK.mkdir(parents=True, exist_ok=True)
    report = Report()
    quick = options.quick
    if "1" in wanted:
        fresh(report, quick)
    if "2" in wanted:
        day(report, quick)
    if "3" in wanted or "4" in wanted:
        bench(report, quick)
    if "5" in wanted:
        if quick:
            report.left_out("5", "100,000 cycles: no allocation, lock, write", "--quick")
        else:
            gtest(report, "5", "100,000 cycles with all shipped plugins: allocations, locks, writes",
                  "gate_run_test", "GateRun.*", "0", "0")
    if "6" in wanted:
        gtest(report, "6", "one million asks through the guard", "guard_storm_test", "*",
              "0 outside limits", "0 outside")
    if "7" in wanted:
        kill_drill.drill(report, 1 if quick else 20)
    if "8" in wanted:
        fuzz(report, quick)
    if "9" in wanted:
        gtest(report, "9", "transitions of the ladder", "control_test", "*Ladder*", "all pass")
        reasons(report)
        if not quick:
            gtest(report, "9", "bump of every hand-over against SC-55", "closed_loop_test",
                  "*HandOver*:*Zoo*", "<= 0.1 K", "<= 0.1 K")
    return report.finish(pair.WORK / ("quick.json" if quick else "spine.json"))


if __name__ == "__main__":
    sys.exit(main())
