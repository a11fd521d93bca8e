"""Deployments of real processes for tests: on either substrate, on free loopback ports, with one interface.

``embedded`` is ``carers up``: SQLite and the in-process bus. ``apart`` is the same with web and worker started here,
so that a test can end and start them as it likes. ``scaled`` is a process for each role of each service on PostgreSQL
and RabbitMQ, as containers would be. Only processes that were started here are ever ended, by their number.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest.mock import patch

from shared.runtime.identity import Actor
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring, wire_all
from shared.store.parking import SetAside, list_set_aside
from shared.web.keys import load_keys
from shared.web.tokens import issue_session
from tests.system.client import Client
from tests.system.ingress import Ingress
from tests.system.ports import free_port
from tests.system.staff import Member, staff_csv
from tests.system.substrate import Bus, Databases
from tests.system.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
CARERS = Path(sys.executable).with_name("carers")
START_SECONDS = 60.0
STOP_SECONDS = 30.0
UNREACHABLE = "cannot be reached"
NEVER_SAID = ("Traceback", "unexpected-error", "unchecked-access", "event-contradicted")
"""What no role may write, whatever is done to it."""


_INHERITED = {name: value for name, value in os.environ.items() if not name.startswith("CARERS_")}
_READING = threading.Lock()


@dataclass
class Role:
    """A process to run: its command, and the port on which it answers if it is a web."""

    name: str
    arguments: Sequence[str]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    from_byte: int = 0
    """Where in the log its present run begins."""


class Deployment:
    """A deployment under a folder. Use as a context manager: everything is ended and taken away at its end."""

    def __init__(self, folder: Path, roles: Sequence[Role], environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.var = folder / "var"
        self.output = folder / "output"
        self.output.mkdir(parents=True, exist_ok=True)
        self.roles = {role.name: role for role in roles}
        self.environment = {"CARERS_VAR": str(self.var), "CARERS_LOG_LEVEL": "info", **environment}
        self.on_close: list[Callable[[], None]] = []
        self.databases: Databases | None = None
        self._wirings: dict[str, Wiring] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for name in self.roles:
                self.kill(name)
        finally:
            self.look_away()
            for close in reversed(self.on_close):
                close()
        if kind is None:
            for log in self.output.glob("*.log"):
                found = [words for words in NEVER_SAID if words in log.read_text(errors="replace")]
                assert not found, f"{log.stem} said {found}:\n{log.read_text(errors='replace')[-4000:]}"

    # The command line

    def command(self, *arguments: str, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
        """Run ``carers`` with these arguments to its end."""
        return subprocess.run(
            [str(CARERS), *arguments],
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def carers(self, *arguments: str, seconds: float = 120.0) -> str:
        """What ``carers`` printed; fails where it ended with an error, but for a database that is full just now."""
        done = self.command(*arguments, seconds=seconds)
        deadline = time.monotonic() + START_SECONDS
        while UNREACHABLE in done.stderr and time.monotonic() < deadline:
            done = self.command(*arguments, seconds=seconds)
        assert done.returncode == 0, f"carers {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def import_staff(self, members: Sequence[Member]) -> str:
        """Import these people from a file."""
        file = self.folder / "staff.csv"
        file.write_text(staff_csv(list(members)), encoding="utf-8")
        return self.carers("import", "staff", str(file))

    # Processes

    def start(self, *names: str) -> None:
        """Start these roles, or all, and wait until each web answers."""
        for name in names or self.roles:
            self.launch(name)
        for name in names or self.roles:
            self.wait_until_up(name)

    def launch(self, name: str) -> None:
        """Start one role without waiting for it."""
        role = self.roles[name]
        role.from_byte = len(self.log_of(name).encode())
        with self._log_file(name).open("ab") as output:
            role.process = subprocess.Popen(
                [str(CARERS), *role.arguments],
                env=self._environment() | dict(role.environment),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until_up(self, name: str) -> None:
        """Wait until the role's web answers; a worker is up when it says so in its log.

        One that ended because a database took no more connections is started again, as whatever supervises it would:
        a server that other tests use too may be full for a moment.
        """
        role = self.roles[name]
        up = self._answers if role.port else self._says_so
        wait_for(f"{name} is up", lambda: self._runs(role) and up(role), START_SECONDS)

    def process(self, name: str) -> subprocess.Popen[bytes]:
        """The running process of a role."""
        process = self.roles[name].process
        assert process is not None, f"{name} was not started"
        return process

    def children(self, name: str) -> dict[str, int]:
        """Of ``carers up``: the numbers of the processes that it runs, by role."""
        up = self.process(name).pid
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                if int(parent) == up:
                    found[(entry / "cmdline").read_text().rstrip("\0").split("\0")[-1]] = int(entry.name)
        return found

    def restart_killed(self, name: str) -> None:
        """End a role at once and start it again, as whatever supervises it would."""
        self.kill(name)
        self.launch(name)
        self.wait_until_up(name)

    def kill(self, name: str) -> None:
        """End a role at once, and what it runs, as a power cut would."""
        process = self.roles[name].process
        if process is None:
            return
        family = self.children(name).values() if process.poll() is None else ()
        for pid in (process.pid, *family):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(10)
        self.roles[name].process = None

    def stop(self, name: str) -> float:
        """Tell a role to end; answers the seconds that it took. Fails where it does not in time."""
        return self.stop_all(name)[name]

    def stop_all(self, *names: str) -> dict[str, float]:
        """Tell these roles, or all, to end at once; answers the seconds that each took. Fails where one failed."""
        began = time.monotonic()
        running = {
            name: role.process for name, role in self.roles.items() if role.process and name in (names or self.roles)
        }
        for process in running.values():
            process.terminate()
        taken = {}
        for name, process in running.items():
            process.wait(max(0.1, STOP_SECONDS + 5 - (time.monotonic() - began)))
            taken[name] = time.monotonic() - began
            assert process.returncode == 0, f"{name} ended with {process.returncode}:\n{self.log_of(name)[-4000:]}"
            self.roles[name].process = None
        return taken

    def log_of(self, name: str) -> str:
        """What a role wrote so far."""
        file = self._log_file(name)
        return file.read_text(errors="replace") if file.exists() else ""

    # People

    def token(self, person: str, organisation: str, *roles: str) -> str:
        """The token that ``carers token`` would print for this person."""
        settings = self.settings()
        held = frozenset({*roles, *(("carer",) if person else ())})
        return issue_session(load_keys(settings), Actor(person, organisation, held), instance=settings.instance)

    def client(self, person: str, organisation: str, *roles: str) -> Client:
        """This person at the API, with such a token."""
        return Client(self.address, self.token(person, organisation, *roles))

    def script(self, person: str, organisation: str, *roles: str) -> Client:
        """This person at the API, with a token from ``carers token`` itself."""
        arguments = [part for role in roles for part in ("--role", role)]
        token = self.carers("token", "--person", person, "--organisation", organisation, *arguments).strip()
        return Client(self.address, token)

    def address(self, path: str) -> str:
        """The base URL of the web that serves a path."""
        words = [word for word in path.partition("?")[0].split("/") if word]
        service = words[1] if words[:1] == ["api"] and len(words) > 1 else words[0] if words else ""
        role = self.roles.get(f"{service} web") or next(role for role in self.roles.values() if role.port)
        return f"http://127.0.0.1:{role.port}"

    # What the operator can see, read from the same databases

    def settings(self) -> Settings:
        """The settings that every role has. Read by one thread at a time: they stand in this process's environment."""
        with _READING, patch.dict(os.environ, self._environment(), clear=True):
            return Settings.read().serving(tuple(installed()))

    @property
    def wirings(self) -> dict[str, Wiring]:
        """The services' stores, opened here for looking."""
        if not self._wirings:
            settings = self.settings()
            self._wirings = wire_all(installed(), settings, settings.clock())
        return self._wirings

    def look_away(self) -> None:
        """Close the stores that were opened for looking."""
        for wiring in self._wirings.values():
            wiring.close()
        self._wirings = {}

    def caught_up(self) -> bool:
        """Whether every subscription has applied all that its source published."""
        return all(wiring.health().caught_up for wiring in self.wirings.values())

    def wait_until_caught_up(self, seconds: float = 30.0) -> None:
        """Wait until nothing is under way on the bus."""
        wait_for("every service has caught up", self.caught_up, seconds)

    def set_aside(self) -> list[SetAside]:
        """What is parked, held or unknown, of all services."""
        return [item for wiring in self.wirings.values() for item in list_set_aside(wiring.stores.read)]

    def advance(self, days: int) -> None:
        """Move the demonstration's date with the command line."""
        self.carers("clock", "--days", str(days), seconds=60 + 10 * days)

    def _log_file(self, name: str) -> Path:
        return self.output / f"{name.replace(' ', '-')}.log"

    def _runs(self, role: Role) -> bool:
        assert role.process is not None, f"{role.name} was not started"
        status = role.process.poll()
        if status is None:
            return True
        said = self.log_of(role.name)[-4000:]
        assert UNREACHABLE in said[-300:], f"{role.name} ended with {status}:\n{said}"
        self.launch(role.name)
        return False

    def _answers(self, role: Role) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{role.port}/health/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _says_so(self, role: Role) -> bool:
        return b'"worker-started"' in self._log_file(role.name).read_bytes()[role.from_byte :]

    def _environment(self) -> dict[str, str]:
        return _INHERITED | self.environment


def embedded(folder: Path) -> Deployment:
    """``carers up``: everything on one machine."""
    port = free_port()
    return Deployment(folder, [Role("up", ["up"], port)], {"CARERS_PORT": str(port), "CARERS_INSTANCE": "embedded"})


def apart(folder: Path) -> Deployment:
    """What ``carers up`` runs, without its supervisor."""
    port = free_port()
    roles = [Role("web", ["web"], port), Role("worker", ["worker"])]
    return Deployment(folder, roles, {"CARERS_PORT": str(port), "CARERS_INSTANCE": "apart"})


def scaled(folder: Path, databases: Databases, bus: Bus) -> Deployment:
    """Each role of each service as a process of its own on PostgreSQL and RabbitMQ."""
    services = list(installed())
    ports = {name: free_port() for name in ("front", *services)}
    ingress = Ingress(ports)
    roles = [
        *(
            Role(f"{name} web", ["web", name], port, environment={"CARERS_PORT": str(port)})
            for name, port in ports.items()
        ),
        *(Role(f"{name} worker", ["worker", name]) for name in services),
    ]
    deployment = Deployment(
        folder,
        roles,
        {
            "CARERS_INSTANCE": bus.instance,
            "CARERS_DATABASE": databases.template,
            "CARERS_BUS": bus.address,
            "CARERS_SERVICE_URL": ingress.template,
            "CARERS_THREADS": "4",
        },
    )
    deployment.databases = databases
    deployment.on_close += [databases.drop, bus.clear, ingress.close]
    databases.create(services)
    return deployment


def logged(text: str) -> list[dict[str, Any]]:
    """The structured lines of a role's output."""
    import json

    lines = []
    for line in text.splitlines():
        with suppress(ValueError):
            if isinstance(found := json.loads(line), dict):
                lines.append(found)
    return lines
