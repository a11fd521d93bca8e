"""Indicators over time, all of them small or one of them large; of an organisation, a group, or all; by either door."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.reporting.domain.catalogue import EVERY, INDICATORS, MEDIANS, TOGETHER
from services.reporting.domain.months import SPAN_MONTHS, months_between, plus_months
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.reported_months import all_months, first_months, own_months
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT
from services.reporting.web.access import ALL, OWN, sees_exact
from services.reporting.web.asked import asked, asked_choice, asked_indicator, opening_month
from services.reporting.web.blueprint import blueprint
from services.reporting.web.board_lines import line, lines
from services.reporting.web.board_series import (
    Series,
    own_exact,
    own_released,
    received,
    received_exact,
    together_exact,
    together_released,
)
from services.reporting.web.words import month_words, organisation_words
from services.reporting.wiring import ReportingWiring
from shared.demonstration.scale import without_history
from shared.kernel.errors import InvalidError, NotFoundError
from shared.web.actor import current_actor
from shared.web.app_context import app_context, wired

SPANS = {"12": 12, "24": 24, "60": 60}
"""Months that a line can show."""

_USUAL = "24"

EVERYBODY = "All organisations"


@blueprint.get("/board/over-time")
def board_over_time() -> ResponseReturnValue:
    """Indicators over time by the centre's half: of an organisation, of a group, or of all organisations together."""
    exact = sees_exact(current_actor(), ALL)
    of = {name: words for name in ("organisation", "group") if (words := asked(name))}
    if len(of) > 1:
        raise InvalidError("This address asks for an organisation and for a group. Take one of them away.")
    with wired(ReportingWiring).reading() as connection:
        there = all_months(connection)
        months = _span(there, opening_month(connection, CENTRE, there, exact=exact))
        if "organisation" in of:
            name = organisation_words(of["organisation"], organisation_names(connection))
            one = received_exact if exact else received
            series = one(connection, of["organisation"], _read(months))
        else:
            name = of.get("group", EVERYBODY)
            series = _together(connection, of.get("group"), months, exact=exact)
    if not set(series).intersection(months) and of:
        raise NotFoundError(
            "No organisation or group with that name has a return in these months. Go to Reporting and choose one."
        )
    return _over_time(series, months, name, of.get("organisation", ""), exact=exact, back="reporting.board", of=of)


@blueprint.get("/organisation/over-time")
def organisation_over_time() -> ResponseReturnValue:
    """Indicators of one's own organisation over time: exact for its HR team, released for everybody else."""
    actor = current_actor()
    exact = sees_exact(actor, OWN)
    with wired(ReportingWiring).reading() as connection:
        there = own_months(connection, actor.organisation)
        newest = opening_month(connection, DEPARTMENT, there, exact=exact, organisation=actor.organisation)
        months = _span(there, newest)
        of = own_exact if exact else own_released
        series = of(connection, actor.organisation, _read(months))
        name = organisation_words(actor.organisation, organisation_names(connection))
    return _over_time(series, months, name, actor.organisation, exact=exact, back="reporting.organisation", of={})


def _together(connection: Connection, group: str | None, months: list[str], *, exact: bool) -> Series:
    begun = _begun(connection, group)
    if exact:
        one = asked_indicator(EVERY)
        return together_exact(connection, begun, _read(months), one.number if one else "")
    return together_released(connection, begun, _read(months))


def _begun(connection: Connection, group: str | None) -> dict[str, str]:
    """The organisations that have ever reported and are in the group now, or all of them, with their first month."""
    begun = first_months(connection)
    if group is None:
        return begun
    groups = groups_by_organisation(connection)
    return {organisation: month for organisation, month in begun.items() if groups.get(organisation) == group}


def _over_time(
    series: Series, months: list[str], name: str, organisation: str, *, exact: bool, back: str, of: dict[str, str]
) -> ResponseReturnValue:
    """The page. ``organisation``: whose figures they are, empty of several together."""
    several = not organisation
    untold = organisation in without_history(app_context().settings)
    offered = (*(TOGETHER if several else INDICATORS), *MEDIANS)
    one = asked_indicator(offered)
    words: dict[str, object] = {
        "name": name,
        "exact": exact,
        "back": back,
        "of": of,
        "several": several,
        "nobody_told": untold,
        "indicators": offered,
        "span": asked("months") or _USUAL,
        "span_months": months,
        "spans": list(SPANS),
        "first": month_words(months[0]),
        "last": month_words(months[-1]),
    }
    at = months[-1] if several else ""
    if one is not None:
        drawn = line(series, months, one, exact=exact, share=several, at=at)
        return render_template("reporting/over_time.html", line=drawn, **words)
    shown = [each for each in offered if each.everybody or not (untold or (several and not exact))]
    each = lines(series, months, shown, exact=exact, share=several, at=at)
    return render_template("reporting/all_over_time.html", lines=each, **words)


def _span(there: list[str], newest: str) -> list[str]:
    """The months asked for: so many to the newest, on which other pages open too, but none before the first one."""
    earliest = plus_months(newest, 1 - SPANS[asked_choice("months", SPANS, _USUAL)])
    return list(months_between(max(there[-1], earliest) if there else newest, newest))


def _read(months: list[str]) -> list[str]:
    """The months, and where it is none of them the one with which the last is compared."""
    then = plus_months(months[-1], -SPAN_MONTHS)
    return months if then in months else [then, *months]
