"""A person and their employments. Staff number, post, organisation and manager are dated attributes, never identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from services.workforce.domain.terms import LAST_DAY, LONGEST_NAME, Terms, check_day, check_text
from shared.kernel.aggregates import Aggregate, First
from shared.kernel.clock import LONDON
from shared.kernel.errors import ErasedError, InvalidError, NotFoundError, RefusedError
from shared.kernel.periods import Span

_NOT_TERMS = frozenset({"originator_id", "originator_version", "timestamp", "person", "by"})


@dataclass
class Employment:
    """One employment as recorded: its states by the day from which each holds (ISO text), and its last day.

    A state is an event's fields. The last day holds for all of them; whichever was recorded last counts.
    """

    starts: date
    ends: date | None
    states: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """Its first to its last day; an open end counts as the last day there is."""
        return Span(self.starts, self.ends or LAST_DAY)

    def state_on(self, day: date) -> dict[str, Any]:
        """What holds on the day; before the first state, that one."""
        text = day.isoformat()
        held = [since for since in self.states if since <= text]
        return self.states[max(held) if held else min(self.states)]

    def numbers(self) -> set[tuple[str, str]]:
        """The legal employer and staff numbers that it has had."""
        return {(state["employer"], state["staff_number"]) for state in self.states.values()}


def phase(starts: date, ends: date | None, day: date) -> str:
    """Whether an employment is to come, current or over on the day: ``starts``, ``current``, ``ended``."""
    if day < starts:
        return "starts"
    return "ended" if ends is not None and ends < day else "current"


class Person(Aggregate):
    """A person known to workforce, by a UUID that says nothing about them."""

    TOPIC = "workforce.person"

    class Event(Aggregate.Event):
        """What happened to a person."""

        TOPIC = "workforce.person.event"

    class Recorded(Event, First):
        """The person is known, with a name that their key protects."""

        TOPIC = "workforce.person.recorded"
        SEALED: ClassVar[tuple[str, ...]] = ("name",)
        name: str | None

    class NameCorrected(Event):
        """The person is called this from now on."""

        TOPIC = "workforce.person.name-corrected"
        SEALED: ClassVar[tuple[str, ...]] = ("name",)
        name: str | None

        def apply(self, aggregate: Person) -> None:
            """Keep the newer name."""
            aggregate.name = self.name

    class Held(Event):
        """An employment's full terms from ``effective_from`` on (dates as ISO text, see ``Terms.to_json``)."""

        TOPIC = "workforce.employment.held"
        employment: str
        staff_number: str
        post: str
        employer: str
        manager: str | None
        nation: str
        status: str
        fte: str
        full_time_minutes: int
        pattern: dict[str, object]
        starts: str
        ends: str | None
        effective_from: str

        def apply(self, aggregate: Person) -> None:
            """Keep the state for its day, and the last day for the whole employment."""
            ends = date.fromisoformat(self.ends) if self.ends else None
            held = aggregate.employments.setdefault(self.employment, Employment(date.fromisoformat(self.starts), ends))
            held.ends = ends
            held.states[self.effective_from] = {
                name: value for name, value in vars(self).items() if name not in _NOT_TERMS
            }

    class EmploymentRecorded(Held):
        """An employment began or will begin."""

        TOPIC = "workforce.employment.recorded"

    class EmploymentChanged(Held):
        """An employment's terms change from a day on."""

        TOPIC = "workforce.employment.changed"

    class EmploymentEnded(Event):
        """An employment's last day is ``ends``."""

        TOPIC = "workforce.employment.ended"
        employment: str
        ends: str

        def apply(self, aggregate: Person) -> None:
            """Keep the last day."""
            aggregate.employments[self.employment].ends = date.fromisoformat(self.ends)

    class Forgotten(Event):
        """The person is to be erased: their key is destroyed, and nothing more is recorded."""

        TOPIC = "workforce.person.forgotten"

        def apply(self, aggregate: Person) -> None:
            """Nothing of the name is left."""
            aggregate.forgotten = True
            aggregate.name = None

    def __init__(self, *, organisation: str, name: str | None) -> None:
        self.name = name
        self.first_organisation = organisation
        self.employments: dict[str, Employment] = {}
        self.forgotten = False

    @classmethod
    def recorded(cls, person: UUID, name: str, organisation: str, *, by: str, now: datetime) -> Self:
        """A person first heard of; raises InvalidError where the name will not do."""
        check_text("name", name, LONGEST_NAME)
        return cls.begin(
            cls.Recorded, id=person, at=now, person=str(person), organisation=organisation, by=by, name=name
        )

    def correct_name(self, name: str, *, by: str, now: datetime) -> None:
        """Call the person this; nothing happens where they are called so already."""
        self._check_known()
        check_text("name", name, LONGEST_NAME)
        if name != self.name:
            self._record(self.NameCorrected, now=now, by=by, name=name)

    def record_employment(self, employment: str, terms: Terms, *, by: str, now: datetime) -> None:
        """Begin an employment.

        Raises RefusedError where the staff number has another employment on any of these days.
        """
        self._check_known()
        self._check_manager(terms)
        self._check_overlap(employment, terms.employer, terms.staff_number, terms.starts, terms.ends)
        self._hold(self.EmploymentRecorded, employment, terms, terms.starts, by=by, now=now)

    def change_employment(self, employment: str, terms: Terms, effective_from: date, *, by: str, now: datetime) -> None:
        """Let other terms hold from a day on; nothing happens where they hold already.

        Raises RefusedError where the employer or the first day differ, or the staff number is taken on those days.
        """
        self._check_known()
        held = self._employment(employment)
        self._check_change(held, terms, effective_from)
        self._check_manager(terms)
        self._check_overlap(employment, terms.employer, terms.staff_number, terms.starts, terms.ends)
        if self.differs(employment, terms, effective_from):
            self._hold(self.EmploymentChanged, employment, terms, effective_from, by=by, now=now)

    def end_employment(self, employment: str, ends: date, *, by: str, now: datetime) -> None:
        """Let the employment's last day be this one; nothing happens where it is already."""
        self._check_known()
        held = self._employment(employment)
        check_day("ends", ends)
        if ends < held.starts:
            raise InvalidError(
                f"The last day, {ends}, is before the first day, {held.starts}.", code="bad-ends", field="ends"
            )
        for employer, number in held.numbers():
            self._check_overlap(employment, employer, number, held.starts, ends)
        if ends != held.ends:
            state = held.state_on(ends)
            self._record(
                self.EmploymentEnded,
                now=now,
                by=by,
                organisation=state["organisation"],
                employment=employment,
                ends=ends.isoformat(),
            )

    def forget(self, *, by: str, now: datetime) -> None:
        """Erase the person; nothing happens the second time."""
        if not self.forgotten:
            self._record(self.Forgotten, now=now, by=by)

    def organisation_on(self, day: date) -> str:
        """Where the person works on the day by the newest employment; before any, where first recorded."""
        if not self.employments:
            return self.first_organisation
        newest = max(self.employments.values(), key=lambda held: held.starts)
        return str(newest.state_on(day)["organisation"])

    def employment_under(self, employer: str, number: str, starts: date) -> str | None:
        """The employment that this employer's number has had from this first day; None where there is none."""
        return next(
            (
                name
                for name, held in self.employments.items()
                if held.starts == starts and (employer, number) in held.numbers()
            ),
            None,
        )

    def differs(self, employment: str, terms: Terms, day: date) -> bool:
        """Whether the employment has other terms on the day, or another last day."""
        return bool(self.differences(employment, terms, day))

    def differences(self, employment: str, terms: Terms, day: date) -> set[str]:
        """The names of the terms that are others on the day."""
        held = self._employment(employment)
        known = held.state_on(day) | {"ends": held.ends.isoformat() if held.ends else None}
        asked = terms.to_json() | {"organisation": terms.organisation}
        return {name for name, value in asked.items() if known[name] != value}

    def _hold(self, event: type[Held], employment: str, terms: Terms, since: date, *, by: str, now: datetime) -> None:
        self._record(
            event,
            now=now,
            by=by,
            organisation=terms.organisation,
            employment=employment,
            effective_from=since.isoformat(),
            **terms.to_json(),
        )

    def _record(self, event: type[Event], *, now: datetime, by: str, organisation: str = "", **fields: object) -> None:
        where = organisation or self.organisation_on(now.astimezone(LONDON).date())
        self.record(event, at=now, person=str(self.id), organisation=where, by=by, **fields)

    def _employment(self, employment: str) -> Employment:
        held = self.employments.get(employment)
        if held is None:
            raise NotFoundError("This person does not have this employment. Go back to their record and choose one.")
        return held

    def _check_known(self) -> None:
        if self.forgotten:
            raise ErasedError("This person's record has been erased, so nothing can be added to it.")

    def _check_manager(self, terms: Terms) -> None:
        if terms.manager == str(self.id):
            raise RefusedError(
                "A person cannot be their own line manager. Enter somebody else, or leave it empty.",
                code="own-manager",
                field="manager_staff_number",
            )

    def _check_change(self, held: Employment, terms: Terms, effective_from: date) -> None:
        check_day("effective_from", effective_from)
        if terms.employer != held.state_on(effective_from)["employer"]:
            raise RefusedError(
                "You cannot change the legal employer of an employment. End it, and record a new one with the other.",
                code="other-employer",
                field="employer",
            )
        if terms.starts != held.starts:
            raise RefusedError(
                f"This employment starts on {held.starts} and stays so. Record missing days as an employment of their "
                "own, or end this one and record it anew.",
                code="other-start",
                field="starts",
            )
        if effective_from < held.starts:
            raise RefusedError(
                f"A change cannot start on {effective_from}, before the first day, {held.starts}.",
                code="change-before-start",
                field="effective_from",
            )
        if terms.ends is not None and effective_from > terms.ends:
            raise RefusedError(
                f"A change cannot start on {effective_from}, after the last day, {terms.ends}.",
                code="change-after-end",
                field="effective_from",
            )

    def _check_overlap(self, employment: str, employer: str, number: str, starts: date, ends: date | None) -> None:
        span = Span(starts, ends or LAST_DAY)
        for other in self._others(employment, employer, number):
            if other.span.overlaps(span):
                until = f"to {other.ends}" if other.ends else "without an end"
                raise RefusedError(
                    f"Staff number {number} already has an employment from {other.starts} {until}. "
                    "End that one first, or choose days that do not overlap.",
                    code="overlapping-employment",
                    field="starts",
                )

    def _others(self, employment: str, employer: str, number: str) -> Iterable[Employment]:
        return (
            held
            for name, held in self.employments.items()
            if name != employment and (employer, number) in held.numbers()
        )
