"""Interleaved rounds: what is compared runs in turn, so that a noisy moment touches both sides."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Compared:
    """Medians over the rounds of what two measurements gave, and of their ratio round by round."""

    ours: float
    theirs: float
    ratio: float

    def rates(self, unit: str) -> str:
        """Both as so many a second, in words."""
        return f"{self.ours:,.0f} {unit}/s against {self.theirs:,.0f}"


def compare(ours: Measure, theirs: Measure, rounds: int) -> Compared:
    """Measure both in turn, so many times. The ratio is ours to theirs, paired by round."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Compared(
        ours=median(pair[0] for pair in pairs),
        theirs=median(pair[1] for pair in pairs),
        ratio=median(pair[0] / pair[1] for pair in pairs),
    )


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
