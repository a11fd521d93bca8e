"""What are an organisation's figures, by the facts that are known?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from services.reporting.domain.catalogue import compute
from services.reporting.domain.facts import Facts, Trained, spells
from services.reporting.domain.figures import Figures
from services.reporting.domain.months import SPAN_MONTHS, plus_months
from services.reporting.domain.training import trained_at
from services.reporting.read.facts_of import day_facts_of, employment_facts_of
from services.reporting.read.measure_facts_of import (
    award_facts_of,
    notice_facts_of,
    passport_facts_of,
    provision_facts_of,
    training_facts_of,
)
from shared.kernel.periods import month_span


def figures_known(connection: Connection, organisation: str, month: str, known: str) -> Figures:
    """The figures of a month by what was recorded up to an instant, as text in UTC; empty: by all that is."""
    since = month_span(plus_months(month, 1 - SPAN_MONTHS)).first
    trained = trained_at([month], training_facts_of(connection, organisation, known))
    return figures_of(connection, organisation, [month], since, trained, known)[month]


def figures_of(
    connection: Connection,
    organisation: str,
    months: Iterable[str],
    since: date,
    trained: Mapping[str, Trained],
    known: str = "",
) -> dict[str, Figures]:
    """The figures of months. ``since``: the first day of the earliest one's rolling year."""
    wanted = list(months)
    employed = list(spells(employment_facts_of(connection, organisation, known), organisation))
    facts = Facts(
        spells=employed,
        notices=list(notice_facts_of(connection, organisation, since, known)),
        passports=list(passport_facts_of(connection, organisation, known)),
        provisions=provision_facts_of(connection, organisation, known),
        awards=award_facts_of(connection, organisation, known),
        trained=trained,
    )
    return compute(wanted, facts, day_facts_of(connection, organisation, since, known))
