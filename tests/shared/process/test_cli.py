"""The ``carers`` command: every word has a help text that says what it does, and operators see what is set aside."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert, select

from shared.kernel.clock import OffsetClock, today
from shared.process.cli import carers
from shared.runtime.clock_moves import begin
from shared.runtime.service import installed
from shared.runtime.settings import PREFIX, Settings
from shared.store.database import Database
from shared.store.tables import received, undecoded

OURS = {"up", "web", "worker", "migrate", "import", "rebuild", "parked", "token", "status", "clock"}
ROW = {
    "subscription": "leave.people",
    "source": "/demonstration/workforce",
    "epoch": "epoch-1",
    "stream": "somebody",
    "type": "carers.workforce.employment-recorded.v1",
    "body": b'{"data":{"post":"clerk"}}',
    "hash": "",
    "received": "2026-03-02T09:00:00+00:00",
    "attempts": 5,
    "next_try": 0.0,
    "error": "ValueError",
    "reason": "",
}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which everything was migrated by the command itself."""
    folder = tmp_path_factory.mktemp("cli")
    done = CliRunner().invoke(carers, ["migrate"], env=_environment(folder), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [f"{name}: databases are ready" for name in installed()]
    return folder


@pytest.fixture
def read(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Leave's read side, with nothing set aside before and after."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CARERS_VAR", str(var))
    database = Database(Settings.read().addresses("leave").read)
    yield database
    with database.writing() as connection:
        connection.execute(received.delete())
        connection.execute(undecoded.delete())
    database.close()


def _environment(folder: Path) -> dict[str, str | None]:
    return {name: None for name in os.environ if name.startswith(PREFIX)} | {"CARERS_VAR": str(folder)}


def _run(var: Path, *words: str) -> Result:
    return CliRunner().invoke(carers, list(words), env=_environment(var), catch_exceptions=False)


def _commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The command and all below it."""
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _commands(found, (*words, name))


def test_every_command_that_was_promised_is_there() -> None:
    assert set(carers.list_commands(click.Context(carers))) >= OURS
    names = {" ".join(words) for words, _ in _commands(carers)}
    assert {"parked list", "parked show", "parked retry", "parked dismiss", "import staff"} <= names


@pytest.mark.parametrize("words", [words for words, _ in _commands(carers)], ids=" ".join)
def test_every_command_helps(tmp_path: Path, words: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        done = _run(tmp_path, *words, flag)
        assert done.exit_code == 0
        assert "Usage: carers" in done.output.replace("Usage: root", "Usage: carers")
    command = dict(_commands(carers))[words]
    assert command.help
    first = command.help.strip().splitlines()[0]
    assert first.endswith((".", ":")) or words == ()
    assert len(first) > 15
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"


def test_the_list_of_commands_shows_whole_sentences(tmp_path: Path) -> None:
    done = CliRunner().invoke(carers, ["--help"], env=_environment(tmp_path), terminal_width=120)
    listed = done.output.partition("Commands:")[2]

    assert "..." not in listed
    for name in OURS:
        assert f"\n  {name} " in listed


def test_a_wrong_setting_ends_with_a_sentence_and_no_trace(tmp_path: Path) -> None:
    done = CliRunner().invoke(carers, ["status"], env=_environment(tmp_path) | {"CARERS_PORT": "many"})

    assert done.exit_code == 2
    assert "CARERS_PORT" in done.output
    assert "Traceback" not in done.output


def test_a_service_that_was_not_migrated_says_what_to_do(tmp_path: Path) -> None:
    done = _run(tmp_path, "status")

    assert done.exit_code == 2
    assert "carers migrate" in done.output


def test_a_service_that_there_is_not_is_refused(tmp_path: Path) -> None:
    done = _run(tmp_path, "migrate", "passports")

    assert done.exit_code == 2
    assert "No service is called passports" in done.output


def test_status_tells_of_every_service_and_subscription(var: Path, read: Database) -> None:
    done = _run(var, "status")

    assert done.exit_code == 0
    for name in installed():
        assert f"\n{name} log" in done.output


def test_rebuild_tells_that_nothing_differed(var: Path) -> None:
    done = _run(var, "rebuild", "leave", "payroll")

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "leave: 0 events into 0 rows, nothing differed",
        "payroll: 0 events into 0 rows, nothing differed",
    ]


def test_nothing_set_aside_is_said_so(var: Path, read: Database) -> None:
    assert _run(var, "parked", "list").output == "Nothing is set aside.\n"


def test_what_is_set_aside_is_listed_and_shown(var: Path, read: Database) -> None:
    _set_aside(read)

    listed = _run(var, "parked", "list").output
    shown = json.loads(_run(var, "parked", "show", "leave.people:7").output)
    raw = json.loads(_run(var, "parked", "show", "a-message").output)

    assert "leave.people:7  parked  carers.workforce.employment-recorded.v1  ValueError" in listed
    assert "leave.people:9  held" in listed
    assert "a-message  parked  undecodable message  not a batch" in listed
    assert shown["event"] == {"data": {"post": "clerk"}}
    assert (shown["state"], shown["attempts"]) == ("parked", 5)
    assert raw["bytes"] == "00ff"


def test_retry_and_dismiss_mark_it_for_the_worker(var: Path, read: Database) -> None:
    _set_aside(read)

    retried = _run(var, "parked", "retry", "leave.people:7")
    assert (retried.exit_code, retried.output) == (0, "leave.people:7 will be tried again.\n")
    assert _states(read) == {7: "trying", 9: "held"}

    dismissed = _run(var, "parked", "dismiss", "leave.people:7", "--reason", "sent by mistake")
    assert (dismissed.exit_code, dismissed.output) == (0, "leave.people:7 is dismissed.\n")
    assert _states(read) == {7: "dismissed", 9: "held"}
    with read.reading() as connection:
        assert connection.execute(select(received.c.reason).filter_by(position=7)).scalar() == "sent by mistake"

    assert _run(var, "parked", "dismiss", "a-message", "--reason", "a test").exit_code == 0
    assert "a-message" not in _run(var, "parked", "list").output


@pytest.mark.parametrize(
    "words",
    [
        ("show", "leave.people:8"),
        ("retry", "leave.people:8"),
        ("retry", "leave.people:9"),
        ("retry", "nonsense"),
        ("dismiss", "leave.people:9", "--reason", "it waits"),
        ("dismiss", "other.people:7", "--reason", "no such"),
    ],
    ids=" ".join,
)
def test_what_is_not_set_aside_in_that_way_cannot_be_dealt_with(
    var: Path, read: Database, words: tuple[str, ...]
) -> None:
    _set_aside(read)
    before = _states(read)

    done = _run(var, "parked", *words)

    assert done.exit_code == 2
    assert "carers parked list" in done.output
    assert _states(read) == before


def test_a_dismissal_needs_a_reason(var: Path, read: Database) -> None:
    _set_aside(read)

    assert _run(var, "parked", "dismiss", "leave.people:7").exit_code == 2
    blank = _run(var, "parked", "dismiss", "leave.people:7", "--reason", "  ")

    assert blank.exit_code == 2
    assert "Say why" in blank.output
    assert _states(read)[7] == "parked"


def test_a_token_is_printed_in_the_demonstration_only(var: Path) -> None:
    assert "'king' is not one of" in _run(var, "token", "--organisation", "acas", "--role", "king").output
    done = _run(var, "token", "--organisation", "acas", "--role", "hr")
    assert done.exit_code == 0
    assert done.output.count(".") == 2

    real = {"CARERS_DEMONSTRATION": "no", "CARERS_INSTANCE": "acas"}
    refused = CliRunner().invoke(carers, ["token", "--organisation", "acas"], env=_environment(var) | real)
    assert refused.exit_code == 2
    assert "only make tokens here in the demonstration" in refused.output


def test_the_date_is_moved_in_the_demonstration_only(var: Path) -> None:
    real = {"CARERS_DEMONSTRATION": "no", "CARERS_INSTANCE": "acas"}
    refused = CliRunner().invoke(carers, ["clock"], env=_environment(var) | real)

    assert refused.exit_code == 2
    assert "demonstration only" in refused.output


@pytest.mark.parametrize(
    ("words", "days"), [((), 1), (("--days", "3"), 3), (("--week",), 7), (("--days", "2", "--week"), 7)]
)
def test_the_date_is_moved_a_day_at_a_time(
    var: Path, words: tuple[str, ...], days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.clock_moves.DUE_SECONDS", 0.0)
    before = OffsetClock(var / "clock").offset()
    done = _run(var, "clock", *words)
    assert done.exit_code == 0
    assert done.output.count("It is now ") == days
    assert OffsetClock(var / "clock").offset() == before + days


def test_the_date_is_moved_to_the_end_of_the_month_or_not_where_nothing_is_next(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.clock_moves.DUE_SECONDS", 0.0)
    clock = OffsetClock(var / "clock")
    before = clock.offset()
    refused = _run(var, "clock", "--next")
    assert refused.exit_code == 2
    assert "Nothing is due on a later day yet" in refused.output
    assert clock.offset() == before
    assert _run(var, "clock", "--month-end").exit_code == 0
    assert (today(clock) + timedelta(days=1)).day == 1


def test_a_second_move_of_the_date_is_told_of_the_first(var: Path) -> None:
    clock = OffsetClock(var / "clock")
    before = clock.offset()

    def settled() -> bool:
        refused = _run(var, "clock")
        assert refused.exit_code == 2
        assert "already" in refused.output
        return True

    begin(clock, today(clock)).run(settled, lambda: False)
    assert clock.offset() == before


def _set_aside(read: Database) -> None:
    """One event that failed, one that waits behind it, one message that nobody can read."""
    with read.writing() as connection:
        connection.execute(insert(received).values(**ROW, position=7, state="parked"))
        connection.execute(insert(received).values(**(ROW | {"attempts": 0, "error": ""}), position=9, state="held"))
        connection.execute(
            insert(undecoded).values(
                id="a-message",
                subscription="leave.people",
                state="parked",
                body=b"\x00\xff",
                received="2026-03-02T09:00:00+00:00",
                error="not a batch",
                reason="",
            )
        )


def _states(read: Database) -> dict[int, str]:
    with read.reading() as connection:
        return dict(connection.execute(select(received.c.position, received.c.state)).all())
