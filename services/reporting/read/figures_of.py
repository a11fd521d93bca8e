"""What are an organisation's figures, by the facts that are known?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from services.reporting.domain.catalogue import compute
from services.reporting.domain.facts import Facts, Trained, spells
from services.reporting.domain.figures import Figures
from services.reporting.read.facts_of import day_facts_of, employment_facts_of
from services.reporting.read.measure_facts_of import (
    award_facts_of,
    notice_facts_of,
    passport_facts_of,
    provision_facts_of,
)


def figures_of(
    connection: Connection,
    organisation: str,
    months: Iterable[str],
    since: date,
    trained: Mapping[str, Trained],
) -> dict[str, Figures]:
    """The figures of months. ``since``: the first day of the earliest one's rolling year."""
    wanted = list(months)
    employed = list(spells(employment_facts_of(connection, organisation), organisation))
    facts = Facts(
        spells=employed,
        notices=list(notice_facts_of(connection, organisation, since)),
        passports=list(passport_facts_of(connection, organisation)),
        provisions=provision_facts_of(connection, organisation),
        awards=award_facts_of(connection, organisation),
        trained=trained,
    )
    return compute(wanted, facts, day_facts_of(connection, organisation, since))
