"""What a page is asked for in its address. What is no such thing is told, and never taken for something else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask import request
from sqlalchemy import Connection, Table

from services.reporting.domain.catalogue import BY_NUMBER
from services.reporting.domain.indicator import AnyIndicator
from services.reporting.domain.months import day_end
from services.reporting.read.reported_months import newest_complete, newest_released
from services.reporting.web.schemas import KnownSchema
from services.reporting.web.words import month_words
from services.reporting.wiring import ReportingWiring
from shared.kernel.clock import today
from shared.kernel.errors import InvalidError, NotFoundError
from shared.kernel.periods import month_of
from shared.web.app_context import wired
from shared.web.forms import Form

LONGEST_FIND = 80


def asked(name: str) -> str:
    """What the address says under a name, empty where it says nothing. Raises InvalidError where it says it twice."""
    found = request.args.getlist(name)
    if len(found) > 1:
        raise InvalidError(f"This address says ‘{name}’ more than once. Take all but one away.")
    return found[0] if found else ""


def asked_choice(name: str, offered: Collection[str], default: str) -> str:
    """One of what is offered. Raises NotFoundError, which tells what there is, for anything else."""
    chosen = asked(name) or default
    if chosen not in offered:
        there = ", ".join(offered)
        raise NotFoundError(f"There is no such ‘{name}’ on this page. Go back and choose it there: {there}.")
    return chosen


def asked_indicator(offered: Collection[AnyIndicator]) -> AnyIndicator | None:
    """The indicator asked for, None where none or all of them are. Raises NotFoundError where it is not offered."""
    number = asked("indicator")
    if number in ("", "all"):
        return None
    found = BY_NUMBER.get(number)
    if found is None:
        raise NotFoundError("There is no indicator with this number. Go to Reporting and choose one on the board.")
    if found not in offered:
        raise NotFoundError(
            f"‘{found.heading}’ is only for several organisations together. Choose another indicator, or a group."
        )
    return found


def asked_find() -> str:
    """The part of a name that is looked for. Raises InvalidError where it is longer than any name."""
    words = asked("find").strip()
    if len(words) > LONGEST_FIND:
        raise InvalidError(f"Enter {LONGEST_FIND} characters or fewer of the name.")
    return words


def asked_month(
    connection: Connection, half: Table, months: list[str], *, exact: bool, organisation: str | None = None
) -> str:
    """The month asked for, else the one on which pages open. Raises InvalidError for what is no month."""
    month = asked("month")
    if month:
        month_words(month)
        return month
    return opening_month(connection, half, months, exact=exact, organisation=organisation)


def opening_month(
    connection: Connection, half: Table, months: list[str], *, exact: bool, organisation: str | None = None
) -> str:
    """The newest of the months with figures to see, else the newest that there is, else this one.

    Figures to see are complete returns by the first door, and released ones by the second.
    """
    now = today(wired(ReportingWiring).clock)
    if exact:
        found = newest_complete(connection, half, months, organisation)
    else:
        found = newest_released(connection, half, months, now, organisation)
    return found or (months[0] if months else month_of(now))


def picker(month: str, months: list[str]) -> dict[str, object]:
    """What a page needs to offer the months."""
    offered = months if month in months else sorted([month, *months], reverse=True)
    return {"month": month, "month_words": month_words(month), "months": {each: month_words(each) for each in offered}}


@dataclass(frozen=True)
class Known:
    """As known when exact figures are asked for. ``day``: None for as they stand; ``query``: the same in an address."""

    form: Form
    day: date | None
    query: dict[str, int]

    @property
    def before(self) -> datetime | None:
        """The instant before which a return must have been computed: the day's end, in London."""
        return day_end(self.day) if self.day else None


def asked_known(*, exact: bool) -> Known:
    """The day asked for in three parts. Nobody but who sees exact figures is offered it: what is released stands.

    Raises InvalidError where somebody else asks for one.
    """
    names = [f"known-{part}" for part in ("day", "month", "year")]
    typed = {name: request.args.getlist(name) for name in names if asked(name)}
    if typed and not exact:
        raise InvalidError("Released figures do not change, so there are none as known on a day. Leave the day out.")
    if not typed:
        return Known(Form(KnownSchema()), None, {})
    form = Form(KnownSchema(), typed)
    day = form.data.get("known")
    return Known(form, day, {f"known-{part}": getattr(day, part) for part in ("day", "month", "year")} if day else {})
