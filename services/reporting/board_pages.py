"""The board: ten indicators of every organisation, group and month, and one of them over time; each by either door."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.reporting.access import ALL, OWN, sees_exact
from services.reporting.blueprint import blueprint, chosen_month, picker
from services.reporting.board_of import board_of
from services.reporting.board_rows import BoardCell, BoardRow, exact_cells, released_cells
from services.reporting.domain.board import BY_NUMBER, INDICATORS, PER_HUNDRED, Indicator
from services.reporting.domain.months import months_between, plus_months
from services.reporting.read.exact_returns import own_series, received_series
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.released_progress import (
    own_released_series,
    received_released_series,
)
from services.reporting.read.reported_months import all_months, own_months
from services.reporting.words import month_words, organisation_words
from shared.kernel.clock import today
from shared.kernel.errors import NotFoundError
from shared.web.actor import current_actor
from shared.web.charts import Chart, Point, line_chart
from shared.web.wiring import wiring

EVERY = "all"
LONGEST_FIND = 80
SPANS = {"12": 12, "24": 24}
"""Months that a chart can show."""

Series = dict[str, dict[str, BoardCell]]
"""Month → cells by indicator."""


@blueprint.get("/board")
def board() -> ResponseReturnValue:
    """Ten indicators of every department for a month: exact for the statistics role, released for everybody else."""
    exact = sees_exact(current_actor(), ALL)
    with wiring("reporting").reading() as connection:
        months = all_months(connection)
        month = chosen_month(months)
        found = board_of(connection, month, exact=exact)
    number, find = request.args.get("indicator", EVERY), request.args.get("find", "").strip()[:LONGEST_FIND]
    shown = [BY_NUMBER[number]] if number in BY_NUMBER else list(INDICATORS)
    totals = [*found.groups, *([found.everybody] if found.everybody else [])]
    return render_template(
        "reporting/board.html",
        exact=exact,
        find=find,
        indicator=number if number in BY_NUMBER else EVERY,
        indicators=INDICATORS,
        shown=shown,
        every=len(found.organisations),
        rows=[row for row in found.organisations if _is_wanted(row, find)],
        totals=[row for row in totals if not find or _is_wanted(row, find)],
        **picker(month, months),
    )


@blueprint.get("/board/over-time")
def board_over_time() -> ResponseReturnValue:
    """One indicator of one department over time, by the centre's half."""
    exact = sees_exact(current_actor(), ALL)
    organisation = request.args.get("organisation", "")
    with wiring("reporting").reading() as connection:
        months = _span(all_months(connection))
        series = (
            received_exact(connection, organisation, months) if exact else received(connection, organisation, months)
        )
        name = organisation_words(organisation, organisation_names(connection)) if series else ""
    if not series:
        raise NotFoundError("No department with that name has a return in these months. Choose one on the board.")
    return _over_time(series, months, name, exact=exact, back="reporting.board", organisation=organisation)


@blueprint.get("/organisation/over-time")
def organisation_over_time() -> ResponseReturnValue:
    """One indicator of one's own organisation over time: exact for its HR team, released for everybody else."""
    actor = current_actor()
    exact = sees_exact(actor, OWN)
    with wiring("reporting").reading() as connection:
        months = _span(own_months(connection, actor.organisation))
        series = (
            own_exact(connection, actor.organisation, months) if exact else own(connection, actor.organisation, months)
        )
        name = organisation_words(actor.organisation, organisation_names(connection))
    return _over_time(series, months, name, exact=exact, back="reporting.organisation")


def received_exact(connection: Connection, organisation: str, months: list[str]) -> Series:
    """A department's exact cells by month."""
    found = received_series(connection, organisation, months)
    return {each.returned.month: exact_cells(each.returned) for each in found}


def own_exact(connection: Connection, organisation: str, months: list[str]) -> Series:
    """The own organisation's exact cells by month."""
    return {each.returned.month: exact_cells(each.returned) for each in own_series(connection, organisation, months)}


def received(connection: Connection, organisation: str, months: list[str]) -> Series:
    """A department's released cells by month."""
    found = received_released_series(connection, organisation, months, today(wiring("reporting").clock))
    return {each.month: released_cells(each) for each in found}


def own(connection: Connection, organisation: str, months: list[str]) -> Series:
    """The own organisation's released cells by month."""
    found = own_released_series(connection, organisation, months, today(wiring("reporting").clock))
    return {each.month: released_cells(each) for each in found}


def _over_time(
    series: Series, months: list[str], name: str, *, exact: bool, back: str, organisation: str = ""
) -> ResponseReturnValue:
    indicator = BY_NUMBER.get(request.args.get("indicator", ""), INDICATORS[1])
    words: dict[str, Any] = {
        "name": name,
        "exact": exact,
        "back": back,
        "organisation": organisation,
        "indicators": INDICATORS,
        "indicator": indicator,
        "months": str(len(months)),
        "spans": list(SPANS),
        "first": month_words(months[0]),
        "last": month_words(months[-1]),
        "chart": _chart(series, months, indicator),
    }
    return render_template("reporting/over_time.html", **words)


def _chart(series: Series, months: list[str], indicator: Indicator) -> Chart:
    """The indicator by month. A month without a value is a gap; yes, no and levels are no lengths and not drawn."""
    points = []
    for month in months:
        cell = series[month][indicator.number] if month in series else BoardCell("[x]")
        value = None if indicator.organisation else _value(cell.text)
        short = f"{month_words(month)[:3]} {month[2:4]}"
        points.append(Point(month_words(month), value, str(cell), short))
    return line_chart(points, "" if indicator.kind == PER_HUNDRED else "%")


def _value(text: str) -> float | None:
    """The number that a cell shows; None for a marker in its place."""
    plain = text.removesuffix("%").replace(",", "")
    return float(plain) if plain.replace(".", "", 1).isdigit() else None


def _span(months: list[str]) -> list[str]:
    """The months asked for: so many to the newest that there is."""
    count = SPANS.get(request.args.get("months", ""), SPANS["12"])
    last = months[0] if months else chosen_month(months)
    return list(months_between(plus_months(last, 1 - count), last))


def _is_wanted(row: BoardRow, find: str) -> bool:
    """Whether the row's name or its group's holds these letters."""
    return any(find.casefold() in name.casefold() for name in (row.name, row.group))
