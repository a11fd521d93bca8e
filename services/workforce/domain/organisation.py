"""Organisations and legal employers: slugs for ever, with the names that people know."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from services.workforce.domain.terms import LONGEST_NAME, LONGEST_SLUG, check_text
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.errors import InvalidError, RefusedError
from shared.kernel.ids import derived_id, slug

KINDS = {"department": "Department", "centre": "Central team"}
"""A department reports its figures; the centre gathers those of all departments."""


class Organisation(Aggregate):
    """A department, an agency, a public body, or the central team."""

    TOPIC = "workforce.organisation"

    class Event(Aggregate.Event):
        """What happened to an organisation. ``organisation`` is its own slug."""

        TOPIC = "workforce.organisation.event"

    class Recorded(Event, First):
        """It is known. ``group``: the department it belongs to; ``kind``: see ``KINDS``."""

        TOPIC = "workforce.organisation.recorded"
        name: str
        group: str | None
        kind: str

    def __init__(self, *, organisation: str, name: str, group: str | None, kind: str) -> None:
        self.slug = organisation
        self.name = name
        self.group = group
        self.kind = kind

    @staticmethod
    def id_of(organisation: str) -> UUID:
        """The aggregate's id, from the organisation's slug."""
        return derived_id("organisation", organisation)

    @classmethod
    def recorded(cls, name: str, group: str | None, kind: str, *, by: str, now: datetime) -> Self:
        """A new organisation; raises InvalidError where its name or kind will not do."""
        organisation = slug_of("organisation", name)
        if group is not None:
            check_text("group", group, LONGEST_NAME)
        if kind not in KINDS:
            raise InvalidError(
                f"‘{kind}’ is not one of {', '.join(KINDS)}.", code="bad-kind", field="organisation_kind"
            )
        return cls.begin(
            cls.Recorded,
            id=cls.id_of(organisation),
            at=now,
            person="",
            organisation=organisation,
            by=by,
            name=name,
            group=group,
            kind=kind,
        )

    def check_same(self, group: str | None, kind: str) -> None:
        """Raise RefusedError where it is known with another group or kind; a spelling of its name may differ."""
        if slug(group or "") != slug(self.group or ""):
            known = f"in the group ‘{self.group}’" if self.group else "without a group"
            raise RefusedError(
                f"{self.name} is known {known}. Write the same, or leave the organisation out.",
                code="other-group",
                field="group",
            )
        if kind != self.kind:
            raise RefusedError(
                f"{self.name} is known as a {self.kind}. Write the same.", code="other-kind", field="organisation_kind"
            )


class LegalEmployer(Aggregate):
    """The body that a contract of employment is with: entitlement and payroll count by it."""

    TOPIC = "workforce.employer"

    class Event(Aggregate.Event):
        """What happened to a legal employer."""

        TOPIC = "workforce.employer.event"

    class Recorded(Event, First):
        """It is known. ``organisation``: the one whose staff it was first named for."""

        TOPIC = "workforce.employer.recorded"
        employer: str
        name: str

    def __init__(self, *, employer: str, name: str) -> None:
        self.slug = employer
        self.name = name

    @staticmethod
    def id_of(employer: str) -> UUID:
        """The aggregate's id, from the employer's slug."""
        return derived_id("legal-employer", employer)

    @classmethod
    def recorded(cls, name: str, organisation: str, *, by: str, now: datetime) -> Self:
        """A new legal employer; raises InvalidError where its name will not do."""
        employer = slug_of("employer", name)
        return cls.begin(
            cls.Recorded,
            id=cls.id_of(employer),
            at=now,
            person="",
            organisation=organisation,
            by=by,
            employer=employer,
            name=name,
        )


def slug_of(field: str, name: str) -> str:
    """The slug that this name becomes for ever; raises InvalidError where the name is unfit or too long for one."""
    check_text(field, name, LONGEST_NAME)
    made = slug(name)
    if not made:
        raise InvalidError("This has no letters or digits. Enter the name.", code=f"bad-{field}", field=field)
    if len(made) > LONGEST_SLUG:
        raise InvalidError(
            f"This name is too long. Use a short form with up to {LONGEST_SLUG} letters and digits.",
            code=f"bad-{field}",
            field=field,
        )
    return made
