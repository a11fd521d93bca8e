"""One half day of carer's leave from a click to payroll and to the centre, and what must not get through.

Black box: HTTP and the command line, on both substrates.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.reporting.domain.months import plus_months, release_days
from shared.kernel.periods import month_of, month_span
from tests.system.client import Client, Reply
from tests.system.harness import Deployment
from tests.system.site import (
    DECLARED,
    Site,
    days_returned,
    leap,
    notice,
    preview,
    preview_of,
    return_of,
    seal,
    settle,
)
from tests.system.staff import CENTRE, DAILY_MINUTES, HALF_DAY, RIVERS, WORKS
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

TRAIL_SECONDS = 2.0
TAKERS = 11
"""People of Rivers who take half a day: enough, beside those who do not, for their number to be released."""


@dataclass
class Cast:
    """Who acts."""

    site: Site
    carer: Client
    manager: Client
    hr: Client
    payroll: Client
    statistics: Client
    outsider: Client

    def given(self, ahead: int, part: str = "am", carer: Client | None = None) -> str:
        """A notice that was given; its identifier."""
        answer = (carer or self.carer).done("/api/leave/notices", notice(self.site.day(ahead), part))
        return str(answer["notice"])


@pytest.fixture(scope="module")
def cast(deployment: Deployment) -> Iterator[Cast]:
    site = settle(deployment)
    yield Cast(
        site,
        carer=deployment.script(site.person(WORKS, "C1").person, WORKS),
        manager=site.client(WORKS, "M1"),
        hr=site.client(WORKS, "H1", "hr"),
        payroll=site.client(WORKS, "P1", "payroll"),
        statistics=site.client(CENTRE, "S1", "statistics"),
        outsider=site.client(RIVERS, "H1", "hr"),
    )
    assert deployment.set_aside() == []


class Trail:
    """The trail page as somebody reads it. Remembers how many times each step was there before."""

    def __init__(self, reader: Client) -> None:
        self._reader = reader
        self._seen = self._count()
        self.pages: list[str] = []

    def shows(self, words: str) -> float:
        """Seconds until one more such step is there; fails after ``TRAIL_SECONDS``."""
        began = time.monotonic()
        before = self._seen.get(words, 0)

        def more() -> bool:
            now = self._count()
            if now.get(words, 0) > before:
                self._seen[words] = before + 1
                return True
            return False

        wait_for(f"the trail shows {words!r}", more, TRAIL_SECONDS)
        return time.monotonic() - began

    def _count(self) -> dict[str, int]:
        reply = self._reader.get("/trail", view="steps")
        assert reply.status == 200, reply.text
        self.page = reply.text.partition("<main")[2]  # above it stands who one is
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", reply.text, re.S)
        cells = [re.sub(r"<[^>]+>|\s+", " ", row).strip() for row in rows]
        found: dict[str, int] = {}
        for text in cells:
            for words in STEPS:
                found[words] = found.get(words, 0) + (f" {words}" in text)
        return found


STEPS = (
    "A carer asked for leave",
    "A request was confirmed",
    "A carer cancelled days",
    "A day was taken",
    "HR corrected a day",
    "Payroll sealed a batch",
    "A return was revised",
)


def test_a_half_day_goes_from_a_click_to_payroll_and_to_the_centre(cast: Cast, deployment: Deployment) -> None:
    trail = Trail(cast.carer)
    day = cast.site.day(5)
    month = month_of(day)
    before = _revision(cast.hr, month)

    given = cast.given(5)
    trail.shows("A carer asked for leave")
    other = cast.given(6, "pm")
    waiting = wait_for("both notices wait for the manager", lambda: _waiting(cast.manager, {given, other}))
    assert all(
        set(each)
        <= {
            "notice",
            "employment",
            "state",
            "given_on",
            "late",
            "waived",
            "deadline",
            "confirmed_by",
            "confirmed_on",
            "dates",
            "gave_back",
            "postponed_on",
            "decided_on",
            "decided_by",
            "consulted_on",
            "agreed",
            "lawful",
            "in_time_from",
            "reason",
        }
        for each in waiting
    )
    assert {each["reason"] for each in waiting} == {""}
    trail.shows("A carer asked for leave")

    assert cast.manager.done(f"/api/leave/notices/{given}/confirm", {})["state"] == "confirmed"
    trail.shows("A request was confirmed")
    assert cast.carer.done(f"/api/leave/notices/{other}/withdraw", {"dates": []})["state"] == "withdrawn"
    trail.shows("A carer cancelled days")

    assert preview(cast.payroll)["count"] == 0
    deployment.advance(6)
    shown = preview_of(cast.payroll, 1, batch=1)
    trail.shows("A day was taken")
    sent = seal(cast.payroll, shown)
    trail.shows("Payroll sealed a batch")
    assert [(row["Person number"], row["Date"], row["Unit"], row["Quantity"], row["Reverses"]) for row in sent] == [
        ("C1", day.isoformat(), "days", HALF_DAY, "")
    ]

    taken = days_returned(cast.hr, month, "1/2")
    assert taken["revision"] > before
    assert taken["figures"]["10"]["month"]["people"] == 1
    trail.shows("A return was revised")
    at_centre = days_returned(cast.statistics, month, "1/2")
    assert (at_centre["revision"], at_centre["figures"]) == (taken["revision"], taken["figures"])

    correction = {"notice": given, "date": day.isoformat(), "minutes": 0, "reason": "Worked instead"}
    cast.hr.done("/api/leave/days/correct", correction)
    trail.shows("HR corrected a day")
    reversal = seal(cast.payroll, preview_of(cast.payroll, 1, batch=2))
    trail.shows("Payroll sealed a batch")
    assert [(row["Quantity"], row["Reverses"], row["Batch"]) for row in reversal] == [
        (f"-{HALF_DAY}", f"{sent[0]['Line']}/{sent[0]['Revision']}", "2")
    ]
    corrected = days_returned(cast.hr, month, "0/1")
    trail.shows("A return was revised")
    assert corrected["revision"] > taken["revision"]
    assert days_returned(cast.statistics, month, "0/1")["revision"] == corrected["revision"]

    for secret in (cast.site.person(WORKS, "C1").person, "C1", "Carer Sample", "0.50", str(DAILY_MINUTES // 2)):
        assert secret not in trail.page


def _revision(hr: Client, month: str) -> int:
    """The return's revision before anybody took leave."""
    found = wait_for("the month has a return", lambda: return_of(hr, month))
    assert found["figures"]["11"]["month"]["days"] == "0/1"
    return int(found["revision"])


def _waiting(manager: Client, notices: set[str]) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] = manager.found("/api/leave/waiting")["notices"]
    return found if notices <= {each["notice"] for each in found} else None


def test_exact_figures_are_for_the_own_hr_and_the_centres_statistics_alone(cast: Cast) -> None:
    month = month_of(cast.site.day(0))
    wait_for("the centre has the return", lambda: return_of(cast.statistics, month))
    assert {
        each["organisation"] for each in cast.statistics.found("/api/reporting/returns", month=month)["returns"]
    } == {
        WORKS,
        RIVERS,
    }
    assert {each["organisation"] for each in cast.hr.found("/api/reporting/returns", month=month)["returns"]} == {WORKS}
    for other in (cast.carer, cast.manager, cast.payroll):
        assert other.get("/api/reporting/returns", month=month).status == 403
        released = other.found("/api/reporting/progress", month=month)["progress"]
        assert {each["organisation"] for each in released} == {WORKS, RIVERS}
        assert {each["days"]["text"] for each in released} == {"[c]"}


def test_the_centres_page_is_exact_for_statistics_and_released_for_others(cast: Cast) -> None:
    month = month_of(cast.site.day(0))
    exact = cast.statistics.get("/reporting/departments", month=month).text
    released = cast.carer.get("/reporting/departments", month=month).text
    assert "Do not pass them on" in exact
    assert "Ministry of Works" in exact
    assert "Do not pass them on" not in released
    assert "[c]" in released


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"days": [', 400),
        (b'\xff\xfe{"days": []}', 400),
        (b'{"days": [], "days": [], "dependant": true, "care": true}', 400),
        ({"days": [{"date": "2026-02-30", "part": "am"}], "dependant": True, "care": True}, 422),
        ({"days": [{"date": "1066-10-14", "part": "am"}], "dependant": True, "care": True}, 422),
        ({"days": [{"date": "2026-12-01", "part": "evening"}], "dependant": True, "care": True}, 422),
        ({"days": [], "dependant": True, "care": True}, 422),
        ({"days": [{"date": "2026-12-01", "part": "am"}], "dependant": True, "care": True, "reason": "none"}, 422),
        ([1, 2, 3], 422),
    ],
    ids=[
        "cut-short",
        "not-utf-8",
        "said-twice",
        "30-february",
        "1066",
        "no-such-part",
        "no-days",
        "unknown-field",
        "list",
    ],
)
def test_a_body_that_makes_no_sense_is_refused_with_a_problem(cast: Cast, body: Any, status: int) -> None:
    before = _own_notices(cast.carer)
    reply = cast.carer.post("/api/leave/notices", body)
    assert reply.status == status, reply.text
    _assert_problem(reply)
    assert _own_notices(cast.carer) == before


def test_another_organisations_person_answers_like_one_who_is_not_there(cast: Cast) -> None:
    theirs = cast.given(8, carer=cast.site.client(WORKS, "C2"))
    person = cast.site.person(WORKS, "C2").person
    nobody = str(uuid4())
    for there, missing in (
        (f"/api/workforce/people/{person}", f"/api/workforce/people/{nobody}"),
        (f"/api/leave/notices/{theirs}", f"/api/leave/notices/{nobody}"),
        (f"/api/leave/notices?person={person}", f"/api/leave/notices?person={nobody}"),
    ):
        _assert_same(cast.outsider.get(there), cast.outsider.get(missing))
    _assert_same(
        cast.outsider.post(f"/api/leave/notices/{theirs}/confirm", {}),
        cast.outsider.post(f"/api/leave/notices/{nobody}/confirm", {}),
    )


def _assert_same(there: Reply, missing: Reply) -> None:
    assert there.status == missing.status == 404, (there.text, missing.text)
    named = [{name: value for name, value in reply.json.items() if name != "reference"} for reply in (there, missing)]
    assert named[0] == named[1]


def test_nobody_decides_their_own_request(cast: Cast) -> None:
    own = cast.given(8, carer=cast.hr)
    reply = cast.hr.post(f"/api/leave/notices/{own}/confirm", {})
    assert reply.status in {403, 404, 409}, reply.text
    _assert_problem(reply)


def test_a_repeated_click_gets_the_first_answer(cast: Cast) -> None:
    key, body = str(uuid4()), notice(cast.site.day(9))
    first = cast.carer.done("/api/leave/notices", body, key=key)
    again = cast.carer.done("/api/leave/notices", body, key=key)
    assert again["repeated"] is True
    assert (again["notice"], again["position"]) == (first["notice"], first["position"])


def test_the_same_key_with_another_body_is_refused(cast: Cast) -> None:
    key = str(uuid4())
    cast.carer.done("/api/leave/notices", notice(cast.site.day(10)), key=key)
    reply = cast.carer.post("/api/leave/notices", notice(cast.site.day(11)), key=key)
    assert reply.status == 422, reply.text
    _assert_problem(reply)
    assert "key" in reply.json["code"]


def test_fifty_at_once_with_one_key_make_one_notice(cast: Cast) -> None:
    carer = cast.site.client(WORKS, "C3")
    key, body = str(uuid4()), notice(cast.site.day(9))
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda _: carer.post("/api/leave/notices", body, key=key), range(50)))
    assert {reply.status for reply in replies} == {201}, [reply.text for reply in replies if reply.status != 201][:3]
    assert len({reply.json["notice"] for reply in replies}) == 1
    wait_for("the list shows it", lambda: _own_notices(carer))
    assert len(_own_notices(carer)) == 1


def test_eight_at_once_on_one_account_all_get_their_day(cast: Cast) -> None:
    """Who lost five races is told so in plain words, and gets through with the same request."""
    carer = cast.site.client(WORKS, "C4")
    requests = [(str(uuid4()), notice(cast.site.day(ahead))) for ahead in range(8, 16)]

    def give(request: tuple[str, Any]) -> Reply:
        key, body = request
        return carer.post("/api/leave/notices", body, key=key)

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(give, requests))
    lost = [request for request, reply in zip(requests, replies, strict=True) if reply.status != 201]
    assert {reply.json["code"] for reply in replies if reply.status != 201} <= {"conflict"}
    assert len(lost) <= 3
    assert {give(request).status for request in lost} <= {201}
    wait_for("the list shows them", lambda: len(_own_notices(carer)) == 8)


def _own_notices(carer: Client) -> set[str]:
    return {each["notice"] for each in carer.found("/api/leave/notices")["notices"]}


def _assert_problem(reply: Reply) -> None:
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem = reply.json
    assert problem["status"] == reply.status
    assert problem["code"]
    assert problem["detail"].strip().endswith((".", "!", "?"))


def test_a_release_rounds_what_many_did_and_days_that_were_missed_are_made_up(
    cast: Cast, deployment: Deployment
) -> None:
    day = cast.site.day(5)
    for carer in cast.site.carers(RIVERS)[:TAKERS]:
        cast.site.client(RIVERS, carer.staff_number).done("/api/leave/notices", notice(day))
    deployment.wait_until_caught_up()
    month = month_of(day)
    leap(cast.site, month_span(month).last + timedelta(days=3))
    exact = days_returned(cast.statistics, month, f"{TAKERS}/2", RIVERS)
    assert exact["figures"]["10"]["month"]["people"] == TAKERS
    wait_for("the return is complete", lambda: _complete(cast.statistics, month))
    deployment.wait_until_caught_up()
    leap(cast.site, next(release_days(month, date.max)))
    shown = wait_for("the release holds the month", lambda: _released(cast.carer, month))
    assert (shown["people"]["text"], shown["days"]["text"]) == ("10", "5")


def test_days_on_both_sides_of_a_months_end_count_each_in_its_own_month(cast: Cast) -> None:
    month = month_of(cast.site.day(5))
    following = plus_months(month, 1)
    last, first = month_span(month).last, month_span(following).first
    carer = cast.site.client(RIVERS, f"C{TAKERS + 1}")
    days = [{"date": day.isoformat(), "part": "am"} for day in (last, first)]
    carer.done("/api/leave/notices", {"days": days, **DECLARED})
    leap(cast.site, first + timedelta(days=2))
    for each in (month, following):
        found = days_returned(cast.statistics, each, "1/2", RIVERS)
        assert found["figures"]["10"]["month"]["people"] == 1
    payroll = cast.site.client(RIVERS, "P1", "payroll")
    sent = seal(payroll, preview_of(payroll, TAKERS + 2, batch=1, employer=RIVERS), RIVERS)
    assert {last.isoformat(), first.isoformat()} < {row["Date"] for row in sent}


def _complete(statistics: Client, month: str) -> bool:
    found = return_of(statistics, month, RIVERS)
    return bool(found and found["complete"])


def _released(reader: Client, month: str) -> Any:
    found = reader.found("/api/reporting/progress", month=month)["progress"]
    shown = next(each for each in found if each["organisation"] == RIVERS)
    return shown if "[p]" not in shown["headcount"]["markers"] else None


def test_nothing_is_set_aside_and_the_read_models_are_what_their_events_say(cast: Cast, deployment: Deployment) -> None:
    deployment.wait_until_caught_up()
    assert deployment.set_aside() == []
    for line in deployment.carers("rebuild").splitlines():
        assert line.endswith("nothing differed"), line
    assert preview(cast.payroll)["number"] == 3
