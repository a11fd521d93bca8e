"""What everybody may see of a return, worked out anew from the rules: 10 people, nobody over half, 5s, whole per cents.

The rules are in reporting's README ("Two doors"). Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from tests.world.events import month_end, months_ahead
from tests.world.oracle import Figures, Oracle

LONDON: Final = ZoneInfo("Europe/London")
HIDDEN: Final = "[c]"

_OF_PEOPLE: Final = (
    *("people", "uptake", "days", "volume", "paid_days", "unpaid_days", "paid_share"),
    *("in_date", "postponed", "waived", "trained", "drafts", "answers"),
)
"""What tells of people; all else that is released is public, or of organisations."""

Cells = dict[str, str]
"""By the name of a cell its text, without the markers beside it."""


class Revision(NamedTuple):
    """One revision of a month's return, with what decides whether a release holds it."""

    revision: int
    as_known: datetime
    complete: bool


def midnight(day: date) -> datetime:
    """The midnight in London that begins a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)


def before(day: date) -> datetime:
    """The last moment before a day begins in London."""
    return midnight(day) - timedelta(microseconds=1)


def closing(month: str) -> date:
    """The first day on which a month's return can be revised no longer: it is open for 13 months after its own."""
    return date.fromisoformat(f"{months_ahead(month, 14)}-01")


def release_days(month: str, today: date) -> Iterator[date]:
    """The days up to today on which a month could leave: quarterly, a month after its quarter's end.

    >>> list(release_days("2026-11", date(2027, 5, 1)))
    [datetime.date(2027, 2, 1), datetime.date(2027, 5, 1)]
    """
    quarter_ends = months_ahead(month, -int(month[5:]) % 3)
    out = months_ahead(quarter_ends, 2)
    while (day := date.fromisoformat(f"{out}-01")) <= today:
        yield day
        out = months_ahead(out, 3)


def held_revision(revisions: Iterable[Revision], month: str, today: date) -> tuple[Revision, date] | None:
    """The revision that releases hold on a day, and since which release day; None where none does.

    It is the highest one before the first release day on which that was complete, and stays for good.
    """
    known = list(revisions)
    for day in release_days(month, today):
        newest = max((each for each in known if each.as_known < midnight(day)), default=None)
        if newest and newest.complete:
            return newest, day
    return None


def released(oracle: Oracle, organisation: str, month: str, on: date) -> Cells:
    """What everybody may see of a month on a day, where every return was made in time and nothing was held up.

    Before the month's first release day what tells of people is suppressed, and all else is as it was known then.
    """
    first = next(release_days(month, on), None)
    known = before(first) if first else before(on + timedelta(days=1))
    return cells(oracle.figures(organisation, month, known), month, final=first is not None)


def cells(figures: Figures, month: str, *, final: bool) -> Cells:
    """The text of every cell. ``final``: a release holds these figures; else what tells of people is suppressed."""
    leave = {name: figures["11"]["month"][name] for name in ("headcount", "fte")}
    public = {name: str(_fives(Fraction(value))) for name, value in leave.items()}
    awards = ", ".join(f"{award['scheme']} {award['level']}" for award in figures["18"]["awards"])
    public["policy"] = "yes" if figures["17"]["in_place"] else "no"
    public["champion"] = "yes" if figures["24"]["in_place"] else "no"
    public["awards"] = awards or "no"
    of_people = dict.fromkeys(_OF_PEOPLE, HIDDEN)
    if final:
        of_people |= _leave(figures) | _shares(figures, month) | _medians(figures)
    return public | of_people


def _leave(figures: Figures) -> Cells:
    flow = {name: Fraction(value) for each in ("10", "11", "12") for name, value in figures[each]["month"].items()}
    headcount, days = flow["headcount"], flow["days"]
    if not _enough(flow["people"], headcount):
        return {}
    shown = {
        "people": str(_fives(flow["people"])),
        "uptake": _per_cent(flow["people"], headcount, group=headcount),
    }
    if 2 * flow["largest"] > days:
        return shown
    shown |= {"days": str(_fives(days)), "volume": _per_hundred(days, flow["fte"])}
    for part in ("paid", "unpaid"):
        alone = 2 * flow[f"largest_{part}"] > flow[f"{part}_days"]
        if alone or not _enough(flow[f"{part}_people"], headcount):
            return shown
    shown |= {f"{part}_days": str(_fives(flow[f"{part}_days"])) for part in ("paid", "unpaid")}
    return shown | {"paid_share": _per_cent(flow["paid_days"], days, group=flow["people"])}


def _shares(figures: Figures, month: str) -> Cells:
    shown = {"postponed": _notices(figures["13"]["month"]), "waived": _notices(figures["15"]["month"])}
    passports, staff = figures["6"], figures["23"]
    old = passports["agreed"] - passports["in_date"]
    if int(month[5:]) % 3 == 0 and min(passports["in_date"], old) >= 10:
        shown["in_date"] = _part(passports["in_date"], passports["agreed"])
    rest = staff["counted"] - staff["trained"]
    if all(side == 0 or side >= 10 for side in (staff["trained"], rest)):
        shown["trained"] = _part(staff["trained"], staff["counted"])
    return shown


def _notices(share: Mapping[str, int]) -> str:
    rest = share["denominator"] - share["numerator"]
    few = min(share["people"], share["others"]) < 10
    one = 2 * share["largest"] > share["numerator"] or 2 * share["largest_other"] > rest
    return HIDDEN if few or one else _part(share["numerator"], share["denominator"])


def _medians(figures: Figures) -> Cells:
    return {"drafts": _median(figures["7"]["month"]), "answers": _median(figures["16"]["month"])}


def _median(took: Mapping[str, Any]) -> str:
    every = sorted(int(days) for days, count in took["days"].items() for _ in range(count))
    if took["people"] < 10 or 2 * took["largest"] > len(every):
        return HIDDEN
    low, high = every[(len(every) - 1) // 2], every[len(every) // 2]
    return f"{_nearest(Fraction(low + high, 2))}{'+' if high == 61 else ''}"


def _enough(people: Fraction, population: Fraction) -> bool:
    return people >= 10 and population - people >= 10


def _part(numerator: int, denominator: int) -> str:
    return _per_cent(Fraction(numerator), Fraction(denominator), group=Fraction(denominator))


def _per_cent(numerator: Fraction, denominator: Fraction, *, group: Fraction) -> str:
    rate = _per_hundred(numerator, denominator)
    return HIDDEN if rate == HIDDEN or (rate in ("0", "100") and group < 50) else f"{rate}%"


def _per_hundred(numerator: Fraction, denominator: Fraction) -> str:
    if denominator < 30:
        return HIDDEN
    return str(_nearest(Fraction(100 * _fives(numerator), _fives(denominator))))


def _fives(value: Fraction) -> int:
    return 5 * _nearest(value / 5)


def _nearest(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero; nothing here is negative."""
    return floor(value + Fraction(1, 2))


def settled(month: str, known: datetime) -> bool:
    """Whether the month, at an instant, had been over for a whole day in London: then a return can be complete."""
    return known.astimezone(LONDON).date() > date.fromisoformat(month_end(month)) + timedelta(days=1)
