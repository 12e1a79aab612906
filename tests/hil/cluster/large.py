"""A suite of 18,000 cases (AC-14): 12 recipes, 30 kinds of fault, 5 severities, 10 seeds."""
import shutil

RECIPES, SEEDS = 12, 10
# Kind: target on P2, largest of the five severities, in the unit of the kind.
FAULTS = {
    "heater_open": ("@soak_top", 1), "o2_supply_drop": ("", 1), "overfill": ("", 0.5),
    "wet_lot": ("", 5), "li_ratio": ("", 0.05), "exhaust_block": ("exhaust.damper1", 1),
    "exhaust_fan_fail": ("", 1), "mains_dip": ("", 0.5), "door_open": ("entry", 1),
    "element_ageing": ("@soak_top", 0.5), "thermocouple_drift": ("@soak_top", 5000),
    "thermocouple_offset": ("@soak_top", 20), "analyser_drift": ("gas.point2.o2", 10),
    "drive_slip": ("transport.group1", 0.5), "o2_purity_drop": ("", 10),
    "thermocouple_swap": ("@soak_top", 5), "link_delay": ("frames", 5),
    "link_jitter": ("frames", 5), "link_random_loss": ("frames", 0.5),
    "link_burst_loss": ("frames", 0.5), "link_reorder": ("frames", 0.5),
    "link_duplicate": ("frames", 0.5), "link_corrupt": ("frames", 0.5),
    "link_rate_limit": ("frames", 5), "link_partition": ("frames", 1), "clock_skew": ("", 50),
    "clock_jump": ("", 500), "clock_ntp_step": ("", 0.5), "clock_leap_second": ("", 1),
    "clock_dst_label": ("", 1),
}
CASES = RECIPES * len(FAULTS) * 5 * SEEDS


def words(values):
    """A list of texts as TOML."""
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def write(configs, into):
    """The shipped configurations with 12 copies of a recipe, 30 scenarios and the suite `large`."""
    shutil.copytree(configs, into)
    recipe = (configs / "recipes/ncm811-p2.toml").read_text(encoding="utf-8")
    names = [f"lot{i + 1:02}" for i in range(RECIPES)]
    for name in names:
        (into / f"recipes/{name}.toml").write_text(recipe, encoding="utf-8")
    suite = 'kind = "suite"\nname = "large"\n'
    for fault, (target, most) in FAULTS.items():
        (into / f"scenarios/one_{fault}.toml").write_text(
            f'kind = "scenario"\nname = "{fault}"\n[bench]\nduration_s = 3600\n[[event]]\n'
            f'time_s = 600\nfault = "{fault}"\ntarget = "{target}"\nseverity = {most}\n', encoding="utf-8")
        severities = ", ".join(f"{most * step / 5:.6g}" for step in range(1, 6))
        suite += (f'\n[[run]]\nscenario = "one_{fault}"\nseeds = {SEEDS}\n[[run.vary]]\n'
                  f'key = "bench.recipe"\nwords = {words(names)}\n[[run.vary]]\n'
                  f'key = "event[0].severity"\nnumbers = [{severities}]\n')
    (into / "suites/large.toml").write_text(suite, encoding="utf-8")
