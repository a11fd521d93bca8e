"""Each service starts with nothing of the others present, as in its own image."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, SERVICES
from tests.system.ports import free_port

pytestmark = pytest.mark.system

DEADLINE = 30.0

FORGET_THE_CHECKOUT = """
import sys
sys.meta_path[:] = [finder for finder in sys.meta_path if not getattr(finder, "__name__", "").startswith("_Editable")]
"""
"""Run at the start of each process: the environment's own installation would find the services that are not there."""


def rig_of_one(service: str, folder: Path) -> Path:
    """A copy of the project that has one service."""
    rig = folder / "rig"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "shared", rig / "shared", ignore=left_out)
    shutil.copytree(ROOT / "services" / service, rig / "services" / service, ignore=left_out)
    shutil.copy(ROOT / "services/__init__.py", rig / "services/__init__.py")
    (rig / "sitecustomize.py").write_text(FORGET_THE_CHECKOUT)
    return rig


def others_found(service: str, rig: Path) -> list[str]:
    """Those of the other services that Python finds in the rig."""
    names = [other.name for other in SERVICES if other.name != service]
    program = f"import importlib.util as u; print(*(n for n in {names} if u.find_spec(f'services.{{n}}')))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=rig, env=environment_of(rig), capture_output=True, check=True
    )
    return run.stdout.decode().split()


def environment_of(rig: Path, **settings: str) -> dict[str, str]:
    """What a process in the rig is told."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CARERS_")}
    return outside | {"PYTHONPATH": str(rig)} | settings


def answer(address: str, process: subprocess.Popen[bytes]) -> int:
    """The status with which the address answers, waiting until it does."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                status: int = response.status
                return status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer; the process ended with {process.poll()}")


def works(log: Path, process: subprocess.Popen[bytes]) -> bool:
    """Whether the worker says that it has started, waiting until it does or ends."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and process.poll() is None:
        if "worker-started" in log.read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("service", [service.name for service in SERVICES])
def test_a_service_migrates_serves_works_and_stops_alone(service: str, tmp_path: Path) -> None:
    rig, port = rig_of_one(service, tmp_path), free_port()
    assert others_found(service, rig) == []
    environment = environment_of(rig, CARERS_VAR=str(tmp_path / "var"), CARERS_PORT=str(port), CARERS_SERVICES=service)
    log = tmp_path / "log"

    def carers(word: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "shared.process.cli", word, service]
        with log.open("ab") as told:
            return subprocess.Popen(command, cwd=rig, env=environment, stdout=told, stderr=told)

    assert carers("migrate").wait(DEADLINE) == 0
    web, worker = carers("web"), carers("worker")
    try:
        assert answer(f"http://127.0.0.1:{port}/health/ready", web) == 200
        assert works(log, worker), log.read_text()
    finally:
        for process in (web, worker):
            process.send_signal(signal.SIGTERM)
        ended = [process.wait(DEADLINE) for process in (web, worker)]
    assert ended == [0, 0]
