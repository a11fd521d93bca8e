"""A real accreditation service, with a people view filled from workforce's published events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

from services.accreditation.application import Accreditation
from services.accreditation.domain.commands import (
    ExemptPerson,
    RecordAward,
    RecordCompletion,
    RecordCourse,
    RecordProvision,
)
from services.accreditation.domain.courses import CourseRules
from services.accreditation.read.courses import course_with
from shared.bus.inbox import Inbox
from shared.contracts import types
from shared.contracts.catalogue import validate_batch
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.clock import FixedClock
from shared.kernel.ids import derived_id
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from shared.web.actor import Actor
from tests.accreditation.builders import CARER, CODE, FIRST, HR, MANAGER, ORGANISATION, OTHER, STRANGER
from tests.published_workforce import PublishedWorkforce
from tests.support import project, settings_for, wired

MORNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = MORNING.date()
SISTER = "works-agency"

CARER_ACTOR = Actor(CARER, ORGANISATION, frozenset({"carer"}))
MANAGER_ACTOR = Actor(MANAGER, ORGANISATION, frozenset({"carer"}))
HR_ACTOR = Actor(HR, ORGANISATION, frozenset({"carer", "hr"}))
STRANGER_ACTOR = Actor(STRANGER, OTHER, frozenset({"carer", "hr"}))


class Rig:
    """Accreditation with a carer, their manager, HR, and somebody of another organisation."""

    service = "accreditation"
    actors: ClassVar = {"carer": CARER_ACTOR, "manager": MANAGER_ACTOR, "hr": HR_ACTOR}

    def __init__(self, folder: Path, database: str = "") -> None:
        self.clock = FixedClock(MORNING)
        self.settings = settings_for(folder, database=database)
        self.wiring: Wiring = wired("accreditation", self.settings, self.clock)
        self.application = cast("Accreditation", self.wiring.application)
        self.workforce = PublishedWorkforce()
        self._keys = 0
        for organisation, group in ((ORGANISATION, "Works"), (SISTER, "Works"), (OTHER, "")):
            self.name(organisation, organisation.replace("-", " ").capitalize(), group)
        for person, organisation in (
            (CARER, ORGANISATION),
            (MANAGER, ORGANISATION),
            (HR, ORGANISATION),
            (STRANGER, OTHER),
        ):
            self.employ(person, organisation=organisation, manager=MANAGER if person == CARER else None)

    def name(self, organisation: str, name: str, group: str = "") -> None:
        """Workforce publishes an organisation's name."""
        data = {"name": name, "group": group or None, "kind": "department"}
        self._publish(types.ORGANISATION_RECORDED, "", organisation, data)

    def employ(
        self,
        person: str,
        *,
        employment: str = "",
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
            "pattern": {
                "starts": "2020-01-06",
                "days": [[222, 222]] * 5 + [[0, 0]] * 2,
                "works_bank_holidays": False,
                "varies": False,
            },
            "starts": "2020-01-06",
            "ends": None,
            "effective_from": effective_from.isoformat(),
        } | changes
        self._publish(kind, person, organisation, data)
        return held

    def change(self, person: str, effective_from: date, **changes: Any) -> None:
        """Workforce publishes that a person's terms change."""
        self.employ(person, kind=types.EMPLOYMENT_CHANGED, effective_from=effective_from, **changes)

    def end(self, person: str, last: date) -> None:
        """Workforce publishes that a person's employment ends."""
        data = {"employment": str(derived_id("employment", person)), "ends": last.isoformat()}
        self._publish(types.EMPLOYMENT_ENDED, person, ORGANISATION, data)

    def forget(self, person: str) -> None:
        """Workforce publishes that a person was erased."""
        self._publish(types.PERSON_FORGOTTEN, person, ORGANISATION, {})

    def course(self, code: str = CODE, **changes: Any) -> Answer:
        """HR records a course for all staff, without grace, that holds for twelve months."""
        plain: dict[str, Any] = {
            "title": "Carer aware",
            "audience": "all-staff",
            "validity_months": 12,
            "grace_days": 0,
            "starts": FIRST,
            "organisation": ORGANISATION,
        }
        return self.run(RecordCourse(code=code, by=HR, **(plain | changes)))

    def complete(self, person: str = CARER, on: date = date(2026, 2, 2), evidence: str = "", **changes: Any) -> Answer:
        """HR records that somebody completed the course."""
        plain: dict[str, Any] = {"organisation": ORGANISATION, "code": CODE, "version": 1, "source": "certificate"}
        command = RecordCompletion(person=person, completed_on=on, evidence=evidence, by=HR, **(plain | changes))
        return self.run(command)

    def exempt(self, starts: date, until: date | None = None, person: str = CARER, note: str = "") -> Answer:
        """HR lets somebody off the course."""
        return self.run(ExemptPerson(ORGANISATION, CODE, person, starts, until, "not-in-their-role", note, HR))

    def put_in_place(self, kind: str, starts: date = FIRST, **changes: Any) -> Answer:
        """HR records a provision."""
        plain: dict[str, Any] = {"owner": "People team", "evidence": "", "review_on": None}
        return self.run(RecordProvision(ORGANISATION, kind, starts, by=HR, **(plain | changes)))

    def award(self, starts: date = FIRST, until: date | None = None, *others: str, level: str = "active") -> Answer:
        """HR records an award under Carer Confident."""
        covers = (ORGANISATION, *others)
        return self.run(RecordAward(ORGANISATION, "carer-confident", level, starts, until, covers, "", HR))

    def rules(self, code: str = CODE) -> CourseRules:
        """The course as the lists have it."""
        with self.wiring.reading() as connection:
            found = course_with(connection, ORGANISATION, code)
        assert found is not None
        return found

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
        assert self.wiring.due is not None
        project(self.wiring)
        done = self.wiring.due(self.wiring)
        project(self.wiring)
        return done

    def days_later(self, days: int) -> None:
        """Let days pass without the clock's commands."""
        self.clock.advance(timedelta(days=days))

    def published(self) -> list[dict[str, Any]]:
        """What others were told, checked against the contract."""
        bodies = [event.body for event in self.wiring.outbox.page(0, 10_000).events]
        events = decode_batch(encode_batch(bodies))
        for event in events:
            for name in ("raw", "epoch", "position"):
                del event[name]
            if not event["subject"]:
                del event["subject"]
        if events:
            validate_batch(events)
        return events

    def told(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Of what others were told of one kind, the persons and the data."""
        return [(event.get("subject", ""), event["data"]) for event in self.published() if event["type"] == kind]

    def close(self) -> None:
        """Give the databases back."""
        self.wiring.close()

    def _publish(self, kind: str, person: str, organisation: str, data: dict[str, Any]) -> None:
        self.workforce.publish(kind, person, organisation, data)
        (people,) = self.wiring.subscriptions
        inbox = Inbox(
            people, "/test/workforce", self.wiring.stores.read, self.application, self.workforce, lambda: None
        )
        inbox.ask()
        project(self.wiring)
