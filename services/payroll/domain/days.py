"""The one place that computes a pay line: what a date's segments come to, by post and pay element."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from services.payroll.domain.mapping import ELEMENTS, PAID, CodeMapping
from services.payroll.domain.quantities import amount, quantity_text, shared_out
from shared.kernel.errors import InvalidError
from shared.kernel.ids import derived_id
from shared.kernel.periods import month_of

CodesOn = Callable[[str, date], CodeMapping]
"""(employer, date) → how a day of that employer is sent."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """What one notice takes of one date, in minutes."""

    notice: str
    date: date
    organisation: str
    employer: str
    employment: str
    post: str
    staff_number: str
    minutes: Fraction
    paid_minutes: Fraction
    scheduled_minutes: Fraction

    def refuse_impossible(self) -> None:
        """Raise InvalidError where the minutes do not fit together."""
        if not 0 <= self.paid_minutes <= self.minutes:
            raise InvalidError("Paid minutes must lie between 0 and the minutes of the day.", code="bad-minutes")
        if self.minutes and self.scheduled_minutes <= 0:
            raise InvalidError("There are minutes on a date that has none scheduled.", code="nothing-scheduled")

    def minutes_of(self, element: str) -> Fraction:
        """The minutes that belong to a pay element."""
        return self.paid_minutes if element == PAID else self.minutes - self.paid_minutes


@dataclass(frozen=True, kw_only=True)
class DayTotal:
    """The day's total of one pay element, as it would be sent: ``quantity`` is decimal text from "0.00".

    ``line`` names person, organisation, employer, pay group, post, date and element for ever. ``period`` is the
    month that holds the date.
    """

    line: str
    person: str
    organisation: str
    employer: str
    pay_group: str
    staff_number: str
    post: str
    date: str
    element: str
    unit: str
    quantity: str
    absence_code: str
    pay_code: str
    continuity: str
    period: str


@dataclass(frozen=True)
class _Assignment:
    """Where a segment is paid: segments of a date that agree in this share their lines."""

    organisation: str
    employer: str
    pay_group: str
    post: str


def day_totals(person: str, segments: Iterable[Segment], codes_on: CodesOn) -> dict[str, DayTotal]:
    """The totals of one date by line; elements that come to nothing have none.

    The segments are of one date, the one changed last at the end: its staff number is the line's.
    """
    shared: dict[_Assignment, list[Segment]] = {}
    for segment in segments:
        codes = codes_on(segment.employer, segment.date)
        where = _Assignment(segment.organisation, segment.employer, codes.pay_group, segment.post)
        shared.setdefault(where, []).append(segment)
    totals = (
        total
        for where, parts in shared.items()
        for total in _totals(person, where, parts, codes_on(where.employer, parts[-1].date))
    )
    return {total.line: total for total in totals}


def _totals(person: str, where: _Assignment, parts: list[Segment], codes: CodeMapping) -> Iterable[DayTotal]:
    last = parts[-1]
    amounts = {element: _amount(element, parts, codes.unit) for element in ELEMENTS}
    present = [element for element in ELEMENTS if amounts[element]]
    for element, quantity in zip(present, shared_out([amounts[element] for element in present]), strict=True):
        if quantity:
            yield DayTotal(
                line=_line(person, where, last.date, element),
                person=person,
                **asdict(where),
                staff_number=last.staff_number,
                date=last.date.isoformat(),
                element=element,
                unit=codes.unit,
                quantity=quantity_text(quantity),
                **asdict(codes.elements[element]),
                period=month_of(last.date),
            )


def _amount(element: str, parts: list[Segment], unit: str) -> Fraction:
    return sum((amount(unit, part.minutes_of(element), part.scheduled_minutes) for part in parts), Fraction(0))


def _line(person: str, where: _Assignment, day: date, element: str) -> str:
    place = (where.organisation, where.employer, where.pay_group, where.post)
    return str(derived_id("pay-line", person, *place, day.isoformat(), element))
