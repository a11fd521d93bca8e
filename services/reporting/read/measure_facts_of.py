"""Which facts are known of an organisation's notices, passports, training, provisions and awards?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from services.reporting.domain.facts import (
    AwardFact,
    AwardSaid,
    NoticeFact,
    NoticeSaid,
    PassportFact,
    PassportSaid,
    ProvisionFact,
    ProvisionSaid,
    TrainingFact,
    TrainingSaid,
)
from services.reporting.read.facts_of import breathing, day_of, held
from services.reporting.read.tables import (
    award_facts,
    employment_facts,
    notice_facts,
    passport_facts,
    provision_facts,
    training_facts,
)


def notice_facts_of(connection: Connection, organisation: str, since: date) -> Iterator[NoticeFact]:
    """What was said of the organisation's notices that were given or confirmed on and after a date."""
    facts = notice_facts.c
    statement = select(notice_facts).where(
        facts.organisation == organisation,
        or_(facts.given_on >= since.isoformat(), facts.confirmed_on >= since.isoformat()),
        held(notice_facts),
    )
    for row in breathing(connection.execute(statement)):
        yield NoticeFact(
            row.notice,
            row.person,
            NoticeSaid(row.said),
            _day(row.given_on),
            bool(row.late),
            bool(row.waived),
            row.position,
            day_of(row.confirmed_on),
            row.confirmed_by,
        )


def passport_facts_of(connection: Connection, organisation: str) -> Iterator[PassportFact]:
    """What was said of the passports of everybody who was ever employed in the organisation."""
    facts = passport_facts.c
    here = select(employment_facts.c.person).where(employment_facts.c.organisation == organisation)
    statement = select(passport_facts).where(facts.person.in_(here), held(passport_facts))
    for row in breathing(connection.execute(statement)):
        yield PassportFact(row.person, PassportSaid(row.said), _day(row.day), row.position, row.from_draft)


def training_facts_of(connection: Connection, organisation: str) -> Iterator[TrainingFact]:
    """What was said of people and the organisation's courses."""
    facts = training_facts.c
    statement = select(training_facts).where(facts.organisation == organisation, held(training_facts))
    for row in breathing(connection.execute(statement)):
        yield TrainingFact(
            row.person,
            row.course,
            TrainingSaid(row.said),
            row.key,
            row.audience,
            row.version,
            day_of(row.first),
            day_of(row.second),
            row.position,
        )


def provision_facts_of(connection: Connection, organisation: str) -> list[ProvisionFact]:
    """What was said of the organisation's provisions."""
    facts = provision_facts.c
    statement = select(provision_facts).where(facts.organisation == organisation, held(provision_facts))
    return [
        ProvisionFact(row.kind, ProvisionSaid(row.said), _day(row.starts), day_of(row.out_on), row.position)
        for row in connection.execute(statement)
    ]


def award_facts_of(connection: Connection, organisation: str) -> list[AwardFact]:
    """What was said of the awards that cover the organisation, whoever holds them. Awards are few, so all are read."""
    rows = connection.execute(select(award_facts).where(held(award_facts))).all()
    here = {row.award for row in rows if row.said == AwardSaid.AWARDED and organisation in row.covered.split()}
    return [_award(row) for row in rows if row.award in here]


def _award(row: Any) -> AwardFact:
    return AwardFact(
        row.award, AwardSaid(row.said), row.scheme, row.level, day_of(row.starts), _day(row.out_on), row.position
    )


def _day(text: str) -> date:
    found = day_of(text)
    assert found is not None
    return found
