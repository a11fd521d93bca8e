"""Which revisions of a month are known, and what does one of them say?

Works for both halves: the department's own returns, and those that the centre received. Where a restored source
said a revision twice, the later place in its log counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, select, tuple_

from services.reporting.domain.catalogue import parse_figures
from services.reporting.domain.figures import Figures
from services.reporting.domain.returned import Returned
from services.reporting.domain.revisions import Revision, is_revised
from services.reporting.read.tables import centre_returns, returns

DEPARTMENT: Final = returns
CENTRE: Final = centre_returns

Known = Mapping[str, list[Revision]]
"""Organisation → the revisions known of its month."""


@dataclass(frozen=True)
class Statement:
    """One revision as a half has it, and what it was computed from: source → [epoch, position]."""

    returned: Returned
    positions: Mapping[str, list[object]]


def known_revisions(
    connection: Connection,
    half: Table,
    month: str,
    organisations: Collection[str] | None = None,
    before: datetime | None = None,
) -> Known:
    """The revisions of a month, by organisation in the order of their names.

    ``organisations``: of these alone. ``before``: only those that had been computed before an instant.
    """
    columns = half.c
    statement = select(columns.organisation, columns.revision, columns.as_known, columns.complete)
    found: dict[str, list[Revision]] = defaultdict(list)
    rows = connection.execute(statement.where(_of(half, month, organisations)).order_by(columns.organisation))
    for name, revision, known, complete in rows:
        as_known = instant(known)
        if before is None or as_known < before:
            found[name].append(Revision(revision, as_known, complete))
    return dict(found)


def statements(
    connection: Connection, half: Table, month: str, wanted: Mapping[str, int], known: Known
) -> list[Statement]:
    """What the wanted revision of each organisation says, in the order of their names.

    ``known``: by which it is told whether one is revised; of an organisation that is not in it none is.
    """
    columns = half.c
    pairs = tuple_(columns.organisation, columns.revision).in_(sorted(wanted.items()))
    place = columns.position if "position" in columns else columns.revision
    rows = connection.execute(select(half).where(columns.month == month, pairs).order_by(place))
    found = {row.organisation: row for row in rows}
    return [_statement(found[organisation], known.get(organisation, [])) for organisation in sorted(found)]


instant = lru_cache(maxsize=4096)(datetime.fromisoformat)


def _of(half: Table, month: str, organisations: Collection[str] | None) -> ColumnElement[bool]:
    chosen = half.c.month == month
    return chosen if organisations is None else chosen & half.c.organisation.in_(sorted(organisations))


def _statement(row: Any, known: list[Revision]) -> Statement:
    returned = Returned(
        organisation=row.organisation,
        month=row.month,
        definition=row.definition,
        revision=row.revision,
        as_known=instant(row.as_known),
        complete=row.complete,
        revised=is_revised([revision for revision in known if revision.revision <= row.revision]),
        figures=_figures(row.figures),
    )
    return Statement(returned, msgspec.json.decode(row.positions))


@lru_cache(maxsize=2048)
def _figures(text: str) -> Figures:
    """The figures that a text says; the same text always says the same, so the last ones are remembered."""
    return parse_figures(msgspec.json.decode(text))
