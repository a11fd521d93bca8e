"""The pages of reporting: all departments beside each other, and one's own organisation; each by either door."""

from __future__ import annotations

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from services.reporting.domain.board import indicator_parts
from services.reporting.domain.catalogue import ONE_BY_ONE
from services.reporting.domain.months import month_end
from services.reporting.domain.returned import Returned
from services.reporting.domain.training import STAFF_TRAINED
from services.reporting.read.exact_returns import all_returns, own_return
from services.reporting.read.on_hold import own_hold
from services.reporting.read.organisation_groups import organisation_groups
from services.reporting.read.organisation_names import organisation_names
from services.reporting.read.released_progress import all_progress, own_progress
from services.reporting.read.reported_months import all_months, missing, own_months
from services.reporting.read.revisions_of import CENTRE, DEPARTMENT
from services.reporting.web.access import ALL, OWN, sees_exact
from services.reporting.web.asked import asked_choice, asked_find, asked_known, asked_month, picker
from services.reporting.web.blueprint import blueprint
from services.reporting.web.board_cells import exact_cells, released_cells
from services.reporting.web.held import held_sentence, held_sentences
from services.reporting.web.rows import COLUMNS, Row, by_name, exact_row, missing_rows, released_row
from services.reporting.web.words import organisation_words
from services.reporting.wiring import ReportingWiring
from shared.demonstration.scale import without_history
from shared.kernel.clock import today
from shared.web.actor import Actor, current_actor
from shared.web.app_context import app_context, wired

MONTH, YEAR, RETURNS = "month", "year", "returns"
"""The views of the page: a month's figures, those of the twelve months to its end, the returns behind them."""


@blueprint.get("/departments")
def departments() -> ResponseReturnValue:
    """Every department's progress for a month: exact for the statistics role, released for everybody else."""
    exact = sees_exact(current_actor(), ALL)
    known, find = asked_known(exact=exact), asked_find()
    views = [MONTH, YEAR, RETURNS] if exact else [MONTH, RETURNS]
    view = asked_choice("view", views, MONTH)
    with wired(ReportingWiring).reading() as connection:
        months = all_months(connection)
        month = asked_month(connection, CENTRE, months, exact=exact)
        tables = (
            exact_departments(connection, month, known.before) if exact else released_departments(connection, month)
        )
        groups = organisation_groups(connection)
        held = held_sentences(connection, organisation_names(connection), known, exact=exact)
    rows = tables[MONTH if view == RETURNS else view]
    untold = without_history(app_context().settings)
    wanted = [row for row in rows if _is_wanted(row, find, groups)]
    told = [row for row in wanted if row.slug not in untold]
    page = render_template(
        "reporting/departments.html",
        form=known.form,
        known=known,
        view=view,
        views=views,
        find=find,
        every=len(rows),
        shown=[row for row in told if not row.tells_nobody],
        hidden=[row for row in told if row.tells_nobody],
        nobody_told=[row for row in wanted if row.slug in untold],
        exact=exact,
        held=held,
        columns=COLUMNS,
        as_at=month_end(month),
        **picker(month, months),
    )
    return page, known.form.status


@blueprint.get("/organisation")
def organisation() -> ResponseReturnValue:
    """One's own organisation's progress for a month: exact for its HR team, released for everybody else."""
    actor = current_actor()
    exact = sees_exact(actor, OWN)
    known = asked_known(exact=exact)
    with wired(ReportingWiring).reading() as connection:
        months = own_months(connection, actor.organisation)
        month = asked_month(connection, DEPARTMENT, months, exact=exact, organisation=actor.organisation)
        found = (
            exact_organisation(connection, actor, month, known.before)
            if exact
            else released_organisation(connection, actor, month)
        )
        name = organisation_words(actor.organisation, organisation_names(connection))
        hold = own_hold(connection, actor.organisation) if exact else None
    page = render_template(
        "reporting/organisation.html",
        form=known.form,
        known=known,
        found=found,
        exact=exact,
        name=name,
        held=held_sentence(name, hold) if hold else "",
        organisation=actor.organisation,
        columns=COLUMNS,
        indicators=ONE_BY_ONE,
        **picker(month, months),
    )
    return page, known.form.status


def exact_departments(connection: Connection, month: str, before: datetime | None = None) -> dict[str, list[Row]]:
    """Exact rows over the month and over its rolling year, by name; ``before``: as they stood before an instant."""
    names = organisation_names(connection)
    absent = missing_rows(missing(connection, month, before), names)
    found = [statement.returned for statement in all_returns(connection, month, before)]
    return {
        MONTH: by_name([*(exact_row(returned, returned.figures.month, names) for returned in found), *absent]),
        YEAR: by_name([*(exact_row(returned, returned.figures.year, names) for returned in found), *absent]),
    }


def released_departments(connection: Connection, month: str) -> dict[str, list[Row]]:
    """What is released of the month, by name."""
    names = organisation_names(connection)
    absent = missing_rows(missing(connection, month), names)
    shown = all_progress(connection, month, today(wired(ReportingWiring).clock))
    return {MONTH: by_name([*(released_row(row, names) for row in shown), *absent])}


def exact_organisation(
    connection: Connection, actor: Actor, month: str, before: datetime | None = None
) -> dict[str, object] | None:
    """The own organisation's exact figures over the month and its rolling year; ``before``: as they stood then."""
    statement = own_return(connection, actor.organisation, month, before)
    if statement is None:
        return None
    returned = statement.returned
    return {
        "month": exact_row(returned, returned.figures.month, {}),
        "year": exact_row(returned, returned.figures.year, {}),
        "board": exact_cells(indicator_parts(returned.figures), returned.markers),
        "training": _training_words(returned),
        "as_at": returned.as_at,
        "positions": {source: position for source, (_, position) in statement.positions.items()},
    }


def released_organisation(connection: Connection, actor: Actor, month: str) -> dict[str, object] | None:
    """What is released of the own organisation's month."""
    shown = own_progress(connection, actor.organisation, month, today(wired(ReportingWiring).clock))
    if shown is None:
        return None
    return {"month": released_row(shown, {}), "board": released_cells(shown), "as_at": shown.as_at}


def _training_words(returned: Returned) -> str:
    """How many are still in the time given for the training; nothing where the return does not tell."""
    staff = STAFF_TRAINED.of(returned.figures)
    if staff is None:
        return ""
    people = staff.in_grace
    who = "1 person is" if people == 1 else f"{people:,} people are"
    return (
        "‘Staff trained’ is out of everybody required to take the course. They can be agency staff, who are not in the "
        f"headcount. {who} still in the time given for training, and not counted."
    )


def _is_wanted(row: Row, find: str, groups: dict[str, str]) -> bool:
    """Whether the organisation's name or its group's holds these letters."""
    names = (row.name, groups.get(row.name, ""))
    return any(find.casefold() in name.casefold() for name in names)
