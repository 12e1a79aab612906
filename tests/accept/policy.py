"""Acceptance of the learned policy. See policy.sh."""
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import pair  # noqa: E402
from programs import run, run_tests  # noqa: E402
from report import run_bars  # noqa: E402

POLICY = pair.BIN / "saggar-policy"
PACKAGE = pair.ROOT / "configs/policies/heat-p2"
PLANTS, QUICK_HOURS = 20, 0.5
BESIDE = ["mpc", "pid-ff", "recipe"]
# Of "12.3 [10, 14] better".
FIGURE = re.compile(r"(\S+) \[(\S+), (\S+)\]")


def figures(path):
    """{key figure: {column: (mean, low, high) or number}} of the exam's page as JSON."""
    found = {}

    def tables(node):
        if isinstance(node, dict):
            if isinstance(node.get("rows"), list):
                yield from node["rows"]
            for value in node.values():
                yield from tables(value)
        elif isinstance(node, list):
            for value in node:
                yield from tables(value)

    for row in tables(json.loads(path.read_text(encoding="utf-8"))):
        name = row.get("key_figure") if isinstance(row, dict) else None
        if not name:
            continue
        cells = {}
        for key, value in row.items():
            match = FIGURE.match(value) if isinstance(value, str) else None
            cells[key] = tuple(map(float, match.groups())) if match else value
        found[name] = cells
    return found


def column(row, begins):
    """The cell whose key begins so."""
    for key, value in row.items():
        if key.startswith(begins):
            return value
    raise KeyError(f"no column {begins} among {', '.join(row)}")


def unseen_plants(report, quick):
    """Bar 1: beside recipe, PID and MPC on plants that nothing was learnt from."""
    page = pair.WORK / "policy-exam.json"
    pair.WORK.mkdir(parents=True, exist_ok=True)
    page.unlink(missing_ok=True)
    some = ["--seeds", "1", "--hours", str(QUICK_HOURS)] if quick else ["--seeds", str(PLANTS)]
    results = pair.WORK / ("policy-exam-quick" if quick else "policy-exam")
    shutil.rmtree(results, ignore_errors=True)  # another build's are refused
    code, out, seconds = run(POLICY, "evaluate", "heat-p2", PACKAGE, *some, "--beside", *BESIDE, "--out",
                             results, "--json", page,
                             timeout_s=6 * 3600)
    if code != 0:
        raise RuntimeError(f"saggar-policy evaluate ended with {code}: {out[-500:]}")
    f = figures(page)

    def judge(holds):
        return None if quick else holds
    report.row("1", "plants never seen in training, 72 h, beside " + ", ".join(BESIDE), f"{PLANTS} plants",
               f"{1 if quick else PLANTS} plants, {seconds:.0f} s", None if quick else True)
    off = f["off_spec_kg"]
    gap, pid = column(off, "policy_less_pid"), column(off, "pid")
    if isinstance(gap, tuple) and pid:
        share = [-100 * g / pid for g in gap]
        report.row("1", "  off-spec below PID + feed-forward", ">= 40 %",
                   f"{share[0]:.1f} % [{share[2]:.1f}, {share[1]:.1f}]", judge(share[0] >= 40))
    else:
        report.row("1", "  off-spec below PID + feed-forward", ">= 40 %", "PID made none", judge(False))
    energy = column(f["kWh_per_kg"], "policy_less_mpc")
    report.row("1", "  kWh/kg less MPC", "not shown above 0",
               f"{energy[0]:+.4f} [{energy[1]:+.4f}, {energy[2]:+.4f}]", judge(energy[1] <= 0))
    within = column(f["settled_within_5K"], "policy_less_mpc")
    report.row("1", "  settled soak within 5 K, less MPC", ">= -2 points",
               f"{100 * within[0]:+.2f} [{100 * within[1]:+.2f}, {100 * within[2]:+.2f}]",
               judge(within[0] >= -0.02))
    broken = column(f["hard_violations"], "policy_95")
    report.row("1", "  limits violated", "0", f"{broken[0]:g} a plant", judge(broken[0] == 0))


def clean_days(report, quick):
    """Bar 2: days of P1 through normal operation, weather, a change of grade, single faults."""
    words = ["--quick"] if quick else []
    code, out, seconds = run(sys.executable, "tests/accept/policy_clean.py", *words, timeout_s=24 * 3600)
    lines = [line for line in out.splitlines() if line.strip()]
    report.row("2", "violation rate on P1 below 1 %, 99 % sure", "459 clean days",
               f"exit {code}, {seconds:.0f} s",
               code == 0 if not quick else None if any(line.startswith("1 days with the policy") for line in lines)
               and any(line.startswith("0 days on which") for line in lines) else False)
    report.detail("\n".join(lines[-3:]), 3)


def rows_of_bench(report, bar, names):
    """Rows of `./dev bench` as it prints them: what, measured, bound, verdict."""
    code, out, _ = run(pair.BIN / "saggar-bench", *names)
    lines = [line for line in out.splitlines() if line.strip()]
    report.row(bar, f"./dev bench {' '.join(names)}", "every row holds", f"exit {code}", code == 0)
    report.detail("\n".join(lines), 14)


def compute(report, _quick):
    """Bar 4: the plugin against a bare forward of the same network, the filter on P2."""
    rows_of_bench(report, "4", ["policy", "filter"])


def tests_of(bar, line, *programs):
    """A bar that tests hold: each program with a pattern."""
    def measure(report, _quick):
        for program, pattern in programs:
            found = run_tests(program, pattern, OPENBLAS_NUM_THREADS="1")
            report.row(bar, f"{line}: {program}", "all pass", f"{found.count} tests", found.passed)
    return measure


def chapters(report, _quick):
    """Bar 8: what each reader is given, in their languages, and executed where it has commands."""
    for path in ("docs/operator/trust.md", "docs/engineer/policy.md", "docs/engineer/monitors.md", "docs/engineer/training.md",
                 "docs/qa/policy.md"):
        text = (pair.ROOT / path).read_text(encoding="utf-8")
        korean = len(re.findall("[가-힣]", text))
        wanted = path.startswith("docs/operator")
        report.row("8", f"{path}", "Korean and English" if wanted else "there",
                   f"{len(text.split())} words, {korean} Korean letters", not wanted or korean > 500)


def harmful(report, quick):
    """Bar 3: random, worst-sign and bang-bang in the seat of drawn P1 kilns, under the filter."""
    if quick:
        report.left_out("3", "harmful controllers", "takes minutes: tests/accept/policy_harm.py --quick")
        return
    code, out, seconds = run(sys.executable, "tests/accept/policy_harm.py", timeout_s=10 * 24 * 3600)
    report.row("3", "harmful controllers: limits passed, approaches to the limiter", "0, <= backup + 5 %",
               f"exit {code}, {seconds:.0f} s", code == 0)
    report.detail(out, 10)


BARS = {
    "1": unseen_plants,
    "2": clean_days,
    "3": harmful,
    "4": compute,
    "5": tests_of("5", "refused or stepped down", ("assembly_test", "*Package*:Watched.*"),
                  ("loop_test", "CycleMonitors.*"), ("policy_example_test", "PolicyStory.*"),
                  ("monitor_test", "Watch.*")),
    "6": tests_of("6", "trained twice in miniature, bit for bit", ("train_course_test", "*SameBits*")),
    "7": tests_of("7", "adaptive bands over 30 days", ("monitor_test", "Conformal.*:Watch.ThirtyNormalDays*")),
    "8": chapters,
}

if __name__ == "__main__":
    sys.exit(run_bars(__doc__, BARS, pair.WORK, "policy"))
