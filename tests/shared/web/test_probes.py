"""Health tells three things apart."""

from __future__ import annotations

from shared.runtime.health import Health, SourceHealth
from tests.shared.web.fakes import MemoryWiring
from tests.web_client import WebClient


def statuses(client: WebClient) -> list[int]:
    return [client.get(f"/health/{what}").status_code for what in ("live", "ready", "fresh")]


def test_all_is_well(client: WebClient) -> None:
    assert statuses(client) == [200, 200, 200]


def test_a_service_that_cannot_take_commands_is_alive_and_not_ready(client: WebClient, wiring: MemoryWiring) -> None:
    wiring.figures = Health(False, "The disk is full.")
    assert statuses(client) == [200, 503, 200]
    assert client.get("/health/ready").json["services"] == {"errands": {"ready": False, "why": "The disk is full."}}


def test_a_service_that_is_a_minute_behind_takes_commands_and_is_not_fresh(
    client: WebClient, wiring: MemoryWiring
) -> None:
    wiring.figures = Health(True, sources=(SourceHealth("leave", 3, 59.0),))
    assert statuses(client) == [200, 200, 200]
    wiring.figures = Health(True, sources=(SourceHealth("leave", 3, 61.0),))
    assert statuses(client) == [200, 200, 503]


def test_probes_answer_when_the_figures_cannot_be_had(
    client: WebClient, wiring: MemoryWiring, monkeypatch: object
) -> None:
    def broken() -> Health:
        raise OSError("disk")

    wiring.health = broken  # type: ignore[method-assign]
    assert statuses(client) == [200, 503, 503]
