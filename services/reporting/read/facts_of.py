"""Which facts are known of an organisation's employments and days of leave?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from services.reporting.domain.facts import DayFact, EmploymentFact
from services.reporting.read.tables import day_facts, employment_facts
from shared.kernel.working_time import parse_fraction


def held(table: Table) -> ColumnElement[bool]:
    """Which of a table's facts hold: those that no later word has replaced."""
    return table.c.known_to.is_(None)


def breathing(rows: Iterable[object]) -> Iterator[Any]:
    """The rows, with a turn for the worker's other threads after every thousand."""
    for number, row in enumerate(rows):
        if number % 1000 == 0:
            time.sleep(0)
        yield row


def employment_facts_of(connection: Connection, organisation: str) -> Iterator[EmploymentFact]:
    """All facts of the employments that were ever in the organisation, those that end a spell there included."""
    facts = employment_facts.c
    here = select(facts.employment).where(facts.organisation == organisation)
    statement = select(employment_facts).where(held(employment_facts), facts.employment.in_(here))
    return map(_employment_fact, breathing(connection.execute(statement)))


def day_facts_of(connection: Connection, organisation: str, since: date) -> Iterator[DayFact]:
    """The organisation's days of leave on and after a date."""
    facts = day_facts.c
    statement = select(day_facts).where(
        facts.organisation == organisation, facts.date >= since.isoformat(), held(day_facts)
    )
    return map(_day_fact, breathing(connection.execute(statement)))


def _employment_fact(row: Any) -> EmploymentFact:
    return EmploymentFact(
        employment=row.employment,
        person=row.person,
        organisation=row.organisation,
        effective_from=day_of(row.effective_from),
        starts=day_of(row.starts),
        ends=day_of(row.ends),
        fte=_fraction(row.fte),
        status=row.status,
        position=row.position,
    )


def _day_fact(row: Any) -> DayFact:
    return DayFact(
        person=row.person,
        day=date.fromisoformat(row.date),
        minutes=_fraction(row.minutes),
        paid_minutes=_fraction(row.paid_minutes),
        full_time_minutes=_fraction(row.full_time_minutes),
    )


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """A day from its text; None where it is empty."""
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return parse_fraction(text)
