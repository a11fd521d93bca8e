"""Named fakes: a service's wiring without databases, and people to sign in as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from shared.kernel.clock import Clock, FixedClock
from shared.kernel.errors import KeyReusedError, RefusedError
from shared.runtime.directory import DirectoryOrganisation, Persona
from shared.runtime.health import Health, SourceHealth
from shared.runtime.identity import Actor
from shared.runtime.service import Service
from shared.runtime.upcoming import Upcoming
from shared.store.catching_up import wait_until
from shared.store.commands import Answer, CommandKey
from shared.store.outbox import Trace
from shared.web.trail import TrailRow
from tests.shared.web.errands import SERVICE

FRIDAY = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)

CARER = Actor("11111111-1111-4111-8111-111111111111", "dft", frozenset({"carer"}), "Carer, Department for Transport")
MANAGER = Actor("22222222-2222-4222-8222-222222222222", "dft", frozenset({"carer"}))
HR = Actor("33333333-3333-4333-8333-333333333333", "dft", frozenset({"carer", "hr"}))
STRANGER = Actor("44444444-4444-4444-8444-444444444444", "hmrc", frozenset({"carer", "hr"}))
PAYROLL = Actor("55555555-5555-4555-8555-555555555555", "dft", frozenset({"payroll"}))
OPERATOR = Actor("66666666-6666-4666-8666-666666666666", "dft", frozenset({"operator"}))


class MemoryCommands:
    """Commands kept in a list; the same key twice gets the first answer, Saturdays are refused."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self._answers: dict[CommandKey, tuple[Any, Answer]] = {}
        self.fail: Exception | None = None

    def execute(self, command: Any, key: CommandKey) -> Answer:
        if self.fail:
            raise self.fail
        if key in self._answers:
            first, answer = self._answers[key]
            if first != command:
                raise KeyReusedError("This key was used for another request. Use a new one.")
            return Answer(answer.data, answer.position, repeated=True)
        if command.day.weekday() == 5:
            raise RefusedError("Nobody runs errands on a Saturday. Choose another day.", first_day="2026-03-16")
        self.done.append(command)
        answer = Answer({"errand": "0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10"}, len(self.done))
        self._answers[key] = (command, answer)
        return answer


class SampleDirectory:
    """Two organisations with one carer and one of the centre's people."""

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        return [
            DirectoryOrganisation("dft", "Department for Transport", "department"),
            DirectoryOrganisation("centre", "Central team", "centre"),
        ]

    def personas(self, organisation: str, named: Mapping[str, Sequence[str]]) -> Sequence[Persona]:
        people = {
            "dft": (CARER, "Amina Osei", "Line manager", ("carer",)),
            "centre": (PAYROLL, "Jo Reid", "Statistics", ("statistics",)),
        }
        if organisation not in people:
            return []
        actor, name, role, roles = people[organisation]
        titles = {found.slug: found.name for found in self.organisations()}
        return [Persona(actor.person, name, "T1001", "Planner", organisation, titles[organisation], role, roles)]

    def names_for(self, actor: Actor, persons: Iterable[str]) -> Mapping[str, str]:
        names = {CARER.person: "Amina Osei", PAYROLL.person: "Jo Reid"}
        return {person: names[person] for person in persons if person in names and actor is not STRANGER}


class MemorySeen:
    """What was marked as seen: person, position, whether all before it too."""

    def __init__(self) -> None:
        self.marked: list[tuple[str, int, bool]] = []

    def mark(self, person: str, position: int) -> None:
        self.marked.append((person, position, False))

    def mark_through(self, person: str, position: int) -> None:
        self.marked.append((person, position, True))


@dataclass(frozen=True)
class MemoryOutbox:
    """What a service published, newest first."""

    rows: list[TrailRow]

    def trail(self, limit: int, below: int = 0) -> list[Trace]:
        shown = [row for row in self.rows if not below or row.position < below][:limit]
        return [
            Trace(row.epoch, row.position, row.time, row.what, row.organisation, row.revision, row.thread)
            for row in shown
        ]


@dataclass
class MemoryWiring:
    """A service wired to memory. ``shown`` is the position that its lists show; None follows at once."""

    service: Service = SERVICE
    clock: Clock = field(default_factory=lambda: FixedClock(FRIDAY))
    application: MemoryCommands = field(default_factory=MemoryCommands)
    directory: Any = None
    shown: int | None = None
    figures: Health = field(
        default_factory=lambda: Health(True, sources=(SourceHealth("errands", 0, 0.0), SourceHealth("leave", 0, 0.0)))
    )
    rows: list[TrailRow] = field(default_factory=list)
    seen: Any = field(default_factory=MemorySeen)
    managers: frozenset[str] = frozenset()
    coming: list[Upcoming] = field(default_factory=list)
    late: bool = False

    def manages(self, person: str) -> bool:
        return person in self.managers

    @contextmanager
    def reading(self) -> Iterator[Any]:
        yield None

    def ahead(self) -> Self:
        return self

    def catch_up(self, position: int | None = None, within: float = 0.0) -> bool:
        return wait_until(lambda: self.shown is None or position is None or self.shown >= position, within)

    def health(self) -> Health:
        return self.figures

    @property
    def outbox(self) -> MemoryOutbox:
        return MemoryOutbox(self.rows)

    def upcoming(self) -> list[Upcoming]:
        return self.coming

    def is_due(self) -> bool:
        return self.late
