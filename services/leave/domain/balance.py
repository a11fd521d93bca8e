"""What is left of the week on a day, and when spent time comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from services.leave.domain.assessment import coverage
from services.leave.domain.posts import Post
from services.leave.domain.windows import Entry, Rule, tightest
from shared.kernel.periods import Span, leaves_window_on, rolling_window

_LONGEST_WEEK = 400
"""Days over which the minutes of one week are looked for in a pattern; enough for a year of idle weeks."""


@dataclass(frozen=True)
class Balance:
    """The week of a person with a legal employer, on a day. Minutes are exact.

    ``used``: counted in the twelve months up to the day; ``booked``: counted after it; ``left``: what a new leave
    day on this date could take. ``back``: for each date on which time comes back, how much. ``all_back_on``: from
    when nothing counts any more, with ``full_week_from``, the first day on which a whole week could begin; None
    where that is so already, or cannot be told.
    """

    day: date
    law: str
    week: Fraction
    window: Span
    used: Fraction
    booked: Fraction
    left: Fraction
    back: tuple[tuple[date, Fraction], ...]
    all_back_on: date | None
    full_week_from: date | None


def balance_on(day: date, entries: Sequence[Entry], posts: Sequence[Post], *, full_week: bool = True) -> Balance:
    """The balance of a person who holds these posts with one legal employer.

    ``full_week``: whether to look for the first day of a full week, which is most of the work; else it is None.

    Raises the refusals that stand against any notice: ``not-applicable``, ``not-an-employee``, ``hours-vary``.
    """
    covered = coverage(posts, day)
    rule = Rule(covered.week.minutes, covered.law.window_months, covered.law.in_force)
    window = rolling_window(day, rule.months)
    counting = [entry for entry in entries if entry.date >= max(window.first, rule.counts_from)]
    back = _times_back(counting, rule)
    return Balance(
        day=day,
        law=covered.law.version,
        week=rule.week,
        window=window,
        used=_sum(entry for entry in counting if entry.date in window),
        booked=_sum(entry for entry in counting if entry.date > day),
        left=tightest(day, counting, rule).minutes,
        back=back,
        all_back_on=back[-1][0] if back else None,
        full_week_from=_full_week_from(day, counting, covered.posts, rule) if full_week else None,
    )


def _sum(entries: Iterable[Entry]) -> Fraction:
    return sum((entry.minutes for entry in entries), Fraction(0))


def _times_back(entries: Sequence[Entry], rule: Rule) -> tuple[tuple[date, Fraction], ...]:
    back: dict[date, Fraction] = {}
    for entry in entries:
        on = leaves_window_on(entry.date, rule.months)
        back[on] = back.get(on, Fraction(0)) + entry.minutes
    return tuple(sorted(back.items()))


def _full_week_from(day: date, entries: Sequence[Entry], posts: Sequence[Post], rule: Rule) -> date | None:
    """The first working day from which the minutes of a week, day after day by the patterns, fit."""
    horizon = max((leaves_window_on(entry.date, rule.months) for entry in entries), default=day)
    last = horizon + timedelta(days=_LONGEST_WEEK)
    for start in (day + timedelta(days=offset) for offset in range((last - day).days)):
        first = _planned(posts, start)
        if first and tightest(start, entries, rule).minutes >= first and _fits_from(start, entries, posts, rule):
            return start
    return None


def _fits_from(start: date, entries: Sequence[Entry], posts: Sequence[Post], rule: Rule) -> bool:
    tried, rest = list(entries), rule.week
    for day in (start + timedelta(days=offset) for offset in range(_LONGEST_WEEK)):
        asked = min(_planned(posts, day), rest)
        if asked > tightest(day, tried, rule).minutes:
            return False
        if asked:
            tried.append(Entry(day, asked, rule.week))
        rest -= asked
        if not rest:
            return True
    return False


def _planned(posts: Sequence[Post], day: date) -> Fraction:
    """What the posts' patterns have for a date, bank holidays left aside."""
    return sum((post.pattern.planned(day).total for post in posts), Fraction(0))
