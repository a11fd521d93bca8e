"""The worker's process begins in the one order in which green threads, the database and the library get on."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.system.substrate import POSTGRES, need_postgres

pytestmark = pytest.mark.system

ROOT = Path(__file__).parents[3]
RUNNER = ROOT / "shared" / "bus" / "runner.py"

LIBRARY = {"eventsourcing.application", "eventsourcing.persistence"}

WAITING = """
from shared.bus import runner
import eventlet, psycopg

ticks = 0

def tick():
    global ticks
    while True:
        eventlet.sleep(0.02)
        ticks += 1

eventlet.spawn(tick)
with psycopg.connect({address!r}) as connection:
    before = ticks
    connection.execute("SELECT pg_sleep(0.5)")
    print(ticks - before)
"""


def test_a_worker_in_which_the_database_would_stop_every_thread_does_not_start() -> None:
    """psycopg takes its way of waiting from the environment when it is first imported."""
    ended = _python("from shared.bus import runner; runner.run({}, None)", PSYCOPG_WAIT_FUNC="wait_c")

    assert ended.returncode != 0
    assert "psycopg must wait with wait_selector in a worker" in ended.stderr


@pytest.mark.postgres
def test_while_one_thread_waits_for_postgresql_the_others_go_on() -> None:
    need_postgres()
    address = make_url(POSTGRES).set(drivername="postgresql").render_as_string(hide_password=False)

    ended = _python(WAITING.format(address=address))

    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) >= 3


def test_eventsourcing_is_imported_first_then_eventlet_patches_then_the_rest_comes() -> None:
    lines = {name: node.lineno for node in ast.parse(RUNNER.read_text()).body for name in _imported_or_called(node)}
    patched = lines["eventlet.monkey_patch"]
    early = {name for name, line in lines.items() if line < patched}

    assert early >= LIBRARY
    assert early <= LIBRARY | {"__future__", "os", "warnings", "eventlet"}
    assert {"psycopg.waiting", "nameko.runners", "shared.bus.worker"} <= lines.keys() - early


def test_the_worker_is_the_only_process_whose_threads_are_green() -> None:
    told = "import sys; from shared.process import cli, web; import shared.web.server; print('eventlet' in sys.modules)"

    assert _python(told).stdout.strip() == "False"
    assert "True" in _python(told.replace("from shared", "import shared.bus.runner; from shared", 1)).stdout


def _imported_or_called(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    called = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    return [ast.unparse(called)] if isinstance(called, ast.Attribute) and "patch" in called.attr else []


def _python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CARERS_", "PSYCOPG_"))}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
