"""A table of bars: line, required, measured, verdict."""
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
