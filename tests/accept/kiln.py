"""Acceptance of the simulated kiln. See kiln.sh."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import pair  # noqa: E402
from programs import properties, run, run_tests  # noqa: E402
from report import run_bars  # noqa: E402

FIGURES = pair.ROOT / "docs/engineer/figures.md"
JUDGED_SPEEDS = ("column mean", "every saggar")


class Validation:
    """What `saggar-hil validate` found: once for all bars that read it."""

    rows = None

    @classmethod
    def of(cls, quick):
        if cls.rows is None:
            path = pair.WORK / "validate.json"
            path.unlink(missing_ok=True)
            flags = ["--quick"] if quick else []
            cls.code, cls.out, cls.seconds = run(
                pair.BIN / "saggar-hil", "validate", *flags, "--json", str(path),
                "--html", str(pair.WORK / "validate.html"), "--force")
            tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
            cls.rows = [{**row, "table": table["title"]} for table in tables
                        for row in table["rows"] if "allowed" in row]
        return cls

    @classmethod
    def in_table(cls, beginning):
        found = [row for row in cls.rows if row["table"].startswith(beginning)]
        if not found:
            raise RuntimeError(f"no table '{beginning}' in the validation")
        return found


def show(report, bar, row):
    """One row of the validation. Bar 3 lets misfits stand with their reason; no other bar does."""
    holds = {"pass": True, "miss": False, "misfit": None if bar == "3" else False}.get(
        row["verdict"])
    expected = row["expected"]
    expected = f"{expected:.4g}" if isinstance(expected, (int, float)) else expected
    unit = "" if row["unit"] == "1" else " " + row["unit"]
    got = f"{row['got']:.4g}{unit}" if row["got"] is not None else "none"
    report.row(bar, f"  {row['what']}", expected,
               got + ("" if row["verdict"] == "pass" else f", {row['verdict']}"), holds)
    if row["verdict"] == "misfit":
        report.detail(row["why"], 3)


def missing(program):
    """Where a program should be; None if it is there."""
    path = pair.BUILD / "tests" / program
    return None if path.exists() else path.relative_to(pair.ROOT)


def conservation(report, quick):
    validation = Validation.of(quick)
    hours = 6 if quick else 72
    for row in validation.in_table(f"Balances over {hours} h"):
        show(report, "1", row)


# What the tests against the independent solver record, and what it may be at most. A bare element
# is neither zone nor bed: shown, not judged.
REFERENCE = (("temperature_K", "temperature of a node, K", 0.2),
             ("hydrate", "share of the hydrate gone", 0.002),
             ("hydroxide", "share of the hydroxide gone", 0.002),
             ("conversion", "conversion x", 0.002), ("mixing_share", "mixing z", 0.002),
             ("size_share", "primary size d, share", 0.005),
             ("zone_K", "temperature of a zone, K", 0.2), ("face_K", "brick face, K", 0.2),
             ("element_K", "bare element, K", None))


def reference(report, _quick):
    """Runs of an independent solver (CVODE) on the equations of one saggar and of the chamber."""
    if absent := missing("reference_test"):
        report.row("2", "saggar and chamber against an independent solver of the same equations",
                   "0.2 K, 0.002, 0.5 %", f"no {absent}", False)
        return
    tests = run_tests("reference_test", "*")
    report.row("2", "against an independent solver: tests passed", "all",
               f"{tests.count} tests, {tests.seconds:.0f} s", tests.passed)
    for name, what, limit in REFERENCE:
        found = properties(tests, name, lambda text: abs(float(text.split()[0])))
        holds = None if limit is None else bool(found) and max(found) <= limit
        report.row("2", f"  largest difference of {what}", f"<= {limit}" if limit else "-",
                   f"{max(found):.3g} of {len(found)} runs" if found else "not recorded", holds)


def rows(report, quick):
    validation = Validation.of(quick)
    counts = {word: sum(row["verdict"] == word for row in validation.rows)
              for word in ("pass", "miss", "misfit", "info")}
    report.row("3", "saggar-hil validate: rows that miss without a known reason", "0",
               ", ".join(f"{count} {word}" for word, count in counts.items()) +
               f", {validation.seconds:.0f} s",
               validation.code == 0 and counts["miss"] == 0 and counts["pass"] > 100)
    unexplained = [row for row in validation.rows if row["verdict"] == "misfit" and not row["why"]]
    report.row("3", "  misfits without plain words", "0",
               f"{len(unexplained)} of {counts['misfit']}", not unexplained)
    for row in validation.rows:
        if row["verdict"] in ("miss", "misfit", "info"):
            show(report, "3", row)
    independent = sum(row["fitted"] == "no" and row["verdict"] == "pass" for row in validation.rows)
    report.row("3", "  passes that were not used in fitting", "stated", str(independent), None)


def energy(report, quick):
    validation = Validation.of(quick)
    for row in validation.in_table("P1, 30 m") + validation.in_table("P2, 60 m"):
        show(report, "4", row)
    if quick:
        report.left_out("4", "gain, time constant, dead time and coupling of a zone", "--quick")
        return
    for row in validation.in_table("Zone 24 of P2"):
        show(report, "4", row)


def speed(report, quick):
    if quick:
        report.left_out("5", "speed of the simulator", "--quick")
        return
    path = pair.WORK / "kiln-bench.json"
    path.unlink(missing_ok=True)
    run(pair.BIN / "saggar-bench", "kiln", "--json", str(path))
    lines = [row for row in json.loads(path.read_text(encoding="utf-8"))
             if row["line"].startswith("kiln")]
    for row in lines:
        report.row("5", row["line"], row["required"], row["measured"],
                   row["holds"] if row["judged"] else None)
    for kind in JUDGED_SPEEDS:
        if not any(kind in row["line"] and row["judged"] for row in lines):
            report.row("5", f"kiln: P2 {kind}, simulated seconds per second", "20000 x, 3000 x",
                       "no such line in saggar-bench", False)


def cause_effect(report, _quick):
    tests = run_tests("kiln_presets_test", "*CauseEffect*")
    report.row("6", "disturbances that move what they should as far as they should", "all",
               f"{tests.count} disturbances, {tests.seconds:.0f} s", tests.passed)


def year(report, quick):
    if quick:
        report.left_out("7", "a year with random lots and faults", "--quick")
        return
    tests = run_tests("year_test", "*", SAGGAR_DAYS="365")
    days = sum(properties(tests, "days", float))
    report.row("7", "a year with random lots and faults: finite, snapshot bit for bit",
               ">= 365 days", f"{days:g} days, {tests.count} tests, {tests.seconds:.0f} s",
               tests.passed and days >= 365)
    for name, what, limit in (("worst_matter", "worst balance of a substance", 1e-9),
                              ("energy", "balance of energy", 1e-6)):
        worst = max(abs(value) for value in properties(tests, name, float))
        report.row("7", f"  {what} over that time, relative", f"<= {limit:g}", f"{worst:.1e}",
                   worst <= limit)


def book(report, _quick):
    figures = FIGURES.read_text(encoding="utf-8") if FIGURES.exists() else ""
    tables = len(re.findall(r"^## ", figures, re.M))
    rows = len(re.findall(r"^\| `", figures, re.M))
    files = len([*pair.ROOT.glob("configs/kiln/*.plant.toml"),
                 *pair.ROOT.glob("configs/material/*.toml")])
    report.row("8", f"{FIGURES.relative_to(pair.ROOT)}: a table for each plant and material",
               str(files), f"{tables}, {rows} figures", tables == files and rows > 200)
    tests = run_tests("kiln_test", "Book*")
    report.row("8", "  the test that compares them", "passes", f"{tests.count} tests",
               tests.passed)


BARS = {"1": conservation, "2": reference, "3": rows, "4": energy, "5": speed,
        "6": cause_effect, "7": year, "8": book}


if __name__ == "__main__":
    sys.exit(run_bars(__doc__, BARS, pair.WORK, "kiln"))
