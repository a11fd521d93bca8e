"""Random exact flows of an organisation that could be real, and the returns that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from services.reporting.domain.catalogue import compute
from services.reporting.domain.facts import Facts
from services.reporting.domain.figures import Figures, Flow, Measure
from services.reporting.domain.returned import Returned

NOTHING_MEASURED = compute(["2026-11"], Facts(), ())["2026-11"].measures


def measured(found: Mapping[Measure[Any], Any]) -> dict[str, Any]:
    """The measures of an organisation of which nothing is known but this."""
    return {**NOTHING_MEASURED, **{measure.number: figure for measure, figure in found.items()}}


@st.composite
def flows(draw: st.DrawFn, most: int = 60) -> Flow:
    """Leave of up to ``most`` people in an organisation hardly larger than they are, or much larger."""
    halves = st.integers(0, 12).map(lambda half: Fraction(half, 2))
    used = draw(st.lists(st.tuples(halves, halves), max_size=most))
    paid = [person[0] for person in used if person[0]]
    unpaid = [person[1] for person in used if person[1]]
    people = [sum(person) for person in used if any(person)]
    others = draw(st.one_of(st.integers(0, 20), st.integers(0, 2000)))
    headcount = Fraction(len(people) + others)
    return Flow(
        headcount=headcount,
        fte=headcount * Fraction(draw(st.integers(1, 10)), 10),
        people=len(people),
        days=sum(people, Fraction(0)),
        largest=max(people, default=Fraction(0)),
        paid_people=len(paid),
        paid_days=sum(paid, Fraction(0)),
        largest_paid=max(paid, default=Fraction(0)),
        unpaid_people=len(unpaid),
        unpaid_days=sum(unpaid, Fraction(0)),
        largest_unpaid=max(unpaid, default=Fraction(0)),
    )


def flow(people: int = 40, headcount: int = 400, **changes: Any) -> Flow:
    """Forty of four hundred people, each with one paid and one unpaid day, unless told otherwise."""
    each = Fraction(1)
    values: dict[str, Any] = {
        "headcount": Fraction(headcount),
        "fte": Fraction(headcount),
        "people": people,
        "days": Fraction(2 * people),
        "largest": 2 * each,
        "paid_people": people,
        "paid_days": Fraction(people),
        "largest_paid": each,
        "unpaid_people": people,
        "unpaid_days": Fraction(people),
        "largest_unpaid": each,
    }
    return Flow(**(values | changes))


def a_return(month: Flow, **changes: Any) -> Returned:
    """A complete return for November 2026 whose month has this flow."""
    values: dict[str, Any] = {
        "organisation": "ministry-of-works",
        "month": "2026-11",
        "definition": 1,
        "revision": 3,
        "as_known": datetime(2026, 12, 9, tzinfo=UTC),
        "complete": True,
        "revised": False,
        "figures": Figures(month, Flow(), NOTHING_MEASURED),
    }
    return Returned(**(values | changes))
