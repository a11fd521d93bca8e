"""What is to be done in reporting, and how far the figures are: for the statistics role and for HR."""

from __future__ import annotations

from flask import url_for

from services.reporting.access import ALL, OWN, sees_exact
from services.reporting.domain.months import plus_months
from services.reporting.read.reported_months import missing, own_months, reported
from shared.kernel.clock import today
from shared.kernel.periods import month_of
from shared.web.actor import Actor
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.wiring import wiring
from shared.web.words import month as month_words


def home(actor: Actor) -> HomeFound:
    """For the statistics role the returns of the month that ended last; for HR their organisation's own."""
    if sees_exact(actor, ALL):
        return _centre()
    return HomeFound(standing=_own(actor)) if sees_exact(actor, OWN) else HomeFound()


def _centre() -> HomeFound:
    """Departments that have reported before and not the month that ended last, and how many have."""
    month = _last_month()
    with wiring("reporting").reading() as connection:
        absent, there = len(missing(connection, month)), reported(connection, month)
    href = url_for("reporting.departments", month=month)
    items = [_missing(absent, month, href)] if absent else []
    facts = (
        ("Latest month", month_words(month)),
        ("Returns in", f"{there:,}"),
        ("Returns missing", f"{absent:,}" if absent else "None"),
    )
    return HomeFound([HomeKind("Missing returns", items, href)], HomeStanding(facts, "The board", href))


def _missing(number: int, month: str, href: str) -> HomeItem:
    words = "1 department has" if number == 1 else f"{number:,} departments have"
    return HomeItem(
        text=f"{words} not reported {month_words(month)}",
        href=href,
        silence="Their figures are shown as missing, and never as zero.",
    )


def _own(actor: Actor) -> HomeStanding:
    with wiring("reporting").reading() as connection:
        months = own_months(connection, actor.organisation)
    latest = month_words(months[0]) if months else "No month is reported yet"
    return HomeStanding((("Latest month", latest),), "Your organisation’s figures", url_for("reporting.organisation"))


def _last_month() -> str:
    return plus_months(month_of(today(wiring("reporting").clock)), -1)
