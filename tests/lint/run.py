#!/usr/bin/env python3
"""Runs every check of this folder over a tree: one line each, findings below it.

Usage: run.py [ROOT] [CHECK...]     default: the tree this file is in, all checks
"""
import importlib
import pathlib
import sys

CHECKS = ("layers", "mirror", "tests", "size", "tags", "words", "readmes")


def main(arguments):
    """Exit code 0 if nothing was found."""
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    total = 0
    for name in arguments[1:] or CHECKS:
        module = importlib.import_module(f"check_{name}")
        findings = module.check(root)
        total += len(findings)
        print(f"{name:8} {'ok' if not findings else f'{len(findings)} found':9} {module.__doc__.splitlines()[0]}")
        for finding in findings:
            print(f"  {finding}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
