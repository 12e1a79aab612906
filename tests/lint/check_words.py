"""No path of somebody's own machine, no left-over of a merge, no tab and no blank at a line's end."""
import re

import tree

# Written in pieces so that this file does not contain what it looks for.
PATHS = re.compile(r"(?<![\w./-])/(wo" r"rk|ho" r"me/\w+|ro" r"ot|Us" r"ers/\w+)/")
MERGE = re.compile(r"^(<{7}|>{7}|={7})( |$)", re.M)
BLANKS = re.compile(r"[ \t]+$", re.M)
BINARY = {".png", ".jpg", ".ico", ".gz", ".journal", ".bin", ".pt"}


def check(root):
    """Findings."""
    findings = []
    for path in tree.files(root):
        if path.suffix in BINARY or "corpus" in path.parts:
            continue
        source = tree.text(root, path)
        if source is None:
            findings.append(f"{path}:1: is not UTF-8 text")
            continue

        def report(pattern, what):
            for match in pattern.finditer(source):
                findings.append(f"{path}:{tree.line_of(source, match.start())}: {what}")

        report(PATHS, "a path that exists on one machine only")
        report(MERGE, "a left-over of a merge")
        if path.suffix != ".md":
            report(BLANKS, "blanks at the end of the line")
        if source and not source.endswith("\n"):
            findings.append(f"{path}:{source.count(chr(10)) + 1}: no end of line at the end of the file")
    return findings
