"""The claim on a staff number: which person an employer's number means, right without any read side."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from services.workforce.domain.terms import LONGEST_NUMBER, check_text
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.ids import derived_id


class StaffNumber(Aggregate):
    """An employer's staff number and the person it means for ever.

    Its id comes from employer and number, so that no two of it can be stored: whoever comes second finds the
    first one's person. Nobody's identity comes from it; a person may have several numbers over time.
    """

    TOPIC = "workforce.staff-number"

    class Event(Aggregate.Event):
        """What happened to a staff number."""

        TOPIC = "workforce.staff-number.event"

    class Claimed(Event, First):
        """The number means this person."""

        TOPIC = "workforce.staff-number.claimed"
        employer: str
        number: str

    def __init__(self, *, person: str, employer: str, number: str) -> None:
        self.person = person
        self.employer = employer
        self.number = number

    @staticmethod
    def id_of(employer: str, number: str) -> UUID:
        """The aggregate's id, from the legal employer's slug and the number as written."""
        return derived_id("staff-number", employer, number)

    @classmethod
    def claimed(cls, employer: str, number: str, *, person: str, organisation: str, by: str, now: datetime) -> Self:
        """The number's first claim, for a person (UUID as text); raises InvalidError for an unfit number."""
        check_text("staff_number", number, LONGEST_NUMBER)
        return cls.begin(
            cls.Claimed,
            id=cls.id_of(employer, number),
            at=now,
            person=person,
            organisation=organisation,
            by=by,
            employer=employer,
            number=number,
        )
