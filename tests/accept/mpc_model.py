"""The bar of identification: 24 h of planned tests on unseen plants, the model made of them, and the
closed loop with it beside the closed loop with a perfectly known one."""
import json

import pair
from programs import run

SEED, PLANTS, QUICK_PLANTS = 1001, 4, 1
QUICK = ("--step", "1", "--hours", "1", "--warm", "0.5")
WITHIN, OF_PRODUCT = 0.10, 0.01
# name, text, unit, 1 where more is better and -1 where less is, scale
KPIS = (("off_spec_kg", "off-spec", "kg", -1, 1), ("kWh_per_kg", "energy", "kWh/kg", -1, 1),
        ("settled_within_5K", "settled soak within +-5 K", "%", 1, 100),
        ("settled_rms_K", "settled soak, RMS", "K", -1, 1),
        ("throughput_kg_per_h", "throughput", "kg/h", 1, 1))


def worse(found, perfect, better):
    """By how much of the perfect model's figure the found one's is worse; below 0 it is better."""
    if perfect == 0:
        return 0.0 if found == 0 else float("inf")
    return better * (perfect - found) / abs(perfect)


def total(cases, name):
    """Mean over the plants; None if one of them has no such figure."""
    values = [case[name] for case in cases]
    return None if None in values or not values else sum(values) / len(values)


def judge(report, models, quick):
    """One row per key figure, over all plants, and the plants one by one below it."""
    found, perfect = models["found"], models["true"]
    product = total(perfect, "product_kg")
    for name, text, unit, better, scale in KPIS:
        ours, theirs = total(found, name), total(perfect, name)
        if ours is None or theirs is None:
            report.row("8", f"  {text}: no figure on one of the plants", "-",
                       "too short a run" if quick else "none", None if quick else False)
            continue
        required, close = f"<= {100 * WITHIN:.0f} % worse", False
        if name == "off_spec_kg":  # of two small numbers a ratio says nothing
            required += f" or {100 * OF_PRODUCT:.0f} % of product"
            close = ours - theirs <= OF_PRODUCT * product
        loss = worse(ours, theirs, better)
        report.row("8", f"  {text}: identified beside perfect model, mean over plants", required,
                   f"{scale * ours:.4g} beside {scale * theirs:.4g} {unit}, {100 * loss:+.1f} %",
                   None if quick else loss <= WITHIN or close)
        report.row("8", "    plant by plant; without a model", "-", ", ".join(
            f"{scale * a[name]:.4g}/{scale * b[name]:.4g}" for a, b in zip(found, perfect)
            if a[name] is not None and b[name] is not None)
            + f"; {scale * (total(models['none'], name) or 0):.4g}", None)


def identified(report, quick):
    """Bar 8: the MPC with an identified model beside the one with a perfectly known linear model."""
    plants = QUICK_PLANTS if quick else PLANTS
    path = pair.WORK / "models.json"
    path.unlink(missing_ok=True)
    code, out, seconds = run(pair.BUILD / "tests/model_accept", "--seed", str(SEED), "--plants",
                             str(plants), "--json", str(path), *(QUICK if quick else ()),
                             timeout_s=14400)
    if code != 0 or not path.exists():
        raise RuntimeError(out[-400:])
    models = {}
    for row in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        models.setdefault(row["model"], []).append(row["case"]["kpi"])
    report.row("8", f"{plants} unseen plants, 24 h of planned tests each, then the closed loop",
               f"{PLANTS} plants", f"{seconds:.0f} s", None if quick else True)
    for line in out.splitlines():
        if "zones found" in line or "test drove" in line:
            report.detail(line, 1)
    judge(report, models, quick)
