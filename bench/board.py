"""The centre's board over 110 organisations and 72 months, each return revised some times: pages at the server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import msgspec

from bench.inbox import deliver
from bench.places import Place, place
from bench.report import Report
from bench.rounds import quantile, seconds
from bench.scale import Scale
from services.reporting.domain.figures import Figures, Flow, figures_json
from services.reporting.domain.measures import Measures, Trained
from services.reporting.domain.months import month_end, plus_months
from services.reporting.domain.notices import Share, Spanned
from services.reporting.domain.passports import Passports
from services.reporting.domain.training import Training
from shared.contracts.types import PROGRESS_REPORTED
from shared.kernel.clock import FixedClock
from shared.web.actor import Actor
from shared.web.testing import WebClient, web_client
from tests.support import inbox_of

MILLISECONDS = 50.0
ORGANISATIONS = 110
MONTHS = 72

_FIRST = "2020-12"
_EPOCH = "5f0e9f1e-0000-4000-8000-00000000b0a4"
_PAGES = {
    "statistics": ("/reporting/board?month={month}", "/reporting/board?month={month}&indicator=13"),
    "carer": ("/reporting/board?month={month}", "/reporting/board/over-time?organisation={organisation}&months=24"),
}


def measure(scale: Scale, report: Report, where: str) -> None:
    """The 95th percentile of the board's pages in milliseconds, for each role that sees another board."""
    with place(where) as here:
        told = _receive(here, scale.board_revisions)
        detail = f"{told:,} returns received, {ORGANISATIONS} organisations, {MONTHS} months"
        for role, paths in _PAGES.items():
            client = _client(here).signed_in(Actor(_EPOCH, "carers-unit", frozenset({"carer", role})))
            for path in paths:
                waits = [1000 * wait for wait in _asked(client, path, scale.board_pages)]
                what = f"p95 of {'a chart' if 'over-time' in path else 'the board'}, {role}"
                told_p50 = f"p50 {quantile(waits, 0.5):.1f} ms, {len(waits)} pages; {detail}"
                report.at_most(what, where, quantile(waits, 0.95), MILLISECONDS, "ms", told_p50)


def _asked(client: WebClient, path: str, pages: int) -> Iterator[float]:
    random = Random(1)
    for number in range(pages + 5):
        month = plus_months(_FIRST, random.randrange(MONTHS))
        address = path.format(month=month, organisation=f"organisation-{random.randrange(ORGANISATIONS)}")
        wait = seconds(lambda address=address: client.text(address))  # type: ignore[misc]
        if number >= 5:  # the first ones compile templates
            yield wait


def _client(here: Place) -> WebClient:
    return web_client({"reporting": here["reporting"]}, clock=FixedClock(datetime(2027, 3, 1, tzinfo=UTC)))


def _receive(here: Place, revisions: int) -> int:
    """Have the centre receive so many revisions of each return; answers how many."""
    reporting = here["reporting"]
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
    for number in range(MONTHS):
        for revision in range(1, revisions + 1):
            for organisation in range(ORGANISATIONS):
                yield f"organisation-{organisation}", plus_months(_FIRST, number), revision


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
    measures = Measures(
        passports=Passports(people // 2, people),
        postponements=Spanned(share, share),
        waivers=Spanned(share, share),
        trained=Trained(staff=Training(headcount // 2, headcount, people)),
        policy=people % 2 == 0,
        champion=people % 3 == 0,
        awards=(("carer-confident", "active"),) if people % 4 == 0 else (),
    )
    return Figures(flow, flow, measures)
