"""Whoever is shown what is another's is noted first; who cannot be noted sees nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from shared.store.tables import read_audit
from tests.architecture.code import modules, named
from tests.passport.rig import CARER, COLLEAGUE, COLLEAGUE_ACTOR, HR, MANAGER, WRITTEN, Rig
from tests.web_client import WebClient

SECRETS = ("Calls during the day", "Tell the duty desk", "Start between 8am", "Fluctuating", "fluctuating")
THEIRS = f"/passport/people/{CARER}"
API = f"/api/passport/people/{CARER}"

SHOWING = {
    "manager": (THEIRS, f"{THEIRS}/propose/impact", f"{THEIRS}/propose/flexibilities", f"{THEIRS}/sign", API),
    "hr": (f"{THEIRS}/for-purpose?purpose=advice", f"{API}/for-purpose?purpose=advice"),
    "named": (THEIRS, API),
}
"""Every address at which somebody else is shown a word."""


def lines(rig: Rig) -> list[Any]:
    """What is noted, in no order."""
    with rig.wiring.stores.log.database.reading() as connection:
        return list(connection.execute(select(read_audit)))


@pytest.fixture
def client_of(rig: Rig, web: WebClient, manager: WebClient, hr: WebClient) -> Callable[[str], WebClient]:
    rig.agree()
    rig.share(COLLEAGUE, "impact", "emergency")
    clients = {"manager": manager, "hr": hr, "named": web.signed_in(COLLEAGUE_ACTOR)}
    return lambda name: clients[name]


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in SHOWING.items() for path in paths])
def test_every_address_that_shows_a_word_notes_it_and_shows_none_when_it_cannot(
    rig: Rig, client_of: Callable[[str], WebClient], who: str, path: str
) -> None:
    client = client_of(who)
    shown = client.api("GET", path) if path.startswith("/api") else client.get(path)
    assert shown.status_code == 200
    assert any(secret in shown.text for secret in SECRETS)
    (line,) = lines(rig)
    assert (line.subject, line.role) == (CARER, who)
    assert line.reader == {"manager": MANAGER, "hr": HR, "named": COLLEAGUE}[who]
    assert line.at == rig.clock.now().isoformat()
    assert not any(secret in line.what for secret in SECRETS)

    with rig.wiring.stores.log.database.writing() as connection:
        connection.execute(text("ALTER TABLE read_audit RENAME TO read_audit_gone"))
    refused = client.api("GET", path) if path.startswith("/api") else client.get(path)
    assert refused.status_code == 503
    assert not any(secret in refused.text for secret in SECRETS)


def test_a_form_that_is_sent_wrong_shows_nothing_either_when_it_cannot_be_noted(
    rig: Rig, client_of: Callable[[str], WebClient]
) -> None:
    manager = client_of("manager")
    with rig.wiring.stores.log.database.writing() as connection:
        connection.execute(text("ALTER TABLE read_audit RENAME TO read_audit_gone"))
    for path in ("propose/impact", "propose/arrangements/1", "sign"):
        answer = manager.post_form(f"{THEIRS}/{path}", {})
        assert answer.status_code == 503
        assert not any(secret in answer.text for secret in SECRETS)


def test_the_carers_own_reading_is_not_noted(rig: Rig, carer: WebClient) -> None:
    rig.agree()
    for path in ("", "check", "agreed", "sections/impact", "sections/flexibilities", "arrangements/1", "review"):
        assert carer.get(f"/passport/{path}").status_code == 200
    assert carer.api("GET", "/api/passport/mine").status_code == 200
    assert lines(rig) == []


def test_where_nothing_is_shown_nothing_is_noted(rig: Rig, manager: WebClient, colleague: WebClient) -> None:
    rig.agree()
    rig.move(manager=COLLEAGUE)
    assert manager.get(THEIRS).status_code == 404
    assert "There is nothing written in the parts that you can read" in colleague.text(THEIRS)
    assert colleague.get("/passport/team").status_code == 200
    assert lines(rig) == []


def test_what_is_noted_are_the_sections_that_were_shown(rig: Rig, manager: WebClient, hr: WebClient) -> None:
    rig.begin(**WRITTEN)
    rig.share(MANAGER, "impact", "contact", "emergency")
    assert manager.get(THEIRS).status_code == 200
    assert [line.what for line in lines(rig)] == ["impact,emergency"]


def test_the_longest_line_fits(rig: Rig, hr: WebClient) -> None:
    rig.agree({**WRITTEN, "nature": "x", "not-agreed": "x", "contact": "x", "support": "x"})
    assert hr.get(f"{THEIRS}/for-purpose?purpose=data-request").status_code == 200
    (line,) = lines(rig)
    assert line.what == "nature,pattern,impact,flexibilities,not-agreed,emergency,contact,support|data-request"
    assert len(line.what) <= 100


def test_what_is_written_is_taken_out_of_a_passport_in_one_place() -> None:
    takes = re.compile(r"paper\.content(\[|\.get)|paper\.agreed(\[|\.get)|keys\.open")
    outside = [module for module in modules("services/passport") if "domain" not in module.parts]
    assert [named(module) for module in outside if takes.search(module.read_text("utf-8"))] == [
        "services/passport/web/reading.py"
    ]
