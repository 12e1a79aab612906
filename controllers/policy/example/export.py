#!/usr/bin/env python3
"""Trains a small policy and writes it as a package that `saggar-policy-heat` loads.

Usage: export.py FOLDER [--kiln p2] [--recipe ncm811-p2] [--zones 30] [--steps 300]

Needs Debian's python3-torch, and nothing else. What it learns is a proportional law, to show the way from a
network to a package; put your own data and training in the place of `examples`, `usual` and `train`. FOLDER is
made anew. Every figure of the papers is computed from what was learnt here.
"""
import argparse
import datetime
import hashlib
import json
import pathlib
import shutil
import tomllib

import torch

SCALE_K = 10.0  # of a feature: x = (thermocouple - setpoint) / SCALE_K
SEEN_K = 60.0  # largest difference in the data
TRIM_K = 10.0  # of an output: trim = y * TRIM_K
GAIN = 0.5  # of the law that is learnt: trim in K per K of difference
USUAL_K = 0.4  # differences while all is well, common to a zone and of each loop: a little more than P2 shows
HORIZON_S = 300.0  # of what is foretold: at least three periods, so that three of them can be wrong
STAYS = 0.5  # share of a difference that is left after HORIZON_S
LAGS_S = [0.0, 60.0]
LOOPS = ("top", "bottom")


class Policy(torch.nn.Module):
    """[1, zones x loops x lags] -> [1, zones trims, zones predictions], tanh between the layers."""

    def __init__(self, inputs, outputs, width=64):
        super().__init__()
        self.body = torch.nn.Sequential(
            torch.nn.Linear(inputs, width), torch.nn.Tanh(),
            torch.nn.Linear(width, width), torch.nn.Tanh(),
            torch.nn.Linear(width, width), torch.nn.Tanh(),
            torch.nn.Linear(width, outputs))

    def forward(self, x):
        return self.body(x)


def answers(x, zones):
    """What the law says to these inputs, and what is left of the difference of each top loop."""
    per_zone = len(LOOPS) * len(LAGS_S)
    x = x.reshape(len(x), zones, per_zone)
    now = x[:, :, 0 :: len(LAGS_S)].mean(dim=2)
    trims = (-GAIN * SCALE_K / TRIM_K * now).clamp(-1, 1)
    return torch.cat([trims, STAYS * x[:, :, 0]], dim=1)


def examples(count, zones):
    """Differences of all loops now and a minute ago, normalised, and the answers to them."""
    per_zone = len(LOOPS) * len(LAGS_S)
    common = torch.randn(count, zones, 1) * 0.8
    x = (common + torch.randn(count, zones, per_zone) * 0.3).clamp(-SEEN_K / SCALE_K, SEEN_K / SCALE_K)
    x = x.reshape(count, zones * per_zone)
    return x, answers(x, zones)


def usual(count, zones):
    """The same while all is well: what the kiln looks like on a normal day, and the domain is made of."""
    per_zone = len(LOOPS) * len(LAGS_S)
    both = torch.randn(count, zones, 1) + torch.randn(count, zones, per_zone)
    return (both * USUAL_K / SCALE_K).reshape(count, zones * per_zone)


def train(zones, steps, seed):
    """One member of the ensemble. The same seed gives the same weights."""
    torch.manual_seed(seed)
    policy = Policy(zones * len(LOOPS) * len(LAGS_S), 2 * zones)
    optimiser = torch.optim.Adam(policy.parameters(), lr=3e-3)
    for _ in range(steps):
        x, y = examples(128, zones)
        loss = (policy(x) - y).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return policy.eval()


def domain_of(members, x, zones):
    """Mean, lower factor of the covariance, and thresholds that 99.9 % of these data stay below."""
    mean = x.mean(dim=0)
    factor = torch.linalg.cholesky(torch.cov(x.T) + 1e-4 * torch.eye(x.shape[1]))
    distance = torch.linalg.solve_triangular(factor, (x - mean).T, upper=False).norm(dim=0)
    with torch.no_grad():
        said = torch.stack([m(x) for m in members])
    spread = said[:, :, :zones].std(dim=0)
    # What comes is as usual as what was: the top loops of another, equally normal moment.
    came = x.roll(1, dims=0).reshape(len(x), zones, -1)[:, :, 0]
    residual = ((said[:, :, zones:].mean(dim=0) - came) * SCALE_K).abs()
    rows = [factor[i, : i + 1].tolist() for i in range(x.shape[1])]
    return {
        "kind": "policy_domain",
        "mean": mean.tolist(),
        "cholesky": [v for row in rows for v in row],
        "distance": float(distance.quantile(0.999)),
        "spread": spread.quantile(0.999, dim=0).tolist(),
        "residual": residual.quantile(0.999, dim=0).tolist(),
    }


def metric_of(members, x, y):
    """Error of the ensemble in K, and its 95 % interval over batches of other data."""
    with torch.no_grad():
        said = torch.stack([m(x) for m in members]).mean(dim=0)
    trims = y.shape[1] // 2
    errors = ((said - y)[:, :trims] * TRIM_K).square().mean(dim=1).sqrt()
    batches = torch.stack([b.mean() for b in errors.split(64)])
    half = float(1.96 * batches.std() / len(batches) ** 0.5)
    value = float(errors.mean())
    return {"name": "root mean square difference from the law", "unit": "K", "value": value,
            "low": value - half, "high": value + half}


def toml(value):
    """One value; texts and lists as TOML and JSON write them alike."""
    return json.dumps(value, ensure_ascii=False)


def write_toml(path, table):
    """Plain keys first, then each list of tables under its name."""
    lines = []
    tables = {k: v for k, v in table.items() if isinstance(v, list) and v and isinstance(v[0], dict)}
    for key, value in table.items():
        if key not in tables:
            lines.append(f"{key} = {toml(value)}")
    for key, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{key}]]"] + [f"{k} = {toml(v)}" for k, v in row.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def loops_of(zones):
    return [f"zone{z:02d}.{loop}" for z in range(1, zones + 1) for loop in LOOPS]


def setpoints_of(recipe, zones):
    """Of the recipe file, in degC: what is foretold is a temperature, not a difference."""
    path = pathlib.Path(__file__).resolve().parents[3] / "configs" / "recipes" / f"{recipe}.toml"
    values = tomllib.loads(path.read_text(encoding="utf-8"))["heat"]["setpoint_degC"]["value"]
    if len(values) != zones:
        raise SystemExit(f"{path} has {len(values)} zones, not {zones}")
    return values


def manifest_of(options, expires, code):
    """All of it but the list of files."""
    setpoints = setpoints_of(options.recipe, options.zones)
    return {
        "kind": "policy",
        "id": "com.saggar.example-heat",
        "version": "1.0.0",
        "description": "Example: a proportional law, learnt",
        "backend": "torchscript",
        "duty": "heat",
        "kilns": [options.kiln],
        "recipes": [options.recipe],
        "period_s": 60.0,
        "missing_wait_s": 120.0,
        "expires": expires,
        "trained_by": "the example of this tree",
        "training_sha256": code,
        "domain": "domain.toml",
        "card": "card.toml",
        "data_sheet": "data_sheet.toml",
        "feature": [
            {"tag": f"{loop}.temperature", "unit": "degC", "low": -SEEN_K, "high": SEEN_K, "mean": 0.0,
             "scale": SCALE_K, "over": f"{loop}.setpoint", "lags_s": LAGS_S}
            for loop in loops_of(options.zones)],
        "output": [
            {"tags": [f"zone{z:02d}.{loop}.setpoint" for loop in LOOPS], "unit": "degC", "trim": TRIM_K,
             "rate_per_min": 1.0}
            for z in range(1, options.zones + 1)],
        "prediction": [
            {"tag": f"zone{z:02d}.top.temperature", "unit": "degC", "horizon_s": HORIZON_S,
             "mean": float(setpoints[z - 1]), "scale": SCALE_K}
            for z in range(1, options.zones + 1)],
    }


def card_of(manifest, metric):
    """LC-40; what the manifest says, it says alike."""
    today = datetime.date.today().isoformat()
    return {
        "kind": "policy_card",
        "purpose": "shows how a package is made; not for a plant",
        "kilns": manifest["kilns"],
        "recipes": manifest["recipes"],
        "data_from": today,
        "data_to": today,
        "features": [f["tag"] for f in manifest["feature"]],
        "training_sha256": manifest["training_sha256"],
        "limits": ["it knows nothing of the powder"],
        "known_failures": [],
        "ood_method": "Mahalanobis distance of the inputs, spread of the ensemble, errors of what it foretells",
        "owner": manifest["trained_by"],
        "expires": manifest["expires"],
        "metric": [metric],
    }


def write_pages(folder, metric):
    """One page for people in each language."""
    figure = f"{metric['value']:.2f} K ({metric['low']:.2f} .. {metric['high']:.2f})"
    (folder / "card.en.md").write_text(
        "# Example policy\n\nShows how a package is made. Not for a plant.\n\n"
        f"Difference from the law it learnt: {figure}, 95 %.\n", encoding="utf-8")
    (folder / "card.ko.md").write_text(
        "# 예제 정책\n\n패키지를 만드는 방법을 보여 준다. 실제 설비에는 쓰지 않는다.\n\n"
        f"학습한 제어 법칙과의 차이: {figure}, 95 %.\n", encoding="utf-8")


def export(options):
    """Trains, then writes the folder; the manifest last, with the hash of every other file."""
    torch.set_num_threads(1)
    code = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
    expires = (datetime.date.today() + datetime.timedelta(days=365)).isoformat()
    folder = pathlib.Path(options.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    members = [train(options.zones, options.steps, seed) for seed in (1, 2)]
    torch.manual_seed(0)
    x, y = examples(4096, options.zones)
    manifest = manifest_of(options, expires, code)
    manifest["member"] = []
    for k, member in enumerate(members, start=1):
        name = f"member{k}.pt"
        torch.jit.freeze(torch.jit.script(member)).save(str(folder / name))
        manifest["member"].append({"file": name})
    metric = metric_of(members, x, y)
    write_toml(folder / "domain.toml", domain_of(members, usual(4096, options.zones), options.zones))
    write_toml(folder / "card.toml", card_of(manifest, metric))
    write_toml(folder / "data_sheet.toml", {
        "kind": "policy_data_sheet", "cleaning": [], "gaps": [], "manual_percent": 0.0,
        "calibration": "none: made by the script", "licence": "that of this tree",
        "source": [{"name": "made by the script", "from": datetime.date.today().isoformat(),
                    "to": datetime.date.today().isoformat()}]})
    write_pages(folder, metric)
    manifest["file"] = [
        {"path": p.name, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
        for p in sorted(folder.iterdir())]
    write_toml(folder / "manifest.toml", manifest)
    print(f"{folder}: {len(members)} members, error {metric['value']:.2f} K, expires {expires}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--kiln", default="p2")
    parser.add_argument("--recipe", default="ncm811-p2")
    parser.add_argument("--zones", type=int, default=30)
    parser.add_argument("--steps", type=int, default=300)
    export(parser.parse_args())


if __name__ == "__main__":
    main()
