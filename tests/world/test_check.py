"""The check of a whole deployment: says nothing of a sound one, and finds what somebody changed in a store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from services.reporting.read.tables import centre_returns
from tests.support import settings_for, take_back, wired
from tests.world.check import main
from tests.world.conftest import Story


@pytest.fixture
def folder(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fleet's databases."""
    monkeypatch.setenv("CARERS_INSTANCE", "test")
    monkeypatch.setenv("CARERS_VAR", "")
    return Path(shutil.copytree(story.folder, tmp_path / "copy"))


def test_a_sound_deployment_has_no_difference(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    said = capsys.readouterr().out
    assert "of workforce" in said
    assert "differences in returns as they were made: none" in said
    assert "\n0 differences" in said


def test_a_sample_is_compared_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--months", "2", "--organisations", "rivers-agency", "--days", "2"]) == 0
    assert "of 1 organisations in 2 months" in capsys.readouterr().out


def test_a_name_without_a_return_is_refused(folder: Path) -> None:
    with pytest.raises(SystemExit, match="no return of elsewhere"):
        main([str(folder), "--organisations", "elsewhere"])


def test_leave_that_lost_its_end_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wiring = wired("leave", settings_for(folder))
    [taken, *_] = [event for event in wiring.outbox.page(0, 1000).events if b"leave.taken" in event.body]
    take_back(wiring, taken.position - 1)
    wiring.close()
    month = json.loads(taken.body)["data"]["date"][:7]
    assert main([str(folder), "--months", month]) == 1
    said = capsys.readouterr().out
    assert "was read up to leave" in said
    assert "10 month people: the return says " in said


def test_a_row_of_the_board_that_was_changed_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wiring = wired("reporting", settings_for(folder))
    chosen = centre_returns.c.board.is_not(None)
    with wiring.stores.read.writing() as connection:
        for row in connection.execute(select(centre_returns).where(chosen)).all():
            board = msgspec.json.decode(row.board)
            board["rates"]["23"][0] += 1
            place = (centre_returns.c.month == row.month) & (centre_returns.c.organisation == row.organisation)
            connection.execute(update(centre_returns).where(place).values(board=msgspec.json.encode(board).decode()))
    wiring.close()
    assert main([str(folder)]) == 1
    said = capsys.readouterr().out
    assert "differences in returns as they were made: none" in said
    assert ": 23 says " in said
