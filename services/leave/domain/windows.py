"""The rolling window: one week of leave in any twelve months.

For a leave day D the window is (D − 12 calendar months, D]. A new day is tested in its own window and in the
window of every later leave day that holds it: a sum of leave in any other stretch of twelve months is never
more than the sum in the window of that stretch's last leave day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shared.kernel.periods import Span, leaves_window_on, rolling_window


@dataclass(frozen=True)
class Entry:
    """Leave that counts: ``minutes`` of it on ``date``, asked for when the week was ``week`` minutes."""

    date: date
    minutes: Fraction
    week: Fraction


@dataclass(frozen=True)
class Rule:
    """What a window may hold: ``week`` minutes in ``months`` months, leave before ``counts_from`` left out."""

    week: Fraction
    months: int
    counts_from: date


@dataclass(frozen=True)
class Left:
    """What a window has left, by both limbs of the rule for a change of hours; each may be below 0.

    ``by_minutes``: week − Σ minutes. ``by_share``: week × (1 − Σ minutes ÷ week at that request).
    """

    span: Span
    by_minutes: Fraction
    by_share: Fraction

    @property
    def minutes(self) -> Fraction:
        """The greater of the two limbs, never below 0."""
        return max(self.by_minutes, self.by_share, Fraction(0))

    @property
    def over(self) -> bool:
        """Whether the window holds more than the rule allows."""
        return max(self.by_minutes, self.by_share) < 0


def left_in(span: Span, entries: Iterable[Entry], rule: Rule) -> Left:
    """What a window has left beside the entries that lie in it."""
    used, share = Fraction(0), Fraction(0)
    for entry in entries:
        if entry.date in span and entry.date >= rule.counts_from:
            used += entry.minutes
            share += entry.minutes / entry.week
    return Left(span, rule.week - used, rule.week * (1 - share))


def windows_holding(day: date, entries: Iterable[Entry], rule: Rule) -> Iterator[Span]:
    """The day's own window first, then that of every later entry's date that the day falls into."""
    yield rolling_window(day, rule.months)
    out = leaves_window_on(day, rule.months)
    for later in sorted({entry.date for entry in entries if day < entry.date < out}):
        yield rolling_window(later, rule.months)


def tightest(day: date, entries: Sequence[Entry], rule: Rule) -> Left:
    """The window with the least left for the day; of several the earliest, so its own before a later one."""
    lefts = [left_in(span, entries, rule) for span in windows_holding(day, entries, rule)]
    return min(lefts, key=lambda left: left.minutes)


def next_time_back(day: date, entries: Iterable[Entry], rule: Rule) -> date | None:
    """The first day after which a window like the day's own holds less: when time next comes back."""
    span = rolling_window(day, rule.months)
    return min((leaves_window_on(entry.date, rule.months) for entry in entries if entry.date in span), default=None)


def windows_over(entries: Sequence[Entry], rule: Rule) -> list[Left]:
    """The windows, each ending on a leave day, that hold more than the rule allows."""
    ends = sorted({entry.date for entry in entries})
    lefts = (left_in(rolling_window(end, rule.months), entries, rule) for end in ends)
    return [left for left in lefts if left.over]
