"""Days of P1 with the shipped policy in the seat: how sure is it that fewer than 1 % pass a limit? (LC-31, bar 2)

    python3 tests/accept/policy_clean.py [--quick] [--share S] [--jobs J] [--package FOLDER]

466 days of drawn kilns: 106 normal, 60 with the weather of PF-06, 60 with a change of grade by hand, 240 with one random
fault of sensors, actuators or process each. A day counts only if the policy drove for half of the judged time or more;
the others are hollow and said beside. A day on which a limit was passed is run again with the kiln at its recipe: weather
and faults pass limits of pressure and gas that no zone setpoint can mend. A limit is passed beyond the recipe if it is one
that the recipe does not pass that day, or for more than a tenth longer; a brick face, if by any more at all. Both counts
are said, each with the rate that it is below with 99 % confidence (Clopper and Pearson 1934); without a violation 1 % needs 459 days. The bar is held to the
first, the plain one. `--share 0.1` takes a tenth of each, `--quick` one normal day.
"""
import argparse
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/bin/saggar-hil"
STORIES = ROOT / "tests/accept/policy_clean"
WORK = ROOT / "var/accept/policy-clean"
KINDS = {"face_over_trip_Ks": 0.0, "pressure_outside_s": 0.1, "soak_oxygen_low_s": 0.1}  # share that is no more
NEEDED, MOST_RATE, CONFIDENCE, LEAST_SEAT = 459, 0.01, 0.99, 0.5


def control(package):
    """The shipped control file with the policy trusted fully from the first second: nobody raises it in a suite."""
    text = (ROOT / "configs/control/policy-p1.toml").read_text(encoding="utf-8")
    text, packages = re.subn(r'package = "[^"]*"', f'package = "{package}"', text)
    text, levels = re.subn(r'level = "shadow"', 'level = "full"', text)
    if (packages, levels) != (1, 1):
        raise RuntimeError("configs/control/policy-p1.toml does not name one package and one level")
    return text


def suite(share, quick=False):
    def some(match):
        return f"seeds = {max(1, round(share * int(match.group(1))))}"
    text = re.sub(r"^seeds = (\d+)$", some, (STORIES / "suite.toml").read_text(encoding="utf-8"), flags=re.M)
    return "[[run]]".join(text.split("[[run]]")[:2]) if quick else text


def run(folder, control_text, suite_text, jobs, only=()):
    """Days in a fresh folder; the results of those that ran."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for story in STORIES.glob("*.toml"):
        shutil.copy(story, folder)
    (folder / "control.toml").write_text(control_text, encoding="utf-8")
    (folder / "suite.toml").write_text(suite_text, encoding="utf-8")
    command = [str(PROGRAM), "run", str(folder / "suite.toml"), "--out", str(folder / "out")]
    command += ["-j", str(jobs)] if jobs else []
    command += ["--only", *only] if only else []
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):  # 1: a bound of a day was broken, which is counted here
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}")
    return sorted((folder / "out/policy-clean/results").glob("*.json"))


def figures_of(path):
    """(the day, its figures by name); no figures where it could not run."""
    day = json.loads(path.read_text(encoding="utf-8"))
    if day["outcome"] not in ("passed", "failed"):
        return day, None
    return day, {figure["name"]: figure["value"] for figure in day["figures"]}


def below(violations, days):
    """The rate that is below this with 99 % confidence (Clopper and Pearson 1934, one-sided); NaN without a day."""
    if days == 0:
        return math.nan

    def at_most(rate):  # probability of no more violations than were seen
        return sum(math.comb(days, i) * rate ** i * (1 - rate) ** (days - i) for i in range(violations + 1))
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(middle) > 1 - CONFIDENCE else (low, middle)
    return high


def judge(results):
    """{counted, hollow, unsound, violations, rejections, rate, broken: {day: limits passed}}."""
    found = {"counted": 0, "hollow": 0, "unsound": 0, "violations": 0, "rejections": 0, "in_seat": 0.0, "broken": {}}
    for path in sorted(results):
        day, of = figures_of(path)
        if of is None:
            found["unsound"] += 1
            continue
        if of["hard_violations"] > 0:
            found["violations"] += 1
            found["broken"][day["id"]] = {kind: of[kind] for kind in KINDS}
        found["rejections"] += 1 if of["guard_rejections"] > 0 else 0
        if (of["heat_on_policy"] or 0) < LEAST_SEAT:
            found["hollow"] += 1
            continue
        found["counted"] += 1
        found["in_seat"] += of["heat_on_policy"]
    n = found["counted"]
    found["in_seat"] = found["in_seat"] / n if n else math.nan
    found["rate"] = below(found["violations"], n)
    return found


def beyond(found, results_at_recipe):
    """Days on which a limit was passed that is not on the same day at the recipe, or by more; kind by kind. A day that could
    not run at the recipe counts."""
    alone = dict(found["broken"])
    for path in results_at_recipe:
        day, of = figures_of(path)
        if of is None or day["id"] not in alone:
            continue
        if all(alone[day["id"]][kind] <= (1 + share) * of[kind] for kind, share in KINDS.items()):
            del alone[day["id"]]
    return sorted(alone)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one normal day")
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--jobs", type=int, default=0, help="0 = one per processor")
    parser.add_argument("--package", type=pathlib.Path, default=ROOT / "configs/policies/heat-p1")
    parser.add_argument("--judge", type=pathlib.Path, help="only count the results in this folder, and run nothing")
    parser.add_argument("--recipe", type=pathlib.Path, help="with --judge: results of the same days at the recipe")
    asked = parser.parse_args()
    text = suite(0.001 if asked.quick else asked.share, asked.quick)
    results = (sorted(asked.judge.glob("*.json")) if asked.judge else
               run(WORK, control(asked.package.resolve()), text, asked.jobs))
    found = judge(results)
    broken, again = found["broken"], []
    if asked.judge:
        again = sorted(asked.recipe.glob("*.json")) if asked.recipe else []
    elif broken:
        again = run(WORK.with_name("policy-clean-recipe"), (ROOT / "configs/control/recipe.toml").read_text(encoding="utf-8"),
                    text, asked.jobs, sorted(broken))
    found["beyond"] = beyond(found, again)
    found["rate_beyond"] = below(len(found["beyond"]), found["counted"])
    print(json.dumps(found))
    print(f"{found['counted']} days with the policy in the seat for {100 * found['in_seat']:.0f} % of the judged time, "
          f"{found['hollow']} hollow, {found['unsound']} not run (bar: {NEEDED} days, below 1 %)")
    print(f"{found['violations']} days on which a limit was passed: rate below {100 * found['rate']:.2f} % with 99 % confidence")
    print(f"{len(found['beyond'])} of them not, or for less, with the kiln at its recipe: below {100 * found['rate_beyond']:.2f} %")
    return 0 if found["counted"] >= NEEDED and found["rate"] < MOST_RATE and not found["unsound"] else 1


if __name__ == "__main__":
    sys.exit(main())
