"""Sets of month ends as bit masks: a whole history is put against many month ends in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

Mask = int
"""Bit n stands for the n-th month end."""


class Ends:
    """Month ends, earliest first; a set of them is a mask."""

    def __init__(self, days: Sequence[date]) -> None:
        self.days: Final = days
        self._since: dict[date, Mask] = {}

    def since(self, day: date) -> Mask:
        """The ends on and after a day."""
        mask = self._since.get(day)
        if mask is None:
            first = bisect_left(self.days, day)
            mask = self._since[day] = (1 << len(self.days)) - (1 << first)
        return mask

    def between(self, first: date, out: date | None) -> Mask:
        """The ends from the first day to before ``out``; None: without end."""
        return self.since(first) & ~(self.since(out) if out else 0)

    def counts(self, masks: Iterable[Mask]) -> list[int]:
        """By end, how many of the masks have it."""
        alike = Counter(masks)
        return [sum(count for mask, count in alike.items() if mask >> number & 1) for number in range(len(self.days))]
