from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from services.workforce import SERVICE
from services.workforce.commands_cli import cli
from services.workforce.read.names import names_of
from services.workforce.wiring import wire
from shared.process.cli import carers
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.support import migrate_one, project

Write = Callable[..., Path]


@pytest.fixture
def deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    monkeypatch.setenv("CARERS_VAR", str(tmp_path / "var"))
    settings = Settings.read()
    migrate_one(SERVICE, settings)
    wiring = wire(settings, settings.clock())
    yield wiring
    wiring.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(carers, words)


def test_a_file_without_mistakes_ends_with_0(deployment: Wiring, staff_file: Write) -> None:
    path = str(staff_file({}, {"manager_staff_number": "0001"}))
    result = run("import", "staff", path)
    assert result.exit_code == 0
    assert result.stdout == "2 rows: 2 new, 0 changed, 0 unchanged, 0 not imported.\n"
    assert result.stderr == ""
    assert "2 unchanged" in run("import", "staff", path).stdout


def test_bad_rows_are_told_and_end_with_1(deployment: Wiring, staff_file: Write) -> None:
    result = run("import", "staff", str(staff_file({}, {"fte": "2"})))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("Line 3, fte: ‘2’ is not a full-time equivalent.")
    assert "1 new" in result.stdout


def test_a_file_that_cannot_be_used_ends_with_2_and_one_sentence(deployment: Wiring, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    result = run("import", "staff", str(empty))
    assert result.exit_code == 2
    assert result.stderr == "The file is empty. Export it again with a header and its rows.\n"
    assert run("import", "staff", str(tmp_path / "missing.csv")).exit_code == 2


def test_a_dry_run_says_that_nothing_was_stored(deployment: Wiring, staff_file: Write) -> None:
    result = run("import", "staff", "--dry-run", str(staff_file({})))
    assert (
        result.stdout == "1 row: 1 would be new, 0 would be changed, 0 unchanged, 0 not imported. Nothing was stored.\n"
    )
    assert deployment.stores.log.head()[1] == 0


def test_changes_hold_from_the_day_that_is_given(deployment: Wiring, staff_file: Write) -> None:
    run("import", "staff", str(staff_file({})))
    run("import", "staff", "--as-of", "2026-04-01", str(staff_file({"post": "B"})))
    last = deployment.stores.log.read_last(1, ["workforce.employment.changed"])[0]
    assert b'"effective_from":"2026-04-01"' in last.state
    assert run("import", "staff", "--as-of", "1 April", str(staff_file({}))).exit_code == 2


def test_a_person_is_forgotten_by_their_identifier(deployment: Wiring, staff_file: Write) -> None:
    run("import", "staff", str(staff_file({})))
    person = str(deployment.application.people_of([("ministry-of-works", "0001")])["ministry-of-works", "0001"])  # type: ignore[attr-defined]
    assert CliRunner().invoke(carers, ["forget", person], input="n\n").exit_code == 1
    assert run("forget", person, "--yes").exit_code == 0
    project(deployment)
    with deployment.reading() as connection:
        assert names_of(connection, deployment.keys, [person]) == {person: "Erased"}
    assert run("forget", "0d4f1c62-58a4-4b4e-9d0e-5f2f3c1d7a10", "--yes").exit_code == 2


def test_every_command_explains_itself() -> None:
    for words, command in cli().items():
        result = run(*words.split(), "--help")
        assert result.exit_code == 0
        assert "Usage: carers " + words in result.stdout
        assert all(option.help for option in command.params if isinstance(option, click.Option))
