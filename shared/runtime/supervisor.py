"""``carers up``: the web and the worker of all services on one machine, started again when they end."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from shared.kernel.errors import SettingsError
from shared.runtime.telemetry import log

STOP_SECONDS = 30.0
STEADY_SECONDS = 30.0
LONGEST_PAUSE = 10.0

SETTINGS_STATUS = 2
"""The status of a role that said what is wrong with its settings: starting it again would not help."""

_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_LIBC = ctypes.CDLL(None)


@dataclass
class Role:
    """A process to keep running.

    ``once``: one that ends by itself before those after it are started, and
    ``failed`` the sentence for where it could not.
    """

    name: str
    arguments: Sequence[str]
    once: bool = False
    failed: str = ""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again: float = field(default=0.0)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raises ``SettingsError`` where another ``carers up`` has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(
                f"Working Carers already runs on the folder {folder}. Stop it with Ctrl-C where it was started, "
                "or set CARERS_VAR to another folder and CARERS_PORT to another port."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def end_with_parent() -> None:
    """Between fork and start of a process: have the kernel end it with its parent, were that killed itself.

    Else it would go on with the folder and the port, and the next ``carers up`` would fight with it.
    """
    if sys.platform == "linux":
        _LIBC.prctl(_END_WITH_PARENT, signal.SIGTERM)


class Supervisor:
    """Starts roles as processes of their own group, restarts those that end, and stops all of them in time."""

    def __init__(self, roles: Sequence[Role]) -> None:
        self._roles = roles
        self._stopping = False
        self._greeting = False

    def run(self, when_started: Callable[[], None]) -> None:
        """Keep all roles running until SIGTERM or Ctrl-C; ``when_started`` is called once they are started.

        Raises ``SettingsError``, with every role stopped, where one of them cannot run with these settings.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        waiting = self._start_next(list(self._roles))
        try:
            self._greet(when_started)
            while not self._stopping:
                waiting = self._go_on(waiting)
                self._restart_ended()
                time.sleep(0.2)
        finally:
            self._end()

    def _start_next(self, roles: list[Role]) -> list[Role]:
        """Start roles up to the first that has to end before the others; answers that one and the others."""
        for number, role in enumerate(roles):
            self._start(role)
            if role.once:
                return roles[number:]
        return []

    def _go_on(self, waiting: list[Role]) -> list[Role]:
        """Once the role that is waited for has ended, start those after it; ``SettingsError`` where it failed."""
        if not waiting or waiting[0].process is None or waiting[0].process.poll() is None:
            return waiting
        role, rest = waiting[0], waiting[1:]
        if role.process is not None and role.process.returncode:
            raise SettingsError(role.failed)
        role.process = None
        return self._start_next(rest)

    def _greet(self, when_started: Callable[[], None]) -> None:
        """Do what follows the start; a signal breaks it off at once."""
        self._greeting = True
        with suppress(KeyboardInterrupt):
            when_started()
        self._greeting = False

    def _start(self, role: Role) -> None:
        command = [sys.executable, "-m", "shared.process.cli", *role.arguments]
        role.process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            start_new_session=True,
            env={**os.environ, "PYTHONSAFEPATH": "1"},  # whatever is called shared in the folder we are in
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        role.started = time.monotonic()

    def _restart_ended(self) -> None:
        now = time.monotonic()
        for role in self._roles:
            if role.once or not role.started:
                continue
            if role.process is None:
                if now >= role.again:
                    self._start(role)
            elif role.process.poll() == SETTINGS_STATUS:
                raise SettingsError(f"The {role.name} cannot run with these settings, so everything was stopped.")
            elif role.process.returncode is not None:
                role.failures = 0 if now - role.started > STEADY_SECONDS else role.failures + 1
                role.again = now + min(LONGEST_PAUSE, 0.2 * 2**role.failures)
                log.warning("role-ended", role=role.name, status=role.process.returncode)
                role.process = None

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        if self._greeting:
            self._greeting = False
            raise KeyboardInterrupt

    def _end(self) -> None:
        running = [role.process for role in self._roles if role.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
