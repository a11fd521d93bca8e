"""What a subscriber missed is asked for over HTTP, directly, with a token of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from shared.bus.feed import HttpFeed
from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.web.keys import load_keys
from shared.web.tokens import issue_service_token
from tests.shared.bus.receiving import heard_places, inbox_of, subscribed
from tests.shared.probe.consumed import ECHO, heard_of
from tests.shared.probe.serving import feed_of
from tests.shared.probe.stories import backlog, person


@pytest.fixture
def address(probe: Wiring) -> Iterator[str]:
    """The probe's feed."""
    backlog(probe, persons=460, each=4)
    with feed_of(probe) as served:
        yield served


@pytest.fixture
def nonsense() -> Iterator[str]:
    """A server that answers everything with a batch of nothing, and none of the headers."""

    class Nonsense(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Nonsense)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_has_the_bytes_that_the_relay_sends(probe: Wiring, address: str) -> None:
    page = _feed(probe, address).page("probe", ECHO, 100, 250)

    outbox = probe.outbox.page(100, 250)
    assert [event["raw"] for event in page.events] == [event.body for event in outbox.events]
    assert (page.epoch, page.after_position, page.head) == (outbox.epoch, 0, 2300)


def test_an_inbox_pulls_all_that_it_missed(probe: Wiring, address: str) -> None:
    inbox = inbox_of(probe, _feed(probe, address), subscribed(heard_of))

    assert inbox.ask() == 2300

    assert len(heard_places(probe)) == 460


def test_a_token_for_another_audience_gets_nothing(probe: Wiring, address: str) -> None:
    with pytest.raises(UnavailableError):
        _feed(probe, address, audience="leave").page("probe", ECHO, 0, 10)


def test_a_token_of_another_deployment_gets_nothing(probe: Wiring, address: str) -> None:
    with pytest.raises(UnavailableError):
        _feed(probe, address, instance="other").page("probe", ECHO, 0, 10)


def test_a_source_that_is_not_there_is_unavailable(probe: Wiring) -> None:
    with pytest.raises(UnavailableError):
        _feed(probe, "http://127.0.0.1:1").page("probe", ECHO, 0, 10)


def test_an_answer_that_is_no_page_is_unavailable(probe: Wiring, nonsense: str) -> None:
    with pytest.raises(UnavailableError):
        _feed(probe, nonsense).page("probe", ECHO, 0, 10)


def test_a_proxy_for_the_world_outside_is_not_asked(
    probe: Wiring, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)

    assert len(_feed(probe, address).page("probe", ECHO, 0, 10).events) == 10
    assert _feed(probe, address).page("probe", ECHO, 0, 1).events[0]["subject"] == person(0)


def _feed(probe: Wiring, address: str, *, audience: str = "", instance: str = "test") -> HttpFeed:
    keys = load_keys(probe.settings)

    def token(subscription: str, service: str) -> str:
        return issue_service_token(keys, subscription=subscription, audience=audience or service, instance=instance)

    return HttpFeed(lambda _: address, token)
