"""A real reporting service on SQLite files, fed by workforce and leave that are lists of published events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.reporting.read.exact_returns import all_returns, own_return
from services.reporting.read.revisions_of import Statement
from shared.bus.inbox import Feed, Inbox
from shared.kernel.clock import FixedClock
from shared.kernel.ids import derived_id
from shared.runtime.wiring import Wiring
from shared.store.rebuild import Rebuilt, rebuild
from shared.store.subscriptions import Subscription
from tests.reporting.published import PublishedLog
from tests.support import PeerFeed, project, settings_for, wired

WORKS, RIVERS = "ministry-of-works", "rivers-agency"


class Rig:
    """Reporting with its neighbours: employ people, take days, let it arrive, let the clock report."""

    def __init__(self, folder: Path, subscriptions: tuple[str, ...] = ()) -> None:
        self.clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.settings = settings_for(folder)
        self.wiring: Wiring = wired("reporting", self.settings, self.clock)
        self.workforce = PublishedLog("workforce")
        self.leave = PublishedLog("leave")
        self.passport = PublishedLog("passport")
        self.accreditation = PublishedLog("accreditation")
        self.reporting: Feed = PeerFeed([self.wiring])
        chosen = [held for held in self.wiring.subscriptions if held.name in subscriptions or not subscriptions]
        self.inboxes = {held.name: self._inbox(held) for held in chosen}

    def organisation(self, organisation: str, name: str, kind: str = "department", *, group: str | None = None) -> None:
        """Workforce publishes an organisation."""
        self.workforce.publish("organisation-recorded", organisation, {"name": name, "group": group, "kind": kind})

    def employ(self, count: int, organisation: str = WORKS, *, since: str = "2026-11-01", **changed: Any) -> None:
        """Workforce publishes so many employments in an organisation."""
        for number in range(count):
            data = {
                "employment": str(derived_id("employment", organisation, str(number))),
                "staff_number": f"S{number}",
                "post": "Officer",
                "employer": organisation,
                "manager": None,
                "nation": "england",
                "status": "employee",
                "fte": "4/5",
                "full_time_minutes": 2220,
                "pattern": {"starts": since, "days": [[222, 222]], "works_bank_holidays": False, "varies": False},
                "starts": since,
                "ends": None,
                "effective_from": since,
            }
            self.workforce.publish(
                "employment-recorded", organisation, data | changed, person=someone(organisation, number)
            )

    def take(self, number: int, day: str, organisation: str = WORKS, *, minutes: int | str = 444) -> None:
        """Leave publishes that somebody took a day."""
        self._day("taken", number, day, organisation, minutes, {"part": "whole"})

    def correct(self, number: int, day: str, organisation: str = WORKS, *, minutes: int | str = 0) -> None:
        """Leave publishes that a day was put right."""
        self._day(
            "corrected", number, day, organisation, minutes, {"previous_minutes": 444, "previous_paid_minutes": 0}
        )

    def give_notice(self, number: int, given_on: str, organisation: str = WORKS, *, late: bool = False) -> str:
        """Leave publishes a notice; answers its id."""
        notice = str(derived_id("given", organisation, str(number), given_on))
        day = {"date": given_on, "part": "whole", "minutes": 444, "scheduled_minutes": 444}
        data = {
            "notice": notice,
            "employment": str(derived_id("employment", organisation, str(number))),
            "given_on": given_on,
            "late": late,
            "waived": False,
            "days": [day],
        }
        self.leave.publish("requested", organisation, data, person=someone(organisation, number))
        return notice

    def postpone(self, number: int, given_on: str, organisation: str = WORKS) -> None:
        """Leave publishes that the notice's day was postponed."""
        notice = str(derived_id("given", organisation, str(number), given_on))
        data = {
            "notice": notice,
            "given_on": given_on,
            "postponed_on": given_on,
            "agreed": True,
            "lawful": True,
            "dates": [given_on],
            "days": [{"date": given_on, "part": "whole", "minutes": 444, "scheduled_minutes": 444}],
        }
        self.leave.publish("postponed", organisation, data, person=someone(organisation, number))

    def agree_passport(self, number: int, day: str, organisation: str = WORKS) -> None:
        """Passport publishes that somebody's passport was agreed."""
        data = {"days_from_draft": 3, "agreed_on": day, "review_due": f"{int(day[:4]) + 1}{day[4:]}"}
        self.passport.publish("agreed", organisation, data, person=someone(organisation, number))

    def train(self, number: int, organisation: str = WORKS, *, completed_on: str = "", due_on: str) -> None:
        """Accreditation publishes that somebody is asked to take the organisation's course, and whether they did."""
        course = {"course": str(derived_id("course", organisation)), "code": "carer-awareness"}
        asked = {"audience": "all-staff", "least_version": 1, "since": "2026-01-01", "due_on": due_on}
        someone_here = someone(organisation, number)
        self.accreditation.publish("training-assigned", organisation, course | asked, person=someone_here)
        if completed_on:
            done = {"completion": str(derived_id("done", someone_here)), "version": 1, "completed_on": completed_on}
            data = course | done | {"expires_on": None}
            self.accreditation.publish("training-completed", organisation, data, person=someone_here)

    def provide(self, kind: str, starts: str, organisation: str = WORKS, *, counts_until: str | None = None) -> None:
        """Accreditation publishes that something is in place, until a day where it is vacant."""
        vacant = {"vacant_since": starts if counts_until else None, "counts_until": counts_until}
        self.accreditation.publish("provision-recorded", organisation, {"kind": kind, "starts": starts} | vacant)

    def award(self, level: str, starts: str, until: str, *covered: str, scheme: str = "carer-confident") -> None:
        """Accreditation publishes that the first of these organisations holds an award that covers all of them."""
        award = {"award": str(derived_id("award", scheme, level, starts)), "scheme": scheme, "level": level}
        data = award | {"starts": starts, "until": until, "organisations": list(covered)}
        self.accreditation.publish("awarded", covered[0], data)

    def arrive(self) -> None:
        """Everything published reaches reporting, and its own log its read side."""
        for inbox in self.inboxes.values():
            inbox.ask()
        project(self.wiring)

    def report(self) -> int:
        """The clock's turn, once; answers how many revisions were recorded, which then arrive too."""
        assert self.wiring.due is not None
        recorded = self.wiring.due(self.wiring)
        self.arrive()
        return recorded

    def settle(self) -> int:
        """Everything arrives and is reported."""
        self.arrive()
        return self.report()

    def own(self, month: str = "2026-11", organisation: str = WORKS) -> Statement:
        """The department's return."""
        with self.wiring.reading() as connection:
            found = own_return(connection, organisation, month)
        assert found is not None
        return found

    def at_the_centre(self, month: str = "2026-11") -> dict[str, Statement]:
        """The centre's returns by organisation."""
        with self.wiring.reading() as connection:
            return {statement.returned.organisation: statement for statement in all_returns(connection, month)}

    def advance(self, days: int) -> None:
        """Business time goes on."""
        self.clock.advance(timedelta(days=days))

    def close(self) -> None:
        """Give the databases back."""
        self.wiring.close()

    def _day(
        self, kind: str, number: int, day: str, organisation: str, minutes: int | str, more: dict[str, Any]
    ) -> None:
        data = {
            "notice": str(derived_id("notice", organisation, str(number), day)),
            "employment": str(derived_id("employment", organisation, str(number))),
            "staff_number": f"S{number}",
            "post": "Officer",
            "employer": organisation,
            "date": day,
            "minutes": minutes,
            "paid_minutes": 0,
            "scheduled_minutes": 444,
            "full_time_minutes": 2220,
        }
        self.leave.publish(kind, organisation, data | more, person=someone(organisation, number))

    def _inbox(self, subscription: Subscription) -> Inbox:
        logs = (self.workforce, self.leave, self.passport, self.accreditation)
        feeds: dict[str, Feed] = {log.service: log for log in logs} | {"reporting": self.reporting}
        return Inbox(
            subscription,
            f"/test/{subscription.source}",
            self.wiring.stores.read,
            self.wiring.application,
            feeds[subscription.source],
            self.refold,
        )

    def refold(self) -> Rebuilt:
        """Refold the read models; answers the report."""
        wiring = self.wiring
        return rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)


def someone(organisation: str, number: int) -> str:
    """The person of an organisation with this number."""
    return str(derived_id("person", organisation, str(number)))


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Reporting with nothing published yet."""
    opened = Rig(tmp_path)
    yield opened
    opened.close()
