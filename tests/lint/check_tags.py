"""Every function that crosses the plugin ABI says on which thread and in which state it may be called.

The tag `[thread & state]` stands in the comment directly before the function pointer or function.
"""
import re

import tree

HEADERS = "plugins/sdk/include"
TAG = re.compile(r"\[(main|control|any)( & (none|created|configured|active|!active))?\]")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
POINTER = re.compile(r"\(\s*\*\s*(\w+)\s*\)\s*\(")
EXPORT = re.compile(r"^SAGGAR_EXPORT\b[^;{]*?(\w+)\s*\(", re.M)


def untagged(source):
    """(name, line) of each function without a tag."""
    comments = list(COMMENT.finditer(source))
    blank = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), source)
    found = []
    for match in sorted([*POINTER.finditer(blank), *EXPORT.finditer(blank)], key=lambda m: m.start()):
        start = max(blank.rfind(c, 0, match.start()) for c in ";{}") + 1
        before = [c.group(0) for c in comments if start <= c.start() < match.start()]
        if not before or not TAG.search(before[-1]):
            found.append((match.group(1), tree.line_of(source, match.start())))
    return found


def check(root):
    """Findings."""
    findings = []
    for path in tree.files(root, {".h"}, (HEADERS,)):
        for name, line in untagged(tree.text(root, path) or ""):
            findings.append(f"{path}:{line}: {name} has no [thread & state] tag in the comment before it")
    return findings
