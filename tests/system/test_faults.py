"""Faults on one machine: what is lost is noticed, what fails stands aside alone, what ends comes back.

Web and worker are started here as ``carers up`` starts them, so that each can be ended alone.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from shared.kernel.periods import month_of
from shared.store.tables import received
from tests.system.client import Client
from tests.system.harness import Deployment
from tests.system.kinds import made
from tests.system.ledger import compare_received
from tests.system.lost import lose_what_waits
from tests.system.site import Site, days_returned, leap, notice, settle
from tests.system.staff import CENTRE, WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

NOTICED_SECONDS = 5.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with made("apart", tmp_path_factory.mktemp("faults")) as deployment:
        yield settle(deployment)


def _give(site: Site, carer: str, ahead: int) -> str:
    return str(site.client(WORKS, carer).done("/api/leave/notices", notice(site.day(ahead)))["notice"])


def test_the_last_message_before_a_kill_is_noticed_within_five_seconds(site: Site) -> None:
    deployment = site.deployment
    deployment.kill("worker")
    _give(site, "C1", 5)
    lose_what_waits(deployment, "leave")
    assert not deployment.caught_up()
    deployment.start("worker")
    deployment.wait_until_caught_up(NOTICED_SECONDS)
    compare_received(deployment)


def test_commands_go_on_while_the_worker_is_away(site: Site) -> None:
    deployment = site.deployment
    deployment.stop("worker")
    for carer in ("C2", "C3", "C4"):
        _give(site, carer, 6)
    assert not deployment.caught_up()
    deployment.start("worker")
    deployment.wait_until_caught_up(15)


@pytest.mark.parametrize("order", [("worker", "web"), ("web", "worker")], ids=" then ".join)
def test_roles_start_in_any_order_and_find_what_was_recorded(site: Site, order: tuple[str, str]) -> None:
    deployment = site.deployment
    given = _give(site, "C5", 5 if order[0] == "web" else 6)
    assert max(deployment.stop_all().values()) < 30
    for name in order:
        deployment.launch(name)
    for name in order:
        deployment.wait_until_up(name)
    deployment.wait_until_caught_up(60)
    assert given in {each["notice"] for each in site.client(WORKS, "C5").found("/api/leave/notices")["notices"]}
    compare_received(deployment)


def test_an_event_that_fails_stands_aside_with_its_person_alone_until_it_is_retried(site: Site) -> None:
    deployment = site.deployment
    statistics = site.client(CENTRE, "S1", "statistics")
    failing, other = site.person(WORKS, "C6"), site.person(WORKS, "C7")
    day = site.day(40)
    month = month_of(day)
    for part in ("am", "pm"):
        site.client(WORKS, failing.staff_number).done("/api/leave/notices", notice(day, part))
        site.client(WORKS, other.staff_number).done("/api/leave/notices", notice(day, part))
    before = _returned(statistics, month)
    read_side = deployment.var / "reporting" / "read.db"
    _execute(
        read_side,
        f"CREATE TRIGGER planted BEFORE INSERT ON day_facts WHEN NEW.person = '{failing.person}' "
        "BEGIN SELECT RAISE(ABORT, 'planted'); END",
    )
    leap(site, site.day(42))

    wait_for("both halves of the failing person's day stand aside", lambda: len(deployment.set_aside()) == 2)
    _wait_for_days(statistics, month, before + 2)
    parked = wait_for("it is parked after its tries", lambda: _try_until_parked(deployment, read_side))
    name, state, kind, _ = parked.split(maxsplit=3)
    assert (state, kind) == ("parked", "carers.leave.taken.v1")
    shown = json.loads(deployment.carers("parked", "show", name))
    assert shown["event"]["subject"] == failing.person
    assert _status_of(deployment, "reporting.leave").split()[-4:] == ["1", "1", "0", "0"]

    _execute(read_side, "DROP TRIGGER planted")
    assert "will be tried again" in deployment.carers("parked", "retry", name)
    wait_for("nothing stands aside", lambda: deployment.set_aside() == [])
    _wait_for_days(statistics, month, before + 4)
    assert deployment.carers("parked", "list").strip() == "Nothing is set aside."
    for line in deployment.carers("rebuild").splitlines():
        assert line.endswith("nothing differed"), line


def _returned(statistics: Client, month: str) -> int:
    """Half days in the return of the month, 0 where there is none yet."""
    for each in statistics.found("/api/reporting/returns", month=month)["returns"]:
        if each["organisation"] == WORKS:
            numerator, denominator = map(int, each["figures"]["11"]["month"]["days"].split("/"))
            return 2 * numerator // denominator
    return 0


def _wait_for_days(statistics: Client, month: str, halves: int) -> None:
    whole, rest = divmod(halves, 2)
    days_returned(statistics, month, f"{halves}/2" if rest else f"{whole}/1")


def _try_until_parked(deployment: Deployment, read_side: Path) -> str | None:
    """Have the next try made at once, instead of waiting the minute that five tries take."""
    _execute(read_side, "UPDATE received SET next_try = 0 WHERE state = 'trying'")
    lines = deployment.carers("parked", "list").splitlines()
    return next((line for line in lines if "  parked  " in line), None)


def _status_of(deployment: Deployment, subscription: str) -> str:
    return next(line for line in deployment.carers("status").splitlines() if line.startswith(subscription))


def _execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute(statement)
    finally:
        connection.close()


def test_the_comparison_would_find_an_event_that_was_lost(site: Site) -> None:
    """A control of these tests: without it they might compare nothing."""
    deployment = site.deployment
    deployment.wait_until_caught_up()
    read_side = deployment.wirings["payroll"].stores.read
    with read_side.writing() as connection:
        lost = connection.execute(select(received).where(received.c.subscription == "payroll.leave").limit(1)).one()
        connection.execute(
            delete(received).where(received.c.subscription == lost.subscription, received.c.position == lost.position)
        )
    with pytest.raises(AssertionError, match=r"payroll\.leave"):
        compare_received(deployment)
    with read_side.writing() as connection:
        connection.execute(insert(received).values(**lost._mapping))
    compare_received(deployment)


def test_a_stop_signal_is_obeyed_in_time_by_web_and_worker(site: Site) -> None:
    _give(site, "C8", 5)
    began = time.monotonic()
    site.deployment.stop_all()
    assert time.monotonic() - began < 30
