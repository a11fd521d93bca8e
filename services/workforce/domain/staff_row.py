"""What a row of a staff file does to a person: record, change, end, or nothing where all is known already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from services.workforce.domain.commands import ImportStaff, Particulars, StaffRow
from services.workforce.domain.pattern_text import parse_pattern
from services.workforce.domain.person import Person
from services.workforce.domain.terms import Terms
from shared.kernel.errors import CarersError, ErasedError
from shared.kernel.ids import new_id
from shared.kernel.working_time import parse_fraction

OUTCOMES: Final = ("new", "changed", "unchanged")


def terms_of(particulars: Particulars, manager: str) -> Terms:
    """The terms that the particulars mean; ``manager``: a person's UUID, empty for nobody. Raises InvalidError."""
    fte: Fraction = parse_fraction(particulars.fte)
    return Terms(
        staff_number=particulars.staff_number,
        post=particulars.post,
        organisation=particulars.organisation,
        employer=particulars.employer,
        manager=manager or None,
        nation=particulars.nation,
        status=particulars.status,
        fte=fte,
        full_time_minutes=particulars.full_time_minutes,
        pattern=parse_pattern(particulars.pattern, particulars.starts),
        starts=particulars.starts,
        ends=particulars.ends,
    )


@dataclass
class Settled:
    """What the rows of an import came to.

    ``people``: those with something to save. ``outcomes``: ``new``, ``changed`` or ``unchanged`` by the row's line.
    ``refused``: line, field and message of each row that a rule refuses; such a row has no events. ``versions``: of
    people known before, as they would be saved.
    """

    people: tuple[Person, ...] = ()
    outcomes: dict[int, str] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        """How many rows came to what, and the refused ones, as plain JSON."""
        counts = Counter(self.outcomes.values())
        return {name: counts[name] for name in OUTCOMES} | {"refused": self.refused}


def settle_all(command: ImportStaff, known: dict[str, Person], now: datetime) -> Settled:
    """Bring people to what the rows say; ``known``: those already recorded, by UUID as text."""
    settled = Settled()
    people = dict(known)
    for row in command.rows:
        try:
            people[row.person], outcome = _settle(people.get(row.person), row, command.as_of, command.by, now)
        except CarersError as error:
            column = error.data.get("field", "staff_number")
            settled.refused.append({"line": row.line, "field": column, "message": error.message})
        else:
            settled.outcomes[row.line] = outcome
    settled.versions = {name: person.version for name, person in known.items()}
    in_order = [people[name] for name in dict.fromkeys(row.person for row in command.rows) if name in people]
    settled.people = tuple(person for person in in_order if person.pending_events)
    return settled


def _settle(person: Person | None, row: StaffRow, as_of: date, by: str, now: datetime) -> tuple[Person, str]:
    """The person as the row says, and what that came to. Raises the refusals of ``Person``, before any event."""
    if person is None:
        fresh = Person.recorded(UUID(row.person), row.name, row.particulars.organisation, by=by, now=now)
        fresh.record_employment(str(new_id()), terms_of(row.particulars, row.manager), by=by, now=now)
        return fresh, "new"
    if person.forgotten:
        raise ErasedError("This person has been erased. Leave the row out, or use a different number for a new person.")
    before = len(person.pending_events)
    terms = terms_of(row.particulars, row.manager)
    employment = person.employment_under(terms.employer, terms.staff_number, terms.starts)
    if employment is None:
        person.record_employment(str(new_id()), terms, by=by, now=now)
    else:
        _change(person, employment, terms, as_of, by=by, now=now)
    person.correct_name(row.name, by=by, now=now)
    return person, "changed" if len(person.pending_events) > before else "unchanged"


def _change(person: Person, employment: str, terms: Terms, as_of: date, *, by: str, now: datetime) -> None:
    """A change holds from ``as_of``, but not before the first day nor after the last."""
    since = max(as_of, terms.starts)
    if terms.ends is not None:
        since = min(since, terms.ends)
    if person.differences(employment, terms, since) == {"ends"} and terms.ends is not None:
        person.end_employment(employment, terms.ends, by=by, now=now)
    else:
        person.change_employment(employment, terms, since, by=by, now=now)
