"""For tests of pages and APIs: a client that signs in, fills in the hidden fields, and finds unchecked routes."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Blueprint, Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from shared.kernel.clock import Clock
from shared.runtime.wiring import Wiring
from shared.web.access import allow
from shared.web.actor import Actor
from shared.web.acts import Act
from shared.web.app import create_app
from shared.web.bearer import service_caller
from shared.web.commands import KEY_FIELD
from shared.web.csrf import FIELD, csrf_token_of
from shared.web.keys import SigningKeys, load_keys
from shared.web.server import make_server
from shared.web.sign_in import COOKIE, PUBLIC
from shared.web.tokens import issue_session


@cache
def _sample_folder() -> tempfile.TemporaryDirectory[str]:
    """One folder of sample keys a process, gone with it."""
    return tempfile.TemporaryDirectory(prefix="carers-keys-")


@dataclass(frozen=True)
class SampleSettings:
    """Settings for tests: a demonstration named ``test`` with fresh keys."""

    demonstration: bool = True
    instance: str = "test"
    keys_folder: Path = field(default_factory=lambda: Path(_sample_folder().name))
    demonstration_networks: Sequence[str] = ("127.0.0.0/8", "::1/128")
    demonstration_hosts: Sequence[str] = ("localhost", "127.0.0.1", "[::1]")
    services: Sequence[str] = ()

    @property
    def var(self) -> Path:
        """A folder in which no world is made."""
        return self.keys_folder

    def service_url(self, name: str) -> str:
        """No service runs elsewhere in these tests."""
        return f"http://{name}.invalid"


class BufferedClient(FlaskClient):
    """A client that reads every answer at once, so no file stays open."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        """Send a request."""
        return super().open(*args, buffered=buffered, **kwargs)


class WebClient:
    """Requests as somebody, or as nobody until ``signed_in``. Redirects are not followed."""

    def __init__(self, app: Flask, keys: SigningKeys, instance: str, actor: Actor | None = None) -> None:
        self.app = app
        self.http: FlaskClient = BufferedClient(app, app.response_class, use_cookies=True)
        self._keys, self._instance = keys, instance
        self.token = issue_session(keys, actor, instance=instance) if actor else ""
        if actor:
            self.http.set_cookie(COOKIE, self.token)

    def signed_in(self, actor: Actor) -> WebClient:
        """Another client, as this person."""
        return WebClient(self.app, self._keys, self._instance, actor)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Look at a page."""
        return self.http.get(path, **kwargs)

    def text(self, path: str) -> str:
        """A page's words without its markup, spaces made single."""
        return words_of(self.get(path).text)

    def seen(self, path: str) -> str:
        """A page's words as they are seen, without those that are only read out."""
        return words_of(re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", self.get(path).text))

    def post_form(self, path: str, fields: Mapping[str, Any], *, key: str | None = None) -> TestResponse:
        """Send a form as its page would: dates in three parts, with the hidden fields."""
        data: dict[str, Any] = self.hidden(key)
        for name, value in fields.items():
            if isinstance(value, dt.date):
                data |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
            else:
                data[name] = value
        return self.http.post(path, data=data)

    def api(
        self, method: str, path: str, *, json: Any = None, key: str | None = None, body: bytes | None = None
    ) -> TestResponse:
        """Call the API with this person's token; ``key`` is the Idempotency-Key, a fresh one unless given."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if method != "GET":
            headers["Idempotency-Key"] = key if key is not None else str(uuid4())
        if body is not None:
            return self.http.open(path, method=method, data=body, content_type="application/json", headers=headers)
        return self.http.open(path, method=method, json=json, headers=headers)

    def home(self, service: str) -> dict[str, Any]:
        """What a service has on this person's home page."""
        return dict(self.api("GET", f"/api/{service}/home").json or {})

    def hidden(self, key: str | None = None) -> dict[str, str]:
        """The hidden fields of a page's form; the command's key is a fresh one unless given."""
        return {FIELD: self.csrf(), KEY_FIELD: key or str(uuid4())}

    def csrf(self) -> str:
        """The session's token for forms."""
        return csrf_token_of(self.token) if self.token else ""


class Compiled(BytecodeCache):
    """Templates compiled once for all apps of a process: compiling them took half of the time of tests of pages."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled before of the same source."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold what has been compiled."""
        self._held[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Compiled()


def web_client(
    wirings: Mapping[str, Wiring],
    *,
    clock: Clock,
    front: bool = True,
    settings: SampleSettings | None = None,
    extra: Sequence[Blueprint] = (),
    demonstration: bool = True,
) -> WebClient:
    """A client of an app that serves these services in this process.

    ``demonstration=False`` serves as for real, with sample keys that were handed over and not read.
    """
    sample = settings or SampleSettings(services=tuple(wirings))
    keys = load_keys(sample)
    chosen = replace(sample, demonstration=demonstration)
    app = create_app(chosen, wirings, front=front, clock=clock, keys=keys, extra=extra)
    app.jinja_env.bytecode_cache = TEMPLATES
    return WebClient(app, keys, chosen.instance)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app in a real server on a free port of this machine; gives its address. Ends with every socket closed."""
    server = make_server(app, "127.0.0.1", 0, 4)
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            server.asyncore.loop(timeout=0.05, map=server._map, count=1)
        server.task_dispatcher.shutdown()
        for channel in list(server.active_channels.values()):
            channel.handle_close()  # `close_all` would leave open the files that were still being sent
        server.asyncore.close_all(server._map)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ended.set()
        thread.join()


def words_of(html: str) -> str:
    """The words of a page without markup, spaces made single."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def routes_without_check(app: Flask) -> list[str]:
    """Endpoints, not listed as public, whose view calls neither ``allow`` nor ``service_caller``.

    Follows calls into functions of the services and of the web, and those to an act's ``let``; not into libraries.
    """
    return sorted(
        {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if rule.endpoint not in PUBLIC and not _checks(app.view_functions[rule.endpoint], set())
        }
    )


def _checks(function: Callable[..., Any], seen: set[Any]) -> bool:
    function = inspect.unwrap(function)
    if function in (allow, service_caller):
        return True
    code = getattr(function, "__code__", None)
    if code is None or function in seen or not function.__module__.startswith(("services.", "shared.web", "tests.")):
        return False
    seen.add(function)
    closure = inspect.getclosurevars(function)
    called = [*closure.globals.values(), *closure.nonlocals.values()]
    if not {"let", "let_by"}.isdisjoint(code.co_names):
        called += [found.admit for found in called if isinstance(found, Act)]
    return any(_checks(found, seen) for found in called if inspect.isfunction(found))
