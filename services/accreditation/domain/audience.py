"""Who is in a course's audience, and since when, from who worked where and managed whom.

Spans include both ends. A stay is an unbroken time in the organisation, whatever the posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from services.accreditation.domain.courses import ALL_STAFF, JOINER_MONTHS, LINE_MANAGERS
from shared.kernel.periods import DAY, Span, add_months

_LAST: Final = date(9999, 12, 31)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans with those that touch or overlap made one, earliest first."""
    ordered = sorted(spans)
    if len(ordered) <= 1:
        return ordered
    found: list[Span] = []
    for span in ordered:
        if found and (found[-1].last == _LAST or span.first <= found[-1].last + DAY):
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def audience_spans(audience: str, stays: Sequence[Span], managing: Sequence[Span]) -> list[Span]:
    """When a person is in the audience. ``stays`` and ``managing``, both joined: in the organisation, with reports."""
    if audience == ALL_STAFF:
        return list(stays)
    if audience == LINE_MANAGERS:
        return joined(
            Span(max(stay.first, managed.first), min(stay.last, managed.last))
            for stay in stays
            for managed in managing
            if stay.overlaps(managed)
        )
    return [Span(stay.first, min(stay.last, add_months(stay.first, JOINER_MONTHS) - DAY)) for stay in stays]


def joined_after(day: date) -> date:
    """The earliest first day in an organisation with which somebody is still a new joiner on a day.

    Because a month's end is clamped, that is not always the day after the same day of the year before.
    """
    first = add_months(day, -JOINER_MONTHS)
    while add_months(first, JOINER_MONTHS) <= day:
        first += DAY
    return first


def in_since(spans: Sequence[Span], day: date) -> date | None:
    """The first day of the span that has the day; None where the person is not in the audience then."""
    return next((span.first for span in spans if day in span), None)


def out_since(spans: Sequence[Span], since: date, day: date) -> date:
    """The first day outside, for somebody who was in from ``since`` and is not on ``day``.

    Where the facts were corrected so that they never were in, that is ``since`` itself.
    """
    ended = [span.last + DAY for span in spans if since <= span.last < day]
    return max(ended, default=since)
