"""``carers up``: what somebody meets who starts, stops, kills and starts it again on one machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.harness import embedded
from tests.system.site import Site, notice, settle
from tests.system.staff import WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with embedded(tmp_path_factory.mktemp("up")) as deployment:
        yield settle(deployment)


def _notices(site: Site, carer: str) -> set[str]:
    return {each["notice"] for each in site.client(WORKS, carer).found("/api/leave/notices")["notices"]}


def test_a_second_start_on_the_same_folder_is_refused_with_a_sentence(site: Site) -> None:
    refused = site.deployment.command("up", seconds=30)
    assert refused.returncode == 2
    assert f"already runs on the folder {site.deployment.var}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert site.client(WORKS, "C1").get("/").status == 200


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_role_that_was_killed_is_started_again(site: Site, role: str) -> None:
    deployment = site.deployment
    killed = deployment.children("up")[role]
    os.kill(killed, signal.SIGKILL)
    wait_for(f"another {role} runs", lambda: deployment.children("up").get(role, killed) != killed, 15)
    deployment.wait_until_up("up")
    site.client(WORKS, "C1").done("/api/leave/notices", notice(site.day(5 if role == "web" else 6)))
    deployment.wait_until_caught_up(15)


def test_a_stop_is_clean_and_what_was_recorded_is_there_again(site: Site) -> None:
    given = site.client(WORKS, "C2").done("/api/leave/notices", notice(site.day(5)))["notice"]
    assert site.deployment.stop("up") < 30
    assert "Everything recorded is kept" in site.deployment.log_of("up")
    site.deployment.start("up")
    assert given in _notices(site, "C2")


def test_what_was_acknowledged_before_a_power_cut_is_there_and_goes_on(site: Site) -> None:
    deployment = site.deployment
    given = site.client(WORKS, "C3").done("/api/leave/notices", notice(site.day(5)))["notice"]
    deployment.kill("up")
    deployment.start("up")
    wait_for("the notice is listed", lambda: given in _notices(site, "C3"), 5)
    deployment.wait_until_caught_up(10)


def test_roles_end_with_a_supervisor_that_was_killed(site: Site) -> None:
    deployment = site.deployment
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
