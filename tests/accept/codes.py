"""Reason and event codes that a test names. A name alone shows no more than that: whether a test
reaches the place that makes the code is a matter of reading."""
import re

import pair


def named(kind, name, texts):
    return re.search(rf"\b{kind}::{name}\b", texts) is not None


def rows(report):
    texts = "\n".join(path.read_text(encoding="utf-8")
                      for path in (pair.ROOT / "tests").rglob("*.cpp"))
    for kind, file, macro, judged in (("Reason", "reasons.def", "SAGGAR_REASON", True),
                                      ("EventCode", "events.def", "SAGGAR_EVENT", False)):
        source = (pair.ROOT / "runtime/domain" / file).read_text(encoding="utf-8")
        names = [name for name in re.findall(rf"^{macro}\(\d+, (\w+),", source, re.M)
                 if name != "none"]
        missing = [name for name in names if not named(kind, name, texts)]
        what = "reason" if judged else "event"
        report.row("9", f"{what} codes named in a test", f"{len(names)} of {len(names)}" if judged
                   else "stated", f"{len(names) - len(missing)}" if judged else
                   f"{len(names) - len(missing)} of {len(names)}",
                   bool(names) and not missing if judged else None)
        if missing:
            report.detail(f"{what} codes that no test names: " + ", ".join(missing), 3)
