"""The guided tour, walked page by page in its order in one world: no place that it leads to has become empty."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.contracts.types import LEAVE_TAKEN
from shared.demonstration.defaults import defaults_of
from shared.demonstration.plan import Plan
from shared.kernel.clock import FixedClock, today
from shared.runtime.service import installed
from shared.runtime.wiring import wire_all
from shared.web.actor import ROLES, Actor
from shared.web.tour_steps import GUIDES
from tests.support import deliver
from tests.web_client import SampleSettings, WebClient, web_client
from tests.world.making import ENDS, made

pytestmark = pytest.mark.timeout(300)

TOURED = Plan(ENDS, organisations=1, scale=0.1, years=2)

SEEN = {
    ("carer", "/leave/"): "Left today .* My requests, newest first",
    ("carer", "/leave/notices/new"): "When do you need leave",
    ("carer", "/passport/"): "What is written .* Who can read it Who has read your passport",
    ("carer", "/accreditation/"): "Your training Course Status",
    ("carer", "/payroll/own"): "Sent Date Amount .* Unpaid",
    ("manager", "/"): "Requests from people you manage .* Late request",
    ("manager", "/leave/waiting"): "Late: not answered yet .* Not confirmed yet",
    ("manager", "/passport/team"): "Passports in my team .* Agreed Shared with me",
    ("manager", "/accreditation/team"): "People you manage Person",
    ("hr", "/workforce/"): "Name Staff number",
    ("hr", "/leave/staff"): "Staff number",
    ("hr", "/leave/waiting/organisation"): "Who Away Asked on .* Late: not answered yet",
    ("hr", "/accreditation/organisation"): "Courses on .* In place",
    ("hr", "/reporting/organisation"): "How it is made|Revision",
    ("hr", "/passport/find"): "Staff number",
    ("payroll", "/payroll/"): "Changes to send Last batch Monthly .* HM Revenue and Customs [1-9]",
    ("payroll", "/trail?service=payroll"): "ayroll sealed a batch",
    ("statistics", "/reporting/board"): "As it was known on .* organisations have reported",
    ("statistics", "/reporting/board/over-time"): "Leave uptake .* From",
    ("statistics", "/reporting/departments?view=returns"): "Organisation Revision Computed on .* [1-9]",
    ("champion", "/reporting/organisation"): "Figures for",
    ("champion", "/reporting/board"): "organisations have",
    ("champion", "/reporting/organisation/over-time"): "over time",
    ("champion", "/accreditation/"): "in place for carers .* Responsible",
    ("operator", "/trail?follow=yes"): "A carer asked for leave",
    ("operator", "/trail?view=steps"): "Recorded Service What Organisation Position",
    ("operator", "/trail?view=services"): "How far each service is .* Up to date",
    ("operator", "/"): "Your tasks",
    ("later", "/clock"): "What happens next On",
    ("later", "/leave/"): "Taken",
    ("later", "/payroll/own"): "Not sent yet Date Amount",
    ("later", "/trail"): "taken, .*pay",
}
"""What stands on each place of the tour as long as there is something to do or to see there."""


class Walk:
    """A world at the instant at which the newcomer arrives, and the default person of each role in it."""

    def __init__(self, folder: Path) -> None:
        settings, cast = made(folder, TOURED)
        self.clock = FixedClock(ENDS)
        self.wirings = wire_all(installed(), settings, self.clock)
        web = web_client(self.wirings, clock=self.clock, settings=SampleSettings(services=tuple(self.wirings)))
        self._people = {each.role: each for each in reversed(defaults_of(cast, ENDS.date()))}
        self._web, self.asked = web, ""

    def as_(self, role: str) -> WebClient:
        """The default person of a role."""
        who = self._people[role]
        return self._web.signed_in(Actor(who.person, who.organisation, frozenset({"carer", role} & set(ROLES))))

    def carry(self) -> None:
        """Everything reaches everybody, and what is due happens."""
        deliver(*self.wirings.values())

    def a_day_later(self) -> None:
        """The date moves on by a day."""
        self.clock.advance(timedelta(days=1))
        self.carry()

    def carer(self) -> None:
        """Ask for half a day, about a week ahead."""
        for ahead in range(7, 14):
            day = today(self.clock) + timedelta(days=ahead)
            body = {"days": [{"date": day.isoformat(), "part": "am"}], "dependant": True, "care": True}
            if self.as_("carer").api("POST", "/api/leave/notices", json=body).status_code == 201:
                self.asked = day.isoformat()
                return
        raise AssertionError("nobody could ask for half a day in two weeks")

    def manager(self) -> None:
        """Confirm one request that came in time, and sign no passport."""
        manager = self.as_("manager")
        waiting = manager.api("GET", "/api/leave/waiting").json["notices"]
        in_time = next(each["notice"] for each in waiting if not each["late"])
        assert manager.api("POST", f"/api/leave/notices/{in_time}/confirm").status_code == 200

    def hr(self) -> None:
        """Correct a day of the organisation that was taken two months ago or earlier, so that payroll was sent it."""
        page = self.wirings["leave"].outbox.page(0, 1_000_000)
        told = [json.loads(each.body) for each in page.events]
        long_ago = (today(self.clock) - timedelta(days=62)).isoformat()
        sent = [event["data"] for event in told if event["type"] == LEAVE_TAKEN]
        taken = [data for data in sent if data["date"] < long_ago][-1]
        body = {"notice": taken["notice"], "date": taken["date"], "minutes": "0", "reason": "worked"}
        assert self.as_("hr").api("POST", "/api/leave/days/correct", json=body).status_code == 200

    def payroll(self) -> None:
        """Seal the next batch of each pay group."""
        payroll = self.as_("payroll")
        for link in re.findall(r'href="(/payroll/pay-groups/[^"?]+)"', payroll.get("/payroll/").text):
            page = payroll.get(f"{link}/seal").text
            hidden = dict(re.findall(r'name="(checked|leave_epoch|leave_position)" value="([^"]*)"', page))
            assert payroll.post_form(f"{link}/seal", hidden).status_code == 303

    def later(self) -> None:
        """Move the date until the half day is over."""
        while today(self.clock).isoformat() <= self.asked:
            self.a_day_later()


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    found = Walk(tmp_path_factory.mktemp("tour"))
    yield found
    for wiring in found.wirings.values():
        wiring.close()


def test_every_place_has_its_words_and_no_other() -> None:
    assert set(SEEN) == {(guide.name, step.href) for guide in GUIDES for step in guide.steps if step.href}


def test_walked_in_its_order_the_tour_leads_to_no_place_that_has_become_empty(walk: Walk) -> None:
    empty = []
    for guide in GUIDES:
        assert today(walk.clock) == ENDS.date(), f"the date has moved before {guide.name}"
        reader = walk.as_(guide.role)
        if guide is GUIDES[-1]:
            walk.later()
        for step in guide.steps:
            page = reader.text(step.href).partition(" Sign out ")[2] if step.href else ""
            if step.href and not re.search(SEEN[guide.name, step.href], page):
                empty.append((guide.name, step.href))
                print(empty[-1], page)  # shown where the test fails
            if step is guide.steps[-1] and guide.name in ("carer", "manager", "hr"):
                getattr(walk, guide.name)()
            if step.do.startswith("Check the totals, seal"):
                walk.payroll()
            walk.carry()
    assert empty == []
