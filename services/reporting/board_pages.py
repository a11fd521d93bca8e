"""The board: ten indicators of every organisation, group and month, and one of them over time; each by either door."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.reporting.access import ALL, OWN, sees_exact
from services.reporting.blueprint import asked_known, blueprint, chosen_month, picker
from services.reporting.board_of import board_of
from services.reporting.board_rows import EVERYBODY, BoardCell, BoardRow
from services.reporting.board_series import (
    Series,
    own_exact,
    own_released,
    received,
    received_exact,
    together_exact,
    together_released,
)
from services.reporting.domain.board import BY_NUMBER, INDICATORS, MEDIAN, MEDIANS, PER_HUNDRED, TOGETHER, Indicator
from services.reporting.domain.months import months_between, plus_months
from services.reporting.read.organisation_groups import groups_by_organisation
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.reported_months import all_months, first_months, own_months
from services.reporting.words import month_words, number, organisation_words
from shared.kernel.errors import NotFoundError
from shared.web.actor import current_actor
from shared.web.charts import Chart, Point, line_chart
from shared.web.wiring import wiring

EVERY = "all"
LONGEST_FIND = 80
SPANS = {"12": 12, "24": 24}
"""Months that a chart can show."""


@blueprint.get("/board")
def board() -> ResponseReturnValue:
    """Ten indicators of a month – of all departments, their groups and each: exact for statistics, else released."""
    exact = sees_exact(current_actor(), ALL)
    known = asked_known(exact=exact)
    with wiring("reporting").reading() as connection:
        months = all_months(connection)
        month = chosen_month(months)
        found = board_of(connection, month, exact=exact, before=known.before)
    asked, find = request.args.get("indicator", EVERY), request.args.get("find", "").strip()[:LONGEST_FIND]
    one = BY_NUMBER.get(asked)
    page = render_template(
        "reporting/board.html",
        exact=exact,
        form=known.form,
        known=known,
        find=find,
        indicator=asked if one else EVERY,
        indicators=(*TOGETHER, *MEDIANS),
        one=one,
        together=[one] if one else TOGETHER,
        shown=[one] if one else INDICATORS,
        every=len(found.organisations),
        everybody=None if find else found.everybody,
        groups=[row for row in found.groups if _is_wanted(row, find)],
        rows=[row for row in found.organisations if _is_wanted(row, find)],
        **picker(month, months),
    )
    return page, known.form.status


@blueprint.get("/board/over-time")
def board_over_time() -> ResponseReturnValue:
    """One indicator over time by the centre's half: of a department, of a group, or of all departments together."""
    exact = sees_exact(current_actor(), ALL)
    asked = {name: request.args[name] for name in ("organisation", "group") if request.args.get(name)}
    with wiring("reporting").reading() as connection:
        months = _span(all_months(connection))
        if "organisation" in asked:
            asked.pop("group", None)
            series, name = _of_one(connection, asked["organisation"], months, exact=exact)
        else:
            members, name = _members(connection, asked.get("group"))
            if exact:
                series = together_exact(connection, members, months, _indicator((*TOGETHER, *MEDIANS)).number)
            else:
                series = together_released(connection, members, months)
    if not series and asked:
        raise NotFoundError(
            "No department or group with that name has a return in these months. Choose one on the board."
        )
    return _over_time(series, months, name, exact=exact, back="reporting.board", asked=asked)


@blueprint.get("/organisation/over-time")
def organisation_over_time() -> ResponseReturnValue:
    """One indicator of one's own organisation over time: exact for its HR team, released for everybody else."""
    actor = current_actor()
    exact = sees_exact(actor, OWN)
    with wiring("reporting").reading() as connection:
        months = _span(own_months(connection, actor.organisation))
        of = own_exact if exact else own_released
        series = of(connection, actor.organisation, months)
        name = organisation_words(actor.organisation, organisation_names(connection))
    return _over_time(series, months, name, exact=exact, back="reporting.organisation", asked={})


def _of_one(connection: Connection, organisation: str, months: list[str], *, exact: bool) -> tuple[Series, str]:
    of = received_exact if exact else received
    return of(connection, organisation, months), organisation_words(organisation, organisation_names(connection))


def _members(connection: Connection, group: str | None) -> tuple[Collection[str], str]:
    """The departments that have ever reported and are in the group now, or all of them; and what they are together."""
    reporting = first_months(connection)
    if group is None:
        return reporting, EVERYBODY
    groups = groups_by_organisation(connection)
    return [organisation for organisation in reporting if groups.get(organisation) == group], group


def _over_time(
    series: Series, months: list[str], name: str, *, exact: bool, back: str, asked: dict[str, str]
) -> ResponseReturnValue:
    several = back == "reporting.board" and "organisation" not in asked
    offered = (*(TOGETHER if several else INDICATORS), *MEDIANS)
    indicator = _indicator(offered)
    words: dict[str, Any] = {
        "name": name,
        "exact": exact,
        "back": back,
        "asked": asked,
        "several": several,
        "indicators": offered,
        "indicator": indicator,
        "months": str(len(months)),
        "spans": list(SPANS),
        "first": month_words(months[0]),
        "last": month_words(months[-1]),
        "chart": _chart(series, months, indicator, share=several),
    }
    return render_template("reporting/over_time.html", **words)


def _indicator(offered: Sequence[Indicator]) -> Indicator:
    """The one asked for, where it is offered; else leave uptake."""
    asked = BY_NUMBER.get(request.args.get("indicator", ""), INDICATORS[1])
    return asked if asked in offered else INDICATORS[1]


def _chart(series: Series, months: list[str], indicator: Indicator, *, share: bool) -> Chart:
    """The indicator by month. A month without a value is a gap; yes, no and levels are no lengths and not drawn.

    ``share``: of several departments together, how many have something is drawn as so many for each hundred.
    """
    points = []
    for month in months:
        cell = series[month][indicator.number] if month in series else BoardCell("[x]")
        short = f"{month_words(month)[:3]} {month[2:4]}"
        value, text = _shared(cell) if indicator.organisation and share else (_value(cell.text), str(cell))
        points.append(Point(month_words(month), value, text, short))
    return line_chart(points, "" if indicator.kind in (PER_HUNDRED, MEDIAN) else "%")


def _shared(cell: BoardCell) -> tuple[float | None, str]:
    """Of a count of departments so many for each hundred, and both as text: 50% (1 of 2) [p]."""
    share = cell.rate.value if cell.rate else None
    if share is None:
        return None, str(cell)
    return float(100 * share), " ".join((f"{number(100 * share)}% ({cell.text})", *cell.markers))


def _value(text: str) -> float | None:
    """The number that a cell shows, of “61+” the least that it can be; None for a marker in its place."""
    plain = text.removesuffix("%").removesuffix("+").replace(",", "")
    return float(plain) if plain.replace(".", "", 1).isdigit() else None


def _span(months: list[str]) -> list[str]:
    """The months asked for: so many to the newest that there is."""
    count = SPANS.get(request.args.get("months", ""), SPANS["12"])
    last = months[0] if months else chosen_month(months)
    return list(months_between(plus_months(last, 1 - count), last))


def _is_wanted(row: BoardRow, find: str) -> bool:
    """Whether the row's name or its group's holds these letters."""
    return any(find.casefold() in name.casefold() for name in (row.name, row.group))
