"""The front at scale: services that run elsewhere are asked over HTTP, and may be silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from shared.runtime.health import Health, SourceHealth
from shared.runtime.upcoming import Upcoming
from shared.web.tokens import issue_service_token
from shared.web.trail import TrailRow
from tests.shared.web.fakes import CARER, OPERATOR, MemoryWiring, SampleDirectory
from tests.web_client import SampleSettings, WebClient, serving, web_client


@dataclass(frozen=True)
class ScatteredSettings(SampleSettings):
    """Settings of a front whose services run elsewhere."""

    address: str = ""

    def service_url(self, name: str) -> str:
        return self.address if name == "errands" else "http://127.0.0.1:9"


@pytest.fixture
def elsewhere(client: WebClient, wiring: MemoryWiring) -> Iterator[str]:
    """The errands in a server of their own."""
    wiring.rows = [TrailRow("errands", "e1", 7, "2026-03-13T09:05:07+00:00", "errands.errand.written", "dft", 2)]
    wiring.figures = Health(True, sources=(SourceHealth("leave", 12, 75.0, 1, 2),))
    with serving(client.app) as address:
        yield address


@pytest.fixture
def front(elsewhere: str, settings: SampleSettings, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    monkeypatch.setattr("shared.web.app.keeper_of_names", lambda: "errands")
    scattered = ScatteredSettings(keys_folder=settings.keys_folder, services=("errands", "gone"), address=elsewhere)
    return web_client({}, clock=MemoryWiring().clock, settings=scattered)


def test_people_come_from_the_service_that_keeps_names(front: WebClient) -> None:
    page = front.text("/?organisation=dft")
    assert "Department for Transport" in page
    assert "Amina Osei" in page
    answer = front.post_form("/sign-in", {"person": CARER.person, "organisation": "dft", "role": "Line manager"})
    assert answer.status_code == 303


def test_what_waits_comes_from_each_service_and_a_silent_one_is_named(front: WebClient) -> None:
    page = front.signed_in(CARER).text("/")
    assert (
        "1 errand waits for you T1001, Planner If you do nothing: The shop closes. Overdue: was due by 12 March 2026"
        in page
    )
    assert "At a glance Errands My errands (Errands) Fetched 2 of 3" in page
    assert "All services Errands" in page
    assert "Gone is not available at the moment" in page


def test_the_navigation_leads_to_services_elsewhere(front: WebClient) -> None:
    page = front.signed_in(CARER).get("/accessibility").text
    assert 'href="/errands/"' in page
    assert 'href="/gone/"' in page
    assert 'href="/errands/"' not in front.signed_in(OPERATOR).get("/accessibility").text


def test_the_trail_and_the_state_come_from_each_service(front: WebClient) -> None:
    page = front.signed_in(CARER).text("/trail?view=steps")
    assert "Errand written (revision 2)" in page
    assert "Gone does not answer at the moment" in page
    assert "Errands Leave 12 to go, oldest 75 seconds 1 2" in front.signed_in(CARER).text("/trail?view=services")


def test_whether_something_is_due_is_known_of_services_elsewhere(front: WebClient, wiring: MemoryWiring) -> None:
    peers = front.app.extensions["working-carers-peers"]
    with front.app.app_context():
        assert not peers.is_due()
        wiring.late = True
        assert peers.is_due()
        assert not peers.settled()  # one does not answer


def test_what_happens_next_comes_from_each_service(front: WebClient, wiring: MemoryWiring) -> None:
    wiring.coming = [Upcoming(date(2026, 3, 20), "a shop closes"), Upcoming(date(2026, 3, 16), "a shop opens")]
    page = front.signed_in(CARER).text("/clock")
    assert "On Monday 16 March 2026 : a shop opens." in page
    assert "Friday 20 March 2026 In 7 days A shop closes" in page


@pytest.mark.parametrize("path", ["/errands/trail", "/errands/directory", "/errands/upcoming"])
def test_the_desk_answers_only_the_fronts_token(client: WebClient, path: str) -> None:
    keys = client.app.extensions["working-carers"].keys

    def ask(subscription: str, audience: str) -> int:
        token = issue_service_token(keys, subscription=subscription, audience=audience, instance="test")
        return client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code

    assert ask("front", "errands") == 200
    assert ask("front", "leave") == 401
    assert ask("payroll.leave", "errands") == 403
    assert client.get(path).status_code == 401
    assert client.signed_in(CARER).get(path).status_code == 401


def test_names_are_told_over_http_in_the_demonstration_alone(settings: SampleSettings) -> None:
    wiring = MemoryWiring(directory=SampleDirectory())
    client = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    keys = client.app.extensions["working-carers"].keys
    token = issue_service_token(keys, subscription="front", audience="errands", instance="test")
    for path in ("/errands/directory", "/errands/upcoming"):
        assert client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 404
