"""A real passport service on SQLite files, with a people view filled from workforce's published events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

from services.passport.application import Passports
from services.passport.domain.commands import (
    BeginPassport,
    RecordConversation,
    SharePassport,
    SignPassport,
    WriteSection,
)
from services.passport.domain.passport import Passport
from services.passport.domain.sections import SECTIONS, Flexibility, Value
from shared.bus.inbox import Inbox
from shared.contracts import types
from shared.contracts.catalogue import validate_batch
from shared.contracts.wire import decode_batch, encode_batch
from shared.kernel.clock import FixedClock
from shared.kernel.ids import derived_id
from shared.runtime.wiring import Wiring
from shared.store.commands import Answer, CommandKey
from shared.web.actor import Actor
from tests.published_workforce import PublishedWorkforce
from tests.support import project, settings_for, wired

MORNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = MORNING.date()
WORKS = "ministry-of-works"
PLENTY = "ministry-of-plenty"

CARER = "11111111-1111-4111-8111-111111111111"
MANAGER = "22222222-2222-4222-8222-222222222222"
HR = "33333333-3333-4333-8333-333333333333"
COLLEAGUE = "44444444-4444-4444-8444-444444444444"
NEXT_MANAGER = "55555555-5555-4555-8555-555555555555"
OUTSIDER = "66666666-6666-4666-8666-666666666666"
OTHER_MANAGER = "77777777-7777-4777-8777-777777777777"

CARER_ACTOR = Actor(CARER, WORKS, frozenset({"carer"}))
MANAGER_ACTOR = Actor(MANAGER, WORKS, frozenset({"carer"}))
HR_ACTOR = Actor(HR, WORKS, frozenset({"carer", "hr"}))
COLLEAGUE_ACTOR = Actor(COLLEAGUE, WORKS, frozenset({"carer"}))
NEXT_MANAGER_ACTOR = Actor(NEXT_MANAGER, WORKS, frozenset({"carer"}))
PAYROLL_ACTOR = Actor("99999999-9999-4999-8999-999999999999", WORKS, frozenset({"carer", "payroll"}))
OUTSIDER_ACTOR = Actor(OUTSIDER, PLENTY, frozenset({"carer", "hr", "payroll"}))
OTHER_MANAGER_ACTOR = Actor(OTHER_MANAGER, PLENTY, frozenset({"carer"}))

LATE_START = Flexibility(
    "hours", "Start between 8am and 11am on Tuesdays", date(2026, 3, 9), review_by=date(2026, 9, 9)
)
WRITTEN: dict[str, Value] = {
    "pattern": "fluctuating",
    "impact": "Calls during the day cannot wait",
    "flexibilities": (LATE_START,),
    "emergency": "Tell the duty desk and go",
}
PURPOSE = "To agree it with me"


class Rig:
    """The passport with the people who use it: a carer, their manager, HR, colleagues, and another organisation."""

    service = "passport"
    actors: ClassVar = {"carer": CARER_ACTOR, "manager": MANAGER_ACTOR, "hr": HR_ACTOR}

    def __init__(self, folder: Path, database: str = "") -> None:
        self.clock = FixedClock(MORNING)
        self.settings = settings_for(folder, database=database)
        self.wiring: Wiring = wired("passport", self.settings, self.clock)
        self.application = cast("Passports", self.wiring.application)
        self.workforce = PublishedWorkforce()
        self._keys = 0
        self.employ(CARER, manager=MANAGER)
        for person in (MANAGER, HR, COLLEAGUE, NEXT_MANAGER):
            self.employ(person)
        for person in (OUTSIDER, OTHER_MANAGER):
            self.employ(person, organisation=PLENTY)

    def employ(
        self,
        person: str,
        *,
        kind: str = types.EMPLOYMENT_RECORDED,
        organisation: str = WORKS,
        effective_from: date = date(2020, 1, 6),
        **changes: Any,
    ) -> None:
        """Workforce publishes a person's employment."""
        data = {
            "employment": str(derived_id("employment", person)),
            "staff_number": f"S{person[:4]}",
            "post": "Policy adviser",
            "employer": "crown",
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

    def move(self, *, manager: str | None = MANAGER, organisation: str = WORKS, **changes: Any) -> None:
        """From today on the carer has another manager, post or organisation."""
        day = self.application.today()
        self.employ(
            CARER,
            kind=types.EMPLOYMENT_CHANGED,
            organisation=organisation,
            effective_from=day,
            manager=manager,
            **changes,
        )

    def forget(self, person: str) -> None:
        """Workforce publishes that a person was erased."""
        self._publish(types.PERSON_FORGOTTEN, person, WORKS, {})

    def begin(self, **sections: Value) -> None:
        """The carer begins a passport and writes these sections."""
        self.run(BeginPassport(CARER, CARER))
        for section, value in sections.items():
            self.write(section, value)

    def write(self, section: str, value: Value) -> Answer:
        """The carer writes a section."""
        return self.run(WriteSection(CARER, section, value, CARER))

    def share(
        self,
        reader: str = MANAGER,
        *sections: str,
        starts: date | None = None,
        ends: date | None = None,
        purpose: str = PURPOSE,
    ) -> str:
        """The carer lets somebody read sections, or all; answers the consent."""
        starts = starts or self.application.today()
        command = SharePassport(CARER, reader, sections or SECTIONS, purpose, starts, ends, CARER)
        return str(self.run(command).data["consent"])

    def talk(self) -> None:
        """They have talked today."""
        self.run(RecordConversation(CARER, self.application.today(), CARER))

    def sign(self, side: str, by: str = "") -> Answer:
        """One side signs what is written now."""
        signer = by or (CARER if side == "carer" else MANAGER)
        return self.run(SignPassport(CARER, side, self.passport.paper.digest, signer))

    def agree(self, sections: dict[str, Value] | None = None) -> None:
        """From nothing to a passport that both have signed."""
        self.begin(**(sections or WRITTEN))
        self.share()
        self.talk()
        self.sign("carer")
        self.sign("manager")

    @property
    def passport(self) -> Passport:
        """The carer's, as it is stored."""
        found = self.application.passport_of(CARER)
        assert found is not None
        return found

    def readable_by(self, reader: str) -> frozenset[str]:
        """The sections that somebody may read today."""
        sharing = self.application.sharing_of(CARER)
        assert sharing is not None
        managers = self.passport.managers(self.application.posts(CARER))
        return sharing.readable_by(reader, self.application.today(), managers)

    def run(self, command: Any, key: str = "") -> Answer:
        """A command under a key, and its events in the lists."""
        self._keys += 1
        scope = f"{WORKS}/{command.by}/{type(command).__name__}"
        answer = self.application.execute(command, CommandKey(scope, key or f"key-{self._keys}"))
        project(self.wiring)
        return answer

    def days_later(self, days: int) -> None:
        """Let days pass."""
        self.clock.advance(timedelta(days=days))

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

    def close(self) -> None:
        """Give the databases back."""
        self.wiring.close()

    def _publish(self, kind: str, person: str, organisation: str, data: dict[str, Any]) -> None:
        self.workforce.publish(kind, person, organisation, data)
        (people,) = self.wiring.subscriptions
        inbox = Inbox(
            people, "/test/workforce", self.wiring.stores.read, self.application, self.workforce, lambda: None
        )
        stored, self.application.on_stored = self.application.on_stored, lambda: None  # not inside the inbox's own
        inbox.ask()
        self.application.on_stored = stored
        project(self.wiring)
