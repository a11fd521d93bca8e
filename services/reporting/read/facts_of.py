"""Which facts are known now of an organisation?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from services.reporting.domain.facts import DayFact, EmploymentFact
from services.reporting.read.tables import day_facts, employment_facts
from shared.kernel.working_time import parse_fraction


def employment_facts_of(connection: Connection, organisation: str) -> Iterator[EmploymentFact]:
    """All facts of the employments that were ever in the organisation, those that end a spell there included."""
    facts = employment_facts.c
    here = select(facts.employment).where(facts.organisation == organisation)
    statement = select(employment_facts).where(facts.known_to.is_(None), facts.employment.in_(here))
    return (_employment_fact(row) for row in connection.execute(statement))


def day_facts_of(connection: Connection, organisation: str, since: date) -> Iterator[DayFact]:
    """The organisation's days of leave on and after a date."""
    facts = day_facts.c
    statement = select(day_facts).where(
        facts.organisation == organisation, facts.date >= since.isoformat(), facts.known_to.is_(None)
    )
    for number, row in enumerate(connection.execute(statement)):
        if number % 1000 == 0:
            time.sleep(0)  # the worker's other threads have their turn
        yield _day_fact(row)


def _employment_fact(row: Any) -> EmploymentFact:
    return EmploymentFact(
        employment=row.employment,
        person=row.person,
        organisation=row.organisation,
        effective_from=_day(row.effective_from),
        starts=_day(row.starts),
        ends=_day(row.ends),
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
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return parse_fraction(text)
