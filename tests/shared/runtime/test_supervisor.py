"""One command keeps all roles running on one machine, once a folder, and ends them when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.waiting import wait_for

pytestmark = pytest.mark.system

ROOT = Path(__file__).parents[3]
STEADY = """#!/bin/sh
echo "$3 $$" >> {folder}/starts
exec sleep 60
"""
STUBBORN = """#!/bin/sh
trap '' TERM
echo "$3 $$" >> {folder}/starts
while :; do sleep 0.1; done
"""
FAILING = """#!/bin/sh
echo "$3 $$" >> {folder}/starts
exit 3
"""
MISTAKEN = """#!/bin/sh
echo "$3 $$" >> {folder}/starts
[ "$3" = second ] && exit 2
exec sleep 60
"""


class Started:
    """A started supervisor, and what it said."""

    def __init__(self, arguments: list[str], output: Path) -> None:
        self._output = output
        command = [sys.executable, "-m", "tests.shared.runtime.supervised", *arguments]
        with output.open("wb") as file:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.DEVNULL)

    @property
    def output(self) -> str:
        """What it said so far."""
        return self._output.read_text()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell it to stop; answers its status."""
        self.process.send_signal(number)
        return self.process.wait(10)


Start = Callable[..., Started]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a supervisor on the folder ``var`` with a script in the place of Python."""
    started: list[Started] = []

    def run(script: str = STEADY, greeting: float = 0.0, stop_seconds: float = 30.0) -> Started:
        path = tmp_path / "role"
        path.write_text(script.replace("{folder}", str(tmp_path)))
        path.chmod(0o755)
        given = [str(tmp_path / "var"), str(path), str(greeting), str(stop_seconds)]
        started.append(Started(given, tmp_path / f"output-{len(started)}"))
        return started[-1]

    yield run
    for supervisor in started:
        supervisor.process.kill()
        supervisor.process.wait()
    for _, number in _starts(tmp_path):
        _end(number)


def test_both_roles_run_and_end_with_it(start: Start, tmp_path: Path) -> None:
    supervisor = start()
    roles = _two(tmp_path)

    assert supervisor.stop() == 0
    assert "stopped" in supervisor.output
    assert {name for name, _ in roles} == {"first", "second"}
    assert not [name for name, number in roles if _runs(number)]


def test_a_role_that_ended_is_started_again(start: Start, tmp_path: Path) -> None:
    start()
    _two(tmp_path)
    first = dict(_starts(tmp_path))["first"]

    os.kill(first, signal.SIGKILL)

    wait_for("it runs again", lambda: len(_starts(tmp_path)) == 3, 10)
    name, number = _starts(tmp_path)[2]
    assert name == "first"
    assert _runs(number)


def test_a_role_that_fails_again_and_again_is_started_with_growing_pauses(start: Start, tmp_path: Path) -> None:
    start(FAILING)
    began = time.monotonic()
    wait_for("it was started eight times", lambda: len(_starts(tmp_path)) >= 8, 20)

    assert time.monotonic() - began > 0.4 + 0.8 + 1.6, "0.4, 0.8 and 1.6 seconds lie between a role's starts"


def test_a_role_that_cannot_run_with_its_settings_stops_everything(start: Start, tmp_path: Path) -> None:
    supervisor = start(MISTAKEN)
    assert supervisor.process.wait(10) == 2
    assert "The second cannot run with these settings, so everything was stopped." in supervisor.output
    assert not [name for name, number in _starts(tmp_path) if _runs(number)]
    assert [name for name, _ in _starts(tmp_path)].count("second") == 1


def test_a_second_start_on_the_same_folder_is_refused_with_a_sentence(start: Start, tmp_path: Path) -> None:
    start()
    _two(tmp_path)

    second = start()

    assert second.process.wait(10) == 2
    assert "already runs" in second.output
    assert "CARERS_VAR" in second.output
    assert len(_starts(tmp_path)) == 2


def test_the_folder_is_free_again_after_a_kill_and_no_role_is_left(start: Start, tmp_path: Path) -> None:
    supervisor = start()
    roles = _two(tmp_path)

    supervisor.process.kill()
    supervisor.process.wait()

    wait_for("its roles end", lambda: not [name for name, number in roles if _runs(number)], 10)
    start()
    wait_for("the next runs its own", lambda: len(_starts(tmp_path)) == 4)


def test_it_can_be_stopped_while_it_still_greets(start: Start, tmp_path: Path) -> None:
    """The first start loads the sample: Ctrl-C need not wait for its end."""
    supervisor = start(greeting=60.0)
    wait_for("it greets", lambda: "greeting" in supervisor.output and len(_starts(tmp_path)) == 2)
    roles = _starts(tmp_path)

    supervisor.stop(signal.SIGINT)

    assert "greeted" not in supervisor.output
    assert not [name for name, number in roles if _runs(number)]


def test_a_role_that_does_not_obey_is_killed_in_time(start: Start, tmp_path: Path) -> None:
    supervisor = start(STUBBORN, stop_seconds=1.0)
    roles = _two(tmp_path)

    supervisor.stop()

    assert not [name for name, number in roles if _runs(number)]


def _two(folder: Path) -> list[tuple[str, int]]:
    """Both roles, once they run."""
    wait_for("two roles run", lambda: len(_starts(folder)) == 2)
    return _starts(folder)


def _starts(folder: Path) -> list[tuple[str, int]]:
    """Each start of a role, by name and process number."""
    path = folder / "starts"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(line.split()[0], int(line.split()[1])) for line in lines if len(line.split()) == 2]


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def _end(number: int) -> None:
    """End a role of these tests that is left."""
    if _runs(number) and Path(f"/proc/{number}/cmdline").read_bytes().startswith((b"sleep\0", b"/bin/sh\0")):
        os.kill(number, signal.SIGKILL)
