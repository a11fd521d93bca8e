"""Words are planted wherever text can be typed into a passport, and then looked for wherever they must not be."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import inspect, text

from services.passport.domain.sections import SECTIONS, TEXTS
from shared.store.database import Database
from shared.store.mapper import plain_event
from tests.passport.rig import CARER, COLLEAGUE, MANAGER, TODAY, Rig
from tests.web_client import WebClient

WORDS = {name: f"plum{name.replace('-', '')}pudding" for name in TEXTS} | {
    "detail": "quincejelly",
    "purpose": "sloegin",
    "reason": "medlarpaste",
    "proposed": "damsontart",
    "refused": "rowanwine",
}
THEIRS = f"/passport/people/{CARER}"

pytestmark = pytest.mark.parametrize(
    "rig", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def found(content: bytes | str) -> list[str]:
    """The words that are there, also in the encodings in which bytes travel."""
    low = (content.encode() if isinstance(content, str) else content).lower()
    encodings = (lambda word: word, lambda word: word.hex().encode(), lambda word: base64.b64encode(word).lower())
    return [word for word in WORDS.values() if any(encode(word.encode()) in low for encode in encodings)]


class Said:
    """Everything that was answered while the words were said: addresses to go on to, and refusals."""

    def __init__(self) -> None:
        self.locations: list[str] = []
        self.refusals: list[str] = []

    def note(self, answer: Any) -> Any:
        self.locations += [answer.headers["Location"]] if "Location" in answer.headers else []
        return answer


def say(rig: Rig, carer: WebClient, manager: WebClient) -> Said:
    """Type the words into every field, rightly and wrongly."""
    said = Said()
    note = said.note
    note(carer.post_form("/passport/begin", {}))
    for name in TEXTS:
        note(carer.post_form(f"/passport/sections/{name}", {"text": WORDS[name]}))
    note(carer.post_form("/passport/sections/pattern", {"text": "crisis"}))
    note(carer.post_form("/passport/arrangements/1", {"kind": "hours", "detail": WORDS["detail"]}))
    for reader in (MANAGER, COLLEAGUE):
        parts = {"sections": list(SECTIONS), "purpose": WORDS["purpose"], "starts": TODAY}
        note(carer.post_form(f"/passport/sharing/new/parts?reader={reader}", parts))
    rig.talk()
    rig.sign("carer")
    rig.sign("manager")
    proposal = {"text": WORDS["proposed"], "reason": WORDS["reason"]}
    note(manager.post_form(f"{THEIRS}/propose/contact", proposal))
    note(
        manager.post_form(
            f"{THEIRS}/propose/arrangements/2", {"kind": "phone", "detail": "x", "reason": WORDS["reason"]}
        )
    )
    for path, body in (
        ("mine/sections", {"section": WORDS["refused"]}),
        ("mine/sections", {"section": "pattern", "text": WORDS["refused"]}),
        ("mine/sections", {"section": "impact", WORDS["refused"]: "x"}),
        ("mine/end", {"reason": WORDS["refused"]}),
        ("mine/sign", {"digest": WORDS["refused"]}),
        ("mine/conversation", {"held_on": WORDS["refused"]}),
        ("mine/consents", {"sections": [WORDS["refused"]], "purpose": WORDS["refused"] * 20, "starts": "x"}),
        (f"people/{CARER}/proposals", {"section": "impact", "text": WORDS["refused"], "reason": ""}),
    ):
        for client in (carer, manager):
            answer = note(client.api("POST", f"/api/passport/{path}", json=body))
            assert answer.status_code in (403, 404, 409, 422), path
            said.refusals.append(answer.text)
    return said


def test_the_words_are_where_they_belong_and_nowhere_else(
    rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient, capfd: pytest.CaptureFixture[str]
) -> None:
    said = say(rig, carer, manager)
    own = carer.get("/passport/").text + carer.get("/passport/sharing").text
    (first, _) = re.findall(r'href="(/passport/proposals/[^"]+)"', own)
    own += carer.get(first).text
    assert set(found(own)) == set(WORDS.values()) - {WORDS["refused"]}
    assert set(found(manager.get(THEIRS).text)) == {WORDS["detail"], *(WORDS[name] for name in TEXTS)}
    assert len(found(hr.get(f"{THEIRS}/for-purpose?purpose=advice").text)) == len(TEXTS) + 1

    elsewhere = [
        carer.get(path).text for path in ("/", "/trail", "/trail?view=steps", "/passport/readings", "/openapi.json")
    ]
    elsewhere += [manager.get(path).text for path in ("/", "/passport/team", "/api/passport/team")]
    assert [found(page) for page in elsewhere] == [[]] * len(elsewhere)
    assert [found(location) for location in said.locations] == [[]] * len(said.locations)
    pointed_to = f"#/{WORDS['refused']}"  # a field that does not exist is named to whoever sent it
    assert len([text for text in said.refusals if pointed_to in text]) == 2
    assert [found(text) for text in said.refusals if pointed_to not in text and found(text)] == []
    told = capfd.readouterr()
    assert "route=/passport/sections" in told.out
    assert found(told.out + told.err) == []


def test_no_table_and_no_message_holds_them(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    say(rig, carer, manager)
    stores = rig.wiring.stores
    for database in (stores.log.database, stores.read, stores.keys.database):
        contents = dict(tables(database))
        assert contents
        assert {name: found(content) for name, content in contents.items() if found(content)} == {}
    bodies = [event.body for event in rig.wiring.outbox.page(0, 1000).events]
    assert bodies
    assert found(b"".join(bodies)) == []


def tables(database: Database) -> Iterator[tuple[str, bytes]]:
    """Each table with all that it holds, bytes as they are."""
    with database.reading() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.execute(text(f'SELECT * FROM "{name}"'))
            yield name, b"\n".join(as_bytes(value) for row in rows for value in row)


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_no_command_or_state_repeats_them_when_it_is_printed(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    say(rig, carer, manager)
    passport, sharing = rig.passport, rig.application.sharing_of(CARER)
    assert sharing is not None
    assert found(repr(passport.paper) + repr(list(sharing.consents.values()))) == []


def test_after_the_erasure_nothing_that_is_kept_opens_them(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    say(rig, carer, manager)
    sealed = [
        (field, value)
        for entry in rig.wiring.stores.log.read_after(0, 1000)
        for field, value in plain_event({}, entry).items()
        if isinstance(value, str) and value.startswith("sealed1:")
    ]
    assert len(sealed) > len(WORDS)
    assert all(rig.wiring.keys.open(CARER, value, field) is not None for field, value in sealed)
    rig.forget(CARER)
    assert [rig.wiring.keys.open(CARER, value, field) for field, value in sealed] == [None] * len(sealed)
    assert carer.get("/passport/").status_code == 200
    assert found(carer.get("/passport/").text) == []


def test_the_search_would_find_them(rig: Rig) -> None:
    assert found("a " + WORDS["purpose"]) == [WORDS["purpose"]]
    assert found(WORDS["detail"].encode().hex()) == [WORDS["detail"]]
    assert found(b"nothing") == []
