"""The solver's bars of what plans ahead: correctness, speed, and the faults of its peers."""
import json
import re

import pair
from programs import only, run, run_tests

TAPES = 27


def bench_rows():
    """Rows of `saggar-bench mpc`: once for all bars that read it."""
    if not hasattr(bench_rows, "rows"):
        path = pair.WORK / "mpc-bench.json"
        path.unlink(missing_ok=True)
        run(pair.BIN / "saggar-bench", "mpc", "--json", str(path))
        if not path.exists():
            raise RuntimeError("saggar-bench mpc left no result: is the family of problems there?")
        bench_rows.rows = json.loads(path.read_text(encoding="utf-8"))
    return bench_rows.rows


def ratio(row):
    return float(row["measured"].split()[0])


def worst(report, bar, line, required, rows):
    """The largest of several figures, and where it was."""
    most = max(rows, key=ratio)
    report.row(bar, line, required, f"{most['measured']} ({most['line'].split()[0]})",
               all(row["holds"] for row in rows))


def correctness(report, quick):
    """Bar 1: the family, random problems against a dense reference, hard cases."""
    count = "1000" if quick else "10000"
    tests = run_tests("ocp_test", "Random*", SAGGAR_RANDOM_PROBLEMS=count)
    report.row("1", f"{count} random problems with the optimum of a dense reference", "all",
               f"{only(tests, 'problems')}, {tests.seconds:.1f} s", tests.passed)
    for name, what in (("worst_gap", "objective gap"), ("worst_residual", "residual")):
        got = only(tests, name, float)
        report.row("1", f"  worst {what}", "<= 1e-8", f"{got:.2g}", got <= 1e-8)
    report.row("1", "  most iterations", "<= 72", str(only(tests, "most_iterations")),
               only(tests, "most_iterations") <= 72)
    for pattern, what in (("*Faults*", "degenerate, infeasible, badly scaled, not a number"),
                          ("Bits*", "the same bits on every instruction set"),
                          ("ByHand*", "answers worked out by hand")):
        tests = run_tests("ocp_test", pattern)
        report.row("1", f"{what}: tests passed", "all", f"{tests.count}", tests.passed)
    if quick:
        tests = run_tests("ocp_test", "*Tapes*")
        report.row("1", "problems of the family, the small ones: every step to 1e-8", "all",
                   f"{tests.count} tapes", tests.passed)
        return
    rows = bench_rows()
    for part in ("objective gap", "residual", "steps not solved"):
        chosen = [row for row in rows if row["line"].endswith(part) and "Ipopt" not in row["line"]]
        if len(chosen) != TAPES:
            raise RuntimeError(f"{len(chosen)} tapes instead of {TAPES}")
        worst(report, "1", f"{TAPES} problems x 200 steps: worst {part}",
              chosen[0]["required"], chosen)


def speed(report, quick):
    """Bar 2: against the recorded peers, both divided by the calibration kernel."""
    if quick:
        report.left_out("2", "speed of the solver", "--quick")
        return
    rows = bench_rows()
    for row in rows:
        if " over the " in row["line"] or " over Ipopt" in row["line"]:
            report.row("2", row["line"], row["required"], row["measured"], row["holds"])
    slopes = [row for row in rows if row["line"].endswith("over half the stages")
              and not re.match("box", row["line"])]
    most = max(slopes, key=ratio)
    report.row("2", "p50 over that with half the stages, interior point: linear is 2", "shown",
               f"most {most['measured']} ({most['line'].split()[0]})", None)


def peers_faults(report, _quick):
    """Bar 3: what other solvers were seen to do with bad data."""
    for name, what in (
            ("*ANumberThatIsNone*:*AfterABadSample*", "poisoned warm start: one bad sample, one step"),
            ("*BoundOfWork*:*BadScales*", "hang: the bound of work holds"),
            ("*EveryVectorIsLookedAt*:*CostThatOverflows*", "false success: no such number called solved"),
            ("*FarOutsideEveryBand*", "infeasible measurement: there is a plan"),
            ("*WithoutAPlanToShift*:*BoundsThatLeaveNothing*", "no number to the actuator: nothing is given")):
        tests = run_tests("ocp_test", name)
        report.row("3", what, "tests pass", f"{tests.count}", tests.passed)
