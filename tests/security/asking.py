"""Sends what a promise says as everybody in turn, and keeps what came back."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid4, uuid5
from zipfile import ZipFile

from shared.store.projector import Projector
from shared.web.csrf import FIELD
from shared.web.feed import blueprint as feed
from shared.web.tokens import issue_service_token
from tests.security.crowd import Crowd
from tests.security.promises.ask import NOBODY, SERVICE, Ask
from tests.web_client import WebClient, web_client

SERVICES_OWN: Final = ("feed.feed",)
UNKNOWN_NUMBER: Final = "X0NOBODY"


@dataclass(frozen=True)
class Reply:
    """What came back, without what differs from request to request."""

    status: int
    kind: str
    text: str
    location: str

    @cached_property
    def json(self) -> Any:
        """What the body says."""
        return json.loads(self.text)


class Door:
    """The app of a crowd, and a client for each who may ask."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self._clients: dict[str, WebClient] = {}
        self.web = web_client(crowd.fleet.services, clock=crowd.fleet.clock, extra=[feed])
        self.gone = {name: str(uuid5(NAMESPACE_URL, name)) for name in crowd.things} | {"number": UNKNOWN_NUMBER}

    @property
    def everybody(self) -> tuple[str, ...]:
        """Who asks."""
        return (*self.crowd.actors, NOBODY, SERVICE)

    def ask(self, ask: Ask, who: str, *, gone: bool = False) -> Reply:
        """Send it as somebody; ``gone``: about things that are not there."""
        if ask.before and who in ask.allowed and not gone:
            self.crowd.renew(ask.before)
        there = self.crowd.things
        things = (self.gone if gone else there) | {f"={name}": value for name, value in there.items()}
        address = self.web.app.url_map.bind("localhost").build(
            ask.endpoint, {**_filled(ask.of, things), **_filled(ask.query, things)}, method=ask.method
        )
        client = self._client(who)
        answer = client.http.open(address, method=ask.method, **self._sent(ask, who, client, things))
        if answer.status_code in (201, 303) or (ask.method == "POST" and answer.status_code == 200):
            self._project(ask)
        return _reply(answer, self.gone if gone else there)

    def _client(self, who: str) -> WebClient:
        """The client of somebody, without the cookie that tells the next page what happened."""
        if who not in self._clients:
            actor = self.crowd.actors.get(who)
            self._clients[who] = self.web.signed_in(actor) if actor else WebClient(self.web.app, self.web._keys, "test")
        client = self._clients[who]
        client.http.delete_cookie("carers_after")
        return client

    def _sent(self, ask: Ask, who: str, client: WebClient, things: Mapping[str, str]) -> dict[str, Any]:
        headers = {}
        if who == SERVICE:
            audience = "leave" if ask.endpoint in SERVICES_OWN else ask.endpoint.partition("-")[0].partition(".")[0]
            token = issue_service_token(self.web._keys, subscription="front", audience=audience, instance="test")
            headers["Authorization"] = f"Bearer {token}"
        elif ask.endpoint.partition(".")[0].endswith(("-api", "-home")) and client.token:
            headers["Authorization"] = f"Bearer {client.token}"
        if ask.method == "GET":
            return {"headers": headers}
        headers["Idempotency-Key"] = str(uuid4())
        if ask.form is None:
            return {"headers": headers, "json": _filled(ask.body, things)}
        return {"headers": headers, "data": {**client.hidden(), **_typed(_filled(ask.form, things))}}

    def _project(self, ask: Ask) -> None:
        """Let the lists show what was just done."""
        wiring = self.crowd.fleet.services.get(ask.endpoint.partition(".")[0].removesuffix("-api"))
        if wiring is not None:
            projector = Projector(
                wiring.stores, wiring.own, wiring.service.name, wiring.projection, wiring.application.history
            )
            while projector.step():
                pass


def paths(value: Any, prefix: str = "") -> Iterable[str]:
    """The names in a JSON value as paths: ``notices[].dates[].part``; what is keyed by data is not looked into."""
    if isinstance(value, dict):
        for name, inside in value.items():
            path = f"{prefix}.{name}" if prefix else name
            yield path
            if name not in KEYED_BY_DATA:
                yield from paths(inside, path)
    elif isinstance(value, list):
        for inside in value:
            yield from paths(inside, f"{prefix}[]")


KEYED_BY_DATA: Final = frozenset(
    {
        "names",
        "organisations",
        "employers",
        "quantities",
        "figures",
        "positions",
        "scores",
        "latest_notice",
    }
)


def _filled(part: Any, things: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {name: _filled(value, things) for name, value in part.items()}
    if isinstance(part, str) and part[:1] in ("@", "="):
        return things[part if part[0] == "=" else part[1:]]
    return part


def _typed(form: Mapping[str, Any]) -> dict[str, Any]:
    """A form's fields as a page sends them: dates in three parts."""
    data: dict[str, Any] = {}
    for name, value in form.items():
        if isinstance(value, dt.date):
            data |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        else:
            data[name] = value
    return data


_CHANGING: Final = (
    (re.compile(r'"reference": "[0-9a-f]+"'), '"reference": ""'),
    (re.compile(r"give this reference: <strong>[0-9a-f]+</strong>"), ""),
    (re.compile(r'value="[0-9a-f-]{36}"'), 'value=""'),
    (re.compile(rf'name="{FIELD}" value="[^"]*"'), ""),
)


def _unpacked(pack: bytes) -> str:
    """The words of every file in a pack."""
    with ZipFile(BytesIO(pack)) as opened:
        return "\n".join(opened.read(name).decode() for name in opened.namelist())


def _reply(answer: Any, things: Mapping[str, str]) -> Reply:
    text = _unpacked(answer.data) if answer.mimetype == "application/zip" else answer.get_data(as_text=True)
    for pattern, plain in _CHANGING:
        text = pattern.sub(plain, text)
    for name, value in sorted(things.items(), key=lambda item: -len(item[1])):
        text = text.replace(value, f"@{name}") if value and answer.status_code >= 400 else text
    return Reply(answer.status_code, answer.mimetype, text, answer.headers.get("Location", ""))
