"""Paired differences with bootstrap intervals: the same plants under two controllers."""
import math
import random


class Paired:
    """Resamples of plants, drawn once, so that every figure is judged on the same ones."""

    def __init__(self, plants, resamples=10000, seed=20):
        draw = random.Random(seed)
        self.plants = plants
        self.draws = [draw.choices(range(plants), k=plants) for _ in range(resamples)]

    def interval(self, statistic, share=0.95):
        """(estimate, low, high) of a statistic of a list of plants; percentiles of the resamples.
        None where the statistic has no value."""
        estimate = statistic(range(self.plants))
        if estimate is None:
            return None
        values = sorted(v for v in map(statistic, self.draws) if v is not None)
        if not values:
            return None
        tail = (1 - share) / 2
        at = [min(len(values) - 1, max(0, round(q * (len(values) - 1)))) for q in (tail, 1 - tail)]
        return estimate, values[at[0]], values[at[1]]

    def difference(self, ours, theirs):
        """Mean of ours less theirs, plant by plant. A plant without a figure on either side is left
        out."""
        gaps = [None if bad(a) or bad(b) else a - b for a, b in zip(ours, theirs)]

        def mean(plants):
            known = [gaps[p] for p in plants if gaps[p] is not None]
            return sum(known) / len(known) if known else None
        return self.interval(mean)

    def reduction(self, ours, theirs):
        """How far the sum of ours lies below the sum of theirs, as a share of theirs: 0.4 = 40 %."""
        def below(plants):
            under = sum(theirs[p] for p in plants)
            return 1 - sum(ours[p] for p in plants) / under if under > 0 else None
        return self.interval(below)


def bad(value):
    return value is None or not math.isfinite(value)


def verdict(interval, better):
    """In words: does the interval leave zero, and on which side. `better`: 1 more, -1 less, 0 neither."""
    if interval is None:
        return "-"
    _, low, high = interval
    if low <= 0 <= high:
        return "no difference shown"
    if better == 0:
        return "differs"
    return "better" if (low > 0) == (better > 0) else "WORSE"
