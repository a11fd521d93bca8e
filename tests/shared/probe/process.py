"""The probe's worker as a real process, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.runtime.settings import Settings
from tests.system.waiting import wait_for

ROOT = Path(__file__).parents[3]
NOBODY = "http://127.0.0.1:1"


class WorkerProcess:
    """A started worker. Its log is kept in a file."""

    def __init__(self, settings: Settings, *, feed: str, bus: str, folder: Path) -> None:
        self._log = folder / f"worker-{time.monotonic_ns()}.log"
        self._watch = folder / "stall"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CARERS_")}
        environment |= {
            "CARERS_INSTANCE": settings.instance,
            "CARERS_VAR": str(settings.var),
            "CARERS_DATABASE": settings.database,
            "CARERS_BUS": bus,
            "CARERS_SERVICE_URL": feed,
            "PROBE_WATCH": str(self._watch),
        }
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.shared.probe.run_worker"],
                env=environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self._log.read_text()

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def wait_for_start(self) -> None:
        """Wait until it says that it runs."""
        wait_for("the worker says that it started", lambda: "worker-started" in self.log or not self.running)
        assert self.running, self.log

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Tell it to stop; answers how many seconds it took."""
        began = time.monotonic()
        self._process.send_signal(number)
        self._process.wait(30)
        return time.monotonic() - began

    def stood_still(self) -> float:
        """The longest time, in seconds, that its loop stood still."""
        return float(self._watch.read_text())

    def kill(self) -> None:
        """End it at once, if it runs."""
        if self.running:
            self._process.kill()
        self._process.wait()


@contextmanager
def worker_of(
    settings: Settings, folder: Path, *, feed: str = NOBODY, bus: str = "memory://"
) -> Iterator[WorkerProcess]:
    """A worker that has started, and is gone at the end of the block."""
    worker = WorkerProcess(settings, feed=feed, bus=bus, folder=folder)
    try:
        worker.wait_for_start()
        yield worker
    finally:
        worker.kill()
