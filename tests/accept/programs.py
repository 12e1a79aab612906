"""Runs programs and test programs, and reads the figures that tests record."""
import dataclasses
import json
import os
import subprocess
import time

import pair


def run(*command, timeout_s=7200, env=None):
    """Runs a command in the root; (exit code, output, seconds)."""
    began = time.time()
    done = subprocess.run(command, cwd=pair.ROOT, capture_output=True, text=True,
                          timeout=timeout_s, check=False, env=env)
    return done.returncode, done.stdout + done.stderr, time.time() - began


@dataclasses.dataclass
class Tests:
    """What a test program said: all passed, none skipped, at least one."""

    passed: bool
    cases: list
    seconds: float

    @property
    def count(self):
        return len(self.cases)


def run_tests(binary, pattern, **environment):
    """Runs the tests of a program whose names match; raises if they leave no result."""
    path = pair.WORK / f"{binary}.json"
    path.unlink(missing_ok=True)
    code, out, seconds = run(pair.BUILD / "tests" / binary, f"--gtest_filter={pattern}",
                             f"--gtest_output=json:{path}", env={**os.environ, **environment})
    if not path.exists():
        raise RuntimeError(f"{binary} left no result, exit {code}: {out[-300:]}")
    with open(path, encoding="utf-8") as file:
        suites = json.load(file)["testsuites"]
    cases = [case for suite in suites for case in suite["testsuite"]]
    good = [case for case in cases if case["result"] == "COMPLETED" and not case.get("failures")]
    return Tests(code == 0 and bool(cases) and len(good) == len(cases), cases, seconds)


def properties(tests, name, kind=int):
    """The values that tests recorded under a name."""
    return [kind(case[name]) for case in tests.cases if name in case]


def only(tests, name, kind=int):
    """The one value recorded under a name; raises if there is none."""
    values = properties(tests, name, kind)
    if len(values) != 1:
        raise RuntimeError(f"{len(values)} tests recorded '{name}' instead of one")
    return values[0]


def largest(tests, *names):
    """The largest value that any test recorded under one of the names; each test must have one."""
    for name in names:
        if len(properties(tests, name, float)) != tests.count:
            raise RuntimeError(f"not every test recorded '{name}'")
    return max(value for name in names for value in properties(tests, name, float))
