"""Days of P1 with the shipped policy in the seat: how sure is it that fewer than 1 % pass a limit? (LC-31, bar 2)

    python3 tests/accept/policy_clean.py [--quick] [--share S] [--jobs J] [--package FOLDER]

460 days of drawn kilns: 100 normal, 60 with the weather of PF-06, 60 with a change of grade by hand, 240 with one random
fault of sensors, actuators or process each. A day counts only if the policy drove for half of the judged time or more;
the others are hollow and said beside. With no violation in n days the rate is below 1 - 0.01^(1/n) with 99 % confidence:
1 % needs 459. `--share 0.1` takes a tenth of each, `--quick` one normal day.
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


def run(share, jobs, package, quick):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for story in STORIES.glob("*.toml"):
        shutil.copy(story, WORK)
    (WORK / "control.toml").write_text(control(package), encoding="utf-8")
    (WORK / "suite.toml").write_text(suite(share, quick), encoding="utf-8")
    command = [str(PROGRAM), "run", str(WORK / "suite.toml"), "--out", str(WORK / "out")]
    done = subprocess.run(command + (["-j", str(jobs)] if jobs else []), cwd=ROOT, check=False)
    if done.returncode not in (0, 1):  # 1: a bound of a day was broken, which is counted here
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}")


def judge(results):
    """{counted, hollow, unsound, violations, rejections, rate}: the rate is below that with 99 % confidence."""
    found = {"counted": 0, "hollow": 0, "unsound": 0, "violations": 0, "rejections": 0, "in_seat": 0.0, "broken": []}
    for path in sorted(results):
        day = json.loads(path.read_text(encoding="utf-8"))
        if day["outcome"] not in ("passed", "failed"):
            found["unsound"] += 1
            continue
        of = {figure["name"]: figure["value"] for figure in day["figures"]}
        if of["hard_violations"] > 0:
            found["violations"] += 1
            found["broken"].append(day["id"])
        found["rejections"] += int(of["guard_rejections"])
        if (of["heat_on_policy"] or 0) < LEAST_SEAT:
            found["hollow"] += 1
            continue
        found["counted"] += 1
        found["in_seat"] += of["heat_on_policy"]
    n = found["counted"]
    found["in_seat"] = found["in_seat"] / n if n else math.nan
    found["rate"] = 1 - (1 - CONFIDENCE) ** (1 / n) if n and not found["violations"] else math.nan
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one normal day")
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--jobs", type=int, default=0, help="0 = one per processor")
    parser.add_argument("--package", type=pathlib.Path, default=ROOT / "configs/policies/heat-p1")
    parser.add_argument("--judge", type=pathlib.Path, help="only count the results in this folder")
    asked = parser.parse_args()
    if asked.judge is None:
        run(0.001 if asked.quick else asked.share, asked.jobs, asked.package.resolve(), asked.quick)
    found = judge((asked.judge or WORK / "out/policy-clean/results").glob("*.json"))
    print(json.dumps(found))
    print(f"{found['counted']} days with the policy in the seat for {100 * found['in_seat']:.0f} % of the judged time, "
          f"{found['hollow']} hollow, {found['unsound']} not run; {found['violations']} violations of limits; rate below "
          f"{100 * found['rate']:.2f} % with 99 % confidence (bar: {NEEDED} days, 1 %)")
    return 0 if found["counted"] >= NEEDED and found["rate"] < MOST_RATE and not found["unsound"] else 1


if __name__ == "__main__":
    sys.exit(main())
