"""A RabbitMQ node of a test's own on loopback, so that it can be stopped without disturbing anybody else."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from amqp.exceptions import AMQPError
from kombu import Connection
from kombu.exceptions import OperationalError

from tests.system.ports import free_port
from tests.system.waiting import wait_for

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
START_SECONDS = 60.0


class OwnBroker:
    """One node, its data under a folder. It can be stopped and started again with what it held.

    ``settings``: further lines of its configuration.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        lines = [f"listeners.tcp.local = 127.0.0.1:{self._port}", "loopback_users = none", *settings]
        (folder / "rabbitmq.conf").write_text("\n".join(lines) + "\n")
        (folder / "env.conf").write_text("")
        (folder / "plugins").write_text("[].\n")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("RABBITMQ_")}
        self._environment = inherited | {
            "HOME": str(folder),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_FLAGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_NODENAME": f"carers-test-{secrets.token_hex(4)}@localhost",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "logs"),
            "RABBITMQ_LOGS": str(folder / "logs" / "broker.log"),
        }

    @property
    def address(self) -> str:
        """The value of ``CARERS_BUS``."""
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [str(SERVER)],
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_for("the broker takes connections", self._answers, START_SECONDS)

    def stop(self) -> None:
        """End the node: a clean stop first, the whole group of processes that it started after ten seconds."""
        process, self._process = self._process, None
        if process is None:
            return
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def kill(self) -> None:
        """End the node and all that it started at once, as a power cut would."""
        process, self._process = self._process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def _answers(self) -> bool:
        try:
            with Connection(self.address, connect_timeout=2) as connection:
                connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        except (OSError, AMQPError, OperationalError):
            return False
        return True


@contextmanager
def own_broker(folder: Path, settings: Sequence[str] = ()) -> Iterator[OwnBroker]:
    """A node for one test; skips, or fails in CI, where RabbitMQ is not installed."""
    if not SERVER.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"RabbitMQ is not installed: there is no {SERVER}")
        pytest.skip(f"RabbitMQ is not installed: there is no {SERVER}")
    broker = OwnBroker(folder, settings)
    try:
        broker.start()
        yield broker
    finally:
        broker.stop()
