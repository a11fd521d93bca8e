"""Names on pages: for whoever may know them, from the service that keeps them, at the moment of showing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest

from services.leave.domain import commands as leave
from services.passport.domain import commands as passport
from services.workforce.domain import commands as workforce
from shared.web.actor import Actor
from shared.web.colleagues import with_name
from tests.fleet import EMPLOYER, HR, Fleet, particulars
from tests.support import MONDAY
from tests.web_client import SampleSettings, WebClient, serving, web_client

TODAY = MONDAY.date()
CARL = "Carl Carer (C1, Adviser)"
NAMES = ("Carl Carer", "Mary Manager", "Frank Friend")


@dataclass(frozen=True)
class Scene:
    """A manager's report who gave notice and shares a passport with a friend, and who they are."""

    fleet: Fleet
    carer: Actor
    manager: Actor
    friend: Actor
    notice: str


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    fleet = Fleet(tmp_path_factory.mktemp("fleet"))
    fleet.do("workforce", workforce.RecordOrganisation("Ministry of Works", "", "department", HR))
    fleet.do("workforce", workforce.RecordLegalEmployer("Ministry of Works", EMPLOYER, HR))
    manager = fleet.do("workforce", workforce.RecordEmployment("", "Mary Manager", particulars("M1"), HR))["person"]
    held = fleet.do("workforce", workforce.RecordEmployment("", "Carl Carer", particulars("C1", "M1"), HR))
    theirs = particulars("F1", "M1")
    friend = fleet.do("workforce", workforce.RecordEmployment("", "Frank Friend", theirs, HR))["person"]
    carer = held["person"]
    days = (leave.Day(TODAY + timedelta(days=16), "whole"),)
    given = leave.GiveNotice(carer, held["employment"], days, leave.Declaration(True, True), carer)
    notice = fleet.do("leave", given)["notice"]
    fleet.do("passport", passport.BeginPassport(carer, carer))
    fleet.do("passport", passport.WriteSection(carer, "contact", "By message", carer))
    for reader in (manager, friend):
        shared = passport.SharePassport(carer, reader, ("contact",), "To help", TODAY, None, carer)
        fleet.do("passport", shared)
    yield Scene(fleet, _actor(carer), _actor(manager), _actor(friend), notice)
    fleet.close()


@pytest.fixture
def client(scene: Scene) -> WebClient:
    """All services in one process."""
    return web_client(scene.fleet.services, clock=scene.fleet.clock)


def test_a_manager_reads_the_names_of_their_reports(client: WebClient, scene: Scene) -> None:
    reader = client.signed_in(scene.manager)
    for page in ("/leave/waiting", f"/leave/notices/{scene.notice}", "/passport/team"):
        assert CARL in reader.text(page), page
    assert CARL in reader.text(f"/passport/people/{scene.carer.person}")


def test_a_carer_reads_their_managers_name_and_a_friends_only_as_staff_number(client: WebClient, scene: Scene) -> None:
    page = client.signed_in(scene.carer).text("/passport/sharing")
    assert "Mary Manager (M1, Adviser)" in page
    assert "F1, Adviser" in page
    assert "Frank" not in page


def test_whoever_may_not_know_the_name_reads_staff_number_and_post(client: WebClient, scene: Scene) -> None:
    page = client.signed_in(scene.friend).text(f"/passport/people/{scene.carer.person}")
    assert "C1, Adviser" in page
    assert "Carl" not in page


def test_hr_of_the_organisation_reads_names_and_another_organisations_finds_nobody(
    client: WebClient, scene: Scene
) -> None:
    theirs = Actor(HR, EMPLOYER, frozenset({"hr"}))
    assert CARL in client.signed_in(theirs).text(f"/leave/notices/{scene.notice}")
    others = client.signed_in(Actor(HR, "rivers-agency", frozenset({"hr"})))
    assert others.get(f"/leave/notices/{scene.notice}").status_code == 404


def test_the_api_tells_no_names_beside_the_service_that_keeps_them(client: WebClient, scene: Scene) -> None:
    reader = client.signed_in(scene.manager)
    for path in ("/api/leave/waiting", f"/api/leave/notices/{scene.notice}", "/api/passport/team"):
        answer = reader.api("GET", path)
        assert answer.status_code == 200, path
        assert not any(name in answer.text for name in NAMES), path


@dataclass(frozen=True)
class ScatteredSettings(SampleSettings):
    """Settings of a web process beside which workforce runs elsewhere."""

    address: str = ""

    def service_url(self, name: str) -> str:
        return self.address


def _beside(scene: Scene, address: str) -> WebClient:
    settings = ScatteredSettings(services=tuple(scene.fleet.services), address=address)
    leave_alone = {"leave": scene.fleet.services["leave"]}
    return web_client(leave_alone, clock=scene.fleet.clock, settings=settings, front=False).signed_in(scene.manager)


def test_names_come_over_http_where_the_service_of_names_runs_elsewhere(client: WebClient, scene: Scene) -> None:
    with serving(client.app) as address:
        assert CARL in _beside(scene, address).text("/leave/waiting")


def test_a_silent_service_of_names_leaves_staff_numbers(scene: Scene) -> None:
    answer = _beside(scene, "http://127.0.0.1:9").get("/leave/waiting")
    assert answer.status_code == 200
    assert "C1, Adviser" in answer.text
    assert "Carl" not in answer.text


def test_asking_for_names_is_no_access_check(client: WebClient) -> None:
    with client.app.test_request_context(), pytest.raises(RuntimeError, match="access check"):
        with_name(str(uuid4()), "C1, Adviser")


def _actor(person: str) -> Actor:
    return Actor(person, EMPLOYER, frozenset({"carer"}))


def test_somebody_with_two_posts_is_told_apart_by_them_under_one_name(client: WebClient, scene: Scene) -> None:
    first = scene.fleet.do("workforce", workforce.RecordEmployment("", "Tess Two", particulars("T1", "M1"), HR))
    person = first["person"]
    second = scene.fleet.do("workforce", workforce.RecordEmployment(person, "", particulars("T2", "M1"), HR))
    for held, ahead in ((first, 21), (second, 22)):
        days = (leave.Day(TODAY + timedelta(days=ahead), "whole"),)
        given = leave.GiveNotice(person, held["employment"], days, leave.Declaration(True, True), person)
        scene.fleet.do("leave", given)
    page = client.signed_in(scene.manager).text("/leave/waiting")
    assert "Tess Two (T1, Adviser)" in page
    assert "Tess Two (T2, Adviser)" in page
