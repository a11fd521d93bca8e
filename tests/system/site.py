"""A deployment with people in it: two departments and the centre, each role by name."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared.kernel.clock import OffsetClock, SystemClock, today
from shared.kernel.periods import add_months
from tests.system.client import Client
from tests.system.harness import Deployment
from tests.system.staff import CENTRE, RIVERS, WORKS, Member, everybody
from tests.system.waiting import wait_for

PAY_GROUP = "monthly"
STORY_BEGINS = 5
"""The day of the month on which stories begin."""
DECLARED = {"dependant": True, "care": True}


@dataclass(frozen=True)
class Person:
    """Somebody of the staff file."""

    person: str
    organisation: str
    staff_number: str


class Site:
    """The people of a deployment, and what they do most."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self._clock = _clock_of(deployment)
        self._unmoved = today(self._clock) - timedelta(days=self._clock.offset())
        self._staff = {organisation: self._staff_of(organisation) for organisation in (WORKS, RIVERS, CENTRE)}

    def person(self, organisation: str, staff_number: str) -> Person:
        """Somebody by staff number."""
        return Person(self._staff[organisation][staff_number], organisation, staff_number)

    def carers(self, organisation: str) -> list[Person]:
        """All carers of an organisation."""
        return [self.person(organisation, number) for number in self._staff[organisation] if number.startswith("C")]

    def client(self, organisation: str, staff_number: str, *roles: str) -> Client:
        """This person at the API, in these roles beside the one that everybody has."""
        return self.deployment.client(self.person(organisation, staff_number).person, organisation, *roles)

    def day(self, ahead: int) -> date:
        """The business date so many days from now.

        It goes on with the demonstration's clock alone: a midnight that passes meanwhile does not move it under a test.
        """
        return self._unmoved + timedelta(days=self._clock.offset() + ahead)

    def _staff_of(self, organisation: str) -> dict[str, str]:
        hr = self.deployment.client("", organisation, "hr")
        found: dict[str, str] = {}
        page = 0
        while True:
            page += 1
            answer = hr.found("/api/workforce/staff", page=page)
            found |= {row["staff_number"]: row["person"] for row in answer["staff"]}
            if len(found) >= answer["total"] or not answer["staff"]:
                return found


def settle(deployment: Deployment, members: Sequence[Member] = ()) -> Site:
    """Make the databases, import the staff, start everything, and wait until every service knows everybody.

    Whatever the date of the machine, it begins early in a month, or on the day that ``TEST_STORY_BEGINS`` names.
    """
    deployment.carers("migrate")
    _move_to(_clock_of(deployment), _first_day())
    deployment.import_staff(members or everybody())
    deployment.start()
    deployment.wait_until_caught_up(60)
    return Site(deployment)


def leap(site: Site, day: date) -> None:
    """Let business time be this day at once, as after days on which nothing ran."""
    _move_to(_clock_of(site.deployment), day)


def story_day(today: date) -> date:
    """The day on which a story begins: the fifth of the coming month, so that its first three weeks are in one month.

    No month's end, no day on which the clocks change, and no 29 February is among them.
    """
    return add_months(today.replace(day=1), 1).replace(day=STORY_BEGINS)


def _first_day() -> date:
    named = os.environ.get("TEST_STORY_BEGINS")
    return date.fromisoformat(named) if named else story_day(today(SystemClock()))


def _clock_of(deployment: Deployment) -> OffsetClock:
    clock = deployment.settings().clock()
    assert isinstance(clock, OffsetClock)
    return clock


def _move_to(clock: OffsetClock, day: date) -> None:
    clock.advance((day - today(clock)).days)


def notice(day: date, part: str = "am") -> dict[str, Any]:
    """The body of a notice of one day, or of a part of it."""
    return {"days": [{"date": day.isoformat(), "part": part}], **DECLARED}


def preview(payroll: Client, employer: str = WORKS) -> Any:
    """What the next batch would send."""
    return payroll.found("/api/payroll/preview", employer=employer, pay_group=PAY_GROUP)


def preview_of(payroll: Client, lines: int, *, batch: int, employer: str = WORKS) -> Any:
    """The preview of a batch by its number, once it has so many lines."""

    def ask() -> Any:
        found = preview(payroll, employer)
        return found if (found["count"], found["number"]) == (lines, batch) else None

    return wait_for(f"the preview of batch {batch} has {lines} lines", ask)


def seal(payroll: Client, shown: Any, employer: str = WORKS) -> list[dict[str, str]]:
    """Seal exactly what a preview showed; answers the rows of the batch's file."""
    body = {name: shown[name] for name in ("leave_epoch", "leave_position", "checked")}
    sealed = payroll.done("/api/payroll/batches", {"employer": employer, "pay_group": PAY_GROUP, **body})
    return file_of(payroll, sealed["batch"])


def file_of(payroll: Client, batch: str) -> list[dict[str, str]]:
    """The rows of a batch's CSV."""
    reply = payroll.get(f"/api/payroll/batches/{batch}/file")
    assert reply.status == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.text, newline="")))


def return_of(client: Client, month: str, organisation: str = WORKS) -> Any:
    """The exact return of an organisation as this person sees it, or None."""
    found = client.found("/api/reporting/returns", month=month)["returns"]
    return next((each for each in found if each["organisation"] == organisation), None)


def days_returned(client: Client, month: str, days: str, organisation: str = WORKS) -> Any:
    """The return, once indicator 11 counts so many days of the month."""

    def ask() -> Any:
        found = return_of(client, month, organisation)
        return found if found and found["figures"]["11"]["month"]["days"] == days else None

    return wait_for(f"{organisation}'s return for {month} says {days} days", ask)
