"""The second door: what anybody else may see of a return, made only here.

Of what is sensitive, one release holds for an organisation and a month only the month's own flows, and at the end of
a quarter the share of passports in date. Months do not overlap, no breakdown and no total over organisations is
released, and paid and unpaid days are released together or not at all. So nothing that is released adds up with
something else to a suppressed number, apart from days = paid + unpaid, where a suppressed part leaves the other part
suppressed too.
The shares of notices, passports and people trained leave as whole percentages without their counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from services.reporting.domain import indicators
from services.reporting.domain.disclosure import (
    THRESHOLD,
    enough_people,
    nobody_dominates,
    rounded_count,
    rounded_percentage,
    rounded_rate,
    safe_people,
    safe_share,
)
from services.reporting.domain.durations import Durations
from services.reporting.domain.figures import Flow
from services.reporting.domain.markers import MISSING, PROVISIONAL, REVISED, SUPPRESSED
from services.reporting.domain.measures import Measures
from services.reporting.domain.months import ends_quarter
from services.reporting.domain.notices import Share
from services.reporting.domain.passports import Passports
from services.reporting.domain.returned import Returned
from services.reporting.domain.training import Training

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

    ``uptake``: people per 100 of ``headcount``; ``volume``: days per 100 of ``fte``; ``paid_share``: per cent;
    ``in_date``, ``postponed``, ``waived``, ``trained``: per cent of passports, notices, late notices and people.
    ``drafts``, ``answers``: the median of whole calendar days from a draft to an agreed passport, and from a notice to
    its answer. ``policy``, ``champion``: yes or no; ``awards``: ``scheme level`` with commas between.
    What a return of older definitions does not have is missing.
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
    in_date: Cell
    postponed: Cell
    waived: Cell
    trained: Cell
    policy: Cell
    champion: Cell
    awards: Cell
    drafts: Cell
    answers: Cell
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _MADE_HERE:
            raise TypeError("Only released() makes a Released.")


_LEAVE_CELLS: Final = ("people", "uptake", "days", "volume", "paid_days", "unpaid_days", "paid_share")
_SHARE_CELLS: Final = ("in_date", "postponed", "waived", "trained")
_MEDIAN_CELLS: Final = ("drafts", "answers")

SENSITIVE_CELLS: Final = (*_LEAVE_CELLS, *_SHARE_CELLS, *_MEDIAN_CELLS)
"""Every cell that tells of people; the others are staff numbers that are public, and what an organisation has."""

YES: Final = "yes"
NO: Final = "no"


def released(returned: Returned, *, on: date | None, revised_since: bool = False) -> Released:
    """What may be shown of a return.

    ``on``: the day of the release that holds this revision, None where no release does; then, and for a return
    that is not complete, every sensitive cell is suppressed and provisional, because a figure that moves from day
    to day shows single days. ``revised_since``: a later revision exists.
    """
    final = on is not None and returned.complete
    markers = ((REVISED,) if revised_since else ()) + (() if final else (PROVISIONAL,))
    flow, measures = returned.figures.month, returned.figures.measures
    texts = dict.fromkeys(SENSITIVE_CELLS, SUPPRESSED)
    if final:
        texts = _texts(flow) | _shares(measures, returned.month) | _medians(measures)
    return Released(
        organisation=returned.organisation,
        month=returned.month,
        definition=returned.definition,
        as_at=returned.as_at,
        as_known=returned.as_known,
        headcount=Cell(str(rounded_count(flow.headcount)), markers),
        fte=Cell(str(rounded_count(flow.fte)), markers),
        **{name: Cell(text, markers) for name, text in (texts | _organisations(measures)).items()},
        seal=_MADE_HERE,
    )


def _texts(flow: Flow) -> dict[str, str]:
    people = enough_people(flow.people, flow.headcount)
    days = people and nobody_dominates(flow.largest, flow.days)
    parts = days and _parts_are_safe(flow)
    shown = dict.fromkeys(_LEAVE_CELLS, SUPPRESSED)
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


def _shares(measures: Measures | None, month: str) -> dict[str, str]:
    if measures is None:
        return dict.fromkeys(_SHARE_CELLS, MISSING)
    return {
        "in_date": _passports(measures.passports) if ends_quarter(month) else SUPPRESSED,
        "postponed": _notices(measures.postponements.month),
        "waived": _notices(measures.waivers.month),
        "trained": _trained(measures.trained.staff),
    }


def _medians(measures: Measures | None) -> dict[str, str]:
    if measures is None or measures.drafts is None or measures.answers is None:
        return dict.fromkeys(_MEDIAN_CELLS, MISSING)
    return {"drafts": _median(measures.drafts.month), "answers": _median(measures.answers.took.month)}


def _median(took: Durations) -> str:
    """In whole days, where ten people or more are behind it and nobody is behind over half."""
    safe = took.people >= THRESHOLD and nobody_dominates(Fraction(took.largest), Fraction(took.number))
    return took.median_words(whole=True) if safe else SUPPRESSED


def _passports(held: Passports) -> str:
    """Stocks of neighbouring months are nearly the same people, so only a quarter's last month shows them."""
    if not safe_share(held.in_date, held.agreed - held.in_date):
        return SUPPRESSED
    return _per_cent(held.in_date, held.agreed)


def _notices(found: Share) -> str:
    safe = (
        safe_share(found.people, found.others)
        and nobody_dominates(Fraction(found.largest), Fraction(found.numerator))
        and nobody_dominates(Fraction(found.largest_other), Fraction(found.denominator - found.numerator))
    )
    return _per_cent(found.numerator, found.denominator) if safe else SUPPRESSED


def _trained(people: Training) -> str:
    if not safe_people(people.trained, people.counted - people.trained):
        return SUPPRESSED
    return _per_cent(people.trained, people.counted)


def _per_cent(numerator: int, denominator: int) -> str:
    percentage = rounded_percentage(Fraction(numerator), Fraction(denominator), group=Fraction(denominator))
    return _or_suppressed(percentage, "%")


def _organisations(measures: Measures | None) -> dict[str, str]:
    """What an organisation has is no secret of anybody's: exact at once."""
    if measures is None:
        return dict.fromkeys(("policy", "champion", "awards"), MISSING)
    return {
        "policy": YES if measures.policy else NO,
        "champion": YES if measures.champion else NO,
        "awards": ", ".join(f"{scheme} {level}" for scheme, level in measures.awards) or NO,
    }


def _or_suppressed(number: int | None, unit: str = "") -> str:
    return SUPPRESSED if number is None else f"{number}{unit}"
