"""Words that only their owners may read are planted everywhere they can be typed, and then looked for everywhere.

Names, reasons, notes, what is written in a passport and rubbish in refused requests are sealed, or never kept: no
database file, log line, message, feed, pay file or page of others holds them. After ``carers forget`` not even their
owners read them. What HR writes about the organisation belongs to no person: accreditation keeps it as it is, and it
leaves accreditation's databases for its own organisation alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from kombu import Connection, Exchange, Queue
from sqlalchemy import inspect, text

from shared.contracts import types
from shared.store.database import Database
from shared.store.mapper import plain_event
from tests.system.client import Client
from tests.system.harness import Deployment
from tests.system.kinds import SUBSTRATES, made
from tests.system.site import PAY_GROUP, Site, leap, notice, preview_of, seal, settle
from tests.system.staff import CENTRE, RIVERS, WORKS, Member, everybody
from tests.system.waiting import wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

NAME = "Zebedee Quillfeather"
OTHER_NAME = "Ottoline Marchbanks"
REASON = "gherkin-umbrella worked instead"
NOTE = "gherkin-umbrella seen in the register"
POSTPONED = "marzipan-trellis in that week"
NOT_WAIVED = "nutmeg-gantry is not covered"
WRITTEN = "rhubarb-lantern in the morning"
ARRANGED = "sorrel-bassoon on Tuesdays"
PURPOSE = "turnip-chandelier together"
PROPOSED = "juniper-spindle instead"
REASON_OF_PROPOSAL = "fennel-accordion last time"
OWNER = "parsnip-turbine team"
IN_PLACE = "quince-pulley on the intranet"
ASSESSED = "lovage-tripod in the plan"
REFERENCE = "bramble-sextant 7"
REFUSED = "plinth-tangerine"
WORDS = (
    "Zebedee",
    "Quillfeather",
    "Ottoline",
    "Marchbanks",
    "gherkin-umbrella",
    "marzipan-trellis",
    "nutmeg-gantry",
    "rhubarb-lantern",
    "sorrel-bassoon",
    "turnip-chandelier",
    "juniper-spindle",
    "fennel-accordion",
    "plinth-tangerine",
)
"""Of persons, and what was refused: nowhere in the open."""
NAMES = WORDS[:4]
"""Payroll is told what people of its organisation are called."""
OF_THE_ORGANISATION = ("parsnip-turbine", "quince-pulley", "lovage-tripod", "bramble-sextant")
"""What HR says of the organisation: in the open in accreditation's databases, and nowhere else."""
EVERY = (*WORDS, *OF_THE_ORGANISATION)
MINE = "/api/passport/mine"
KEYS_KEPT = 40
"""Seconds after which no process has the key of an erased person in its memory; they keep one for 30."""


@dataclass
class Planted:
    """A site in which the words were said."""

    site: Site
    carer: Client
    manager: Client
    hr: Client
    payroll: Client
    statistics: Client
    notice: str
    heard: list[bytes]
    postponed: str = ""
    not_waived: str = ""

    @property
    def person(self) -> str:
        """Who said them."""
        return self.site.person(WORKS, "C1").person


@pytest.fixture(scope="module", params=SUBSTRATES)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    with made(request.param, tmp_path_factory.mktemp(request.param)) as deployment:
        named = {"C1": NAME, "C2": OTHER_NAME}
        members = [_named(member, named) for member in everybody()]
        site = settle(deployment, members)
        heard = _listen(deployment)
        said = Planted(
            site,
            carer=site.client(WORKS, "C1"),
            manager=site.client(WORKS, "M1"),
            hr=site.client(WORKS, "H1", "hr"),
            payroll=site.client(WORKS, "P1", "payroll"),
            statistics=site.client(CENTRE, "S1", "statistics"),
            notice="",
            heard=[],
        )
        _say(said)
        said.heard = heard()
        yield said


def _named(member: Member, names: dict[str, str]) -> Member:
    name = names.get(member.staff_number) if member.organisation == WORKS else None
    return Member(member.organisation, member.staff_number, name, member.manager) if name else member


def _say(said: Planted) -> None:
    """Say the words wherever text can be said, rightly and wrongly, and let every service act on it."""
    site = said.site
    day = site.day(5)
    said.notice = str(said.carer.done("/api/leave/notices", notice(day))["notice"])
    leap(site, site.day(7))
    sent = seal(said.payroll, preview_of(said.payroll, 1, batch=1))
    assert len(sent) == 1
    correction = {"notice": said.notice, "date": day.isoformat(), "minutes": 0, "reason": REASON}
    said.hr.done("/api/leave/days/correct", correction)
    preview_of(said.payroll, 1, batch=2)
    _train(said)
    _decide(said)
    _write(said)
    _record(said)
    for body in (
        {**notice(day), REFUSED: REFUSED},
        {"days": [{"date": REFUSED, "part": REFUSED}], "dependant": REFUSED, "care": True},
        f'{{"{REFUSED}'.encode(),
        {**correction, "minutes": 10**6, "reason": REFUSED},
    ):
        for path in ("/api/leave/notices", "/api/leave/days/correct", f"/api/leave/notices/{REFUSED}/confirm"):
            assert said.hr.post(path, body).status in {400, 404, 409, 422}
    for address in (f"/leave/{REFUSED}", f"/api/leave/notices/{REFUSED}", f"/{REFUSED}"):
        missing = said.hr.get(address, q=REFUSED)
        assert missing.status == 404
        assert _found(missing.content) == []
    site.deployment.wait_until_caught_up()


def _train(said: Planted) -> None:
    """Notes about somebody's training, rightly and wrongly."""
    today = said.site.day(0).isoformat()
    course = {"code": "carer-aware", "title": "Carer aware", "audience": "all-staff", "starts": today}
    said.hr.done("/api/accreditation/courses", course)
    about = {"person": said.person, "code": "carer-aware"}
    taken = about | {"version": 1, "completed_on": today, "source": "certificate", "evidence": NOTE}
    said.hr.done("/api/accreditation/completions", taken)
    let_off = about | {"starts": today, "reason": "other", "note": NOTE}
    said.hr.done("/api/accreditation/exemptions", let_off)
    for path, body in (("completions", taken), ("exemptions", let_off)):
        for wrong in ({REFUSED: REFUSED}, {"code": REFUSED}, {"person": REFUSED}, {"source": REFUSED}):
            assert said.hr.post(f"/api/accreditation/{path}", body | wrong).status in {404, 422}


def _decide(said: Planted) -> None:
    """Reasons of a manager, rightly and wrongly."""
    today, path = said.site.day(0).isoformat(), "/api/leave/notices"
    said.postponed = str(said.carer.done(path, notice(said.site.day(20)))["notice"])
    said.not_waived = str(said.carer.done(path, notice(said.site.day(1)))["notice"])
    later = {"days": notice(said.site.day(27))["days"], "consulted": True, "consulted_on": today, "agreed": True}
    wait_for("the manager finds them", lambda: said.manager.get(f"{path}/{said.not_waived}").status == 200)
    said.manager.done(f"{path}/{said.postponed}/postpone", {**later, "reason": POSTPONED})
    said.manager.done(f"{path}/{said.not_waived}/not-waive", {"reason": NOT_WAIVED})
    for wrong in ({"reason": REFUSED}, {"reason": [REFUSED]}, {**later, "reason": REFUSED, REFUSED: REFUSED}):
        for action in ("postpone", "not-waive"):
            assert said.manager.post(f"{path}/{said.postponed}/{action}", wrong).status in {409, 422}


def _write(said: Planted) -> None:
    """A passport, shared with the manager, who proposes other words."""
    today, theirs = said.site.day(0).isoformat(), f"/api/passport/people/{said.person}"
    arranged = {"kind": "hours", "detail": ARRANGED}
    said.carer.done(MINE, {})
    said.carer.done(f"{MINE}/sections", {"section": "impact", "text": WRITTEN})
    said.carer.done(f"{MINE}/sections", {"section": "flexibilities", "flexibilities": [arranged]})
    shared = {"sections": ["impact", "flexibilities"], "purpose": PURPOSE, "starts": today}
    said.carer.done(f"{MINE}/consents", shared)
    proposed = {"section": "impact", "text": PROPOSED, "reason": REASON_OF_PROPOSAL}
    said.manager.done(f"{theirs}/proposals", proposed)
    for path, body in (("sections", {"section": REFUSED}), ("end", {"reason": REFUSED}), ("sign", {"digest": REFUSED})):
        assert said.carer.post(f"{MINE}/{path}", body).status in {409, 422}
    assert said.manager.post(f"{theirs}/proposals", {**proposed, "section": REFUSED, "text": REFUSED}).status == 422


def _record(said: Planted) -> None:
    """What HR says of the organisation."""
    today, path = said.site.day(0).isoformat(), "/api/accreditation"
    said.hr.done(f"{path}/provisions", {"kind": "carers-policy", "starts": today, "owner": OWNER, "evidence": IN_PLACE})
    award = {"scheme": "carer-confident", "level": "active", "starts": today, "organisations": [WORKS]}
    said.hr.done(f"{path}/awards", {**award, "reference": REFERENCE})
    scores = {"lead-named": 1, "carers-known": 1, "plan-kept": 1}
    area = {"area": "preparation", "scores": scores, "evidence": ASSESSED, "evidence_on": today}
    said.hr.done(f"{path}/assessments/carer-confident/areas", area)


def _listen(deployment: Deployment) -> Callable[[], list[bytes]]:
    """Hear everything on the bus from now on; the in-process bus is heard through the feeds alone."""
    settings = deployment.settings()
    if settings.embedded:
        return list
    connection = Connection(settings.bus, connect_timeout=3)
    exchange = Exchange(types.EXCHANGE, type="topic", durable=True)
    queue = Queue(
        f"{settings.instance}.listener", exchange, routing_key=f"{settings.instance}.#", auto_delete=True, durable=False
    )
    bound = queue(connection.channel())
    bound.declare()

    def heard() -> list[bytes]:
        messages = []
        while (message := bound.get(no_ack=True)) is not None:
            body = message.body
            messages.append(body.encode() if isinstance(body, str) else bytes(body))
        connection.release()
        return messages

    return heard


def test_the_owners_read_them(planted: Planted) -> None:
    """The search below could not fail, were they nowhere."""
    assert NAME in planted.hr.get("/api/workforce/staff").text
    assert REASON in planted.hr.get(f"/api/leave/notices/{planted.notice}").text
    seen = wait_for("training is listed", lambda: planted.carer.found("/api/accreditation/training")["completions"])
    assert seen[0]["evidence"] == NOTE
    assert POSTPONED in planted.carer.get(f"/api/leave/notices/{planted.postponed}").text
    assert NOT_WAIVED in planted.carer.get(f"/api/leave/notices/{planted.not_waived}").text
    passport = planted.carer.get(MINE).text + planted.carer.get(f"{MINE}/consents").text
    assert [word for word in (WRITTEN, ARRANGED, PURPOSE, PROPOSED, REASON_OF_PROPOSAL) if word not in passport] == []
    for path, words in (
        ("provisions", (OWNER, IN_PLACE)),
        ("awards", (REFERENCE,)),
        ("assessments/carer-confident", (ASSESSED,)),
    ):
        wait_for(f"HR reads {path}", partial(_hr_reads, planted, path, words))


def _hr_reads(planted: Planted, path: str, words: tuple[str, ...]) -> bool:
    text = planted.hr.get(f"/api/accreditation/{path}").text
    return all(word in text for word in words)


def test_no_log_line_or_file_of_the_deployment_holds_them(planted: Planted) -> None:
    deployment = planted.site.deployment
    searched = [path for path in deployment.folder.rglob("*") if path.is_file() and path.name != "staff.csv"]
    assert any(path.suffix == ".log" for path in searched)
    if deployment.settings().embedded:
        assert any(path.name == "log.db-wal" for path in searched)
    for path in searched:
        open_here = "accreditation" in path.parts and path.suffix != ".log"
        assert _found(path.read_bytes(), WORDS if open_here else EVERY) == [], path


def test_no_text_or_bytes_of_any_table_hold_them(planted: Planted) -> None:
    for service, wiring in planted.site.deployment.wirings.items():
        stores = wiring.stores
        for database in (stores.log.database, stores.read, stores.keys.database):
            contents = dict(_contents(database))
            assert contents
            for table, content in contents.items():
                assert _found(content, WORDS if service == "accreditation" else EVERY) == [], (service, table)


def _contents(database: Database) -> Iterator[tuple[str, bytes]]:
    """Each table with all that it holds, bytes as they are."""
    with database.reading() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{name}"'))
            yield name, b"\n".join(_bytes(value) for row in rows for value in row)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_no_message_on_the_bus_or_page_of_a_feed_holds_them(planted: Planted) -> None:
    deployment = planted.site.deployment
    assert planted.heard or deployment.settings().embedded
    for body in planted.heard:
        assert _found(body) == []
    for wiring in deployment.wirings.values():
        for event in wiring.outbox.page(0, 10**6).events:
            assert _found(event.body) == []


def test_no_page_or_answer_for_others_holds_them(planted: Planted) -> None:
    outsider = planted.site.client(RIVERS, "H1", "hr")
    colleague = planted.site.client(WORKS, "C3")
    month = planted.site.day(0).isoformat()[:7]
    for reader in (outsider, colleague, planted.payroll, planted.statistics):
        for path in (
            "/trail",
            "/trail?view=steps",
            "/reporting/departments",
            f"/api/reporting/progress?month={month}",
            "/health/fresh",
            "/openapi.json",
        ):
            reply = reader.get(path)
            assert reply.status == 200, path
            assert _found(reply.content) == [], path
        reply = reader.get(f"/api/leave/notices/{planted.notice}")
        assert _found(reply.content) == []
        for path in ("/api/accreditation/training", "/api/accreditation/team", "/api/accreditation/provisions"):
            reply = reader.get(path, **({"person": planted.person} if "training" in path else {}))
            assert _found(reply.content, EVERY if reader in (outsider, planted.statistics) else WORDS) == [], path
        for path in (
            f"/api/leave/notices/{planted.postponed}",
            f"/leave/notices/{planted.not_waived}",
            f"/api/passport/people/{planted.person}",
            f"/api/passport/people/{planted.person}/for-purpose?purpose=advice",
            f"/passport/people/{planted.person}",
            "/api/accreditation/assessments/carer-confident",
        ):
            known = NAMES if reader is planted.payroll else ()
            assert [word for word in _found(reader.get(path).content) if word not in known] == [], path
    assert "gherkin-umbrella" not in planted.manager.get(f"/api/leave/notices/{planted.notice}").text
    shared = planted.manager.get(f"/api/passport/people/{planted.person}").content
    assert _found(shared) == ["rhubarb-lantern", "sorrel-bassoon"]


def test_no_pay_file_holds_them(planted: Planted) -> None:
    batches = planted.payroll.found("/api/payroll/batches")["batches"]
    assert batches
    for batch in batches:
        assert _found(planted.payroll.get(f"/api/payroll/batches/{batch['batch']}/file").content) == []
        assert _found(str(batch).encode()) == []
    shown = planted.payroll.get("/api/payroll/preview", employer=WORKS, pay_group=PAY_GROUP)
    assert shown.json["count"] == 1
    assert _found(shown.content) == []


def test_no_process_was_started_with_them(planted: Planted) -> None:
    for role in planted.site.deployment.roles.values():
        if role.process is not None:
            for name in ("cmdline", "environ"):
                assert _found((Path("/proc") / str(role.process.pid) / name).read_bytes()) == []


def test_a_forgotten_person_is_erased_everywhere(planted: Planted) -> None:
    """Runs last: it cannot be undone."""
    site, deployment = planted.site, planted.site.deployment
    assert _opened(deployment, planted.person).keys() >= {"workforce", "leave", "accreditation", "passport"}
    assert _read_by_those_who_could(planted) != []
    deployment.carers("forget", planted.person, "--yes")
    deployment.wait_until_caught_up()
    wait_for("workforce's list has no name", lambda: NAME not in planted.hr.get("/api/workforce/staff").text, 40)
    wait_for("leave's list has no notice", lambda: planted.hr.get(f"/api/leave/notices/{planted.notice}").status == 404)

    assert OTHER_NAME in planted.hr.get("/api/workforce/staff").text
    refused = planted.carer.post("/api/leave/notices", notice(site.day(6)))
    assert refused.status in {403, 404, 409, 410}, refused.text
    assert NAME not in planted.hr.get(f"/workforce/people/{planted.person}").text
    for line in deployment.carers("rebuild").splitlines():
        assert line.endswith("nothing differed"), line
    assert NAME not in planted.hr.get("/api/workforce/staff").text
    assert deployment.set_aside() == []
    wait_for("no key that a process keeps opens it", lambda: _opened(deployment, planted.person) == {}, KEYS_KEPT)
    test_no_log_line_or_file_of_the_deployment_holds_them(planted)
    test_no_text_or_bytes_of_any_table_hold_them(planted)
    wait_for("nobody reads it who could", lambda: _read_by_those_who_could(planted) == [], KEYS_KEPT)


def _read_by_those_who_could(planted: Planted) -> list[tuple[str, list[str]]]:
    """What the erased person, their manager and HR find at the addresses where they found it before."""
    theirs = f"/api/passport/people/{planted.person}"
    notices = [f"/leave/notices/{each}" for each in (planted.notice, planted.postponed, planted.not_waived)]
    training = f"/api/accreditation/training?person={planted.person}"
    record = f"/api/workforce/people/{planted.person}"
    paths = (*notices, *(f"/api{each}" for each in notices), MINE, f"{MINE}/consents", theirs, training, record)
    others = WORDS[2:4]
    gone = tuple(word for word in WORDS if word not in others)
    return [
        (path, words)
        for reader in (planted.carer, planted.manager, planted.hr)
        for path in paths
        if (words := _found(reader.get(path).content, gone))
    ]


def _opened(deployment: Deployment, person: str) -> dict[str, int]:
    """How much of what was sealed for the person each service could open, with everything that it keeps."""
    opened: dict[str, int] = {}
    for name, wiring in deployment.wirings.items():
        for entry in wiring.stores.log.read_after(0, 100_000):
            event = plain_event(wiring.application.history, entry)
            for field, value in event.items():
                if event["person"] == person and str(value).startswith("sealed"):
                    opened[name] = opened.get(name, 0) + (wiring.keys.open(person, value, field) is not None)
    return {name: number for name, number in opened.items() if number}


def _found(content: bytes, words: tuple[str, ...] = EVERY) -> list[str]:
    """The words that are there, in the encodings in which text comes."""
    low = content.lower()
    return [
        word
        for word in words
        if word.lower().encode() in low
        or word.lower().encode("utf-16-le") in low
        or word.encode().hex().encode() in low
    ]


def test_the_search_would_find_them() -> None:
    assert _found(NAME.encode()) == ["Zebedee", "Quillfeather"]
    assert _found(REASON.encode().hex().encode()) == ["gherkin-umbrella"]
    assert _found(OWNER.encode("utf-16-le")) == ["parsnip-turbine"]
    assert _found(OWNER.encode(), WORDS) == []
    assert _found(b"nothing") == []
