"""Training from a course to the figures, and an award from HR to its lapse, on both substrates.

Black box: HTTP and the command line. In order: each test goes on where the one before it ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from shared.contracts.wire import decode_batch, encode_batch
from tests.system.client import Client
from tests.system.harness import Deployment
from tests.system.site import Site, leap, settle
from tests.system.staff import NAMES, RIVERS, WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

CODE = "carer-aware"
STAFF = 15
"""People of the ministry: a manager, HR, payroll and twelve carers."""


@dataclass
class Cast:
    """Who acts."""

    site: Site
    carer: Client
    manager: Client
    hr: Client
    foreign_hr: Client

    @property
    def today(self) -> date:
        """Business time's day."""
        return self.site.day(0)

    def compliance(self, on: date | None = None) -> dict[str, Any]:
        """The course's figures as HR sees them."""
        query = {"on": on.isoformat()} if on else {}
        found: dict[str, Any] = self.hr.found(f"/api/accreditation/courses/{CODE}/compliance", **query)
        return {name: found[name] for name in ("numerator", "denominator", "in_grace")}

    def told(self, what: str) -> list[dict[str, Any]]:
        """What accreditation has published of one kind."""
        outbox = self.site.deployment.wirings["accreditation"].outbox
        bodies = [event.body for event in outbox.page(0, 10_000).events]
        events = decode_batch(encode_batch(bodies)) if bodies else []
        return [event for event in events if event["type"] == f"carers.accreditation.{what}.v1"]


@pytest.fixture(scope="module")
def cast(deployment: Deployment) -> Iterator[Cast]:
    site = settle(deployment)
    yield Cast(
        site,
        carer=site.client(WORKS, "C1"),
        manager=site.client(WORKS, "M1"),
        hr=site.client(WORKS, "H1", "hr"),
        foreign_hr=site.client(RIVERS, "H1", "hr"),
    )
    assert deployment.set_aside() == []


def test_everybody_whom_a_course_is_for_is_asked(cast: Cast) -> None:
    course = {
        "code": CODE,
        "title": "Carer aware",
        "audience": "all-staff",
        "validity_months": 1,
        "grace_days": 0,
        "starts": cast.today.isoformat(),
    }
    cast.hr.done("/api/accreditation/courses", course)
    wait_for("everybody is asked", lambda: len(cast.told("training-assigned")) == STAFF)
    assert {event["organisation"] for event in cast.told("training-assigned")} == {WORKS}
    assert cast.compliance() == {"numerator": 0, "denominator": STAFF, "in_grace": 0}


def test_completions_come_by_api_and_by_file_and_count_at_once(cast: Cast, deployment: Deployment) -> None:
    body = {"code": CODE, "version": 1, "completed_on": cast.today.isoformat(), "source": "certificate"}
    cast.hr.done("/api/accreditation/completions", body | {"person": cast.site.person(WORKS, "C1").person})
    file = deployment.folder / "training.csv"
    rows = [f"C{number},{NAMES[WORKS]},{CODE},1,{cast.today},learning-system" for number in (1, 2, 3, 99)]
    file.write_text("\n".join(["staff_number,organisation,course,version,completed_on,source", *rows, ""]))
    done = deployment.command("import", "training", str(file))
    assert done.returncode == 1
    assert "Line 5, staff_number: Nobody at Ministry of Works has the staff number C99" in done.stdout
    assert "4 rows: 2 new, 1 known already, 1 not imported." in done.stdout
    again = deployment.command("import", "training", str(file))
    assert "4 rows: 0 new, 3 known already, 1 not imported." in again.stdout
    wait_for("three count", lambda: cast.compliance()["numerator"] == 3)
    (own,) = cast.carer.found("/api/accreditation/training")["asked"]
    assert own["state"] == "trained"


def test_a_manager_sees_the_team_and_hr_elsewhere_nothing(cast: Cast) -> None:
    team = cast.manager.found("/api/accreditation/team")["asked"]
    assert len(team) == STAFF - 1
    assert sum(each["state"] == "trained" for each in team) == 3
    person = cast.site.person(WORKS, "C1").person
    for path in (f"/api/accreditation/courses/{CODE}/compliance", f"/api/accreditation/training?person={person}"):
        assert cast.foreign_hr.get(path).status == 404
        assert cast.manager.get(path).status == (403 if "courses" in path else 200)


def test_what_is_in_place_and_an_award_are_seen_by_everybody(cast: Cast) -> None:
    today = cast.today.isoformat()
    policy = {"kind": "carers-policy", "starts": today, "owner": "People team"}
    cast.hr.done("/api/accreditation/provisions", policy)
    until = (cast.today + timedelta(days=20)).isoformat()
    award = {"scheme": "carer-confident", "level": "active", "starts": today, "until": until, "organisations": [WORKS]}
    cast.hr.done("/api/accreditation/awards", award)

    def seen() -> bool:
        provisions = cast.carer.found("/api/accreditation/provisions")["provisions"]
        levels = cast.carer.found("/api/accreditation/awards")["levels"]
        policies = [each["state"] for each in provisions if each["kind"] == "carers-policy"]
        return policies == ["in-place"] and {"scheme": "carer-confident", "level": "active"} in levels

    wait_for("the carer sees both", seen)
    assert cast.carer.post("/api/accreditation/provisions", policy).status == 403
    waiting = [item["text"] for item in cast.hr.found("/api/accreditation/home")["items"]]
    assert any("The Carer Confident award ends on" in text for text in waiting)


def test_by_the_clock_completions_expire_and_the_award_lapses(cast: Cast) -> None:
    before = cast.today
    leap(cast.site, before + timedelta(days=40))
    wait_for("three expire", lambda: len(cast.told("training-expired")) == 3)
    wait_for("the award lapses", lambda: len(cast.told("lapsed")) == 1)
    assert cast.compliance()["numerator"] == 0
    assert cast.compliance(before)["numerator"] == 3
    levels = cast.carer.found("/api/accreditation/awards")["levels"]
    assert {"scheme": "carer-confident", "level": None} in levels


def test_who_leaves_is_asked_no_longer(cast: Cast, deployment: Deployment) -> None:
    person = cast.site.person(WORKS, "C5").person
    record = cast.hr.found(f"/api/workforce/people/{person}")
    (employment,) = [each["employment"] for each in record["employments"]]
    path = f"/api/workforce/people/{person}/employments/{employment}/end"
    cast.hr.done(path, {"ends": (cast.today - timedelta(days=1)).isoformat()})
    (left,) = wait_for("one is released", lambda: cast.told("training-released"))
    assert (left["subject"], left["data"]["left_on"]) == (person, cast.today.isoformat())
    assert cast.compliance()["denominator"] == STAFF - 1
    deployment.wait_until_caught_up()
