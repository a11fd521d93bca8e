"""Tasks in reporting: for the statistics role, organisations that have not reported."""

from __future__ import annotations

from flask import url_for

from services.reporting.access import ALL, sees_exact
from services.reporting.domain.months import plus_months
from services.reporting.read.reported_months import missing
from shared.kernel.clock import today
from shared.kernel.periods import month_of
from shared.web.actor import Actor
from shared.web.home import HomeFound, HomeItem
from shared.web.wiring import wiring
from shared.web.words import month as month_words


def home(actor: Actor) -> HomeFound:
    """One line where organisations that have reported before have not reported the month that ended last."""
    if not sees_exact(actor, ALL):
        return HomeFound()
    reporting = wiring("reporting")
    month = plus_months(month_of(today(reporting.clock)), -1)
    with reporting.reading() as connection:
        number = len(missing(connection, month))
    if not number:
        return HomeFound()
    words = "1 organisation has" if number == 1 else f"{number} organisations have"
    item = HomeItem(
        text=f"{words} not reported {month_words(month)}",
        href=url_for("reporting.departments", month=month),
        silence="Their figures are shown as missing, and never as zero.",
    )
    return HomeFound([item])
