"""What counts as a clean day (policy_clean.py)."""
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import policy_clean  # noqa: E402


def day(folder, name, seat=1.0, violations=0, outcome="passed", face=0.0, pressure=None, oxygen=0.0):
    figures = {"hard_violations": violations, "guard_rejections": 0, "heat_on_policy": seat, "face_over_trip_Ks": face,
               "pressure_outside_s": 60.0 * violations if pressure is None else pressure, "soak_oxygen_low_s": oxygen}
    path = pathlib.Path(folder) / f"{name}.json"
    path.write_text(json.dumps({"id": name, "outcome": outcome, "figures": [
        {"name": key, "value": value} for key, value in figures.items()]}), encoding="utf-8")
    return path


class Days(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_459_clean_days_hold_one_percent_and_458_do_not(self):
        # 0.99^n <= 0.01 first at n = 459: ln 0.01 / ln 0.99 = 458.2.
        paths = [day(self.folder.name, f"d{i}") for i in range(459)]
        self.assertLess(policy_clean.judge(paths)["rate"], 0.01)
        self.assertGreater(policy_clean.judge(paths[1:])["rate"], 0.01)

    def test_a_day_without_the_policy_in_the_seat_does_not_count(self):
        found = policy_clean.judge([day(self.folder.name, "a", seat=0.49), day(self.folder.name, "b", seat=0.5)])
        self.assertEqual((found["counted"], found["hollow"]), (1, 1))

    def test_a_violation_counts_also_where_the_policy_had_lost_its_seat(self):
        found = policy_clean.judge([day(self.folder.name, "a", seat=0.1, violations=1, outcome="failed")])
        self.assertEqual((found["violations"], found["broken"]),
                         (1, {"a": {"face_over_trip_Ks": 0, "pressure_outside_s": 60, "soak_oxygen_low_s": 0}}))

    def test_rates_are_those_at_which_so_few_would_be_seen_once_in_a_hundred(self):
        # 0 of 100: 1 - 0.01^(1/100) = 4.50 %; 1 of 100: none or one has a chance of 1 % there; all: 100 %.
        self.assertAlmostEqual(policy_clean.below(0, 100), 1 - 0.01 ** 0.01, 9)
        p = policy_clean.below(1, 100)
        self.assertAlmostEqual((1 - p) ** 100 + 100 * p * (1 - p) ** 99, 0.01, 9)
        self.assertAlmostEqual(policy_clean.below(3, 3), 1)
        self.assertNotEqual(policy_clean.below(0, 0), policy_clean.below(0, 0))

    def test_what_the_kiln_does_at_its_recipe_as_well_is_not_beyond_it(self):
        with tempfile.TemporaryDirectory() as other:
            found = policy_clean.judge([day(self.folder.name, "weather", violations=2), day(self.folder.name, "own", violations=2),
                                        day(self.folder.name, "unrun", violations=1), day(self.folder.name, "clean")])
            recipe = [day(other, "weather", violations=2), day(other, "own", violations=1),
                      day(other, "unrun", outcome="refused")]
            self.assertEqual(policy_clean.beyond(found, recipe), ["own", "unrun"])
        self.assertEqual(found["violations"], 3)

    def test_a_limit_of_another_kind_is_beyond_the_recipe_though_as_many_are_passed(self):
        with tempfile.TemporaryDirectory() as other:
            found = policy_clean.judge([day(self.folder.name, "face", violations=1, face=5.0, pressure=0),
                                        day(self.folder.name, "hotter", violations=2, face=5.1),
                                        day(self.folder.name, "longer", violations=1, pressure=67),
                                        day(self.folder.name, "same", violations=1, pressure=65)])
            recipe = [day(other, "face", violations=1), day(other, "hotter", violations=2, face=5.0),
                      day(other, "longer", violations=1), day(other, "same", violations=1)]
            self.assertEqual(policy_clean.beyond(found, recipe), ["face", "hotter", "longer"])

    def test_a_day_that_could_not_run_is_said(self):
        found = policy_clean.judge([day(self.folder.name, "a", outcome="refused")])
        self.assertEqual((found["unsound"], found["counted"]), (1, 0))

    def test_the_shipped_control_file_becomes_one_that_trusts_the_package_fully(self):
        text = policy_clean.control("/somewhere")
        self.assertIn('package = "/somewhere"', text)
        self.assertIn('level = "full"', text)

    def test_a_share_takes_at_least_one_of_each(self):
        seeds = [line for line in policy_clean.suite(0.001).splitlines() if line.startswith("seeds")]
        self.assertEqual(seeds, ["seeds = 1"] * 4)
        self.assertEqual(policy_clean.suite(0.001, quick=True).count("seeds = "), 1)


if __name__ == "__main__":
    unittest.main()
