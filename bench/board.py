"""The centre's board over 110 organisations in 40 groups and 72 months, and one department's own half.

The centre folds returns alone, never facts: what a million events come to there is every revision that departments
made of their months. Each return has as many revisions as a real one could, some one and some many. The own half folds
a leave log of a million events, computes its open months from the facts, and shows them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import msgspec

from bench.backlog import ORGANISATION, Accounts, names
from bench.chain import append
from bench.inbox import deliver
from bench.places import Place, place
from bench.report import Report
from bench.rounds import quantile, seconds
from bench.scale import Scale
from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.facts import Training
from services.reporting.domain.figures import Figures, Flow, Measure
from services.reporting.domain.months import month_end, plus_months
from services.reporting.domain.notices import POSTPONEMENTS, WAIVERS, Share, Spanned
from services.reporting.domain.passports import HELD, Passports
from services.reporting.domain.provisions_and_awards import AWARDS_HELD, CHAMPIONS, POLICIES
from services.reporting.domain.training import MANAGERS_TRAINED, STAFF_TRAINED
from services.reporting.read.fact_effects import employment_said
from services.reporting.read.reported_months import own_months
from shared.contracts.types import EMPLOYMENT_RECORDED, PROGRESS_REPORTED
from shared.kernel.clock import FixedClock
from shared.people.effects import organisation_recorded
from shared.runtime.telemetry import configure
from shared.store.rows import Rows
from shared.web.actor import Actor
from tests.support import inbox_of, project
from tests.web_client import WebClient, web_client

MILLISECONDS = 50.0
ORGANISATIONS = 110
MONTHS = 72

_FIRST = "2020-12"
_EPOCH = "5f0e9f1e-0000-4000-8000-00000000b0a4"
_BOARD = "/reporting/board?month={month}"
_PAGES = {
    "the board": _BOARD,
    "one indicator": f"{_BOARD}&indicator=13",
    "the rows as JSON": "/api/reporting/board.json?month={month}",
    "a department over 24 months": "/reporting/board/over-time?organisation={organisation}&months=24",
    "a group over 24 months": "/reporting/board/over-time?group={group}&months=24",
    "all departments over 12 months": "/reporting/board/over-time?indicator=17&months=12",
}
_GROUPS = 40
_WARM = 5
"""Pages of each kind that are not measured: the first ones compile templates."""

_EVENTS_OF_ACCOUNT = 8
_PAGE = 2_500


def measure(scale: Scale, report: Report, where: str) -> None:
    """The 95th percentile of pages in milliseconds, for each role that sees another board."""
    with place(where) as here:
        configure("warning", "bench")  # a line for each request is not what is measured
        told = _receive(here, scale.board_revisions)
        detail = (
            f"{told:,} revisions of {ORGANISATIONS * MONTHS:,} returns, {ORGANISATIONS} organisations, {MONTHS} months"
        )
        for role in ("statistics", "carer"):
            client = _client(here).signed_in(Actor(_EPOCH, "carers-unit", frozenset({"carer", role})))
            for what, path in _PAGES.items():
                _pages(report, f"p95 of {what}, {role}", where, _asked(client, path, scale.board_pages), detail)
        _own_half(scale, report, where, here)


def _pages(report: Report, what: str, where: str, waits: Sequence[tuple[float, float]], detail: str) -> None:
    elapsed, busy = ([1000 * wait[kind] for wait in waits] for kind in (0, 1))
    shares = f"p50 {quantile(elapsed, 0.5):.1f} ms, p95 of processor time {quantile(busy, 0.95):.1f} ms"
    report.at_most(what, where, quantile(elapsed, 0.95), MILLISECONDS, "ms", f"{shares}, {len(waits)} pages; {detail}")


def _asked(client: WebClient, path: str, pages: int) -> list[tuple[float, float]]:
    """Elapsed seconds and those of processor time, of pages about months and names at random."""
    random = Random(1)
    waits = []
    for _ in range(pages + _WARM):
        number = random.randrange(ORGANISATIONS)
        address = path.format(
            month=plus_months(_FIRST, random.randrange(MONTHS)),
            organisation=f"organisation-{number}",
            group=f"Group+{number % _GROUPS}",
        )
        began = time.process_time()
        elapsed = seconds(partial(client.text, address))
        waits.append((elapsed, time.process_time() - began))
    return waits[_WARM:]


def _own_half(scale: Scale, report: Report, where: str, here: Place) -> None:
    """One department's months from its own facts, and the page that shows them."""
    reporting = here["reporting"]
    events = _take_leave(here, scale.board_events)
    assert reporting.due is not None
    took = seconds(partial(reporting.due, reporting))
    project(reporting)
    with reporting.reading() as connection:
        months = own_months(connection, ORGANISATION)
    detail = f"{events:,} events of leave by {events // _EVENTS_OF_ACCOUNT:,} employed people"
    report.told("own half: open months computed", where, f"{took:.1f} s", f"{len(months)} months; {detail}")
    client = _client(here).signed_in(Actor(_EPOCH, ORGANISATION, frozenset({"carer", "hr"})))
    for what, path in (("the month", "organisation?month=2026-03"), ("its chart", "organisation/over-time?months=24")):
        waits = _asked(client, f"/reporting/{path}", scale.board_pages)
        _pages(report, f"p95 of own half, {what}", where, waits, detail)


def _take_leave(here: Place, events: int) -> int:
    """Record and receive so many events of leave, of as many people as that takes; answers how many."""
    leave, reporting = here["leave"], here["reporting"]
    leave.keys.create(names(0)[0])
    accounts = Accounts(leave.application.mapper.to_stored_event)
    inbox = inbox_of(reporting, "reporting.leave", here.deployment.wirings.values())
    count = events // accounts.size
    for start in range(0, count, _PAGE):
        page = range(start, min(start + _PAGE, count))
        append(here, accounts.one_after_another(page))
        with reporting.stores.read.writing() as connection:
            employment_said(Rows(connection), [_employment(number) for number in page])
        inbox.ask()
    return count * accounts.size


def _employment(number: int) -> dict[str, Any]:
    person, _, employment = names(number)
    return {
        "type": EMPLOYMENT_RECORDED,
        "time": "2026-02-01T09:00:00+00:00",
        "epoch": _EPOCH,
        "position": number + 1,
        "organisation": ORGANISATION,
        "subject": person,
        "data": {
            "employment": employment,
            "effective_from": "2026-01-01",
            "starts": "2026-01-01",
            "ends": None,
            "fte": "4/5",
            "status": "employee",
        },
    }


def _client(here: Place) -> WebClient:
    return web_client({"reporting": here["reporting"]}, clock=FixedClock(datetime(2027, 3, 1, tzinfo=UTC)))


def _receive(here: Place, revisions: int) -> int:
    """Have the centre receive so many revisions of each return on average; answers how many."""
    reporting = here["reporting"]
    with reporting.stores.read.writing() as connection:
        organisation_recorded(Rows(connection), [_organisation(number) for number in range(ORGANISATIONS)])
    inbox = inbox_of(reporting, "reporting.centre", here.deployment.wirings.values())
    source = f"/{reporting.settings.instance}/reporting"
    bodies: list[bytes] = []
    position = 0
    for organisation, month, revision in _returns(revisions):
        event = _event(source, position + 2, organisation, month, revision)
        position += 2
        bodies.append(msgspec.json.encode(event))
        if len(bodies) == 1000:
            deliver(inbox, bodies)
            bodies.clear()
    deliver(inbox, bodies)
    return position // 2


def _returns(revisions: int) -> Iterator[tuple[str, str, int]]:
    random = Random(2)
    for number in range(MONTHS):
        last = [random.randint(1, 2 * revisions - 1) for _ in range(ORGANISATIONS)]
        for revision in range(1, 2 * revisions):
            for organisation in range(ORGANISATIONS):
                if revision <= last[organisation]:
                    yield f"organisation-{organisation}", plus_months(_FIRST, number), revision


def _organisation(number: int) -> dict[str, Any]:
    data = {"name": f"Organisation {number:03d}", "group": f"Group {number % _GROUPS}", "kind": "department"}
    return {"organisation": f"organisation-{number}", "data": data}


def _event(source: str, position: int, organisation: str, month: str, revision: int) -> dict[str, Any]:
    known = datetime.combine(month_end(month), datetime.min.time(), UTC) + timedelta(days=revision + 2)
    return {
        "specversion": "1.0",
        "id": f"{_EPOCH}:{position}",
        "source": source,
        "type": PROGRESS_REPORTED,
        "time": known.isoformat(),
        "organisation": organisation,
        "previous": position - 2,
        "data": {
            "month": month,
            "definition": 2,
            "revision": revision,
            "as_known": known.isoformat(),
            "complete": True,
            "figures": figures_json(_figures(Random(position))),
            "positions": {"workforce": [_EPOCH, position], "leave": [_EPOCH, position]},
        },
    }


def _figures(random: Random) -> Figures:
    people, headcount = random.randint(0, 400), random.randint(400, 40_000)
    share = Share(people // 4, people, people // 4, people - people // 4, 1, 1)
    flow = Flow(
        headcount=Fraction(headcount),
        fte=Fraction(headcount * 9, 10),
        people=people,
        days=Fraction(people * 3, 2),
        largest=Fraction(3),
        paid_people=people,
        paid_days=Fraction(people),
        largest_paid=Fraction(2),
        unpaid_people=people,
        unpaid_days=Fraction(people, 2),
        largest_unpaid=Fraction(1),
    )
    found: dict[Measure[Any], object] = {
        HELD: Passports(people // 2, people),
        POSTPONEMENTS: Spanned(share, share),
        WAIVERS: Spanned(share, share),
        MANAGERS_TRAINED: Training(),
        STAFF_TRAINED: Training(headcount // 2, headcount, people),
        POLICIES: people % 2 == 0,
        CHAMPIONS: people % 3 == 0,
        AWARDS_HELD: (("carer-confident", "active"),) if people % 4 == 0 else (),
    }
    measures = {measure.number: figure for measure, figure in found.items()}
    return Figures(flow, flow, measures)
