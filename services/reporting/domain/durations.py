"""How long things took, as counts by days: those of organisations can be added, and a median told of any level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from services.reporting.domain.disclosure import THRESHOLD, nearest, nobody_dominates
from shared.kernel.events import Payload

LONGEST: Final = 61
"""Stands for 61 days and more: what took longer is told apart no further."""


@dataclass(frozen=True)
class Durations:
    """Things by the whole calendar days that each took.

    ``counts``: (days, how many), by days, none of them 0 times; days from 0 to ``LONGEST``. ``people``: distinct people
    behind them; of several organisations person-organisations. ``largest``: the most that one person has there.
    """

    counts: tuple[tuple[int, int], ...] = ()
    people: int = 0
    largest: int = 0

    @property
    def number(self) -> int:
        """How many things."""
        return sum(count for _, count in self.counts)

    @property
    def median(self) -> Fraction | None:
        """Days; between the two in the middle where the number is even; None of nothing.

        ``LONGEST`` stands for itself and more: a median of which it is part is at least that.
        """
        number = self.number
        if not number:
            return None
        return Fraction(self._at((number - 1) // 2) + self._at(number // 2), 2)

    def median_words(self, *, whole: bool = False) -> str:
        """The median in days as text, empty of nothing; with ``+`` where 61 and more is part of it.

        ``whole``: to the nearest day, halves away from zero.
        """
        median, number = self.median, self.number
        if median is None:
            return ""
        shown = str(nearest(median)) if whole else f"{float(median):g}"
        return f"{shown}+" if self._at(number // 2) == LONGEST else shown

    def _at(self, place: int) -> int:
        """The days of the thing in this place of all by length, the first being 0."""
        for days, count in self.counts:
            if place < count:
                return days
            place -= count
        raise IndexError(place)


@dataclass(frozen=True)
class SpannedDurations:
    """Durations over the month, and over the rolling twelve months that end with it."""

    month: Durations
    year: Durations


def durations(took: Iterable[tuple[str, int]]) -> Durations:
    """Of (person, days) each."""
    counts: Counter[int] = Counter()
    people: Counter[str] = Counter()
    for person, days in took:
        counts[min(days, LONGEST)] += 1
        people[person] += 1
    return Durations(tuple(sorted(counts.items())), len(people), max(people.values(), default=0))


def added(found: Iterable[Durations]) -> Durations:
    """Those of all together, from their counts: medians of medians are none."""
    counts: Counter[int] = Counter()
    people = largest = 0
    for each in found:
        counts.update(dict(each.counts))
        people += each.people
        largest = max(largest, each.largest)
    return Durations(tuple(sorted(counts.items())), people, largest)


def released_median(took: Durations) -> Sequence[str | None]:
    """In whole days, where ten people or more are behind it and nobody is behind over half; else nothing."""
    safe = took.people >= THRESHOLD and nobody_dominates(Fraction(took.largest), Fraction(took.number))
    return (took.median_words(whole=True),) if safe else ()


def spans_json(found: SpannedDurations) -> dict[str, Any]:
    """Both spans as plain JSON."""
    return {span: durations_json(getattr(found, span)) for span in ("month", "year")}


def parse_spans(plain: Payload) -> SpannedDurations:
    """Both spans from their JSON. Raises KeyError or ValueError where it is not of that form."""
    return SpannedDurations(*(parse_durations(plain[span]) for span in ("month", "year")))


def durations_json(found: Durations) -> dict[str, object]:
    """As plain JSON, days as names."""
    counts = {str(days): count for days, count in found.counts}
    return {"days": counts, "people": found.people, "largest": found.largest}


def parse_durations(plain: Payload) -> Durations:
    """From their JSON. Raises KeyError or ValueError where it is not of that form."""
    counts = sorted((int(days), count) for days, count in plain["days"].items())
    return Durations(tuple(counts), plain["people"], plain["largest"])
