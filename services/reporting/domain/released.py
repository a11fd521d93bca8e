"""The second door: what anybody else may see of a return, made only here.

One release holds, for an organisation and a month, only the month's own flows. Months do not overlap, no breakdown
and no total over organisations is released, and paid and unpaid days are released together or not at all. So
nothing that is released adds up with something else to a suppressed number, apart from days = paid + unpaid, where
a suppressed part leaves the other part suppressed too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from services.reporting.domain import indicators
from services.reporting.domain.disclosure import (
    enough_people,
    nobody_dominates,
    rounded_count,
    rounded_percentage,
    rounded_rate,
)
from services.reporting.domain.figures import Flow
from services.reporting.domain.markers import PROVISIONAL, REVISED, SUPPRESSED
from services.reporting.domain.returned import Returned

_MADE_HERE: Final = object()


@dataclass(frozen=True)
class Cell:
    """One released number as text, or the marker that stands in its place, and the markers beside it."""

    text: str
    markers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.text, *self.markers))


@dataclass(frozen=True)
class Released:
    """What a release shows of one organisation's month: text and markers, never a raw value.

    ``uptake``: people per 100 of ``headcount``; ``volume``: days per 100 of ``fte``; ``paid_share``: per cent.
    """

    organisation: str
    month: str
    definition: int
    as_at: date
    as_known: datetime
    headcount: Cell
    fte: Cell
    people: Cell
    uptake: Cell
    days: Cell
    volume: Cell
    paid_days: Cell
    unpaid_days: Cell
    paid_share: Cell
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _MADE_HERE:
            raise TypeError("Only released() makes a Released.")


SENSITIVE_CELLS: Final = ("people", "uptake", "days", "volume", "paid_days", "unpaid_days", "paid_share")
"""Every cell that tells of carers; the others are staff numbers that are public."""


def released(returned: Returned, *, on: date | None, revised_since: bool = False, breakdown: str = "") -> Released:
    """What may be shown of a return.

    ``on``: the day of the release that holds this revision, None where no release does; then, and for a return
    that is not complete, every sensitive cell is suppressed and provisional, because a figure that moves from day
    to day shows single days. ``revised_since``: a later revision exists. ``breakdown``: the name of a part of the
    organisation; every sensitive cell of a part is suppressed, whatever its size.
    """
    final = on is not None and returned.complete
    markers = ((REVISED,) if revised_since else ()) + (() if final else (PROVISIONAL,))
    flow = returned.figures.month
    texts = _texts(flow) if final and not breakdown else dict.fromkeys(SENSITIVE_CELLS, SUPPRESSED)
    return Released(
        organisation=returned.organisation,
        month=returned.month,
        definition=returned.definition,
        as_at=returned.as_at,
        as_known=returned.as_known,
        headcount=Cell(str(rounded_count(flow.headcount)), markers),
        fte=Cell(str(rounded_count(flow.fte)), markers),
        **{name: Cell(text, markers) for name, text in texts.items()},
        seal=_MADE_HERE,
    )


def _texts(flow: Flow) -> dict[str, str]:
    people = enough_people(flow.people, flow.headcount)
    days = people and nobody_dominates(flow.largest, flow.days)
    parts = days and _parts_are_safe(flow)
    shown = dict.fromkeys(SENSITIVE_CELLS, SUPPRESSED)
    shown.update(_uptake(flow) if people else {})
    shown.update(_volume(flow) if days else {})
    shown.update(_parts(flow) if parts else {})
    return shown


def _parts_are_safe(flow: Flow) -> bool:
    """Whether both parts of the days are safe: with one alone, the total would give the other away."""
    return (
        enough_people(flow.paid_people, flow.headcount)
        and enough_people(flow.unpaid_people, flow.headcount)
        and nobody_dominates(flow.largest_paid, flow.paid_days)
        and nobody_dominates(flow.largest_unpaid, flow.unpaid_days)
    )


def _uptake(flow: Flow) -> dict[str, str]:
    rate = indicators.uptake(flow)
    percentage = rounded_percentage(rate.numerator, rate.denominator, group=flow.headcount)
    return {"people": str(rounded_count(rate.numerator)), "uptake": _or_suppressed(percentage, "%")}


def _volume(flow: Flow) -> dict[str, str]:
    rate = indicators.volume(flow)
    per_hundred = rounded_rate(rate.numerator, rate.denominator)
    return {"days": str(rounded_count(rate.numerator)), "volume": _or_suppressed(per_hundred)}


def _parts(flow: Flow) -> dict[str, str]:
    rate = indicators.paid_share(flow)
    percentage = rounded_percentage(rate.numerator, rate.denominator, group=Fraction(flow.people))
    return {
        "paid_days": str(rounded_count(flow.paid_days)),
        "unpaid_days": str(rounded_count(flow.unpaid_days)),
        "paid_share": _or_suppressed(percentage, "%"),
    }


def _or_suppressed(number: int | None, unit: str = "") -> str:
    return SUPPRESSED if number is None else f"{number}{unit}"
