"""``carers import training`` on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shared.process.cli import carers
from tests.accreditation.rig import Rig
from tests.accreditation.training_file.test_importing import file_of
from tests.support import project


@pytest.fixture
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """A deployment whose databases the command finds by its settings, with a course."""
    monkeypatch.setenv("CARERS_VAR", str(tmp_path))
    opened = Rig(tmp_path)
    opened.course()
    yield opened
    opened.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(carers, words)


def write(folder: Path, content: bytes) -> str:
    path = folder / "training.csv"
    path.write_bytes(content)
    return str(path)


def test_a_file_without_mistakes_ends_with_0_and_may_come_again(deployment: Rig, tmp_path: Path) -> None:
    path = write(tmp_path, file_of({}, {"staff_number": "S2222"}))
    result = run("import", "training", path)
    assert (result.exit_code, result.stdout) == (0, "2 rows: 2 new, 0 known already, 0 not imported.\n")
    project(deployment.wiring)
    assert run("import", "training", path).stdout == "2 rows: 0 new, 2 known already, 0 not imported.\n"


def test_bad_rows_are_told_and_end_with_1(deployment: Rig, tmp_path: Path) -> None:
    result = run("import", "training", write(tmp_path, file_of({}, {"version": "9"})))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Line 3, version: The course does not have version 9. It has: 1.",
        "2 rows: 1 new, 0 known already, 1 not imported.",
    ]


def test_a_dry_run_says_that_nothing_was_stored(deployment: Rig, tmp_path: Path) -> None:
    before = deployment.wiring.stores.log.head()
    result = run("import", "training", "--dry-run", write(tmp_path, file_of({})))
    assert result.stdout == "1 row: 1 would be new, 0 known already, 0 not imported. Nothing was stored.\n"
    assert deployment.wiring.stores.log.head() == before


def test_a_file_that_cannot_be_used_ends_with_2_and_one_sentence(deployment: Rig, tmp_path: Path) -> None:
    result = run("import", "training", write(tmp_path, b""))
    assert (result.exit_code, result.stderr) == (
        2,
        "The file is empty. Export it again with a header and its rows.\n",
    )
