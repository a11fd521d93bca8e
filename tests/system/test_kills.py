"""Processes that are killed at any moment while people work: nothing is lost, nothing happens twice.

``TEST_KILLS`` says how often (25 in CI, 4 else), ``TEST_SEED`` which moments: ``TEST_KILLS=25 pytest tests/system``.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.system.harness import Deployment
from tests.system.kinds import SCALED, made
from tests.system.ledger import Ledger, Load, compare, compare_log
from tests.system.site import leap, settle
from tests.system.staff import CENTRE, WORKS, everybody

pytestmark = [pytest.mark.system, pytest.mark.timeout(420)]

KILLS = int(os.environ.get("TEST_KILLS", "25" if os.environ.get("CI") == "true" else "4"))
SEED = int(os.environ.get("TEST_SEED", "2026"))
CARERS = 160
SUBSCRIPTIONS = ("leave.", "passport.", "payroll.", "reporting.", "workforce.")
CLIENTS = 8
DAYS_AHEAD = range(4, 18)


@pytest.mark.parametrize("kind", ["apart", SCALED])
def test_nothing_is_lost_or_doubled_while_processes_are_killed(kind: str, tmp_path: Path) -> None:
    with made(kind, tmp_path) as deployment:
        site = settle(deployment, everybody(carers=CARERS))
        load = Load(site, clients=CLIENTS, seed=SEED, days_ahead=DAYS_AHEAD)
        ledger = load.during(lambda: _kill(deployment, random.Random(SEED)))
        print(
            f"\n{kind}: {KILLS} kills, {ledger.acknowledged} commands acknowledged, {ledger.sent} sent, "
            f"slowest {ledger.slowest:.1f} s"
        )
        assert len(ledger.kept) > 10 * KILLS
        leap(site, site.day(max(DAYS_AHEAD) + 2))
        compare(site, ledger, site.client(WORKS, "P1", "payroll"), site.client(CENTRE, "S1", "statistics"))
        with pytest.raises(AssertionError):  # a control: a notice that nobody was told of is found
            compare_log(site, Ledger(ledger.kept[1:]))
        assert deployment.set_aside() == []
        for line in deployment.carers("status").splitlines():
            assert line.split()[-3:] == ["0", "0", "0"] or not line.startswith(SUBSCRIPTIONS), line
        for line in deployment.carers("rebuild").splitlines():
            assert line.endswith("nothing differed"), line
        assert max(deployment.stop_all().values()) < 30


def _kill(deployment: Deployment, rng: random.Random) -> None:
    """End roles at seeded moments; each comes back, and has a moment of work, before the next one goes."""
    names = [name for name in deployment.roles if "front" not in name]
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.1, 0.8))  # the moment is the point
        deployment.restart_killed(rng.choice(names))
