"""Every route as everybody: who is answered, with which fields, and who is told that there is nothing.

What is expected is written in ``promises``, from the table of roles. With ``-s`` the matrix of answers is printed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.runtime.service import installed
from shared.web.feed import blueprint as feed
from tests.security.asking import Door, Reply
from tests.security.crowd import crowd
from tests.security.judging import Asked, complaints, matrix
from tests.security.promises import ASKS
from tests.security.promises.ask import NOBODY, SERVICE, Ask, reads, submits
from tests.security.promises.fields import FIELDS
from tests.security.promises.knowing import KNOWS
from tests.shared.web.fakes import MemoryWiring
from tests.web_client import SampleSettings, web_client

ASKED_APART = {("front.sign_in", "POST"), ("front.become", "POST"), ("front.sign_out", "POST")}
"""Who signs in or out, or changes, is somebody else afterwards."""


@pytest.mark.timeout(300)
def test_everybody_is_answered_what_they_are_promised_and_nothing_else(tmp_path: Path) -> None:
    """One crowd, because all that happens there has to happen first; reading before commanding."""
    lived_in = crowd(tmp_path)
    try:
        found = ask_everything(Door(lived_in))
    finally:
        lived_in.fleet.close()
    print(matrix(found))
    assert complaints(found, FIELDS, KNOWS) == []


def ask_everything(door: Door) -> list[Asked]:
    """Send every request as everybody, and as those who are signed in about what is not there, too."""
    found = [Asked(ask) for ask in sorted(ASKS, key=lambda ask: (ask.late, ask.method == "POST"))]
    for each in found:
        for who in door.everybody:
            each.replies[who] = door.ask(each.ask, who)
            if each.ask.is_about_something and who not in (NOBODY, SERVICE):
                each.gone[who] = door.ask(each.ask, who, gone=True)
    return found


def test_every_route_has_its_promise() -> None:
    wirings: dict[str, Any] = {name: MemoryWiring(service=service) for name, service in installed().items()}
    settings = SampleSettings(services=tuple(wirings))
    app = web_client(wirings, clock=MemoryWiring().clock, settings=settings, extra=[feed]).app
    served = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served - {(ask.endpoint, ask.method) for ask in ASKS} == ASKED_APART


JSON = "application/json"
SHOWN = Reply(200, JSON, '{"state": "given"}', "")
NOTHING = Reply(404, JSON, '{"code": "not-found"}', "")
ASK = reads("leave.read", frozenset({"carer"}), of={"notice": "@given"})
FORM = submits("leave.write", frozenset({"carer"}))
STATE = {("leave.read", "in full"): "state"}


def judged(ask: Ask, gone: Reply = NOTHING, **replies: Reply) -> list[str]:
    """The complaints about one request."""
    others = {who: NOTHING if who == "carer" else gone for who in replies}
    asked = Asked(ask, replies, others if ask.is_about_something else {})
    return complaints([asked], STATE, {"quoll": frozenset({"carer"})})


def test_what_is_as_promised_is_no_complaint() -> None:
    assert judged(ASK, carer=SHOWN, hr=NOTHING) == []
    assert judged(FORM, carer=Reply(303, "text/html", "", "/there"), hr=NOTHING) == []


@pytest.mark.parametrize(
    ("replies", "complaint"),
    [
        ({"carer": SHOWN, "hr": SHOWN}, "hr was answered 200"),
        ({"carer": NOTHING, "hr": NOTHING}, "carer was answered 404"),
        ({"carer": SHOWN, "nobody": SHOWN}, "nobody was answered 200"),
        ({"carer": SHOWN, "service": NOTHING}, "service was answered 404"),
        ({"carer": SHOWN, "hr": Reply(500, JSON, "", "")}, "hr was answered 500"),
        ({"carer": SHOWN, "hr": Reply(404, JSON, "Not yours", "")}, "hr can tell what is not theirs"),
        ({"carer": SHOWN, "hr": Reply(404, JSON, "quoll", "")}, "hr read quoll"),
        ({"carer": Reply(200, JSON, '{"state": 1, "why": 2}', "")}, "not promised: why"),
        ({"carer": Reply(200, JSON, "{}", "")}, "what is promised: state"),
    ],
)
def test_what_is_not_as_promised_is_one(replies: dict[str, Reply], complaint: str) -> None:
    assert any(complaint in text for text in judged(ASK, **replies))


def test_a_word_that_somebody_is_told_in_one_place_is_no_complaint_there_alone() -> None:
    page = Reply(200, "text/html", "quoll", "")
    told = reads("leave.read", frozenset({"carer", "nobody"}), told={"nobody": "quoll"})
    assert judged(told, carer=page, nobody=page) == []
    assert judged(replace(told, told={}), carer=page, nobody=page) == ["GET leave.read(): nobody read quoll"]


def test_a_form_that_nobody_filled_in_rightly_proves_nothing() -> None:
    again = Reply(422, "text/html", "", "")
    assert "nobody's request was understood" in str(judged(FORM, carer=again))
