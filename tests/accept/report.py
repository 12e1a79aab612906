"""A table of bars: line, required, measured, verdict."""
import argparse
import json
import time


class Report:
    """Collects rows and prints each as soon as it is known."""

    def __init__(self):
        self.rows = []
        self.started = time.time()
        print(f"{'bar':<4} {'line':<80} {'required':<24} {'measured':<34} verdict", flush=True)

    def row(self, bar, line, required, measured, holds):
        """holds: True, False, or None for a figure that is not judged."""
        verdict = {True: "holds", False: "MISSED", None: "-"}[holds]
        self.rows.append({"bar": bar, "line": line, "required": required,
                          "measured": measured, "verdict": verdict})
        print(f"{bar:<4} {line:<80} {required:<24} {measured:<34} {verdict}", flush=True)

    def detail(self, text, lines):
        """The last lines of what a program said, under its row."""
        for line in text.strip().splitlines()[-lines:]:
            print(f"       | {line}", flush=True)

    def left_out(self, bar, line, why):
        """A bar that this run did not measure: said, and not counted as held."""
        self.row(bar, line, "-", f"not run: {why}", None)

    def finish(self, path):
        """Writes the rows as JSON; exit code."""
        missed = [row for row in self.rows if row["verdict"] == "MISSED"]
        with open(path, "w", encoding="utf-8") as out:
            json.dump(self.rows, out, indent=1, ensure_ascii=False)
        print(f"{len(self.rows) - len(missed)} rows without a miss, {len(missed)} missed, "
              f"{time.time() - self.started:.0f} s; {path}")
        return 1 if missed else 0


def run_bars(doc, bars, folder, name, same=None):
    """The program of an acceptance: reads --quick and --only, measures the bars, writes NAME.json
    (NAME-quick.json) into the folder. `same`: bars that come with another one. Returns the exit code."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", help="comma-separated bars, such as 1,3")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else list(bars)
    wanted = [(same or {}).get(bar, bar) for bar in wanted]
    unknown = [bar for bar in wanted if bar not in bars]
    if unknown:
        parser.error(f"no bar {', '.join(unknown)}; there are {', '.join(bars)}")
    folder.mkdir(parents=True, exist_ok=True)
    report = Report()
    for bar, measure in bars.items():
        if bar not in wanted:
            continue
        try:
            measure(report, options.quick)
        except Exception as problem:  # a bar that cannot be measured is missed, the others go on
            report.row(bar, "could not be measured", "-", f"{type(problem).__name__}", False)
            report.detail(str(problem), 4)
    return report.finish(folder / (f"{name}-quick.json" if options.quick else f"{name}.json"))
