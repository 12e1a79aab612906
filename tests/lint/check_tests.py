"""No test is switched off in silence, and nothing is left for later without an issue number.

A skip needs a row `path reason` in tests/lint/skip_exceptions.txt.
"""
import re

import tree

LIST = "skip_exceptions.txt"
OFF = re.compile(r"\bDIS" r"ABLED_|\bDISABLED\s+(TRUE|ON|1)\b")
SKIP = re.compile(r"\bGTEST_" r"SKIP\b|\bskip" r"Test\b|@unittest\.skip")
# An indented example in a comment is documentation.
COMMENTED = re.compile(r"^[ \t]*# ?(add_test|saggar_test|saggar_refuse|gtest_discover_tests|add_subdirectory)\s*\(", re.M)
LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b(?![^\n]*#\d+)")
TEXTS = tree.CODE | {".py", ".cmake", ".txt", ".sh", ".def", ".fbs", ".toml"}


def check(root):
    """Findings."""
    findings = []
    listed = tree.exceptions(root, LIST)
    used = set()
    for path in tree.files(root):
        if path.suffix not in TEXTS and path.name not in {"dev", "run"}:
            continue
        source = tree.text(root, path) or ""
        own = path.as_posix()

        def report(pattern, what):
            for match in pattern.finditer(source):
                findings.append(f"{own}:{tree.line_of(source, match.start())}: {what}")

        report(LATER, "left for later without an issue number, such as #12")
        if path.parts[0] == "tests" or path.name == "CMakeLists.txt":
            report(OFF, "a disabled test")
        if SKIP.search(source) and path.suffix in {".cpp", ".py"}:
            used.add(own)
            if not listed.get(own):
                report(SKIP, f"a skipped test without a reason in tests/lint/{LIST}")
        if path.name == "CMakeLists.txt":
            report(COMMENTED, "a test that is commented out")
    for key in sorted(set(listed) - used):
        findings.append(f"tests/lint/{LIST}:1: {key} skips nothing; remove its row")
    return findings
