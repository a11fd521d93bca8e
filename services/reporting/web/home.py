"""What is to be done in reporting, and how far the figures are: for the statistics role and for HR."""

from __future__ import annotations

from typing import Final

from flask import url_for

from services.reporting.domain.months import plus_months
from services.reporting.read.on_hold import OnHold, on_hold, own_hold
from services.reporting.read.reported_months import missing, own_months, reported
from services.reporting.web.access import ALL, OWN, sees_exact
from services.reporting.wiring import ReportingWiring
from shared.kernel.clock import today
from shared.kernel.periods import month_of
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.words import month as month_words
from shared.web.words import short_day

_ON_HOLD: Final = "Returns on hold"


def home(actor: Actor) -> HomeFound:
    """For the statistics role the returns of the month that ended last; for HR their organisation's own."""
    if sees_exact(actor, ALL):
        return _centre()
    return _own(actor) if sees_exact(actor, OWN) else HomeFound()


def _centre() -> HomeFound:
    """Departments that have reported before and not the month that ended last, and how many have."""
    month = _last_month()
    with wired(ReportingWiring).reading() as connection:
        absent, there, held = len(missing(connection, month)), reported(connection, month), len(on_hold(connection))
    href = url_for("reporting.departments", month=month)
    items = [_missing(absent, month, href)] if absent else []
    facts = (
        ("Latest month", month_words(month)),
        ("Returns in", f"{there:,}"),
        ("Returns missing", f"{absent:,}" if absent else "None"),
    )
    kinds = [HomeKind("Missing returns", items, href), HomeKind(_ON_HOLD, [_held(held)] if held else [])]
    return HomeFound(kinds, HomeStanding(facts, "The board", href))


def _missing(number: int, month: str, href: str) -> HomeItem:
    words = "1 organisation has" if number == 1 else f"{number:,} organisations have"
    return HomeItem(
        text=f"{words} not reported {month_words(month)}",
        href=href,
        silence="Their figures are shown as missing, and never as zero.",
    )


def _held(number: int) -> HomeItem:
    words = "1 organisation has its" if number == 1 else f"{number:,} organisations have their"
    return HomeItem(
        text=f"{words} returns on hold",
        href=url_for("reporting.board", _anchor="on-hold"),
        silence="They make no return until they let their returns go on.",
    )


def _own(actor: Actor) -> HomeFound:
    """How far one's own organisation's figures are, and whether its returns are on hold."""
    with wired(ReportingWiring).reading() as connection:
        months, hold = own_months(connection, actor.organisation), own_hold(connection, actor.organisation)
    latest = month_words(months[0]) if months else "No month is reported yet"
    href = url_for("reporting.organisation")
    items = [_own_held(hold, href)] if hold else []
    standing = HomeStanding((("Latest month", latest),), "Your organisation’s figures", href)
    return HomeFound([HomeKind(_ON_HOLD, items)], standing)


def _own_held(hold: OnHold, href: str) -> HomeItem:
    return HomeItem(
        text=f"Your returns have been on hold since {short_day(hold.since)}",
        href=f"{href}#returns",
        silence="No return is made, and new months are shown as missing.",
    )


def _last_month() -> str:
    return plus_months(month_of(today(wired(ReportingWiring).clock)), -1)
