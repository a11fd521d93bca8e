"""Leave's log is taken back to a backup while everybody else has read on: all notice, and nothing is undone unseen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from shared.contracts.wire import decode_event
from shared.kernel.periods import month_of
from shared.store.received import APPLIED, bookmark
from shared.store.tables import received
from tests.system.harness import Deployment
from tests.system.site import Site, days_returned, leap, notice, preview_of, seal, settle
from tests.system.staff import CENTRE, WORKS, everybody
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

FOLLOWERS = ("payroll.leave", "reporting.leave")


def test_everybody_heals_after_leave_is_restored_from_a_backup(deployment: Deployment) -> None:
    site = settle(deployment, everybody(carers=5, rivers=1))
    payroll = site.client(WORKS, "P1", "payroll")
    kept = _taken(site, "C1", "C2")
    _back_up(deployment)
    lost = _taken(site, "C3", "C4")
    sealed = seal(payroll, preview_of(payroll, 4, batch=1))
    deployment.carers("forget", site.person(WORKS, "C2").person, "--yes")
    wait_for("leave has forgotten", lambda: _erased(deployment, "leave"))
    before, _ = deployment.wirings["leave"].stores.log.head()

    told = _restore(deployment)

    assert "leave: goes on after position" in told
    assert _erased(deployment, "leave") == {site.person(WORKS, "C2").person}
    deployment.start(*_roles(deployment))
    assert _notices(site, "C3") == set()
    again = _taken(site, "C1", "C5")
    after, _ = deployment.wirings["leave"].stores.log.head()
    assert after != before
    wait_for("every subscriber is in the new epoch", lambda: _epochs(deployment) == {after})
    deployment.wait_until_caught_up()

    for name in FOLLOWERS:
        assert _applied(deployment, name) == _published(deployment), name
    for line in deployment.carers("rebuild", "leave", "payroll", "reporting").splitlines():
        assert line.endswith("nothing differed"), line
    halves: Counter[str] = Counter(month_of(day) for days in (kept, again) for day in days)
    for month in {month_of(day) for day in (*kept, *lost, *again)}:
        days = Fraction(halves[month], 2)
        if days:
            days_returned(site.client(CENTRE, "S1", "statistics"), month, f"{days.numerator}/{days.denominator}")

    exceptions = _exceptions(deployment)
    assert set(exceptions) == {site.person(WORKS, carer).person for carer in ("C3", "C4")}
    assert {row["Person number"] for row in sealed} == {"C1", "C2", "C3", "C4"}
    assert _exceptions_counted(deployment) == {"payroll.leave": "2", "reporting.leave": "0"}
    shown = preview_of(payroll, 2, batch=2)
    assert {line["staff_number"] for line in shown["lines"]} == {"C1", "C5"}, (
        "what was sealed stands until it is judged"
    )

    for name in exceptions.values():
        deployment.carers("parked", "dismiss", name, "--reason", "Taken back by hand")
    assert deployment.carers("parked", "list").strip() == "Nothing is set aside."


def _taken(site: Site, *carers: str) -> list[date]:
    """Half a day of each, given, and taken because its date has passed."""
    day = site.day(5)
    given = {carer: site.client(WORKS, carer).done("/api/leave/notices", notice(day))["notice"] for carer in carers}
    leap(site, site.day(6))
    for carer, each in given.items():
        wait_for(f"{carer}'s day is taken", lambda carer=carer, each=each: _states(site, carer).get(each) == "taken")
    site.deployment.wait_until_caught_up()
    return [day] * len(carers)


def _states(site: Site, carer: str) -> dict[str, str]:
    """The state of the day of each of somebody's notices."""
    found = site.client(WORKS, carer).found("/api/leave/notices")["notices"]
    return {each["notice"]: each["days"][0]["state"] for each in found}


def _notices(site: Site, carer: str) -> set[str]:
    return set(_states(site, carer))


def _roles(deployment: Deployment) -> Sequence[str]:
    """The processes of leave: on one machine they are one with all others."""
    return ("leave web", "leave worker") if deployment.databases else ("up",)


def _back_up(deployment: Deployment) -> None:
    if deployment.databases:
        deployment.stop_all(*_roles(deployment))
        deployment.look_away()
        deployment.databases.back_up("leave")
        deployment.start(*_roles(deployment))
    else:
        deployment.carers("backup", str(deployment.folder / "backup"))


def _restore(deployment: Deployment) -> str:
    deployment.stop_all(*_roles(deployment))
    deployment.look_away()
    if deployment.databases:
        deployment.databases.restore("leave")
        return deployment.carers("restored", "leave")
    return deployment.carers("restore", str(deployment.folder / "backup"), "leave", "--yes")


def _erased(deployment: Deployment, service: str) -> set[str]:
    return deployment.wirings[service].keys.destroyed()


def _epochs(deployment: Deployment) -> set[str]:
    """The epochs of leave's in which its subscribers are."""
    source = deployment.wirings["leave"].outbox.source
    found = set()
    for name in FOLLOWERS:
        with deployment.wirings[name.partition(".")[0]].reading() as connection:
            found.add(bookmark(connection, name, source)[0])
    return found


def _published(deployment: Deployment) -> list[str]:
    """Leave's events by identity, in their order."""
    return [decode_event(event.body)["id"] for event in deployment.wirings["leave"].outbox.page(0, 10**6).events]


def _applied(deployment: Deployment, name: str) -> list[str]:
    """What a subscriber has applied, by identity, in order of position."""
    with deployment.wirings[name.partition(".")[0]].reading() as connection:
        rows = connection.execute(
            select(received.c.epoch, received.c.position)
            .where(received.c.subscription == name, received.c.state == APPLIED)
            .order_by(received.c.position)
        ).all()
    return [f"{row.epoch}:{row.position}" for row in rows]


def _exceptions(deployment: Deployment) -> dict[str, str]:
    """Whom the exceptions are about, each with its name in the list."""
    found = {}
    for line in deployment.carers("parked", "list").splitlines():
        name, state, kind, *_ = line.split()
        assert (name.partition(":")[0], state, kind) == ("payroll.leave", "exception", "carers.leave.taken.v1"), line
        found[json.loads(deployment.carers("parked", "show", name))["event"]["subject"]] = name
    return found


def _exceptions_counted(deployment: Deployment) -> dict[str, str]:
    """What ``carers status`` says of leave's subscribers."""
    lines = [line.split() for line in deployment.carers("status").splitlines()]
    return {line[0]: line[-1] for line in lines if line[0] in FOLLOWERS}
