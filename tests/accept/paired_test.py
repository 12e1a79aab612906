"""Intervals against numbers by hand."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from paired import Paired, verdict  # noqa: E402


class PairedTest(unittest.TestCase):
    def test_a_difference_alike_on_all_plants_has_no_width(self):
        estimate, low, high = Paired(4).difference([11, 12, 13, 14], [1, 2, 3, 4])
        self.assertEqual((estimate, low, high), (10, 10, 10))

    def test_the_interval_is_that_of_the_mean(self):
        # Differences -1 and +1, two plants: means of resamples are -1, 0, 1 with 1/4, 1/2, 1/4.
        estimate, low, high = Paired(2, 4000).difference([0, 2], [1, 1])
        self.assertEqual((estimate, low, high), (0, -1, 1))

    def test_many_plants_give_about_two_standard_errors(self):
        # Differences 0 and 1 in turns, 100 plants: mean 0.5, standard error 0.05.
        ours = [p % 2 for p in range(100)]
        estimate, low, high = Paired(100, 4000).difference(ours, [0] * 100)
        self.assertEqual(estimate, 0.5)
        self.assertAlmostEqual(low, 0.40, delta=0.015)
        self.assertAlmostEqual(high, 0.60, delta=0.015)

    def test_plants_without_a_figure_are_left_out(self):
        estimate, _, _ = Paired(3).difference([1, None, 3], [0, 5, float("nan")])
        self.assertEqual(estimate, 1)
        self.assertIsNone(Paired(1).difference([None], [1]))

    def test_a_reduction_is_of_the_sums(self):
        # 30 of 100 kg are left: 70 % below, though one plant lost nothing.
        estimate, low, high = Paired(2).reduction([20, 10], [20, 80])
        self.assertAlmostEqual(estimate, 0.7)
        self.assertAlmostEqual(low, 0)
        self.assertAlmostEqual(high, 0.875)
        self.assertIsNone(Paired(2).reduction([0, 0], [0, 0]))

    def test_the_same_seed_gives_the_same_interval(self):
        ours = [0.1 * p * p for p in range(20)]
        self.assertEqual(Paired(20, 500).difference(ours, [3] * 20),
                         Paired(20, 500).difference(ours, [3] * 20))

    def test_words(self):
        self.assertEqual(verdict((1, 0.5, 2), 1), "better")
        self.assertEqual(verdict((1, 0.5, 2), -1), "WORSE")
        self.assertEqual(verdict((-1, -2, -0.5), -1), "better")
        self.assertEqual(verdict((1, -0.5, 2), 1), "no difference shown")
        self.assertEqual(verdict((1, 0.5, 2), 0), "differs")


if __name__ == "__main__":
    unittest.main()
