"""A first start on an empty folder: the page at once, then a world; killed on the way, begun anew; and taken away."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.demonstration.reset import reset
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from tests.system.harness import Deployment, embedded
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Deployment]:
    with embedded(tmp_path) as deployment:
        deployment.environment |= {"CARERS_WORLD": "small"}
        yield deployment


def _page(deployment: Deployment, path: str = "/", accept: str = "text/html") -> tuple[int, str]:
    request = urllib.request.Request(deployment.address("/") + path, headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def _state(deployment: Deployment) -> str:
    file = deployment.var / "world.json"
    return str(json.loads(file.read_text())["state"]) if file.exists() else ""


def test_a_first_start_shows_how_far_it_is_and_then_a_world(fresh: Deployment) -> None:
    fresh.launch("up")
    wait_for("the page says how far it is", lambda: "Getting the demonstration ready" in _page(fresh)[1], 30)
    status, body = _page(fresh, "/api/leave/notices", "application/json")
    assert status == 503
    assert json.loads(body)["code"] == "world-being-made"
    assert _page(fresh, "/health/live")[0] == 200
    wait_for("the world is ready", lambda: _state(fresh) == "ready", 200)
    wait_for("somebody can be chosen", lambda: "Met Office" in _page(fresh)[1], 30)
    wait_for("web and worker run", lambda: set(fresh.children("up")) == {"web", "worker"}, 30)
    fresh.wait_until_caught_up(30)
    heads = {name: wiring.stores.log.head() for name, wiring in fresh.wirings.items()}
    assert fresh.stop("up") < 30
    fresh.start("up")
    fresh.wait_until_caught_up(30)
    assert heads == {name: wiring.stores.log.head() for name, wiring in fresh.wirings.items()}
    assert fresh.set_aside() == []


def test_what_was_killed_on_the_way_begins_anew(fresh: Deployment) -> None:
    fresh.launch("up")
    wait_for("something is recorded", lambda: (fresh.var / "world.json").exists() and _share(fresh) > 0, 120)
    for child in fresh.children("up").values():
        os.kill(child, signal.SIGKILL)
    fresh.kill("up")
    assert _state(fresh) == "making"
    fresh.launch("up")
    wait_for("the world is ready", lambda: _state(fresh) == "ready", 200)
    wait_for("web and worker run", lambda: set(fresh.children("up")) == {"web", "worker"}, 30)
    fresh.wait_until_caught_up(30)
    assert fresh.set_aside() == []


def _share(deployment: Deployment) -> float:
    return float(json.loads((deployment.var / "world.json").read_text())["share"])


def test_a_reset_that_was_broken_off_leaves_nothing_that_counts_as_whole(
    fresh: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.carers("demo", "--organisations", "1", "--scale", "0.02", "--years", "1", seconds=200)
    for name, value in fresh.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("shared.demonstration.reset.shutil.rmtree", _killed)
    with pytest.raises(KeyboardInterrupt):
        reset(installed(), Settings.read())
    assert _state(fresh) == "making"


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_demonstration_is_reset_and_made_by_another_seed(fresh: Deployment) -> None:
    small = ("--organisations", "1", "--scale", "0.02", "--years", "1")
    assert "The world is ready" in fresh.carers("demo", *small, "--seed", "7", seconds=200)
    again = fresh.command("demo", *small)
    assert again.returncode == 2
    assert "carers demo reset" in again.stderr
    (fresh.var / "clock").write_text("1")
    (fresh.var / "clock.move").write_text("{}")
    fresh.carers("token", "--organisation", "cabinet-office", "--role", "hr")
    assert "taken away" in fresh.carers("demo", "reset", "--yes")
    assert not [*fresh.var.glob("world.json"), *fresh.var.glob("clock*"), *fresh.var.glob("keys/sign-in*")]
    assert "The world is ready" in fresh.carers("demo", *small, "--seed", "8", seconds=200)
    plan = json.loads((fresh.var / "world.json").read_text())["plan"]
    assert (plan["seed"], plan["organisations"], plan["years"]) == (8, 1, 1)


def test_a_deployment_that_is_no_demonstration_has_no_world(fresh: Deployment) -> None:
    fresh.environment |= {"CARERS_DEMONSTRATION": "no"}
    for words in (("demo",), ("demo", "reset", "--yes")):
        refused = fresh.command(*words)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
