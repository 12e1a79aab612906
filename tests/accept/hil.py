"""Acceptance of the regression suites. See hil.sh."""
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hil_planted  # noqa: E402
import pair  # noqa: E402
from programs import run, run_tests  # noqa: E402
from report import run_bars  # noqa: E402

HIL = pair.BIN / "saggar-hil"
OUT = pair.WORK / "hil"
LAST = re.compile(r"^\S+: (PASSED|FAILED), (\d+) of (\d+) cases passed, hash ([0-9a-f]{16}|no), ([\d.]+) s", re.M)


def suite(name, *more, env=None, timeout_s=7200):
    """Runs a suite: (exit code, cases passed, cases, hash, seconds, output)."""
    code, out, seconds = run(HIL, "run", name, "--out", OUT, *more, env=env, timeout_s=timeout_s)
    last = LAST.search(out)
    if last is None:
        raise RuntimeError(f"saggar-hil run {name}: exit {code}: {out[-400:]}")
    return code, int(last[2]), int(last[3]), last[4], seconds, out


def determinism(report, quick):
    """Bar 1: 100 repeats of three stories in four ways, a quarter each, one hash."""
    repeats = 1 if quick else 25
    sleeps, counts = pair.chaos("hil", 2000, "hil")
    ways = (("in process, 1 worker", ("-j", "1"), None), ("in process, 8 workers", ("-j", "8"), None),
            ("over the wire, 1 worker", ("--wire", "-j", "1"), None),
            ("over the wire, 8 workers, random sleeps of 0-2 ms", ("--wire", "-j", "8"), sleeps))
    if quick:
        ways = (ways[1], ways[3])
    hashes, runs = set(), 0
    for name, words, env in ways:
        own, seconds = set(), 0.0
        for _ in range(repeats):
            code, passed, cases, digest, took, out = suite("tests/accept/determinism.toml", *words, env=env)
            if code != 0 or passed != cases:
                report.detail(out, 12)
            own.add(digest if code == 0 else "failed")
            seconds += took
            runs += 1
        hashes |= own
        report.row("1", f"{repeats} repeats of three stories {name} ({seconds:.0f} s)", "one hash",
                   ", ".join(sorted(own)), len(own) == 1 and "failed" not in own)
    slept = pair.chaos_counts(counts) if counts.exists() else {"sleeps": 0}
    report.row("1", "  sleeps injected, in the last process that ended", "> 0", f"{slept['sleeps']}",
               slept["sleeps"] > 0)
    report.row("1", "all of them", f"{'2' if quick else '100'} repeats, one hash",
               f"{runs} repeats, {len(hashes)} hash", len(hashes) == 1)
    if not quick:
        both_ways(report)


def results_of(name):
    """The results of the last run of a suite, by case."""
    files = (OUT / name / "results").glob("*.json")
    return {one["id"]: one for one in (json.loads(file.read_text(encoding="utf-8")) for file in files)}


def both_ways(report):
    """Bar 1: each case of the fault catalogue, in process and over the wire; what a bench in lockstep cannot have
    (faults of the line, its clock, measured time) says so, and counts as that."""
    suite("faults-full")
    inside = results_of("faults-full")
    _, _, _, _, seconds, _ = suite("faults-full", "--wire")
    over = results_of("faults-full")
    stated = [i for i, one in over.items() if "has no place on a bench in lockstep" in one["problem"]
              or any("run it in process" in check["got"] for check in one["checks"])]
    same = [i for i in inside if i not in stated and over[i]["outcome"] == inside[i]["outcome"]
            and over[i]["hash"] == inside[i]["hash"]]
    others = sorted(set(inside) - set(same) - set(stated))
    report.row("1", f"faults-full, each case in process and over the wire ({seconds:.0f} s)", "same records",
               f"{len(same)} same, {len(stated)} say that they need the line, {len(others)} other {others[:3]}",
               not others and len(same) > len(stated))


def catalogue(report, quick):
    """Bar 2: every fault does what it says, every expected move is seen, no gap of the coverage."""
    for what, program, names in (("plant and devices", "kiln_test", "*Fault*:*Upset*"), ("sensors", "instruments_test", "*"),
                                 ("line and clock", "line_test", "*"), ("software", "drill_test", "*"),
                                 ("the catalogue itself", "faults_test", "*")):
        tests = run_tests(program, names)
        report.row("2", f"tests of what faults do: {what}", "pass", f"{tests.count} tests", tests.passed)
    if quick:
        report.left_out("2", "faults-full and its coverage", "--quick")
        return
    code, passed, cases, _, seconds, out = suite("faults-full")
    report.row("2", f"faults-full: every expected move and alarm ({seconds:.0f} s)", "all cases",
               f"{passed} of {cases}", code == 0)
    if code != 0:
        report.detail(out, 20)
    code, out, _ = run(HIL, "coverage", "faults-full", "--out", OUT)
    report.row("2", "coverage of reasons, events, gates, transitions, faults", "0 gaps",
               out.strip().splitlines()[-1][:80], code == 0)
    if code != 0:
        report.detail(out, 20)


def speed(report, quick):
    """Bar 3: how long the suites take, and what the runner costs beside the simulation."""
    if not quick:
        code, passed, cases, _, seconds, _ = suite("premerge")
        report.row("3", f"premerge, 36 runs and {cases - 36} beside, {os.cpu_count()} processors", "< 600 s",
                   f"{seconds:.0f} s", code == 0 and seconds < 600 and cases == 72)
    code, passed, cases, _, seconds, _ = suite("smoke")
    report.row("3", f"smoke, {cases} runs, {os.cpu_count()} processors", "< 60 s", f"{seconds:.1f} s",
               code == 0 and seconds < 60)
    hours = 6 if quick else 72
    story = OUT / "bare.toml"
    story.parent.mkdir(parents=True, exist_ok=True)
    story.write_text('kind = "scenario"\nname = "bare"\n[bench]\nduration_s = %d\n[person]\n'
                     'switch_on = ["heat"]\n' % (3600 * hours), encoding="utf-8")
    bare, ours = [], []
    for _ in range(1 if quick else 3):
        _, out, _ = run(pair.BUILD / "tests/bare_accept", str(hours))
        figures = json.loads(out)
        bare.append(figures["seconds"])
        _, _, _, _, seconds, _ = suite(str(story), "-j", "1")
        ours.append(seconds)
    result = json.loads(next((OUT / "bare/results").glob("*.json")).read_text(encoding="utf-8"))
    report.row("3", f"{hours} h of P2 with runtime and PID, one core, runner and all",
               f"<= {30 * hours / 72:.0f} s", f"{min(ours):.1f} s", min(ours) <= 30 * hours / 72)
    report.row("3", "  runner beside kiln and runtime alone, same records", "<= 1.05 x",
               f"{min(ours) / min(bare):.3f} x, {'same' if result['hash'] == figures['hash'] else 'OTHER'} hash",
               min(ours) <= 1.05 * min(bare) and result["hash"] == figures["hash"])


def planted(report, quick):
    """Bar 4."""
    hil_planted.measure(report, quick)
    if not quick:
        hil_planted.unchanged(report, quick)


def cluster(report, quick):
    """Bar 5: two hundred cases on a real Slurm cluster of one node."""
    if quick:
        report.left_out("5", "200 cases as an array of a Slurm cluster", "--quick")
        return
    import slurm
    slurm.bar(report, quick)


def falsifier(report, quick):
    """Bar 6: a planted weakness is found from random starts, and its shrunk case still fails."""
    if quick:
        report.left_out("6", "a planted weakness found and shrunk", "--quick")
        return
    tests = run_tests("search_command_test", "*ShrinkThePlanted*")
    report.row("6", "the planted weakness shrinks to the two faults it takes, and still fails", "passes",
               f"{tests.seconds:.0f} s", tests.passed)
    for way, words, judged in (("CMA-ES", (), True), ("beside it, at random", ("--random",), False)):
        _, out, seconds = run(HIL, "falsify", "tests/accept/planted/falsify.toml", "--repeat", "5", "-j",
                              str(os.cpu_count()), "--budget", "300", *words)
        needed = [int(n) for n in re.findall(r"^seed \d+: broken in run (\d+)", out, re.M)]
        report.row("6", f"five random starts, {way} ({seconds:.0f} s)", "<= 300 runs each",
                   f"found by {len(needed)} of 5, in runs {needed}",
                   len(needed) == 5 and max(needed) <= 300 if judged else None)


def first_hour(report, _quick):
    """Bar 7: the chapter."""
    tests = run_tests("first_hour_test", "*")
    report.row("7", "docs/qa/first-hour.md, every command as it stands", "passes", f"{tests.seconds:.0f} s",
               tests.passed)


def three_benches(report, _quick):
    """Bar 8: one case file in one process, in two in lockstep, and in two in real time over tcp (AC-15, HI-12)."""
    hashes = set()
    for name, words in (("in one process", ()), ("two processes in lockstep", ("--wire",))):
        code, passed, cases, digest, seconds, out = suite("wall", *words)
        hashes.add(digest)
        report.row("8", f"suite wall, {name} ({seconds:.1f} s)", "passes, one hash", f"{passed} of {cases}, {digest}",
                   code == 0 and len(hashes) == 1)
        if code != 0:
            report.detail(out, 12)
    code, passed, cases, _, seconds, out = suite("wall", "--wall")
    report.row("8", f"suite wall, two processes in real time ({seconds:.1f} s)", "passes", f"{passed} of {cases}",
               code == 0)
    if code != 0:
        report.detail(out, 12)
    result = json.loads(next((OUT / "wall/results").glob("*.json")).read_text(encoding="utf-8"))
    figures = {figure["name"]: figure["value"] for figure in result["figures"]}
    errors = ", ".join(f"{figures[f'start_error_{name}_ms']:.2f}" for name in ("p50", "p99", "p999"))
    report.row("8", "  error of the cycle start, ms: 50, 99, 99.9 %", "<= 1 % over 50 ms",
               f"{errors}; {100 * figures['starts_late_share']:.1f} % late, {figures['overruns']:.0f} overruns",
               figures["starts_late_share"] <= 0.01)


BARS = {"1": determinism, "2": catalogue, "3": speed, "4": planted, "5": cluster, "6": falsifier,
        "7": first_hour, "8": three_benches}


if __name__ == "__main__":
    sys.exit(run_bars(__doc__, BARS, pair.WORK, "hil"))
