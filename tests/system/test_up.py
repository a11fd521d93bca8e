"""``carers up``: what somebody meets who starts, stops, kills and starts it again on one machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.harness import embedded
from tests.system.staff import WORKS
from tests.system.town import Town, notice, settle
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with embedded(tmp_path_factory.mktemp("up")) as deployment:
        yield settle(deployment)


def _notices(town: Town, carer: str) -> set[str]:
    return {each["notice"] for each in town.client(WORKS, carer).found("/api/leave/notices")["notices"]}


def test_a_second_start_on_the_same_folder_is_refused_with_a_sentence(town: Town) -> None:
    refused = town.deployment.command("up", seconds=30)
    assert refused.returncode == 2
    assert f"already runs on the folder {town.deployment.var}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert town.client(WORKS, "C1").get("/").status == 200


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_role_that_was_killed_is_started_again(town: Town, role: str) -> None:
    deployment = town.deployment
    killed = deployment.children("up")[role]
    os.kill(killed, signal.SIGKILL)
    wait_for(f"another {role} runs", lambda: deployment.children("up").get(role, killed) != killed, 15)
    deployment.wait_until_up("up")
    town.client(WORKS, "C1").done("/api/leave/notices", notice(town.day(5 if role == "web" else 6)))
    deployment.wait_until_caught_up(15)


def test_a_stop_is_clean_and_what_was_recorded_is_there_again(town: Town) -> None:
    given = town.client(WORKS, "C2").done("/api/leave/notices", notice(town.day(5)))["notice"]
    assert town.deployment.stop("up") < 30
    assert "Everything recorded is kept" in town.deployment.log_of("up")
    town.deployment.start("up")
    assert given in _notices(town, "C2")


def test_what_was_acknowledged_before_a_power_cut_is_there_and_goes_on(town: Town) -> None:
    deployment = town.deployment
    given = town.client(WORKS, "C3").done("/api/leave/notices", notice(town.day(5)))["notice"]
    deployment.kill("up")
    deployment.start("up")
    wait_for("the notice is listed", lambda: given in _notices(town, "C3"), 5)
    deployment.wait_until_caught_up(10)


def test_roles_end_with_a_supervisor_that_was_killed(town: Town) -> None:
    deployment = town.deployment
    roles = deployment.children("up")
    assert set(roles) == {"web", "worker"}
    os.kill(deployment.process("up").pid, signal.SIGKILL)
    deployment.process("up").wait(5)
    wait_for("web and worker have ended", lambda: not any(_runs(pid) for pid in roles.values()), 30)
    deployment.start("up")
    deployment.wait_until_caught_up(15)
    assert deployment.set_aside() == []


def _runs(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
