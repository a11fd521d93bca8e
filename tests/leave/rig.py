"""A real leave service on SQLite files, with a people view filled from workforce's published events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

from services.leave.application import Leave
from services.leave.domain.commands import (
    ConfirmNotice,
    CorrectDay,
    Day,
    GiveNotice,
    MoveNotice,
    NotWaiveNotice,
    PostponeNotice,
    WithdrawNotice,
)
from services.leave.due import send_due
from shared.bus.inbox import Inbox
from shared.contracts import types
from shared.contracts.catalogue import validate_batch
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.clock import FixedClock
from shared.kernel.ids import derived_id
from shared.kernel.working_time import WorkingPattern
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from shared.web.actor import Actor
from tests.leave.builders import BOTH, CARER, FIVE_DAYS, HR, MANAGER
from tests.published_workforce import PublishedWorkforce
from tests.support import project, settings_for, wired

MORNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
FRIDAY = date(2026, 3, 13)
ORGANISATION = "ministry-of-works"
OTHER = "ministry-of-plenty"
POST = str(derived_id("employment", CARER))
STRANGER = "77777777-aaaa-4aaa-8aaa-777777777777"

CARER_ACTOR = Actor(CARER, ORGANISATION, frozenset({"carer"}))
MANAGER_ACTOR = Actor(MANAGER, ORGANISATION, frozenset({"carer"}))
HR_ACTOR = Actor(HR, ORGANISATION, frozenset({"carer", "hr"}))
PAYROLL_ACTOR = Actor("99999999-bbbb-4bbb-8bbb-999999999999", ORGANISATION, frozenset({"carer", "payroll"}))
STRANGER_ACTOR = Actor(STRANGER, OTHER, frozenset({"carer", "hr", "payroll"}))


class Rig:
    """Leave with the people who use it: a carer, their manager, HR, and somebody of another organisation."""

    service = "leave"
    actors: ClassVar = {"carer": CARER_ACTOR, "manager": MANAGER_ACTOR, "hr": HR_ACTOR}

    def __init__(self, folder: Path, database: str = "") -> None:
        self.clock = FixedClock(MORNING)
        self.settings = settings_for(folder, database=database)
        self.wiring: Wiring = wired("leave", self.settings, self.clock)
        self.application = cast("Leave", self.wiring.application)
        self.workforce = PublishedWorkforce()
        self._keys = 0
        for person, organisation in (
            (CARER, ORGANISATION),
            (MANAGER, ORGANISATION),
            (HR, ORGANISATION),
            (STRANGER, OTHER),
        ):
            self.employ(person, organisation=organisation, manager=MANAGER if person == CARER else None)

    def employ(
        self,
        person: str,
        *,
        employment: str = "",
        pattern: WorkingPattern = FIVE_DAYS,
        kind: str = types.EMPLOYMENT_RECORDED,
        organisation: str = ORGANISATION,
        effective_from: date = date(2020, 1, 6),
        **changes: Any,
    ) -> str:
        """Workforce publishes a person's employment; answers which."""
        held = employment or str(derived_id("employment", person))
        data = {
            "employment": held,
            "staff_number": f"S{person[:4]}",
            "post": "Policy adviser",
            "employer": organisation,
            "manager": None,
            "nation": "england",
            "status": "employee",
            "fte": "1/1",
            "full_time_minutes": 2220,
            "pattern": pattern.to_json(),
            "starts": "2020-01-06",
            "ends": None,
            "effective_from": effective_from.isoformat(),
        } | changes
        self._publish(kind, person, organisation, data)
        return held

    def record(self, organisation: str, name: str) -> None:
        """Workforce publishes what an organisation is called."""
        data = {"name": name, "group": None, "kind": "department"}
        self._publish(types.ORGANISATION_RECORDED, "", organisation, data)

    def end(self, person: str, last: date) -> None:
        """Workforce publishes that a person's employment ends."""
        data = {"employment": str(derived_id("employment", person)), "ends": last.isoformat()}
        self._publish(types.EMPLOYMENT_ENDED, person, ORGANISATION, data)

    def give(self, *days: date | tuple[date, str], person: str = CARER, key: str = "", employment: str = "") -> Answer:
        """The carer gives notice of these days (whole unless a part is named)."""
        named = tuple(Day(*day) if isinstance(day, tuple) else Day(day, "whole") for day in days)
        return self.run(GiveNotice(person, employment, named, BOTH, by=person), key=key)

    def confirm(self, notice: str) -> Answer:
        """The manager confirms."""
        return self.run(ConfirmNotice(CARER, ORGANISATION, notice, "manager", by=MANAGER))

    def withdraw(self, notice: str, *dates: date) -> Answer:
        """The carer gives days back."""
        return self.run(WithdrawNotice(CARER, ORGANISATION, notice, dates, by=CARER))

    def postpone(self, notice: str, *days: date, dates: tuple[date, ...] = (), **changes: Any) -> Answer:
        """The manager postpones the dates (all where none is named) to whole days."""
        decided: dict[str, Any] = {
            "consulted_on": self.clock.now().date(),
            "reason": "Two of three are away that week",
            "agreed": True,
            "decided_by": "manager",
            "by": MANAGER,
        }
        new = tuple(Day(day, "whole") for day in days)
        return self.run(PostponeNotice(CARER, ORGANISATION, notice, dates, new, **(decided | changes)))

    def not_waive(self, notice: str, reason: str = "The desk is not covered") -> Answer:
        """The manager keeps to the notice period."""
        return self.run(NotWaiveNotice(CARER, ORGANISATION, notice, reason, "manager", by=MANAGER))

    def move(self, notice: str) -> Answer:
        """The carer moves a notice that was not waived to days in time."""
        return self.run(MoveNotice(CARER, ORGANISATION, notice, by=CARER))

    def correct(self, notice: str, day: date, minutes: Any, reason: str = "Worked that day") -> Answer:
        """HR puts a day right."""
        return self.run(CorrectDay(CARER, ORGANISATION, notice, day, minutes, reason, by=HR))

    def run(self, command: Any, key: str = "") -> Answer:
        """A command under a key, and its events in the lists."""
        self._keys += 1
        scope = f"{ORGANISATION}/{command.by}/{type(command).__name__}"
        answer = self.application.execute(command, CommandKey(scope, key or f"key-{self._keys}"))
        project(self.wiring)
        return answer

    def until(self, day: date, hour: int = 10) -> int:
        """Let time pass until an hour (UTC) of a day; the clock's commands happen. Answers how many had an effect."""
        self.clock.advance(datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - self.clock.now())
        return self.due()

    def due(self) -> int:
        """The clock's commands, and their events in the lists."""
        project(self.wiring)
        done = send_due(self.wiring)
        project(self.wiring)
        return done

    def published(self) -> list[dict[str, Any]]:
        """What others were told, checked against the contract."""
        bodies = [event.body for event in self.wiring.outbox.page(0, 1000).events]
        events = decode_batch(encode_batch(bodies))
        for event in events:
            del event["raw"], event["epoch"], event["position"]
        if events:
            validate_batch(events)
        return events

    def told(self, kind: str) -> list[dict[str, Any]]:
        """The data of what others were told of one kind."""
        return [event["data"] for event in self.published() if event["type"] == kind]

    def days_later(self, days: int) -> None:
        """Let days pass without the clock's commands."""
        self.clock.advance(timedelta(days=days))

    def close(self) -> None:
        """Give the databases back."""
        self.wiring.close()

    def forget(self, person: str) -> None:
        """Workforce publishes that a person was erased."""
        self._publish(types.PERSON_FORGOTTEN, person, ORGANISATION, {})

    def _publish(self, kind: str, person: str, organisation: str, data: dict[str, Any]) -> None:
        self.workforce.publish(kind, person, organisation, data)
        (people,) = self.wiring.subscriptions
        inbox = Inbox(
            people, "/test/workforce", self.wiring.stores.read, self.application, self.workforce, lambda: None
        )
        inbox.ask()
        project(self.wiring)
