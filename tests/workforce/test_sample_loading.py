from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.workforce import SERVICE, sample
from services.workforce.application import WorkforceApplication
from services.workforce.domain.commands import RecordOrganisation
from services.workforce.staff_file.importing import BATCH
from services.workforce.wiring import wire
from shared.process.settings import Settings
from shared.process.wiring import Wiring
from shared.store.application import Answer, CommandKey
from tests.support import migrate_one, settings_for

PEOPLE = 5209


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = settings_for(tmp_path)
    migrate_one(SERVICE, given)
    return given


@pytest.fixture
def wiring(settings: Settings) -> Iterator[Wiring]:
    opened = wire(settings, settings.clock())
    yield opened
    opened.close()


def employments(wiring: Wiring) -> int:
    entries = wiring.stores.log.read_after(0, 100_000)
    return sum(entry.topic == "workforce.employment.recorded" for entry in entries)


def test_a_first_start_loads_the_sample_once(
    settings: Settings, wiring: Wiring, capsys: pytest.CaptureFixture[str]
) -> None:
    sample.load(settings)
    assert "The sample staff are loaded: 5,209 people." in capsys.readouterr().out
    assert employments(wiring) == PEOPLE
    head = wiring.stores.log.head()
    sample.load(settings)
    assert capsys.readouterr().out == ""
    assert wiring.stores.log.head() == head


def test_a_deployment_that_began_otherwise_is_left_alone(settings: Settings, wiring: Wiring) -> None:
    command = RecordOrganisation("Ministry of Works", "", "department", "operator")
    wiring.application.execute(command, CommandKey("a", "b"))
    sample.load(settings)
    assert employments(wiring) == 0


def test_a_signal_breaks_it_off_at_once_and_the_next_start_goes_on(
    settings: Settings, wiring: Wiring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    usual = WorkforceApplication.execute

    def interrupted(self: WorkforceApplication, command: object, key: CommandKey) -> Answer:
        answer = usual(self, command, key)
        if type(command).__name__ == "ImportStaff":
            os.kill(os.getpid(), signal.SIGTERM)
        return answer

    try:
        with monkeypatch.context() as patch:
            patch.setattr(WorkforceApplication, "execute", interrupted)
            sample.load(settings)
        assert heard == [signal.SIGTERM]
        assert "The next start continues" in capsys.readouterr().out
        assert employments(wiring) == BATCH
    finally:
        signal.signal(signal.SIGTERM, before)
    sample.load(settings)
    assert employments(wiring) == PEOPLE
