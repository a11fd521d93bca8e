"""A person at the API and the pages of a deployment, over HTTP and nothing else."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    @property
    def json(self) -> Any:
        """The body as JSON: an answer, or problem details."""
        return json.loads(self.content)


class Client:
    """Somebody with a token. ``address`` gives the base URL that serves a path."""

    def __init__(self, address: Callable[[str], str], token: str) -> None:
        self._address = address
        self._token = token

    def get(self, path: str, **query: Any) -> Reply:
        """Ask for a page or a resource."""
        return self._send("GET", f"{path}?{urlencode(query)}" if query else path, None, {})

    def found(self, path: str, **query: Any) -> Any:
        """The JSON of a resource that must be there."""
        reply = self.get(path, **query)
        assert reply.status == 200, f"GET {path}: {reply.status} {reply.text}"
        return reply.json

    def post(self, path: str, body: Any, *, key: str = "") -> Reply:
        """Send a command as JSON, under this key or a fresh one."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or str(uuid4())}
        return self._send("POST", path, content, headers)

    def done(self, path: str, body: Any, *, key: str = "") -> Any:
        """The answer to a command that must succeed."""
        reply = self.post(path, body, key=key)
        assert reply.status in {200, 201}, f"POST {path}: {reply.status} {reply.text}"
        return reply.json

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        request = urllib.request.Request(
            self._address(path) + path,
            data=body,
            method=method,
            headers={"Authorization": f"Bearer {self._token}", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return Reply(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, dict(error.headers), error.read())
