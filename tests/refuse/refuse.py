#!/usr/bin/env python3
"""Compiles one row of a .cases file twice: the refused statement must not compile, the accepted one must.

A .cases file is C++ for the preamble, a line `---`, then one case a line:
    name | refused statement | accepted statement
The accepted statement is the control: it proves that the refused one fails for its own reason and not
because the preamble is broken.

Usage: refuse.py FILE NAME COMPILER [FLAGS...]
"""
import pathlib
import subprocess
import sys


def read_case(path, name):
    """The preamble, and the refused and the accepted statement of a case."""
    preamble, _, rows = path.read_text(encoding="utf-8").partition("\n---\n")
    for row in rows.splitlines():
        parts = [part.strip() for part in row.split(" | ")]
        if parts[0] == name:
            if len(parts) != 3:
                raise SystemExit(f"{path}: case {name}: needs name | refused | accepted")
            return preamble, parts[1], parts[2]
    raise SystemExit(f"{path}: there is no case {name}")


def compiles(command, preamble, statement):
    """(True, output) if the statement compiles inside a function after the preamble."""
    source = f"{preamble}\nvoid test_case();\nvoid test_case() {{\n{statement}\n}}\n"
    run = subprocess.run(
        [*command, "-fsyntax-only", "-x", "c++", "-"], input=source, text=True, capture_output=True, check=False
    )
    if run.returncode != 0 and "error:" not in run.stderr:
        raise SystemExit(f"the compiler itself failed:\n{run.stderr}")
    return run.returncode == 0, run.stderr


def main(arguments):
    """Exit code 0 if the case behaves."""
    path, name, *command = arguments
    preamble, refused, accepted = read_case(pathlib.Path(path), name)
    good, output = compiles(command, preamble, accepted)
    if not good:
        print(f"{name}: must compile but does not: {accepted}\n{output}")
        return 1
    good, _ = compiles(command, preamble, refused)
    if good:
        print(f"{name}: must not compile but does: {refused}")
        return 1
    print(f"{name}: refused: {refused}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
