"""HTTP to services of one's own deployment: asked directly, whatever proxy the environment names for the world."""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError

from shared.kernel.errors import UnavailableError

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Fetched:
    """What was answered, whatever its status."""

    status: int
    headers: Message
    body: bytes


def fetch(
    address: str,
    *,
    seconds: float,
    token: str = "",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    longest: int = -1,
) -> Fetched:
    """Ask an address that settings gave, never a message. With a ``body`` it is a POST.

    ``seconds``: for each wait; ``longest``: bytes of the answer that are read, all of them where it is negative.
    Raises ``UnavailableError`` where nobody answers.
    """
    sent = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
    request = urllib.request.Request(address, data=body, headers=sent)  # noqa: S310 - see above
    try:
        try:
            response = _OPENER.open(request, timeout=seconds)
        except HTTPError as error:
            response = error
        with response:
            return Fetched(response.status, response.headers, response.read(longest))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UnavailableError("One of the services does not answer at the moment. Try again in a minute.") from error
