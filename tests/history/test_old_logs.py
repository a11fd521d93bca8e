"""The logs of every release are read by this one: as aggregates, as published events, and into read models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from shared.contracts.catalogue import validate_producer
from shared.runtime.wiring import Wiring
from shared.store.log import LogEntry
from shared.store.mapper import plain_event
from tests.history.record import FOLDER
from tests.support import project, settings_for, wired

FROZEN = dict(line.split() for line in (FOLDER / "frozen.txt").read_text().splitlines())
OLD_LOGS = sorted(FOLDER.glob("*/*.jsonl"))


def lines_of(old_log: Path) -> list[dict[str, Any]]:
    """The stored events of one service of one release."""
    return [json.loads(line) for line in old_log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=OLD_LOGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Wiring, list[dict[str, Any]]]]:
    """A service of this release whose log holds the old release's events as they were stored."""
    path: Path = request.param
    wiring = wired(path.stem, settings_for(tmp_path))
    lines = lines_of(path)
    wiring.stores.log.insert_events(
        [
            StoredEvent(
                UUID(line["originator_id"]),
                line["originator_version"],
                line["topic"],
                json.dumps(line["state"]).encode(),
            )
            for line in lines
        ]
    )
    yield wiring, lines
    wiring.close()


def test_every_release_has_its_log_and_none_was_changed() -> None:
    found = {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in OLD_LOGS}
    assert found == FROZEN


def test_an_old_log_becomes_aggregates(old: tuple[Wiring, list[dict[str, Any]]]) -> None:
    wiring, lines = old
    for originator in {line["originator_id"] for line in lines}:
        aggregate = wiring.application.repository.get(UUID(originator))
        assert aggregate.version == max(
            line["originator_version"] for line in lines if line["originator_id"] == originator
        )


def test_an_old_log_is_published_as_it_was(old: tuple[Wiring, list[dict[str, Any]]]) -> None:
    wiring, lines = old
    page = wiring.outbox.page(0, 100_000)
    now = {event.position: json.loads(event.body) for event in page.events}
    assert {line["position"] for line in lines if line["published"]} == set(now)
    for line in lines:
        if line["published"] is not None:
            validate_producer(now[line["position"]])
            for name, value in line["published"]["data"].items():
                assert now[line["position"]]["data"][name] == value, (line["topic"], name)


def test_an_old_log_folds_into_todays_read_models(old: tuple[Wiring, list[dict[str, Any]]]) -> None:
    wiring, lines = old
    project(wiring)
    assert wiring.catch_up(len(lines))


def test_a_batch_that_an_old_release_sealed_is_sent_again_byte_for_byte(
    old: tuple[Wiring, list[dict[str, Any]]],
) -> None:
    wiring, lines = old
    sealed = [line for line in lines if line["topic"] == "payroll.batch.sealed"]
    assert bool(sealed) == (wiring.service.name == "payroll")
    for line in sealed:
        batch: Any = wiring.application.repository.get(UUID(line["originator_id"]))
        assert batch.file == line["state"]["file"].encode()
        assert batch.count == len(line["state"]["lines"])


def test_every_stored_event_says_its_version(old: tuple[Wiring, list[dict[str, Any]]]) -> None:
    wiring, lines = old
    for line in lines:
        assert line["state"]["class_version"] >= 1
        entry = LogEntry(
            line["position"],
            UUID(line["originator_id"]),
            line["originator_version"],
            line["topic"],
            json.dumps(line["state"]).encode(),
        )
        assert plain_event(wiring.application.history, entry)["topic"] == line["topic"]
