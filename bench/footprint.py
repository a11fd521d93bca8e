"""What it takes to run: seconds from a second start to a page, memory of each process, and the processor while idle."""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.places import EMBEDDED, place
from bench.report import Report
from bench.rounds import seconds
from bench.scale import Scale
from tests.system.harness import Deployment, embedded

START_SECONDS = 3.0
MEGABYTES = 150.0
IDLE_PERCENT = 2.0

_STILL = 10.0
"""Seconds without a new event after which a fresh start has done all that was due."""

_SECONDS = 180.0

_TICKS = os.sysconf("SC_CLK_TCK")
_WORKERS = ("workforce", "leave", "passport", "accreditation", "payroll", "reporting")


def measure(scale: Scale, report: Report, where: str) -> None:
    """``carers up`` with its sample staff; scaled, a web and a worker process for each service."""
    running = _up(report) if where == EMBEDDED else _apart()
    with running as (deployment, processes):
        _settle(deployment)
        before = {name: _processor_seconds(pid) for name, pid in processes.items()}
        time.sleep(scale.seconds)
        idle = {name: 100 * (_processor_seconds(pid) - before[name]) / scale.seconds for name, pid in processes.items()}
        memory = {name: _megabytes(pid) for name, pid in processes.items()}
    report.at_most("memory of the largest process", where, max(memory.values()), MEGABYTES, "MB", _each(memory, "MB"))
    if where == EMBEDDED:
        report.at_most("processor while idle", where, sum(idle.values()), IDLE_PERCENT, "%", _each(idle, "%"))
    else:
        report.told("processor while idle", where, f"{sum(idle.values()):.2f} %", _each(idle, "%"))


def _settle(deployment: Deployment) -> None:
    """Wait until nothing has been recorded for a while."""
    deadline = time.monotonic() + _SECONDS
    seen, since = _heads(deployment), time.monotonic()
    while time.monotonic() - since < _STILL:
        if time.monotonic() > deadline:
            raise TimeoutError(f"something is still recorded after {_SECONDS:g} s")
        time.sleep(0.5)
        if (now := _heads(deployment)) != seen:
            seen, since = now, time.monotonic()


def _heads(deployment: Deployment) -> list[int]:
    return [wiring.stores.log.head()[1] for wiring in deployment.wirings.values()]


@contextmanager
def _up(report: Report) -> Iterator[tuple[Deployment, dict[str, int]]]:
    """``carers up`` on a folder that it ran on before."""
    with TemporaryDirectory(prefix="carers-bench-") as folder, embedded(Path(folder)) as deployment:
        deployment.start()
        deployment.wait_until_caught_up(90)
        deployment.stop("up")
        took = seconds(lambda: _until_page(deployment))
        report.at_most("second start to a page", EMBEDDED, took, START_SECONDS, "s")
        yield deployment, {"up": deployment.process("up").pid, **deployment.children("up")}


@contextmanager
def _apart() -> Iterator[tuple[Deployment, dict[str, int]]]:
    with place("scaled", _WORKERS) as here:
        here.deployment.start()
        yield here.deployment, {name: here.deployment.process(name).pid for name in here.deployment.roles}


def _until_page(deployment: Deployment) -> None:
    deployment.launch("up")
    address = f"http://127.0.0.1:{deployment.roles['up'].port}/"
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.01)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no memory")


def _each(figures: Mapping[str, float], unit: str) -> str:
    return ", ".join(f"{name} {value:.1f} {unit}" for name, value in figures.items())
